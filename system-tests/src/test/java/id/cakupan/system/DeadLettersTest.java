package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.CoverageTarget;
import cakupan.records.Level;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each kind of bad input, in each place of a batch, becomes a dead letter, and the events around it count. */
@ExtendWith(Cluster.Shared.class)
class DeadLettersTest {
    private static final int PARTITIONS = 4;
    private static final int UNKNOWN_ID = 987_654_321;
    private static final String OWN_HEADER = "trace";

    /** Bad bytes, in hexadecimal, under a key, or none, and the reason that they are rejected for. */
    private record Bad(
            String reason, @Nullable String key, @Nullable String value) {}

    /** What a dead letter tells, in text so that differences can be read. */
    private record Letter(
            @Nullable String key,
            @Nullable String value,
            @Nullable String reason,
            @Nullable String timestamp,
            @Nullable String ownHeader) {}

    private final Map<Topic<?>, SpecificRecord> samples = new LinkedHashMap<>();

    @Test
    void shouldKeepWhatIsBadAndCountWhatIsGood(Cluster cluster)
            throws IOException, InterruptedException, ExecutionException {
        try (Space space = Space.setUp(cluster, "letters", PARTITIONS);
                BatchSender sender = new BatchSender(cluster)) {
            StreamsProcess app = space.start("one");
            Encoder encoder = new Encoder(space, PARTITIONS);
            List<OracleEvent> events = RandomWorlds.events(3, RandomWorlds.Size.of(2_500));
            Map<String, List<SpecificRecord>> goods = new TreeMap<>();
            for (OracleEvent event : events) {
                SpecificRecord good = encoder.record(event);
                samples.putIfAbsent(Encoder.topic(good), good);
                goods.computeIfAbsent(place(encoder, good), p -> new ArrayList<>())
                        .add(good);
            }
            samples.put(Topics.COVERAGE_TARGETS, target());
            SpecificRecord target = target();
            goods.put(place(encoder, target), new ArrayList<>(List.of(target)));

            Map<String, Letter> expected = new TreeMap<>();
            for (Map.Entry<Topic<?>, SpecificRecord> sample : samples.entrySet()) {
                for (Bad bad : bads(encoder, sample.getKey(), sample.getValue())) {
                    expected.putAll(sendBatch(space, sender, encoder, sample.getKey(), bad, goods));
                }
            }
            for (List<SpecificRecord> rest : goods.values()) {
                sender.send(rest.stream().map(encoder::produce).toList());
            }
            assertThat(new TreeSet<>(expected.values().stream()
                            .map(letter -> String.valueOf(letter.reason()))
                            .toList()))
                    .containsExactly(
                            "DAY_OUT_OF_RANGE",
                            "FORMER_ID_UNCHANGED",
                            "JAKON_WITHOUT_PROJECT",
                            "KEY_MISMATCH",
                            "MISSING_ID",
                            "NO_PROGRAMME",
                            "RATIO_OUT_OF_RANGE",
                            "RECORDED_IN_FUTURE",
                            "REVERSED_DAYS",
                            "TOMBSTONE",
                            "UNDECODABLE",
                            "UNKNOWN_SCHEMA",
                            "UNKNOWN_SYMBOL",
                            "WRONG_RECORD");

            assertThat(expected).hasSizeGreaterThan(250);

            Looking.awaitFigures(space);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Reader.raw(cluster, deadLetters(space)).size() >= expected.size());
            Outcome.assertSame("dead letters", letters(cluster, space), expected);
            Expected outcome = new Expected(events);
            Outcome.onOneDay(today -> Outcome.assertEqual(space, outcome, today));
            assertThat(Outcome.figures(space).values())
                    .filteredOn(figure -> figure.getTarget() != null)
                    .extracting(figure -> figure.getLevel() + "/" + figure.getId())
                    .containsExactly("CITY/35.73");
            assertThat(app.isAlive()).isTrue();
            assertThat(app.get("/metrics").body())
                    .containsPattern("cakupan_events_rejected_total\\{.*reason=\"TOMBSTONE\".*\\} " + samples.size() * 3
                            + "\\.0");
        }
    }

    private static String place(Encoder encoder, SpecificRecord event) {
        return Encoder.topic(event).suffix() + "-" + encoder.partition(Encoder.key(event));
    }

    private static String deadLetters(Space space) {
        return space.prefix() + Topics.DEAD_LETTERS;
    }

    /** One batch: bad, some good ones, bad, some good ones, bad. */
    private static Map<String, Letter> sendBatch(
            Space space,
            BatchSender sender,
            Encoder encoder,
            Topic<?> topic,
            Bad bad,
            Map<String, List<SpecificRecord>> goods)
            throws ExecutionException, InterruptedException {
        String name = goods.keySet().stream()
                .filter(place -> place.startsWith(topic.suffix() + "-"))
                .max((a, b) -> goods.getOrDefault(a, List.of()).size()
                        - goods.getOrDefault(b, List.of()).size())
                .orElseThrow();
        int partition = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        List<SpecificRecord> waiting = Objects.requireNonNull(goods.get(name));
        List<SpecificRecord> taken = new ArrayList<>(waiting.subList(0, Math.min(4, waiting.size())));
        waiting.subList(0, taken.size()).clear();

        List<ProducerRecord<byte[], byte[]>> batch =
                new ArrayList<>(taken.stream().map(encoder::produce).toList());
        List<Integer> badPlaces = List.of(0, taken.size() / 2 + 1, taken.size() + 2);
        badPlaces.forEach(i -> batch.add(i, produce(space.topic(topic), partition, bad)));
        List<RecordMetadata> places = sender.send(batch);
        Map<String, Letter> expected = new TreeMap<>();
        for (int i : badPlaces) {
            RecordMetadata at = places.get(i);
            expected.put(
                    at.topic() + "-" + at.partition() + "@" + at.offset(),
                    new Letter(
                            bad.key(),
                            bad.value(),
                            bad.reason(),
                            String.valueOf(at.timestamp()),
                            bad.reason().toLowerCase(java.util.Locale.ROOT)));
        }
        return expected;
    }

    private static ProducerRecord<byte[], byte[]> produce(String topic, int partition, Bad bad) {
        String key = bad.key();
        String value = bad.value();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                partition,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : HexFormat.of().parseHex(value));
        record.headers()
                .add(OWN_HEADER, bad.reason().toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static Map<String, Letter> letters(Cluster cluster, Space space) {
        Map<String, Letter> letters = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Reader.raw(cluster, deadLetters(space))) {
            String origin = Reader.header(record, "cakupan.topic") + "-" + Reader.header(record, "cakupan.partition")
                    + "@" + Reader.header(record, "cakupan.offset");
            assertThat(letters).doesNotContainKey(origin);
            assertThat(record.headers())
                    .extracting(header -> header.key())
                    .containsExactlyInAnyOrder(
                            OWN_HEADER,
                            "cakupan.reason",
                            "cakupan.detail",
                            "cakupan.topic",
                            "cakupan.partition",
                            "cakupan.offset",
                            "cakupan.timestamp");
            letters.put(
                    origin,
                    new Letter(
                            record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                            hex(record.value()),
                            Reader.header(record, "cakupan.reason"),
                            Reader.header(record, "cakupan.timestamp"),
                            Reader.header(record, OWN_HEADER)));
        }
        return letters;
    }

    private static Bad bad(String reason, @Nullable String key, byte @Nullable [] value) {
        return new Bad(reason, key, hex(value));
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static CoverageTarget target() {
        return CoverageTarget.newBuilder()
                .setEventId("target-1")
                .setSource("test")
                .setRecordedAt(Instant.parse("2025-02-01T00:00:00Z"))
                .setLevel(Level.CITY)
                .setId("35.73")
                .setRatio(0.5)
                .setDueOn(LocalDate.of(2026, 12, 31))
                .build();
    }

    /** Everything that can be wrong with a record of a topic. None would be without effect if it were counted. */
    private List<Bad> bads(Encoder encoder, Topic<?> topic, SpecificRecord good) {
        String key = Encoder.key(good);
        byte[] bytes = encoder.bytes(good);
        SpecificRecord other = Objects.requireNonNull(
                samples.get(topic.equals(Topics.WORKER_HIRED) ? Topics.PROJECT_REGISTERED : Topics.WORKER_HIRED));
        List<Bad> bads = new ArrayList<>(List.of(
                bad("UNDECODABLE", key, "no Avro at all".getBytes(StandardCharsets.UTF_8)),
                bad("UNDECODABLE", key, new byte[0]),
                bad("UNDECODABLE", key, Arrays.copyOf(bytes, bytes.length - 2)),
                bad("UNDECODABLE", key, Arrays.copyOf(bytes, 5)),
                bad(
                        "UNKNOWN_SCHEMA",
                        key,
                        ByteBuffer.allocate(9).putInt(1, UNKNOWN_ID).array()),
                bad("WRONG_RECORD", key, encoder.bytes(other)),
                bad("TOMBSTONE", key, null),
                bad("KEY_MISMATCH", key + "x", bytes),
                bad("KEY_MISMATCH", null, bytes)));
        Function<Map<String, Object>, byte[]> with = changes -> encoder.bytes(changed(good, changes));
        Instant tooLate = Instant.now().plus(24, ChronoUnit.HOURS).plus(5, ChronoUnit.MINUTES);
        bads.add(bad("MISSING_ID", key, with.apply(Map.of("eventId", ""))));
        bads.add(bad(
                "RECORDED_IN_FUTURE",
                key,
                with.apply(Map.of("recordedAt", tooLate.truncatedTo(ChronoUnit.MICROS), "eventId", "late"))));
        LocalDate early = LocalDate.of(1989, 12, 31);
        LocalDate late = LocalDate.of(2101, 1, 1);
        LocalDate first = LocalDate.of(2025, 5, 2);
        LocalDate before = LocalDate.of(2025, 5, 1);
        for (String field : List.of("startsOn", "effectiveFrom", "endedOn", "dueOn")) {
            if (good.getSchema().getField(field) != null) {
                bads.add(bad("DAY_OUT_OF_RANGE", key, with.apply(Map.of(field, early))));
                bads.add(bad("DAY_OUT_OF_RANGE", key, with.apply(Map.of(field, late))));
            }
        }
        for (List<String> days : List.of(List.of("startsOn", "endsOn"), List.of("effectiveFrom", "effectiveTo"))) {
            if (good.getSchema().getField(days.get(1)) != null) {
                bads.add(bad("REVERSED_DAYS", key, with.apply(Map.of(days.get(0), first, days.get(1), before))));
                bads.add(bad("DAY_OUT_OF_RANGE", key, with.apply(Map.of(days.get(1), late))));
            }
        }
        for (String id : List.of("hireId", "enrolmentId", "districtCode")) {
            if (good.getSchema().getField(id) != null) {
                bads.add(bad("MISSING_ID", key, with.apply(Map.of(id, ""))));
            }
        }
        if (good.getSchema().getField("formerWorkerId") != null) {
            bads.add(bad("FORMER_ID_UNCHANGED", key, with.apply(Map.of("formerWorkerId", key))));
        }
        String ownId = good.getSchema().getField("workerId") != null ? "workerId" : "projectId";
        if (good.getSchema().getField(ownId) != null) {
            bads.add(bad("MISSING_ID", "", with.apply(Map.of(ownId, ""))));
        }
        if (topic.equals(Topics.WORKER_ENROLLED)) {
            bads.add(bad("NO_PROGRAMME", key, with.apply(Map.of("programmes", List.of()))));
            SpecificRecord jakon = changed(good, Map.of("segment", cakupan.records.Segment.JAKON));
            jakon.put(jakon.getSchema().getField("projectId").pos(), null);
            bads.add(bad("JAKON_WITHOUT_PROJECT", key, encoder.bytes(jakon)));
            bads.add(bad("UNKNOWN_SYMBOL", key, with.apply(Map.of("segment", cakupan.records.Segment.UNKNOWN))));
        }
        if (topic.equals(Topics.COVERAGE_TARGETS)) {
            bads.add(bad("RATIO_OUT_OF_RANGE", key, with.apply(Map.of("ratio", 1.01))));
        }
        return bads;
    }

    /** A copy that would win over every good event if it were merged. */
    private static SpecificRecord changed(SpecificRecord good, Map<String, Object> changes) {
        SpecificRecord copy = SpecificData.get().deepCopy(good.getSchema(), good);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("recordedAt", Instant.now().truncatedTo(ChronoUnit.MICROS));
        all.put("eventId", "bad");
        all.putAll(changes);
        all.forEach((field, value) -> copy.put(good.getSchema().getField(field).pos(), value));
        return copy;
    }
}
