package id.cakupan.streams;

import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Rules;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import id.cakupan.streams.TopologySettings.Storage;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on one partition without brokers, with a clock that the test moves. */
final class TopologyFixture implements AutoCloseable {
    static final String PREFIX = Topics.DEFAULT_PREFIX;

    private final AvroSerdes serdes;
    private final SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<String, SpecificRecord>> inputs = new HashMap<>();
    private final String description;
    private Instant now;

    TopologyFixture(Instant start) {
        this(start, Rules.defaults(), Storage.MEMORY);
    }

    TopologyFixture(Instant start, Rules rules, Storage storage) {
        now = start;
        serdes = new AvroSerdes(registry());
        StreamsMeters meters = new StreamsMeters(meterRegistry);
        Properties properties = properties();
        properties.put(DeadLetterHandler.METERS, meters);
        Topology topology = topology(rules, storage, properties, meters);
        description = topology.describe().toString();
        driver = new TopologyTestDriver(topology, properties, start);
    }

    private static MockSchemaRegistryClient registry() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
        try {
            new SchemaRegistration(registry, PREFIX).register();
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
        return registry;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, PREFIX + Topics.DEAD_LETTERS);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return properties;
    }

    private Topology topology(Rules rules, Storage storage, Properties properties, StreamsMeters meters) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(now, zone);
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        TopologySettings settings = new TopologySettings(
                "test",
                PREFIX,
                rules,
                new Pulse(clock, rules.zone(), Duration.ofMillis(100), 1_000),
                AreaNames.parse(List.of("35.73;Kota Malang", "35.73.04;Sukun")),
                storage);
        return new CoverageTopology(new StreamsConfig(properties), settings, serdes, meters).get();
    }

    /** The graph in words. */
    static String describe(Storage storage) {
        try (TopologyFixture fixture = new TopologyFixture(Instant.EPOCH, Rules.defaults(), storage)) {
            return fixture.description;
        }
    }

    SimpleMeterRegistry meters() {
        return meterRegistry;
    }

    /** Sends an event as a producer would. */
    void send(SpecificRecord event) {
        Topic<?> topic = Topics.EVENTS.stream()
                .filter(t -> t.type() == event.getClass())
                .findFirst()
                .orElseThrow();
        send(topic, key(topic, event), event);
    }

    void send(Topic<?> topic, String key, SpecificRecord event) {
        inputs.computeIfAbsent(
                        topic.suffix(),
                        suffix ->
                                driver.createInputTopic(topic.name(PREFIX), new StringSerializer(), serializer(topic)))
                .pipeInput(new TestRecord<>(key, event, now));
    }

    /** Hands over an alert that another app left open, as the service does before it starts. */
    void takeOver(UncoveredHire alert) {
        driver.createInputTopic(CoverageTopology.alertsTopic("test"), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        alert.getWorkerId(),
                        serdes.serializer(Topics.UNCOVERED_HIRES).serialize(Topics.UNCOVERED_HIRES.name(PREFIX), alert),
                        now));
    }

    void sendBytes(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(PREFIX), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, now));
    }

    @SuppressWarnings("unchecked")
    private static String key(Topic<?> topic, SpecificRecord event) {
        return ((Topic<SpecificRecord>) topic).key().apply(event);
    }

    @SuppressWarnings("unchecked")
    private Serializer<SpecificRecord> serializer(Topic<?> topic) {
        return serdes.serializer((Topic<SpecificRecord>) topic);
    }

    /** Lets time pass, and all that time brings about. */
    void advance(Duration duration) {
        now = now.plus(duration);
        driver.advanceWallClockTime(duration);
        // Partials that were forwarded are published at the next pulse.
        now = now.plusMillis(100);
        driver.advanceWallClockTime(Duration.ofMillis(100));
    }

    Instant now() {
        return now;
    }

    <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
        return driver.createOutputTopic(topic.name(PREFIX), new StringDeserializer(), serdes.deserializer(topic.type()))
                .readRecordsToList();
    }

    /** Figures published since the last call, of all levels. */
    List<CoverageFigure> figures() {
        return Topics.COVERAGE_BY.values().stream()
                .flatMap(topic -> read(topic).stream().map(TestRecord::value))
                .toList();
    }

    List<CoverageTimeline> timelines() {
        return read(Topics.COVERAGE_TIMELINE).stream().map(TestRecord::value).toList();
    }

    List<UncoveredHire> alerts() {
        return alertRecords().stream().map(TestRecord::value).toList();
    }

    /** Alerts published since the last call, withdrawn ones with their key alone. */
    List<TestRecord<String, UncoveredHire>> alertRecords() {
        return read(Topics.UNCOVERED_HIRES);
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        PREFIX + Topics.DEAD_LETTERS, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
