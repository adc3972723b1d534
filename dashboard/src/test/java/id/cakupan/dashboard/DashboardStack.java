package id.cakupan.dashboard;

import cakupan.records.CoverageFigure;
import id.cakupan.localstack.LocalStack;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsException;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** A real broker and a real registry, and a producer that writes into the output topics what the streams app would. */
final class DashboardStack implements AutoCloseable {
    private final LocalStack stack = LocalStack.start(LocalStack.Options.throwAway());
    private final SchemaRegistryClient registry = RegistryClients.create(stack.registryUrl());
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final Map<String, Serializer<?>> serializers = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrap(), "linger.ms", 5, "batch.size", 200_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    String bootstrap() {
        return stack.bootstrap();
    }

    String registryUrl() {
        return stack.registryUrl();
    }

    /** Topics and schemas under a prefix. Returns the prefix. */
    String topics(String prefix) throws Exception {
        Settings settings = Settings.of(
                List.of(
                        CommonSettings.BOOTSTRAP,
                        CommonSettings.CLIENT_CONFIG,
                        CommonSettings.TOPIC_PREFIX,
                        CommonSettings.PARTITIONS,
                        CommonSettings.REPLICATION),
                Map.of("bootstrap", stack.bootstrap(), "topic-prefix", prefix, "partitions", "2"));
        try (Admin admin = KafkaClients.admin(settings)) {
            new TopicProvisioning(settings, admin, TopicProvisioning.publicTopics(settings)).create();
        }
        new SchemaRegistration(registry, prefix).register();
        return prefix;
    }

    Settings settings(String prefix, Map<String, String> more) throws SettingsException {
        Map<String, String> flags = new HashMap<>(Map.of(
                "bootstrap",
                stack.bootstrap(),
                "registry",
                stack.registryUrl(),
                "topic-prefix",
                prefix,
                "dashboard-port",
                "0"));
        flags.putAll(more);
        return Settings.of(DashboardSettings.ALL, flags);
    }

    /** Sends a record under its own key, without waiting. */
    @SuppressWarnings("unchecked") // a serializer is kept under the topic whose values it writes
    <V extends SpecificRecord> Future<RecordMetadata> send(String prefix, Topic<V> topic, V value) {
        String name = topic.name(prefix);
        Serializer<V> serializer = (Serializer<V>) serializers.computeIfAbsent(name, n -> serdes.serializer(topic));
        return producer.send(new ProducerRecord<>(
                name, topic.key().apply(value).getBytes(StandardCharsets.UTF_8), serializer.serialize(name, value)));
    }

    /** Writes a record under its own key. */
    <V extends SpecificRecord> void write(String prefix, Topic<V> topic, V value) throws Exception {
        send(prefix, topic, value).get(30, TimeUnit.SECONDS);
    }

    /** Writes the figure of a group. */
    void figure(String prefix, CoverageFigure figure) throws Exception {
        Topic<CoverageFigure> topic = Topics.COVERAGE_BY.get(figure.getLevel());
        if (topic == null) {
            throw new IllegalArgumentException("no such level");
        }
        write(prefix, topic, figure);
    }

    /** Writes bytes that are no record. */
    void garbage(String prefix, Topic<?> topic) throws Exception {
        producer.send(new ProducerRecord<>(topic.name(prefix), new byte[] {'x'}, new byte[] {1, 2, 3}))
                .get(30, TimeUnit.SECONDS);
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() throws IOException {
        producer.close();
        registry.close();
        stack.close();
    }
}
