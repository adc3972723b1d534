/** The HTTP gateway: project systems post events, each with a key of its own. */
@NullMarked
package id.cakupan.producers.gateway;

import org.jspecify.annotations.NullMarked;
