/** Events out of an outbox table of PostgreSQL. */
@NullMarked
package id.cakupan.producers.relay;

import org.jspecify.annotations.NullMarked;
