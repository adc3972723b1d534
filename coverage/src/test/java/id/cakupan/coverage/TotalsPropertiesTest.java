package id.cakupan.coverage;

import static id.cakupan.coverage.oracle.Shrink.forAllEventLists;
import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Group totals that are kept current by differences. */
class TotalsPropertiesTest {
    private static Rules rules(long seed) {
        return WorldUnderTest.rules(RandomWorlds.options(seed));
    }

    @Test
    void shouldAddUpToTheRecomputedWholeAfterEachEvent() {
        forAllEventLists(120, seed -> RandomWorlds.events(seed, 120), (seed, events) -> {
            WorldUnderTest world = new WorldUnderTest(rules(seed));
            Map<Group, List<GroupPartial>> told = new HashMap<>();
            for (OracleEvent event : events) {
                world.apply(event);
                Map<Group, GroupPartial> whole = world.recomputed();
                Set<Group> changed = world.takeChanged();
                for (Group group : world.groups()) {
                    List<GroupPartial> partials = world.partials(group);
                    GroupPartial expected = whole.getOrDefault(group, GroupPartial.EMPTY);
                    GroupPartial kept = partials.get(0);
                    if (expected.steps().size() == 0) {
                        assertThat(kept.steps().size())
                                .as("%s after %s", group, event)
                                .isZero();
                    } else {
                        assertThat(kept.steps()).as("%s after %s", group, event).isEqualTo(expected.steps());
                    }
                    assertThat(kept.recordedThrough())
                            .as("%s after %s", group, event)
                            .isEqualTo(expected.recordedThrough());
                    if (changed.contains(group)) {
                        told.put(group, partials);
                    }
                    assertThat(told.get(group))
                            .as("what was told of %s after %s", group, event)
                            .isEqualTo(partials);
                }
            }
        });
    }

    @Test
    void shouldAddUpOverManyEvents() {
        forAllEventLists(4, seed -> RandomWorlds.events(seed, 3_000), (seed, events) -> {
            WorldUnderTest world = WorldUnderTest.of(events, rules(seed));
            Map<Group, GroupPartial> whole = world.recomputed();
            for (Group group : world.groups()) {
                GroupPartial expected = whole.getOrDefault(group, GroupPartial.EMPTY);
                GroupPartial kept = world.partials(group).get(0);
                assertThat(kept.recordedThrough()).as("%s", group).isEqualTo(expected.recordedThrough());
                assertThat(WorldUnderTest.points(GroupTimeline.sum(List.of(kept))))
                        .as("%s", group)
                        .isEqualTo(WorldUnderTest.points(GroupTimeline.sum(List.of(expected))));
            }
        });
    }

    @Test
    void shouldAddUpFromThePartsOfThePartitions() {
        forAllEventLists(100, seed -> RandomWorlds.events(seed, 200), (seed, events) -> {
            Rules rules = rules(seed);
            WorldUnderTest whole = WorldUnderTest.of(events, rules);
            int partitions = 3;
            List<WorldUnderTest> parts = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                parts.add(new WorldUnderTest(rules));
            }
            for (OracleEvent event : RandomWorlds.shuffled(seed, events)) {
                for (int partition = 0; partition < partitions; partition++) {
                    if (event.fact() instanceof ProjectFact
                            || Math.floorMod(event.key().hashCode(), partitions) == partition) {
                        parts.get(partition).apply(event);
                    }
                }
            }
            Set<Group> groups = new HashSet<>();
            parts.forEach(part -> groups.addAll(part.groups()));
            groups.addAll(whole.groups());
            for (Group group : groups) {
                List<GroupPartial> partials = new ArrayList<>();
                parts.forEach(part -> partials.add(part.partials(group).get(0)));
                partials.add(parts.get(0).partials(group).get(1));
                assertThat(WorldUnderTest.points(GroupTimeline.sum(partials)))
                        .as("%s", group)
                        .isEqualTo(WorldUnderTest.points(whole.timeline(group)));
            }
        });
    }

    @Test
    void shouldHoldTheInvariantsOnEveryDayAfterEveryEvent() {
        forAllEventLists(25, seed -> RandomWorlds.events(seed, 120), (seed, events) -> {
            WorldUnderTest world = new WorldUnderTest(rules(seed));
            for (OracleEvent event : events) {
                world.apply(event);
                for (Group group : world.takeChanged()) {
                    assertInvariants(group, world.timeline(group));
                }
            }
        });
    }

    /** Counts hold from one point to the next, so that the points stand for all days. */
    private static void assertInvariants(Group group, GroupTimeline timeline) {
        for (int i = 0; i < timeline.size(); i++) {
            long hires = timeline.count(i, Count.HIRES);
            long coveredHires = timeline.count(i, Count.COVERED_HIRES);
            long workers = timeline.count(i, Count.WORKERS);
            long coveredWorkers = timeline.count(i, Count.COVERED_WORKERS);
            long projects = timeline.count(i, Count.PROJECTS);
            long value = timeline.count(i, Count.CONTRACT_VALUE);
            boolean holds = isBetween(0, timeline.count(i, Count.COVERED_BY_GRACE), coveredWorkers)
                    && coveredWorkers <= workers
                    && workers <= hires
                    && isBetween(0, coveredHires, hires)
                    && isBetween(0, timeline.count(i, Count.OVERDUE_HIRES), hires - coveredHires)
                    && isBetween(0, timeline.count(i, Count.INSURED_PROJECTS), projects)
                    && isBetween(0, timeline.count(i, Count.INSURED_CONTRACT_VALUE), value);
            assertThat(holds)
                    .as("%s from %s: %s", group, Days.date(timeline.from(i)), WorldUnderTest.points(timeline))
                    .isTrue();
        }
    }

    private static boolean isBetween(long least, long value, long most) {
        return least <= value && value <= most;
    }
}
