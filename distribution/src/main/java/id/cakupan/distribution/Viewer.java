package id.cakupan.distribution;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The clients of a command that looks at topics without taking part in anything. Not thread-safe. */
final class Viewer implements AutoCloseable {
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);
    private static final int API_TIMEOUT_MILLIS = 10_000;
    private static final int FETCH_WAIT_MILLIS = 50;

    private final Settings settings;
    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final AvroSerdes serdes;
    private final List<Consumer<?, ?>> consumers = new ArrayList<>();

    /** @param settings {@link CommonSettings#CLUSTER} */
    Viewer(Settings settings) {
        this.settings = settings;
        admin = KafkaClients.admin(settings);
        registry = KafkaClients.registry(settings);
        serdes = new AvroSerdes(registry, REGISTRY_PATIENCE);
    }

    Admin admin() {
        return admin;
    }

    AvroSerdes serdes() {
        return serdes;
    }

    String name(Topic<?> topic) {
        return topic.name(settings.get(CommonSettings.TOPIC_PREFIX));
    }

    /** A consumer of committed records that belongs to no group; closed with this viewer. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        config.putAll(KafkaClients.consumer(settings));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumers.add(consumer);
        return consumer;
    }

    /** The last records of some topics; nothing is read yet. */
    <V extends SpecificRecord> LatestRecords<V> latest(Collection<Topic<V>> topics) {
        Map<String, Topic<V>> byName = new HashMap<>();
        topics.forEach(topic -> byName.put(name(topic), topic));
        Consumer<byte[], byte[]> consumer = consumer();
        return new LatestRecords<>(consumer, partitions(consumer, byName.keySet()), byName, serdes);
    }

    /**
     * All partitions of some topics.
     *
     * @throws FailedException if one of the topics does not exist, or no broker answers
     */
    List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
        try {
            return KafkaClients.partitions(consumer, topics);
        } catch (TimeoutException e) {
            throw KafkaClients.noBroker(settings, e);
        }
    }

    /**
     * The offset after the last record of each partition, whether it is committed yet or not. Whoever reads committed
     * records up to it also has what a transaction that is being committed wrote.
     */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        } catch (ExecutionException e) {
            throw KafkaClients.noBroker(settings, e);
        }
        return ends;
    }

    @Override
    public void close() {
        consumers.forEach(consumer -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))));
        admin.close(Duration.ofSeconds(1));
        try {
            registry.close();
        } catch (IOException e) {
            throw new FailedException("The registry client did not close", e);
        }
    }
}
