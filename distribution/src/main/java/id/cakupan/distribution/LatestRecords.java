package id.cakupan.distribution;

import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryUnavailableException;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The last record of each key of some topics. Each {@link #readTo} reads on where the one before ended.
 *
 * @param <V> type of the values
 */
final class LatestRecords<V extends SpecificRecord> {
    private static final Duration POLL = Duration.ofMillis(100);

    private record Key(String topic, String key) {}

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Deserializer<V>> deserializers = new HashMap<>();
    private final Map<Key, byte[]> undecoded = new HashMap<>();
    private final Map<Key, V> decoded = new HashMap<>();

    /**
     * @param consumer of committed records, used by nobody else; the caller closes it
     * @param partitions what to read
     * @param topics the topics of the partitions by name
     * @param serdes how values are read
     */
    LatestRecords(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Map<String, Topic<V>> topics,
            AvroSerdes serdes) {
        this.consumer = consumer;
        topics.forEach((name, topic) -> deserializers.put(name, serdes.deserializer(topic.type())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What can be read now: up to the first transaction that is not over. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    /** All partitions. */
    Collection<TopicPartition> partitions() {
        return consumer.assignment();
    }

    /**
     * Reads on until each partition is at its end, marks of transactions included.
     *
     * @param deadline {@link System#nanoTime} at which to give up
     * @throws FailedException if the end is not reached in time
     */
    void readTo(Map<TopicPartition, Long> ends, long deadline) {
        while (!KafkaClients.isAt(consumer, ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                put(record);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new FailedException("The records of " + deserializers.keySet() + " cannot be read to their end:"
                        + " brokers do not answer, or a transaction is not over");
            }
        }
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        Key key = new Key(record.topic(), record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
        if (record.value() == null) {
            undecoded.remove(key);
            decoded.remove(key);
        } else {
            undecoded.put(key, record.value());
        }
    }

    /**
     * The last values, in no order.
     *
     * @throws FailedException if one cannot be decoded, or the registry is away
     */
    List<V> values() {
        undecoded.forEach((key, bytes) -> {
            Deserializer<V> deserializer = Objects.requireNonNull(deserializers.get(key.topic()));
            try {
                decoded.put(key, deserializer.deserialize(key.topic(), bytes));
            } catch (UndecodableException e) {
                throw new FailedException("A record in " + key.topic() + " cannot be read: " + e.getMessage(), e);
            } catch (RegistryUnavailableException e) {
                throw new FailedException(String.valueOf(e.getMessage()), e);
            }
        });
        undecoded.clear();
        return new ArrayList<>(decoded.values());
    }
}
