package id.cakupan.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics as a consumer of committed records does, from the beginning to where they end now. Compacted topics are
 * read with all superseded records: the broker of the tests never gets to clean a segment.
 */
final class Reader {
    /**
     * A record.
     *
     * @param value null where what was published under the key is withdrawn
     */
    record Entry<V>(TopicPartition from, long offset, String key, V value) {}

    private Reader() {}

    /** All committed records of a topic, in the order of their offsets within each partition. */
    static <V extends SpecificRecord> List<Entry<V>> read(Cluster cluster, String topic, Class<V> type) {
        List<Entry<V>> entries = new ArrayList<>();
        forEach(cluster, topic, type, entries::add);
        return entries;
    }

    /** Hands all committed records of a topic over one by one, and keeps none of them: there may be millions. */
    static <V extends SpecificRecord> void forEach(
            Cluster cluster, String topic, Class<V> type, Consumer<Entry<V>> taker) {
        try (Deserializer<V> deserializer = cluster.serdes().deserializer(type)) {
            forEachRaw(
                    cluster,
                    topic,
                    record -> taker.accept(new Entry<>(
                            new TopicPartition(topic, record.partition()),
                            record.offset(),
                            new String(record.key(), StandardCharsets.UTF_8),
                            deserializer.deserialize(topic, record.value()))));
        }
    }

    /** The last value of each key, without those that were withdrawn. */
    static <V> Map<String, V> latest(List<Entry<V>> entries) {
        Map<String, V> latest = new LinkedHashMap<>();
        entries.forEach(entry -> latest.put(entry.key(), entry.value()));
        latest.values().removeIf(Objects::isNull);
        return latest;
    }

    /** The records that came after others. */
    static <V> List<Entry<V>> after(List<Entry<V>> entries, List<Entry<V>> earlier) {
        Map<TopicPartition, Long> last = new HashMap<>();
        earlier.forEach(entry -> last.merge(entry.from(), entry.offset(), Math::max));
        return entries.stream()
                .filter(entry -> entry.offset() > last.getOrDefault(entry.from(), -1L))
                .toList();
    }

    /** All committed records of a topic as bytes. */
    static List<ConsumerRecord<byte[], byte[]>> raw(Cluster cluster, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        forEachRaw(cluster, topic, records::add);
        return records;
    }

    private static void forEachRaw(Cluster cluster, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrap(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(taker);
            }
        }
    }

    /** Value of a header as text, null when there is none. */
    static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
