package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.TimelinePoint;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.oracle.OracleWorld;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.HireKey;
import id.cakupan.coverage.oracle.OracleWorld.Point;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares what the pipeline published with what the oracle says, for all groups and all hires. */
final class Outcome {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final int MOST_DIFFERENCES = 12;

    /** A figure without what only one of the two knows: display name, target, time of computation. */
    record Shown(
            LocalDate asOf,
            Counts counts,
            @Nullable Double ratio,
            long workerDays30,
            long coveredWorkerDays30,
            @Nullable Instant recordedThrough) {}

    /** An alert without the day on which it was last computed. */
    record ShownAlert(
            String workerId,
            @Nullable String currentWorkerId,
            String projectId,
            String contractorId,
            @Nullable String districtCode,
            LocalDate startsOn,
            LocalDate dueOn,
            LocalDate uncoveredSince,
            LocalDate overdueSince,
            String state,
            String reason,
            boolean backdated) {}

    private Outcome() {}

    /** The day that it is in Malang. */
    static LocalDate today() {
        return LocalDate.now(ZONE);
    }

    /** Runs a check of a day's figures. Where midnight comes in between, the figures of the new day are waited for. */
    static void onOneDay(Consumer<LocalDate> check) {
        LocalDate day = today();
        try {
            check.accept(day);
        } catch (AssertionError e) {
            if (day.equals(today())) {
                throw e;
            }
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> check.accept(today()));
        }
    }

    /** Figures, timelines and alerts in the topics are the oracle's of that day. */
    static void assertEqual(Space space, Expected expected, LocalDate today) {
        assertFigures(space, expected, today);
        assertTimelines(space, expected);
        assertAlerts(space, expected, today);
    }

    /** The last figure of each group, by group. */
    static Map<Group, CoverageFigure> figures(Space space) {
        Map<Group, CoverageFigure> figures = new TreeMap<>();
        space.readFigures().forEach(entry -> figures.put(group(entry.value()), entry.value()));
        return figures;
    }

    private static void assertFigures(Space space, Expected expected, LocalDate today) {
        Map<Group, Shown> found = new TreeMap<>();
        figures(space).forEach((group, figure) -> found.put(group, shown(figure)));
        assertSame("figures", found, expected.figures(found.keySet(), today));
    }

    /** The last timeline of each group. */
    static Map<Group, List<Point>> timelines(Space space) {
        Map<Group, List<Point>> found = new TreeMap<>();
        for (Reader.Entry<CoverageTimeline> entry : space.read(Topics.COVERAGE_TIMELINE)) {
            found.put(group(entry.value()), points(entry.value()));
        }
        return found;
    }

    private static void assertTimelines(Space space, Expected expected) {
        Map<Group, List<Point>> found = timelines(space);
        assertSame("timelines", found, expected.timelines(found.keySet()));
    }

    private static void assertAlerts(Space space, Expected expected, LocalDate today) {
        Map<String, UncoveredHire> published = Reader.latest(space.read(Topics.UNCOVERED_HIRES));
        Map<String, ShownAlert> open = new TreeMap<>();
        Map<String, String> resolved = new TreeMap<>();
        Map<String, String> expectedResolved = new TreeMap<>();
        published.forEach((key, alert) -> {
            assertThat(key).isEqualTo(alert.getWorkerId() + "/" + alert.getHireId());
            assertThat(alert.getAsOf()).isBeforeOrEqualTo(today);
            if (alert.getState() == AlertState.RESOLVED) {
                resolved.put(key, alert.getResolution() + " " + alert.getCurrentWorkerId());
                expectedResolved.put(key, expected.resolution(alert.getWorkerId(), alert.getHireId(), today));
            } else {
                assertThat(alert.getResolution()).isNull();
                open.put(key, shown(alert));
            }
        });
        assertSame("open alerts", open, expected.alerts(today));
        assertSame("resolved alerts", resolved, expectedResolved);
    }

    /** Fails with the first few differences. */
    static <K extends Comparable<K>, V> void assertSame(String what, Map<K, V> found, Map<K, V> expected) {
        Map<K, V> all = new HashMap<>(expected);
        all.putAll(found);
        List<String> differences = new ArrayList<>();
        new TreeMap<>(all).forEach((key, either) -> {
            V one = found.get(key);
            V other = expected.get(key);
            if (one == null || other == null || !one.equals(other)) {
                differences.add(key + ":\n     is " + one + "\n  wants " + other);
            }
        });
        assertThat(differences.stream().limit(MOST_DIFFERENCES).toList())
                .as("%s: %d of %d differ", what, differences.size(), all.size())
                .isEmpty();
    }

    /** Group of a figure. */
    static Group group(CoverageFigure figure) {
        return new Group(Level.valueOf(figure.getLevel().name()), figure.getId());
    }

    private static Group group(CoverageTimeline timeline) {
        return new Group(Level.valueOf(timeline.getLevel().name()), timeline.getId());
    }

    /** What is compared of a published figure. */
    static Shown shown(CoverageFigure figure) {
        return new Shown(
                figure.getAsOf(),
                new Counts(
                        figure.getHires(),
                        figure.getCoveredHires(),
                        figure.getOverdueHires(),
                        figure.getWorkers(),
                        figure.getCoveredWorkers(),
                        figure.getCoveredByGrace(),
                        figure.getProjects(),
                        figure.getInsuredProjects(),
                        figure.getContractValue(),
                        figure.getInsuredContractValue()),
                figure.getRatio(),
                figure.getWorkerDays30(),
                figure.getCoveredWorkerDays30(),
                figure.getRecordedThrough());
    }

    /** What is compared of a figure of the oracle. */
    static Shown shown(OracleWorld.Figure figure) {
        return new Shown(
                figure.asOf(),
                figure.counts(),
                figure.ratio().isPresent() ? (Double) figure.ratio().getAsDouble() : null,
                figure.workerDays30(),
                figure.coveredWorkerDays30(),
                figure.recordedThrough().isPresent()
                        ? Instant.EPOCH.plus(figure.recordedThrough().getAsLong(), ChronoUnit.MICROS)
                        : null);
    }

    private static List<Point> points(CoverageTimeline timeline) {
        return timeline.getPoints().stream()
                .map(point -> new Point(point.getFrom(), counts(point)))
                .toList();
    }

    private static Counts counts(TimelinePoint point) {
        return new Counts(
                point.getHires(),
                point.getCoveredHires(),
                point.getOverdueHires(),
                point.getWorkers(),
                point.getCoveredWorkers(),
                point.getCoveredByGrace(),
                point.getProjects(),
                point.getInsuredProjects(),
                point.getContractValue(),
                point.getInsuredContractValue());
    }

    private static ShownAlert shown(UncoveredHire alert) {
        return new ShownAlert(
                alert.getWorkerId(),
                alert.getCurrentWorkerId(),
                alert.getProjectId(),
                alert.getContractorId(),
                alert.getDistrictCode(),
                alert.getStartsOn(),
                alert.getDueOn(),
                alert.getUncoveredSince(),
                alert.getOverdueSince(),
                alert.getState().name(),
                alert.getReason().name(),
                alert.getBackdated());
    }

    /** What is compared of an alert of the oracle. */
    static ShownAlert shown(HireKey key, OracleWorld.Alert alert, @Nullable String currentWorkerId) {
        return new ShownAlert(
                key.workerId(),
                currentWorkerId,
                alert.projectId(),
                alert.contractorId(),
                alert.districtCode(),
                alert.startsOn(),
                alert.dueOn(),
                alert.uncoveredSince(),
                alert.overdueSince(),
                alert.state().name(),
                alert.reason().name(),
                alert.backdated());
    }
}
