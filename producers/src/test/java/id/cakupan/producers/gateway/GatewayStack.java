package id.cakupan.producers.gateway;

import id.cakupan.localstack.LocalStack;
import id.cakupan.publisher.EventForm;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A real broker and a real registry for tests of the gateway, and what they hold. */
final class GatewayStack implements AutoCloseable {
    private static final AtomicInteger SPACES = new AtomicInteger();

    private final LocalStack stack;
    private final SchemaRegistryClient registry;

    private GatewayStack(LocalStack stack) {
        this.stack = stack;
        registry = RegistryClients.create(stack.registryUrl());
    }

    static GatewayStack start() {
        return new GatewayStack(LocalStack.start(LocalStack.Options.throwAway()));
    }

    String bootstrap() {
        return stack.bootstrap();
    }

    String registryUrl() {
        return stack.registryUrl();
    }

    /** Makes topics on a broker and registers their schemas. Returns their prefix. */
    String topics(String bootstrap) throws Exception {
        String prefix = "gateway" + SPACES.getAndIncrement() + ".";
        Settings settings = Settings.of(
                List.of(
                        CommonSettings.BOOTSTRAP,
                        CommonSettings.CLIENT_CONFIG,
                        CommonSettings.TOPIC_PREFIX,
                        CommonSettings.PARTITIONS,
                        CommonSettings.REPLICATION),
                Map.of("bootstrap", bootstrap, "topic-prefix", prefix, "partitions", "1"));
        try (Admin admin = KafkaClients.admin(settings)) {
            new TopicProvisioning(settings, admin, TopicProvisioning.publicTopics(settings)).create();
        }
        new SchemaRegistration(registry, prefix).register();
        return prefix;
    }

    /** Ids of all events in the input topics of a prefix. */
    List<String> storedIds(String bootstrap, String prefix) {
        return stored(bootstrap, prefix).stream()
                .map(event -> String.valueOf(event.get(EventForm.of(event).place("eventId"))))
                .toList();
    }

    /** Everything in the input topics of a prefix. */
    List<SpecificRecord> stored(String bootstrap, String prefix) {
        List<SpecificRecord> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            for (Topic<? extends SpecificRecord> topic : Topics.EVENTS) {
                TopicPartition only = new TopicPartition(topic.name(prefix), 0);
                consumer.assign(List.of(only));
                consumer.seekToBeginning(List.of(only));
                long end =
                        consumer.endOffsets(List.of(only)).values().iterator().next();
                while (consumer.position(only) < end) {
                    consumer.poll(Duration.ofSeconds(5))
                            .forEach(entry -> all.add(new AvroSerdes(registry)
                                    .deserializer(topic.type())
                                    .deserialize(entry.topic(), entry.value())));
                }
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        try (stack) {
            registry.close();
        }
    }
}
