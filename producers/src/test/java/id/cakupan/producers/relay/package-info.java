/** Tests of the outbox, and the database that they use. */
@NullMarked
package id.cakupan.producers.relay;

import org.jspecify.annotations.NullMarked;
