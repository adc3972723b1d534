package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.TimelinePoint;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.Rules;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.HireKey;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.coverage.oracle.Shrink;
import id.cakupan.streams.TopologySettings.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole topology against the second program. */
class DriverOracleTest {
    private static final Instant START = Instant.parse("2026-03-02T03:00:00Z");

    @Test
    void shouldEndInTheFiguresOfTheOracleWithTheLedgerInMemory() {
        Shrink.forAllEventLists(
                12,
                seed -> RandomWorlds.shuffledWithDuplicates(seed, RandomWorlds.events(seed, 150)),
                (seed, events) -> compare(events, Storage.MEMORY));
    }

    @Test
    void shouldEndInTheFiguresOfTheOracleWithTheLedgerInRocksDb() {
        Shrink.forAllEventLists(
                3, seed -> RandomWorlds.events(seed, 400), (seed, events) -> compare(events, Storage.ROCKSDB));
    }

    @Test
    void shouldEndInTheFiguresOfTheOracleWhenKeysWereRotated() {
        Shrink.forAllEventLists(
                40,
                seed -> RandomWorlds.shuffledWithDuplicates(
                        seed, RandomWorlds.rotated(seed, RandomWorlds.events(seed, 150))),
                (seed, events) -> compare(events, seed % 8 == 0 ? Storage.ROCKSDB : Storage.MEMORY));
    }

    @Test
    void shouldEndInTheFiguresOfTheOracleWhateverProducersTakeForFormerIds() {
        Shrink.forAllEventLists(
                40,
                seed -> RandomWorlds.muddled(
                        seed,
                        RandomWorlds.events(seed, RandomWorlds.Size.of(150).withUniqueHireIds())),
                (seed, events) -> compare(events, Storage.MEMORY, DriverOracleTest::byPerson));
    }

    /** Which id of a person is the oldest is not certain in a muddle. */
    private static HireKey byPerson(OracleWorld oracle, UncoveredHire alert) {
        return new HireKey(oracle.oldestWorkerId(alert.getWorkerId()), alert.getHireId());
    }

    private static HireKey byOldestId(OracleWorld oracle, UncoveredHire alert) {
        assertThat(alert.getCurrentWorkerId())
                .as("newest id of %s", alert.getWorkerId())
                .isEqualTo(oracle.currentWorkerId(alert.getWorkerId()).orElse(null));
        return new HireKey(alert.getWorkerId(), alert.getHireId());
    }

    private static void compare(List<OracleEvent> events, Storage storage) {
        compare(events, storage, DriverOracleTest::byOldestId);
    }

    private static void compare(
            List<OracleEvent> events, Storage storage, BiFunction<OracleWorld, UncoveredHire, HireKey> hireOf) {
        OracleWorld oracle = new OracleWorld(events, OracleOptions.defaults());
        Map<String, CoverageFigure> figures = new HashMap<>();
        Map<String, CoverageTimeline> timelines = new HashMap<>();
        Map<HireKey, UncoveredHire> alerts = new HashMap<>();
        LocalDate today;
        try (TopologyFixture app = new TopologyFixture(START, Rules.defaults(), storage)) {
            int sent = 0;
            for (OracleEvent event : events) {
                app.send(EventRecords.of(event));
                if (++sent % 40 == 0) {
                    app.advance(Duration.ofSeconds(1));
                }
            }
            app.advance(Duration.ofSeconds(1));
            app.advance(Duration.ofDays(9));
            today = LocalDate.parse("2026-03-11");
            app.figures().forEach(f -> figures.put(f.getLevel() + "/" + f.getId(), f));
            app.timelines().forEach(t -> timelines.put(t.getLevel() + "/" + t.getId(), t));
            Map<String, UncoveredHire> latest = new HashMap<>();
            app.alertRecords().forEach(record -> {
                UncoveredHire alert = record.value();
                if (alert == null) {
                    assertThat(latest.remove(record.key())).as(record.key()).isNotNull();
                } else {
                    assertThat(record.key()).isEqualTo(alert.getWorkerId() + "/" + alert.getHireId());
                    latest.put(record.key(), alert);
                }
            });
            latest.values()
                    .forEach(alert -> assertThat(alerts.put(hireOf.apply(oracle, alert), alert))
                            .as("%s published twice", alert.getHireId())
                            .isNull());
            assertThat(app.deadLetters()).isEmpty();
        }
        for (Group group : oracle.groups()) {
            String key = group.toString();
            assertThat(figures).containsKey(key);
            assertThat(timelines).containsKey(key);
            assertFigure(
                    oracle,
                    group,
                    today,
                    Objects.requireNonNull(figures.get(key)),
                    Objects.requireNonNull(timelines.get(key)));
        }
        figures.forEach((key, figure) -> {
            Group group = new Group(Level.valueOf(figure.getLevel().name()), figure.getId());
            if (!oracle.groups().contains(group)) {
                assertThat(counts(figure)).as(key).isEqualTo(Counts.ZERO);
                assertThat(figure.getRecordedThrough()).as(key).isNull();
            }
        });
        Map<HireKey, OracleWorld.Alert> expected = oracle.alerts(today);
        assertThat(alerts.keySet()).containsAll(expected.keySet());
        alerts.forEach((key, alert) -> assertAlert(oracle, today, key, alert, expected.get(key)));
    }

    private static void assertFigure(
            OracleWorld oracle, Group group, LocalDate today, CoverageFigure figure, CoverageTimeline timeline) {
        OracleWorld.Figure expected = oracle.figure(group.level(), group.id(), today);
        assertThat(counts(figure)).as("%s", group).isEqualTo(expected.counts());
        assertThat(figure.getAsOf()).isEqualTo(today);
        assertThat(figure.getWorkerDays30()).as("%s", group).isEqualTo(expected.workerDays30());
        assertThat(figure.getCoveredWorkerDays30()).as("%s", group).isEqualTo(expected.coveredWorkerDays30());
        Instant recordedThrough = figure.getRecordedThrough();
        assertThat(
                        recordedThrough == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, recordedThrough)))
                .as("%s", group)
                .isEqualTo(expected.recordedThrough());
        Map<LocalDate, Counts> points = new TreeMap<>();
        timeline.getPoints().forEach(point -> points.put(point.getFrom(), counts(point)));
        List<OracleWorld.Point> actual = new ArrayList<>();
        points.forEach((from, counts) -> actual.add(new OracleWorld.Point(from, counts)));
        assertThat(actual).as("%s", group).isEqualTo(oracle.timeline(group.level(), group.id()));
    }

    private static void assertAlert(
            OracleWorld oracle,
            LocalDate today,
            HireKey key,
            UncoveredHire alert,
            OracleWorld.@Nullable Alert expected) {
        if (expected == null) {
            assertThat(alert.getState()).as("%s", key).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.getResolution().name())
                    .as("%s", key)
                    .isEqualTo(oracle.resolution(key.workerId(), key.hireId(), today)
                            .orElseThrow()
                            .name());
            return;
        }
        assertThat(new OracleWorld.Alert(
                        key,
                        alert.getProjectId(),
                        alert.getContractorId(),
                        alert.getDistrictCode(),
                        alert.getStartsOn(),
                        alert.getDueOn(),
                        alert.getUncoveredSince(),
                        alert.getOverdueSince(),
                        OracleWorld.State.valueOf(alert.getState().name()),
                        id.cakupan.coverage.UncoveredReason.valueOf(
                                alert.getReason().name()),
                        alert.getBackdated()))
                .isEqualTo(expected);
        assertThat(alert.getResolution()).isNull();
    }

    private static Counts counts(CoverageFigure f) {
        return new Counts(
                f.getHires(),
                f.getCoveredHires(),
                f.getOverdueHires(),
                f.getWorkers(),
                f.getCoveredWorkers(),
                f.getCoveredByGrace(),
                f.getProjects(),
                f.getInsuredProjects(),
                f.getContractValue(),
                f.getInsuredContractValue());
    }

    private static Counts counts(TimelinePoint p) {
        return new Counts(
                p.getHires(),
                p.getCoveredHires(),
                p.getOverdueHires(),
                p.getWorkers(),
                p.getCoveredWorkers(),
                p.getCoveredByGrace(),
                p.getProjects(),
                p.getInsuredProjects(),
                p.getContractValue(),
                p.getInsuredContractValue());
    }
}
