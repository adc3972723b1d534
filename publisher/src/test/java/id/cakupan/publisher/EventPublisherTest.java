package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cakupan.records.WorkerHired;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Opening a publisher as an embedder does; DocsExamplesTest of the system tests sends with one. */
class EventPublisherTest {
    /** Nothing listens on this port. */
    private static final String NOBODY = "127.0.0.1:1";

    private final Clock clock = Clock.fixed(Instant.parse("2025-07-01T02:00:00Z"), ZoneOffset.UTC);
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void shouldAskForTheAddressOfTheRegistry() {
        assertThatThrownBy(() -> EventPublisher.open(Map.of("bootstrap.servers", NOBODY), "cakupan.", clock, meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldFailTheFutureWhereThereIsNoBrokerAfterMaxBlock() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", NOBODY, "schema.registry.url", "http://" + NOBODY, "max.block.ms", "200");
        try (EventPublisher publisher = EventPublisher.open(config, "cakupan.", clock, meters)) {
            var result = publisher.publish(hired());

            assertThat(result)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(TimeoutException.class);
            assertThat(meters.counter("cakupan.producer.events", "type", "WorkerHired", "outcome", "failed")
                            .count())
                    .isEqualTo(1);
        }
    }

    private static SpecificRecord hired() {
        return EventSamples.oneOfEach().stream()
                .filter(WorkerHired.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
