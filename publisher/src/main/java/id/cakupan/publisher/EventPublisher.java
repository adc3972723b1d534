package id.cakupan.publisher;

import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events. The one way into the input topics: typed events in, a future out, which is done once all in-sync
 * replicas have the event. Events that the streams app would reject, or that may hold a NIK, are refused before they
 * leave. Thread-safe.
 *
 * <pre>{@code
 * try (EventPublisher publisher = EventPublisher.open(config, "cakupan.", Clock.systemUTC(), meters)) {
 *     publisher.publish(hired).join();
 * }
 * }</pre>
 *
 * <p>Meters: {@code cakupan.producer.events} by {@code type} and {@code outcome} (sent, refused, failed), and the
 * producer's own.
 */
public final class EventPublisher implements AutoCloseable {
    /** Settings that make sending safe and fast; what the caller configures wins, except for safety. */
    private static final Map<String, Object> SPEED = Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L * 1024 * 1024,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");

    /**
     * One request in flight: with more, a broker that is not yet ready for the first batch to a new partition can take the
     * second, and then refuses the first until it expires (KAFKA-15591, KAFKA-14359). Requests hold many batches, so it
     * costs little.
     */
    private static final Map<String, Object> SAFETY = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);

    private static final String REGISTRY_URL = "schema.registry.url";
    private static final List<String> REGISTRY_SETTINGS = List.of("schema.registry.", "basic.auth.", "bearer.auth.");
    private static final Duration LONGEST_BLOCK = Duration.ofMinutes(1);
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(2);

    private record Lane(EventForm form, String topic, Counter sent, Counter refused, Counter failed) {}

    private final Producer<String, SpecificRecord> producer;
    private final Clock clock;
    private final Map<Class<?>, Lane> lanes = new HashMap<>();
    private final KafkaClientMetrics producerMeters;
    private final @Nullable SchemaRegistryClient ownRegistry;

    /**
     * A publisher over a producer that is there already; it is closed with this publisher.
     *
     * @param producer must be idempotent and wait for all in-sync replicas
     * @param prefix what the names of the topics start with, e.g. {@code cakupan.}
     * @param clock gives the timestamps of the records
     * @param meters where meters are registered
     */
    public EventPublisher(Producer<String, SpecificRecord> producer, String prefix, Clock clock, MeterRegistry meters) {
        this(producer, prefix, clock, meters, null);
    }

    private EventPublisher(
            Producer<String, SpecificRecord> producer,
            String prefix,
            Clock clock,
            MeterRegistry meters,
            @Nullable SchemaRegistryClient ownRegistry) {
        this.producer = producer;
        this.ownRegistry = ownRegistry;
        this.clock = clock;
        for (EventForm form : EventForm.ALL.values()) {
            lanes.put(
                    form.topic().type(),
                    new Lane(
                            form,
                            form.topic().name(prefix),
                            counter(meters, form, "sent"),
                            counter(meters, form, "refused"),
                            counter(meters, form, "failed")));
        }
        producerMeters = new KafkaClientMetrics(producer);
        producerMeters.bindTo(meters);
    }

    /**
     * A publisher with a producer and a registry client of its own. Neither broker nor registry need be there yet.
     *
     * @param config producer settings, at least {@code bootstrap.servers} and {@code schema.registry.url}; those that
     *     begin with {@code schema.registry.}, {@code basic.auth.} or {@code bearer.auth.} go to the registry client. Acks,
     *     idempotence and the one request in flight cannot be changed. {@code max.block.ms} (60,000) is also the longest wait for the registry
     * @param prefix what the names of the topics start with, e.g. {@code cakupan.}
     * @param clock gives the timestamps of the records
     * @param meters where meters are registered
     * @throws IllegalArgumentException if there is no {@code schema.registry.url}
     */
    public static EventPublisher open(Map<String, Object> config, String prefix, Clock clock, MeterRegistry meters) {
        if (!(config.get(REGISTRY_URL) instanceof String url) || url.isBlank()) {
            throw new IllegalArgumentException("The setting " + REGISTRY_URL + " is missing");
        }
        Map<String, Object> ofProducer = new HashMap<>(config);
        Map<String, Object> ofRegistry = new HashMap<>(config);
        ofProducer.keySet().removeIf(EventPublisher::isOfRegistry);
        ofRegistry.keySet().removeIf(key -> !isOfRegistry(key));
        Object longestBlock = config.getOrDefault(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
        Duration patience = Duration.ofMillis(Long.parseLong(longestBlock.toString()));
        SchemaRegistryClient registry = RegistryClients.create(url, ofRegistry);
        EventPublisher publisher = null;
        try {
            publisher = new EventPublisher(
                    producer(ofProducer, new AvroSerdes(registry, patience), prefix), prefix, clock, meters, registry);
            return publisher;
        } finally {
            if (publisher == null) {
                close(registry);
            }
        }
    }

    private static boolean isOfRegistry(String key) {
        return REGISTRY_SETTINGS.stream().anyMatch(key::startsWith);
    }

    /**
     * A publisher with a producer of its own, over a registry client that the caller has.
     *
     * @param config producer settings, at least {@code bootstrap.servers}; acks, idempotence and the one request
     *     in flight cannot be changed
     * @param serdes how values are written; the caller closes its registry client, after the publisher
     * @param prefix what the names of the topics start with, e.g. {@code cakupan.}
     * @param clock gives the timestamps of the records
     * @param meters where meters are registered
     */
    public static EventPublisher open(
            Map<String, Object> config, AvroSerdes serdes, String prefix, Clock clock, MeterRegistry meters) {
        return new EventPublisher(producer(config, serdes, prefix), prefix, clock, meters);
    }

    private static Producer<String, SpecificRecord> producer(
            Map<String, Object> config, AvroSerdes serdes, String prefix) {
        Map<String, Object> all = new HashMap<>(SPEED);
        all.putAll(config);
        all.putAll(SAFETY);
        return new KafkaProducer<>(all, new StringSerializer(), new AnyEvent(serdes, prefix));
    }

    /**
     * Whether {@link #publish} would take an event now.
     *
     * @throws BadEvent if not
     * @throws IllegalArgumentException if it is a record that is no event, such as a figure
     */
    public void check(SpecificRecord event) throws BadEvent {
        Lane lane = lane(event);
        try {
            EdgeChecks.check(lane.form, event, EdgeChecks.key(lane.form.topic(), event), clock.millis());
        } catch (BadEvent e) {
            lane.refused.increment();
            throw e;
        }
    }

    /**
     * Sends one event. Blocks while the producer's buffer is full or the cluster is not known yet, at most {@code
     * max.block.ms}.
     *
     * @return done with its place once the broker has it; failed with {@link BadEvent} if it is refused, with Kafka's
     *     exception if it cannot be sent or the schema registry stays away. An event that failed may be published again:
     *     a repetition changes no figure
     * @throws IllegalArgumentException if it is a record that is no event, such as a figure
     */
    public CompletableFuture<RecordMetadata> publish(SpecificRecord event) {
        try {
            check(event);
        } catch (BadEvent e) {
            return CompletableFuture.failedFuture(e);
        }
        return send(event);
    }

    /** As {@link #publish}, for an event that {@link #check} has passed. */
    public CompletableFuture<RecordMetadata> send(SpecificRecord event) {
        Lane lane = lane(event);
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        String key = EdgeChecks.key(lane.form.topic(), event);
        try {
            var unused = producer.send(
                    new ProducerRecord<>(lane.topic, null, clock.millis(), key, event), (place, failure) -> {
                        if (failure == null) {
                            lane.sent.increment();
                            result.complete(place);
                        } else {
                            lane.failed.increment();
                            result.completeExceptionally(failure);
                        }
                    });
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            lane.failed.increment();
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Waits until every event published so far has arrived or failed. */
    public void flush() {
        producer.flush();
    }

    /** Waits until every event has arrived or failed, at most two minutes, then closes the producer. */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    /**
     * Waits until every event has arrived or failed, then closes the producer.
     *
     * @param longest how long to wait; what has not arrived by then fails, zero = at once
     */
    public void close(Duration longest) {
        try {
            producer.close(longest);
            producerMeters.close();
        } finally {
            if (ownRegistry != null) {
                close(ownRegistry);
            }
        }
    }

    private static void close(SchemaRegistryClient registry) {
        try {
            registry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Lane lane(SpecificRecord event) {
        Lane lane = lanes.get(event.getClass());
        if (lane == null) {
            throw new IllegalArgumentException(event.getSchema().getFullName() + " is no event");
        }
        return lane;
    }

    private static Counter counter(MeterRegistry meters, EventForm form, String outcome) {
        return Counter.builder("cakupan.producer.events")
                .description("Events by what became of them")
                .tag("type", form.name())
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Writes the values of all input topics. */
    private static final class AnyEvent implements Serializer<SpecificRecord> {
        private final Map<String, Serializer<SpecificRecord>> byTopic = new HashMap<>();

        AnyEvent(AvroSerdes serdes, String prefix) {
            for (Topic<? extends SpecificRecord> topic : Topics.EVENTS) {
                byTopic.put(topic.name(prefix), serializer(serdes, topic));
            }
        }

        @Override
        public byte[] serialize(String topic, SpecificRecord event) {
            Serializer<SpecificRecord> serializer = byTopic.get(topic);
            if (serializer == null) {
                throw new IllegalArgumentException(topic + " is no input topic");
            }
            return serializer.serialize(topic, event);
        }

        private static <V extends SpecificRecord> Serializer<SpecificRecord> serializer(
                AvroSerdes serdes, Topic<V> topic) {
            Serializer<V> own = serdes.serializer(topic);
            return (name, event) -> own.serialize(name, topic.type().cast(event));
        }
    }
}
