package id.cakupan.producers;

import id.cakupan.publisher.EventPublisher;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A publisher as a command uses it, with the registry client behind it. */
final class Connection implements AutoCloseable {
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_BLOCK_MILLIS = 30_000;

    private final SchemaRegistryClient registry;
    private final EventPublisher publisher;

    private Connection(SchemaRegistryClient registry, EventPublisher publisher) {
        this.registry = registry;
        this.publisher = publisher;
    }

    /**
     * A connection to the broker.
     *
     * @throws FailedException if no broker answers
     */
    static Connection open(Settings settings, Clock clock, MeterRegistry meters) {
        requireBroker(settings);
        return withoutBroker(settings, clock, meters);
    }

    /** A publisher that checks events; if it is told to send some, it needs a broker by then. */
    static Connection withoutBroker(Settings settings, Clock clock, MeterRegistry meters) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        config.putAll(KafkaClients.producer(settings));
        SchemaRegistryClient registry = KafkaClients.registry(settings);
        return new Connection(
                registry,
                EventPublisher.open(
                        config,
                        new AvroSerdes(registry, REGISTRY_PATIENCE),
                        settings.get(CommonSettings.TOPIC_PREFIX),
                        clock,
                        meters));
    }

    /** A producer would keep people waiting for a broker that is not there, and then blame the topic. */
    private static void requireBroker(Settings settings) {
        try (Admin admin = KafkaClients.admin(settings)) {
            admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw KafkaClients.noBroker(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted", e);
        }
    }

    EventPublisher publisher() {
        return publisher;
    }

    @Override
    public void close() throws IOException {
        try {
            publisher.close();
        } finally {
            registry.close();
        }
    }
}
