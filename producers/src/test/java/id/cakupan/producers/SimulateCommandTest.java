package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-01T02:00:00Z"), ZoneOffset.UTC);
    private static final String[] SMALL = {"--workers", "300", "--projects", "30", "--contractors", "12"};

    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void shouldWriteTheSameBytesForTheSameSeed() throws Exception {
        Path one = simulate("1.jsonl", "--seed", "5");
        Path two = simulate("2.jsonl", "--seed", "5");
        Path other = simulate("3.jsonl", "--seed", "6");

        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
        assertThat(Files.mismatch(one, other)).isNotEqualTo(-1);
    }

    @Test
    void shouldWriteWhatImportTakes() throws Exception {
        Path file = simulate("a.jsonl");
        EventJson json = new EventJson(
                () -> {
                    throw new AssertionError("There is no NIK in a simulation");
                },
                null);
        EventPublisher publisher = new EventPublisher(new MockProducer<>(), "x.", CLOCK, new SimpleMeterRegistry());
        List<String> read = new ArrayList<>();
        try (Lines lines = new Lines(Files.newInputStream(file))) {
            while (lines.next()) {
                SpecificRecord event = json.read(lines.bytes(), 0, lines.length());
                publisher.check(event);
                read.add(EventSamples.write(event));
            }
        }

        assertThat(read).hasSizeGreaterThan(1_000).isEqualTo(Files.readAllLines(file));
    }

    @Test
    void shouldDeriveTheSameIdsEachTimeTheFileIsRead() throws Exception {
        byte[] without = Files.readString(simulate("a.jsonl"))
                .replaceAll("\"eventId\":\"[^\"]*\",", "")
                .getBytes(StandardCharsets.UTF_8);

        List<String> once = ids(without);
        assertThat(ids(without)).isEqualTo(once);
        Set<String> distinct = new HashSet<>(once);
        assertThat(distinct).hasSizeBetween(once.size() * 9 / 10, once.size() - 1);
    }

    private static List<String> ids(byte[] content) throws Exception {
        EventJson json = new EventJson(
                () -> {
                    throw new AssertionError("There is no NIK in a simulation");
                },
                null);
        List<String> ids = new ArrayList<>();
        try (Lines lines = new Lines(new ByteArrayInputStream(content))) {
            while (lines.next()) {
                ids.add(json.read(lines.bytes(), 0, lines.length()).get(0).toString());
            }
        }
        return ids;
    }

    @Test
    void shouldEndAYearYesterdayByDefault() throws Exception {
        simulate("a.jsonl");

        assertThat(printed.toString()).contains("2024-07-01 to 2025-06-30");
    }

    @Test
    void shouldMakeAboutAsManyEventsAsWanted() throws Exception {
        Path file = folder.resolve("a.jsonl");

        assertThat(run("--events", "20000", "--out", file.toString())).isZero();

        assertThat(Files.readAllLines(file)).hasSizeBetween(19_000, 21_000);
    }

    @Test
    void shouldZipByName() throws Exception {
        Path plain = simulate("a.jsonl");
        Path zipped = simulate("a.jsonl.gz");

        assertThat(Files.size(zipped)).isLessThan(Files.size(plain) / 3);
        assertThat(LinesTest.gzip(Files.readAllBytes(plain))[0]).isEqualTo(Files.readAllBytes(zipped)[0]);
    }

    @Test
    void shouldKeepToTheRate() throws Exception {
        Path file = folder.resolve("a.jsonl");
        long start = System.nanoTime();

        assertThat(run("--workers", "20", "--projects", "5", "--rate", "200", "--out", file.toString()))
                .isZero();

        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(Files.readAllLines(file).size() / seconds).isLessThan(205);
    }

    @Test
    void shouldRefuseWrongNumbers() {
        assertThat(run("--workers", "0", "--out", "-")).isEqualTo(2);
        assertThat(run("--workers", "1", "--events", "1", "--out", "-")).isEqualTo(2);
        assertThat(run("--rate", "0", "--out", "-")).isEqualTo(2);
        assertThat(run("--from", "2025-02-01", "--to", "2025-01-01", "--out", "-"))
                .isEqualTo(2);
        assertThat(run("--to", "2025-07-03")).isEqualTo(2);
        assertThat(printed.toString()).contains("--to is after today");
    }

    private Path simulate(String name, String... arguments) {
        Path file = folder.resolve(name);
        List<String> all = new ArrayList<>(List.of(SMALL));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", file.toString()));
        assertThat(run(all.toArray(String[]::new))).as(printed.toString()).isZero();
        return file;
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(printed, true);
        return new CommandLine(new SimulateCommand(CLOCK))
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }
}
