package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no real broker does on demand: acknowledgements that fail out of order. */
class ImporterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-01T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, event) -> new byte[0]);
    private final Importer importer = new Importer(
            new EventPublisher(producer, "x.", CLOCK, new SimpleMeterRegistry()),
            new EventJson(() -> EventSamples.pseudonyms(), null));

    @Test
    void shouldNameTheFirstLineThatFailedWhateverTheOrderOfFailures() throws Exception {
        String line = EventSamples.write(EventSamples.oneOfEach().get(1)) + "\n";

        read("a.jsonl", line + "\n" + line + line);
        read("b.jsonl", line);
        assertThat(importer.sending().firstFailed()).isNull();
        producer.completeNext();
        producer.completeNext();
        producer.errorNext(new TimeoutException("late"));
        producer.errorNext(new TimeoutException("later"));

        assertThat(importer.sending().firstFailed()).isEqualTo(new Sending.Place(0, "a.jsonl", 4));
        assertThat(importer.sending().failure()).hasMessage("late");
    }

    @Test
    void shouldReadNoFurtherOnceSomethingFailed() throws Exception {
        String line = EventSamples.write(EventSamples.oneOfEach().get(1)) + "\n";

        read("a.jsonl", line);
        producer.errorNext(new TimeoutException("gone"));
        read("b.jsonl", line + line);

        assertThat(importer.lines()).isEqualTo(1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldCountByTypeAndByReason() throws Exception {
        String insured = EventSamples.write(EventSamples.oneOfEach().get(1)) + "\n";
        String hired = EventSamples.write(EventSamples.oneOfEach().get(2)) + "\n";
        String tooLong = "x".repeat(Lines.LONGEST + 1) + "\n";

        read("a.jsonl", insured + hired + hired + "\n" + tooLong + "oops\noops\n");

        assertThat(importer.sending().sentByType()).isEqualTo(Map.of("ProjectInsured", 0L, "WorkerHired", 0L));
        producer.completeNext();
        producer.completeNext();
        producer.completeNext();
        assertThat(importer.sending().sentByType()).isEqualTo(Map.of("ProjectInsured", 1L, "WorkerHired", 2L));
        assertThat(importer.rejectedByReason())
                .isEqualTo(Map.of(BadEventReason.NOT_JSON, 2L, BadEventReason.LINE_TOO_LONG, 1L));
        assertThat(importer.lines()).isEqualTo(6);
        assertThat(Files.readAllLines(folder.resolve("rejects"))).hasSize(3);
    }

    private void read(String name, String content) throws Exception {
        try (RejectsFile rejects = new RejectsFile(folder.resolve("rejects"), new RejectsReport())) {
            importer.read(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), rejects);
        }
    }
}
