/** The rules of coverage in plain Java: facts and how they merge, timelines, alerts. Knows nothing of Kafka. */
@NullMarked
package id.cakupan.coverage;

import org.jspecify.annotations.NullMarked;
