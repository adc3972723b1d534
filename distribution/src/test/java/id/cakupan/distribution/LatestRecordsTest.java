package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import id.cakupan.runtime.FailedException;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatestRecordsTest {
    private static final Topic<CoverageFigure> CITY = Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.CITY));
    private static final Topic<CoverageFigure> DISTRICT =
            Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.DISTRICT));
    private static final String PREFIX = "cakupan.";
    private static final TopicPartition CITIES = new TopicPartition(CITY.name(PREFIX), 0);
    private static final TopicPartition DISTRICTS = new TopicPartition(DISTRICT.name(PREFIX), 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry, Duration.ZERO);

    @BeforeEach
    void registerSchemas() throws Exception {
        new SchemaRegistration(registry, PREFIX).register();
        consumer.updateBeginningOffsets(Map.of(CITIES, 0L, DISTRICTS, 0L));
    }

    @Test
    void shouldKeepTheLastRecordOfEachKeyInEachTopic() {
        LatestRecords<CoverageFigure> latest = latest();
        var first = Samples.figure(Level.CITY, "UNASSIGNED", null, 1, 0);
        var second = Samples.figure(Level.CITY, "UNASSIGNED", null, 2, 0);
        var other = Samples.figure(Level.DISTRICT, "UNASSIGNED", null, 3, 0);
        consumer.schedulePollTask(() -> {
            add(CITIES, 0, "UNASSIGNED", first);
            add(CITIES, 1, "UNASSIGNED", second);
            add(DISTRICTS, 0, "UNASSIGNED", other);
        });

        latest.readTo(Map.of(CITIES, 2L, DISTRICTS, 1L), soon());

        assertThat(latest.values()).containsExactlyInAnyOrder(second, other);
    }

    @Test
    void shouldReadOnWhereItEnded() {
        LatestRecords<CoverageFigure> latest = latest();
        consumer.schedulePollTask(() -> add(CITIES, 0, "a", Samples.figure(Level.CITY, "a", null, 1, 0)));
        latest.readTo(Map.of(CITIES, 1L, DISTRICTS, 0L), soon());
        consumer.schedulePollTask(() -> add(CITIES, 1, "b", Samples.figure(Level.CITY, "b", null, 1, 0)));
        latest.readTo(Map.of(CITIES, 2L, DISTRICTS, 0L), soon());

        assertThat(latest.values().stream().map(CoverageFigure::getId)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldForgetWhatWasDeleted() {
        LatestRecords<CoverageFigure> latest = latest();
        consumer.schedulePollTask(() -> {
            add(CITIES, 0, "a", Samples.figure(Level.CITY, "a", null, 1, 0));
            add(CITIES, 1, "a", null);
        });

        latest.readTo(Map.of(CITIES, 2L, DISTRICTS, 0L), soon());

        assertThat(latest.values()).isEmpty();
    }

    @Test
    void shouldEndBehindTheMarkOfATransaction() {
        LatestRecords<CoverageFigure> latest = latest();
        consumer.schedulePollTask(() -> add(CITIES, 0, "a", Samples.figure(Level.CITY, "a", null, 1, 0)));
        consumer.schedulePollTask(() -> consumer.seek(CITIES, 2));

        latest.readTo(Map.of(CITIES, 2L, DISTRICTS, 0L), soon());

        assertThat(latest.values()).hasSize(1);
    }

    @Test
    void shouldNotHangOnEmptyTopics() {
        LatestRecords<CoverageFigure> latest = latest();

        latest.readTo(Map.of(CITIES, 0L, DISTRICTS, 0L), soon());

        assertThat(latest.values()).isEmpty();
    }

    @Test
    void shouldGiveUpWhenTheEndIsNotReached() {
        LatestRecords<CoverageFigure> latest = latest();

        assertThatThrownBy(() -> latest.readTo(Map.of(CITIES, 1L), System.nanoTime()))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("cannot be read to their end");
    }

    private LatestRecords<CoverageFigure> latest() {
        return new LatestRecords<>(
                consumer,
                List.of(CITIES, DISTRICTS),
                Map.of(CITIES.topic(), CITY, DISTRICTS.topic(), DISTRICT),
                serdes);
    }

    private void add(TopicPartition partition, long offset, String key, @Nullable CoverageFigure figure) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                key.getBytes(StandardCharsets.UTF_8),
                serdes.serializer(CITY).serialize(partition.topic(), figure)));
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofSeconds(20).toNanos();
    }
}
