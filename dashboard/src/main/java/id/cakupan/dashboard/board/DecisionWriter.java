package id.cakupan.dashboard.board;

import cakupan.records.AlertDecision;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions to their topic. It connects when the first one comes. Close it at the end. */
public final class DecisionWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionWriter.class);

    /** An answer, good or bad, comes within two seconds. */
    private static final Map<String, Object> IMPATIENT = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            500,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            1_400,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            1_000,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            250L);

    private final Settings settings;
    private final String topic;
    private @Nullable SchemaRegistryClient registry;
    private @Nullable Serializer<AlertDecision> serializer;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param settings {@link CommonSettings#CLUSTER} */
    public DecisionWriter(Settings settings) {
        this.settings = settings;
        topic = Topics.ALERT_DECISIONS.name(settings.get(CommonSettings.TOPIC_PREFIX));
    }

    /** Writes a decision. The future ends when all copies have it, or fails within two seconds. */
    public CompletableFuture<Void> write(AlertDecision decision) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            byte[] value = serializer().serialize(topic, decision);
            byte[] key = decision.getDecisionId().getBytes(StandardCharsets.UTF_8);
            var unused = producer().send(new ProducerRecord<>(topic, key, value), (place, failure) -> {
                if (failure == null) {
                    written.complete(null);
                } else {
                    fail(written, failure);
                }
            });
        } catch (KafkaException | FailedException e) {
            fail(written, e);
        }
        return written;
    }

    private static void fail(CompletableFuture<Void> written, Exception failure) {
        LOG.warn("A decision could not be written: {}", failure.getClass().getSimpleName());
        written.completeExceptionally(failure);
    }

    private synchronized Serializer<AlertDecision> serializer() {
        Serializer<AlertDecision> made = serializer;
        if (made == null) {
            SchemaRegistryClient client = KafkaClients.registry(settings);
            registry = client;
            made = new AvroSerdes(client, Duration.ZERO).serializer(Topics.ALERT_DECISIONS);
            serializer = made;
        }
        return made;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> made = producer;
        if (made == null) {
            Map<String, Object> config = new HashMap<>(IMPATIENT);
            config.putAll(KafkaClients.producer(settings));
            made = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
        if (registry != null) {
            try {
                registry.close();
            } catch (IOException e) {
                LOG.debug("The registry client did not close", e);
            }
        }
    }
}
