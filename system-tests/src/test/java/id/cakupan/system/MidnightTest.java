package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.CoverageFigure;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsException;
import id.cakupan.schemas.Topics;
import id.cakupan.streams.StreamsService;
import id.cakupan.streams.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes with the calendar and without any event. */
@ExtendWith(Cluster.Shared.class)
class MidnightTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    /** A Wednesday, after everything that the random worlds recorded. */
    private static final LocalDate DAY = LocalDate.of(2026, 1, 14);

    private static final int BOTH = 3;

    @Test
    void shouldTurnToTheNewDayWithoutAnyEvent(Cluster cluster)
            throws IOException, InterruptedException, SettingsException {
        TestClock clock = new TestClock(at(DAY, "23:40:00"));
        try (Space space = Space.setUp(cluster, "midnight", 4)) {
            List<OracleEvent> events = new ArrayList<>(RandomWorlds.events(21, RandomWorlds.Size.of(1_500)));
            events.addAll(changingOvernight());
            Expected expected = new Expected(events);
            assertOvernightChanges(expected.oracle());
            Map<String, Outcome.Shown> daily = new TreeMap<>();

            try (StreamsService app = start(space, clock)) {
                space.send(events, clock);
                Looking.awaitFigures(space, space.applicationId());
                Outcome.assertEqual(space, expected, DAY);
                assertThat(app.health().ready().get()).isEmpty();

                clock.set(at(DAY, "23:59:50"));
                Outcome.assertEqual(space, expected, DAY);
                await("the new day")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> space.readFigures().stream()
                                .anyMatch(entry -> entry.value().getAsOf().isAfter(DAY)));
                await("all of the new day")
                        .atMost(Duration.ofSeconds(5))
                        .untilAsserted(() -> Outcome.assertEqual(space, expected, DAY.plusDays(1)));
                assertDaily(space, expected, daily, DAY);
                assertThat(space.readFigures())
                        .filteredOn(entry -> entry.value().getAsOf().isAfter(DAY))
                        .allSatisfy(entry -> assertThat(entry.value().getUpdatedAt())
                                .isBetween(at(DAY.plusDays(1), "00:00:00"), at(DAY.plusDays(1), "00:00:10")));
            }

            // Nobody is there for three midnights; then a late event corrects the past, but not what was reported.
            clock.set(at(DAY.plusDays(4), "09:00:00"));
            try (StreamsService app = start(space, clock)) {
                await("the day after the break")
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> Outcome.assertEqual(space, expected, DAY.plusDays(4)));
                assertDaily(space, expected, daily, DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3));

                OracleEvent late = OracleEvent.of(
                        worker("cover"),
                        new WorkerFact.Release(
                                "cover", Days.day(DAY.minusDays(5)), false, stamp(DAY.plusDays(3), "late")));
                space.send(List.of(late), clock);
                events.add(late);
                Expected corrected = new Expected(events);
                assertThat(corrected.oracle().counts(Level.PROJECT, "p-cover", DAY))
                        .isNotEqualTo(expected.oracle().counts(Level.PROJECT, "p-cover", DAY));
                Looking.awaitFigures(space, space.applicationId());
                Outcome.assertEqual(space, corrected, DAY.plusDays(4));
                assertDaily(space, expected, daily);
                assertThat(app.health().live().get()).isEmpty();
            }
            Invariants.assertHeldByAll(space);
        }
    }

    private static StreamsService start(Space space, TestClock clock) throws InterruptedException, SettingsException {
        Map<String, String> flags = Map.of(
                "bootstrap", space.cluster().bootstrap(),
                "registry", space.cluster().registryUrl(),
                "topic-prefix", space.prefix(),
                "application-id", space.applicationId(),
                "state-dir", space.folder().resolve("state").toString());
        StreamsService service =
                new StreamsService(Settings.of(StreamsSettings.ALL, flags), clock, new SimpleMeterRegistry(), Map.of());
        service.start();
        return service;
    }

    /** The daily figures are those seen before and those of these days, once each, for all groups. */
    private static void assertDaily(
            Space space, Expected expected, Map<String, Outcome.Shown> daily, LocalDate... days) {
        for (LocalDate day : days) {
            expected.figures(Outcome.figures(space).keySet(), day)
                    .forEach((group, figure) -> daily.put(key(group, day), figure));
        }
        List<Reader.Entry<CoverageFigure>> published = space.read(Topics.COVERAGE_DAILY);
        Map<String, Outcome.Shown> found = new TreeMap<>();
        published.forEach(entry -> found.put(entry.key(), Outcome.shown(entry.value())));
        Outcome.assertSame("daily figures", found, daily);
        assertThat(published).as("daily figures, none of them written twice").hasSameSizeAs(daily.keySet());
    }

    private static String key(Group group, LocalDate day) {
        return group.level() + "/" + group.id() + "/" + day;
    }

    private static Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }

    private static Stamp stamp(LocalDate day, String eventId) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, at(day, "08:00:00")), eventId);
    }

    /** Covers that end on the day, a hire that starts on the next, deadlines that come near, pass and escalate. */
    private static List<OracleEvent> changingOvernight() {
        int day = Days.day(DAY);
        List<OracleEvent> events = new ArrayList<>();
        for (String id : List.of("cover", "grace", "start", "end", "due", "overdue", "escalate")) {
            events.add(OracleEvent.of(new ProjectFact.Registration(
                    "p-" + id,
                    "Site " + id,
                    "35.73.02",
                    "npp:15070955",
                    "Contractor",
                    Funding.APBD,
                    1_000_000,
                    day - 90,
                    id.equals("end") ? day : day + 90,
                    stamp(DAY.minusDays(90), "project-" + id))));
        }
        hire(events, "cover", day - 60);
        events.add(OracleEvent.of(
                worker("cover"),
                new WorkerFact.Enrolment(
                        "n",
                        Segment.JAKON,
                        "p-cover",
                        null,
                        BOTH,
                        day - 60,
                        day,
                        stamp(DAY.minusDays(60), "enrolment"))));
        hire(events, "grace", day - 10);
        events.add(OracleEvent.of(new ProjectFact.Insurance(
                "p-grace", InsuranceStatus.PAID, day - 60, day, stamp(DAY.minusDays(60), "insurance"))));
        hire(events, "start", day + 1);
        hire(events, "due", Days.day(workingDaysBefore(DAY.plusDays(1), 11)));
        hire(events, "overdue", Days.day(workingDaysBefore(DAY, 14)));
        hire(events, "escalate", Days.day(workingDaysBefore(DAY.minusDays(8), 14)));
        return events;
    }

    private static LocalDate workingDaysBefore(LocalDate day, int n) {
        return OracleOptions.defaults().workingDaysBefore(day, n);
    }

    private static void hire(List<OracleEvent> events, String id, int startsOn) {
        events.add(OracleEvent.of(
                worker(id),
                new WorkerFact.Hire(
                        id, "p-" + id, "npp:15070955", startsOn, Days.OPEN, stamp(DAY.minusDays(61), "hire-" + id))));
    }

    private static String worker(String id) {
        return "k1." + (id + "A".repeat(22)).substring(0, 22);
    }

    /** The world is worth the test: each of its hires changes overnight, in the oracle's opinion. */
    private static void assertOvernightChanges(OracleWorld oracle) {
        assertThat(states(oracle, DAY))
                .isEqualTo(Map.of(
                        "cover", "NAMED -",
                        "grace", "GRACE -",
                        "start", "INACTIVE -",
                        "due", "UNCOVERED -",
                        "overdue", "UNCOVERED DUE_SOON",
                        "escalate", "UNCOVERED OVERDUE"));
        assertThat(states(oracle, DAY.plusDays(1)))
                .isEqualTo(Map.of(
                        "cover", "UNCOVERED OVERDUE",
                        "grace", "UNCOVERED -",
                        "start", "UNCOVERED -",
                        "due", "UNCOVERED DUE_SOON",
                        "overdue", "UNCOVERED OVERDUE",
                        "escalate", "UNCOVERED ESCALATED"));
    }

    private static Map<String, String> states(OracleWorld oracle, LocalDate day) {
        Map<String, String> states = new TreeMap<>();
        for (String id : List.of("cover", "grace", "start", "due", "overdue", "escalate")) {
            states.put(
                    id,
                    oracle.status(worker(id), id, day) + " "
                            + oracle.alert(worker(id), id, day)
                                    .map(alert -> alert.state().name())
                                    .orElse("-"));
        }
        return states;
    }
}
