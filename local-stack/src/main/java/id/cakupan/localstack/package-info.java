/** A real Kafka broker and a real schema registry on this machine's loopback, without containers. */
@NullMarked
package id.cakupan.localstack;

import org.jspecify.annotations.NullMarked;
