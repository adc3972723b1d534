package id.cakupan.coverage.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.Days;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.UncoveredReason;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.oracle.OracleWorld.Alert;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.HireKey;
import id.cakupan.coverage.oracle.OracleWorld.Resolution;
import id.cakupan.coverage.oracle.OracleWorld.State;
import id.cakupan.coverage.oracle.OracleWorld.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomWorldsTest {
    @Test
    void shouldMakeTheSameWorldFromTheSameSeed() {
        assertThat(RandomWorlds.events(5, 500)).isEqualTo(RandomWorlds.events(5, 500));
        assertThat(RandomWorlds.events(5, 500)).isNotEqualTo(RandomWorlds.events(6, 500));
        assertThat(RandomWorlds.options(5)).isEqualTo(RandomWorlds.options(5));
    }

    @Test
    void shouldMakeEventsThatPassTheChecks() {
        long latest = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
        for (long seed = 1; seed <= 20; seed++) {
            Map<String, Fact> byEventId = new HashMap<>();
            List<OracleEvent> events = RandomWorlds.events(seed, 2_000);
            assertThat(events).hasSizeGreaterThanOrEqualTo(2_000);
            for (OracleEvent event : events) {
                Fact fact = event.fact();
                assertThat(fact.stamp().recordedAt()).isLessThan(latest);
                assertThat(byEventId.putIfAbsent(fact.stamp().eventId(), fact)).isIn(null, fact);
                if (fact instanceof WorkerFact.Hire hire) {
                    assertInterval(hire.startsOn(), hire.endsOn());
                } else if (fact instanceof WorkerFact.Release release) {
                    assertInterval(release.endedOn(), Days.OPEN);
                } else if (fact instanceof WorkerFact.EnrolmentEnd end) {
                    assertInterval(end.endedOn(), Days.OPEN);
                } else if (fact instanceof WorkerFact.Enrolment enrolment) {
                    assertInterval(enrolment.effectiveFrom(), enrolment.effectiveTo());
                    assertThat(enrolment.programmes()).isBetween(1, 15);
                    assertThat(enrolment.segment() == Segment.JAKON && enrolment.projectId() == null)
                            .isFalse();
                } else if (fact instanceof ProjectFact.Registration registration) {
                    assertInterval(registration.startsOn(), registration.endsOn());
                    assertThat(registration.contractValue()).isNotNegative();
                } else if (fact instanceof ProjectFact.Insurance insurance) {
                    assertInterval(insurance.effectiveFrom(), insurance.effectiveTo());
                }
            }
        }
    }

    private static void assertInterval(int first, int last) {
        if (first != Days.NONE) {
            assertThat(first).isBetween(Days.FIRST, Days.LAST);
            assertThat(last).isGreaterThanOrEqualTo(first);
        }
        if (last != Days.OPEN) {
            assertThat(last).isBetween(Days.FIRST, Days.LAST);
        }
    }

    @Test
    void shouldReachEveryCaseOfTheRules() {
        OracleWorld world = new OracleWorld(
                RandomWorlds.events(1, new RandomWorlds.Size(4_000, 40, 15, true)), OracleOptions.defaults());
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        Set<UncoveredReason> reasons = EnumSet.noneOf(UncoveredReason.class);
        Set<State> states = EnumSet.noneOf(State.class);
        Set<Resolution> resolutions = EnumSet.noneOf(Resolution.class);
        Set<Boolean> backdated = new HashSet<>();
        for (HireKey key : world.hires()) {
            for (LocalDate day = LocalDate.of(2025, 1, 1); day.getYear() == 2025; day = day.plusDays(9)) {
                statuses.add(world.status(key.workerId(), key.hireId(), day));
                world.reason(key.workerId(), key.hireId(), day).ifPresent(reasons::add);
                world.resolution(key.workerId(), key.hireId(), day).ifPresent(resolutions::add);
                world.alert(key.workerId(), key.hireId(), day).map(Alert::state).ifPresent(states::add);
                world.alert(key.workerId(), key.hireId(), day)
                        .map(Alert::backdated)
                        .ifPresent(backdated::add);
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(Status.values());
        assertThat(reasons).containsExactlyInAnyOrder(UncoveredReason.values());
        assertThat(states).containsExactlyInAnyOrder(State.values());
        assertThat(resolutions).containsExactlyInAnyOrder(Resolution.values());
        assertThat(backdated).containsExactlyInAnyOrder(true, false);
        assertThat(world.groups())
                .contains(new Group(Level.CITY, OracleWorld.UNASSIGNED), new Group(Level.CITY, "35.73"));
        assertThat(world.timeline(Level.CITY, "35.73")).anyMatch(point -> {
            Counts counts = point.counts();
            return counts.hires() > counts.workers()
                    && counts.workers() > counts.coveredWorkers()
                    && counts.coveredWorkers() > counts.coveredByGrace()
                    && counts.coveredByGrace() > 0
                    && counts.hires() - counts.coveredHires() > counts.overdueHires()
                    && counts.overdueHires() > 0
                    && counts.projects() > counts.insuredProjects()
                    && counts.contractValue() > counts.insuredContractValue()
                    && counts.insuredContractValue() > 0;
        });
    }

    @Test
    void shouldBeFastEnoughForWholePipelines() {
        List<OracleEvent> events =
                RandomWorlds.events(2, RandomWorlds.Size.of(20_000).withUniqueHireIds());
        OracleWorld world = new OracleWorld(events, OracleOptions.defaults());
        assertThat(world.groups()).hasSizeGreaterThan(90);
        int points = 0;
        for (Group group : world.groups()) {
            points += world.timeline(group.level(), group.id()).size();
        }
        assertThat(points).isGreaterThan(5_000);
        assertThat(world.alerts(LocalDate.of(2025, 9, 1))).hasSizeGreaterThan(200);
        Set<String> hireIds = new HashSet<>();
        world.hires().forEach(key -> hireIds.add(key.hireId()));
        assertThat(hireIds).hasSameSizeAs(world.hires());
    }
}
