/**
 * Sends events: typed records in, a future out. What a project system on the JVM embeds, and what import, gateway and
 * relay share: pseudonyms, the written form of events, checks at the edge, the producer.
 */
@NullMarked
package id.cakupan.publisher;

import org.jspecify.annotations.NullMarked;
