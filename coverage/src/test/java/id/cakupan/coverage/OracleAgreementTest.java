package id.cakupan.coverage;

import static id.cakupan.coverage.oracle.Shrink.forAllEventLists;
import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld;
import id.cakupan.coverage.oracle.RandomWorlds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The real rules against the second program, which goes day by day. */
class OracleAgreementTest {
    @Test
    void shouldCountWorkingDaysLikeTheOracle() {
        for (long seed = 1; seed <= 20; seed++) {
            OracleOptions options = OracleOptions.defaults().withHolidays(RandomWorlds.holidays(seed));
            WorkingDays workingDays = new WorkingDays(options.holidays());
            Random random = new Random(seed);
            for (int i = 0; i < 2_000; i++) {
                int day = i == 0 ? Days.FIRST : i == 1 ? Days.LAST : 19_800 + random.nextInt(1_200);
                int n = random.nextInt(1, 45);
                assertThat(Days.date(workingDays.after(day, n)))
                        .as("%s after %s", n, Days.date(day))
                        .isEqualTo(options.workingDaysAfter(Days.date(day), n));
                assertThat(Days.date(workingDays.before(day, n)))
                        .as("%s before %s", n, Days.date(day))
                        .isEqualTo(options.workingDaysBefore(Days.date(day), n));
            }
        }
    }

    @Test
    void shouldGiveTheTimelinesOfTheOracle() {
        forAllEventLists(600, OracleAgreementTest::smallWorld, OracleAgreementTest::assertSameGroups);
    }

    @Test
    void shouldGiveTheTimelinesOfTheOracleForAWholeCity() {
        forAllEventLists(2, seed -> RandomWorlds.events(seed, 6_000), OracleAgreementTest::assertSameGroups);
    }

    /** Few projects with many workers or, every fourth time, many projects with few. */
    private static List<OracleEvent> smallWorld(long seed) {
        int size = 20 + (int) (seed % 180);
        return seed % 4 == 0
                ? RandomWorlds.events(seed, new RandomWorlds.Size(size, size / 3, 3, true))
                : RandomWorlds.events(seed, size);
    }

    private static void assertSameGroups(long seed, List<OracleEvent> events) {
        OracleOptions options = RandomWorlds.options(seed);
        OracleWorld oracle = new OracleWorld(events, options);
        WorldUnderTest world = WorldUnderTest.of(events, WorldUnderTest.rules(options));
        Set<Group> oracleGroups = new HashSet<>();
        oracle.groups().forEach(group -> oracleGroups.add(new Group(group.level(), group.id())));
        assertThat(world.groups()).containsAll(oracleGroups);

        Random random = new Random(seed);
        for (Group group : world.groups()) {
            GroupTimeline timeline = world.timeline(group);
            assertThat(WorldUnderTest.points(timeline))
                    .as("%s", group)
                    .isEqualTo(oracle.timeline(group.level(), group.id()));
            Long recordedThrough = world.recordedThrough(group);
            if (oracleGroups.contains(group)) {
                assertThat(recordedThrough)
                        .as("recordedThrough of %s", group)
                        .isEqualTo(oracle.recordedThrough(group.level(), group.id())
                                .orElseThrow());
            } else {
                assertThat(recordedThrough).as("recordedThrough of %s", group).isNull();
            }
            for (int i = 0; i < 3; i++) {
                int today = timeline.size() > 0 && random.nextBoolean()
                        ? timeline.from(random.nextInt(timeline.size())) + random.nextInt(-1, 32)
                        : 20_000 + random.nextInt(700);
                OracleWorld.Figure figure = oracle.figure(group.level(), group.id(), Days.date(today));
                assertThat(WorldUnderTest.counts(timeline, today))
                        .as("%s on %s", group, figure.asOf())
                        .isEqualTo(figure.counts());
                assertThat(Coverage.days30(timeline, today, Count.WORKERS))
                        .as("workerDays30 of %s on %s", group, figure.asOf())
                        .isEqualTo(figure.workerDays30());
                assertThat(Coverage.days30(timeline, today, Count.COVERED_WORKERS))
                        .as("coveredWorkerDays30 of %s on %s", group, figure.asOf())
                        .isEqualTo(figure.coveredWorkerDays30());
                assertThat(Coverage.ratio(timeline.on(today, Count.COVERED_WORKERS), timeline.on(today, Count.WORKERS)))
                        .isEqualTo(figure.ratio());
            }
        }
    }

    @Test
    void shouldGiveTheAlertsOfTheOracleDayByDay() {
        forAllEventLists(250, seed -> RandomWorlds.events(seed, 60), (seed, events) -> {
            OracleOptions options = RandomWorlds.options(seed);
            OracleWorld oracle = new OracleWorld(events, options);
            Rules rules = WorldUnderTest.rules(options);
            WorldUnderTest world = WorldUnderTest.of(events, rules);
            Set<OracleWorld.HireKey> keys = new HashSet<>();
            for (String workerId : world.workerIds()) {
                for (WorkerFact.Hire hire : world.ledger(workerId).hires()) {
                    keys.add(new OracleWorld.HireKey(workerId, hire.id()));
                    assertSameAlerts(oracle, workerId, world.hire(workerId, hire), new AlertPolicy(rules));
                }
            }
            assertThat(keys).isEqualTo(oracle.hires());
        });
    }

    @Test
    void shouldGiveTheAlertsOfTheOracleAfterEachEvent() {
        forAllEventLists(150, seed -> RandomWorlds.events(seed, 60), (seed, events) -> {
            OracleOptions options = RandomWorlds.options(seed);
            Rules rules = WorldUnderTest.rules(options);
            AlertPolicy policy = new AlertPolicy(rules);
            WorldUnderTest world = new WorldUnderTest(rules);
            int today = 20_000 + (int) (seed % 500);
            Map<OracleWorld.HireKey, Alert> published = new HashMap<>();
            for (int known = 1; known <= events.size(); known++) {
                world.apply(events.get(known - 1));
                OracleWorld oracle = new OracleWorld(events.subList(0, known), options);
                for (OracleWorld.HireKey key : oracle.hires()) {
                    WorkerFact.Hire fact = (WorkerFact.Hire) Objects.requireNonNull(
                            world.ledger(key.workerId()).find(WorkerFact.Kind.HIRE, key.hireId()));
                    HireTimeline hire = world.hire(key.workerId(), fact);
                    Alert now = policy.on(today, hire, published.get(key));
                    assertThat(now)
                            .as("alert of %s on %s after %s events", key, Days.date(today), known)
                            .isEqualTo(expected(oracle, key.workerId(), hire, today, published.get(key)));
                    if (now != null) {
                        published.put(key, now);
                    }
                }
            }
        });
    }

    /** Lives through the days around a hire, publishing each alert that changes, as the real pipeline would. */
    private static void assertSameAlerts(OracleWorld oracle, String workerId, HireTimeline hire, AlertPolicy policy) {
        int first = hire.hire().startsOn() - 3;
        int predicted = Days.OPEN;
        Alert published = null;
        for (int day = first; day < first + 300; day++) {
            Alert now = policy.on(day, hire, published);
            assertThat(now)
                    .as("alert of %s %s on %s", workerId, hire.hire().id(), Days.date(day))
                    .isEqualTo(expected(oracle, workerId, hire, day, published));
            if (day > first) {
                boolean changes = now != null && !now.equals(published);
                assertThat(changes)
                        .as(
                                "change of %s %s on %s, next change predicted for day %s",
                                workerId, hire.hire().id(), Days.date(day), predicted)
                        .isEqualTo(day == predicted);
            }
            published = now == null ? published : now;
            predicted = policy.nextChange(day, hire, published);
            assertThat(predicted).isGreaterThan(day);
        }
    }

    private static @Nullable Alert expected(
            OracleWorld oracle, String workerId, HireTimeline hire, int day, @Nullable Alert published) {
        String hireId = hire.hire().id();
        OracleWorld.Alert alert = oracle.alert(workerId, hireId, Days.date(day)).orElse(null);
        if (alert != null) {
            return new Alert(
                    hireId,
                    alert.projectId(),
                    alert.contractorId(),
                    alert.districtCode(),
                    Days.day(alert.startsOn()),
                    Days.day(alert.dueOn()),
                    Days.day(alert.uncoveredSince()),
                    Days.day(alert.overdueSince()),
                    Alert.State.valueOf(alert.state().name()),
                    alert.reason(),
                    null,
                    alert.backdated());
        }
        if (published == null) {
            return null;
        }
        ProjectFact.Registration project = hire.project().registration();
        OracleWorld.Resolution resolution =
                oracle.resolution(workerId, hireId, Days.date(day)).orElseThrow();
        return new Alert(
                hireId,
                hire.hire().projectId(),
                hire.hire().contractorId(),
                project == null ? null : project.districtCode(),
                hire.hire().startsOn(),
                Days.day(oracle.dueOn(workerId, hireId).orElseThrow()),
                published.uncoveredSince(),
                published.overdueSince(),
                Alert.State.RESOLVED,
                published.reason(),
                Alert.Resolution.valueOf(resolution.name()),
                oracle.backdated(workerId, hireId).orElseThrow());
    }
}
