package id.cakupan.schemas;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the public contract.
 *
 * @param suffix name without the configured prefix
 * @param type record that its values hold, in Confluent's Avro wire format
 * @param owner process that writes it
 * @param cleanup what the broker does with old records; nothing public ever expires by time
 * @param key key of a value, UTF-8 on the wire
 * @param <V> type of the values
 */
public record Topic<V extends SpecificRecord>(
        String suffix, Class<V> type, Owner owner, Cleanup cleanup, Function<V, String> key) {

    /** Who writes a topic. */
    public enum Owner {
        PRODUCERS,
        STREAMS_APP,
        /** People, through the dashboard or a command. */
        DASHBOARD,
        NOTIFIER
    }

    /** Kafka's clean-up policy; in both cases records are kept for ever. */
    public enum Cleanup {
        /** Every record is kept: the topic is the record of what was said. */
        KEEP_ALL("delete"),
        /** The last record of each key is kept. */
        KEEP_LATEST("compact");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** Value of {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    /** Name on the cluster, e.g. {@code cakupan.worker-hired}. */
    public String name(String prefix) {
        return prefix + suffix;
    }

    /** Subject of the values in the schema registry (TopicNameStrategy). */
    public String subject(String prefix) {
        return name(prefix) + "-value";
    }

    /** Schema of the values. */
    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }
}
