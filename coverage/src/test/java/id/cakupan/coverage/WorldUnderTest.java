package id.cakupan.coverage;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The real rules as a program that uses them event by event would: ledgers, and group totals that are kept current by
 * taking a worker's contribution out and putting the new one in.
 */
final class WorldUnderTest {
    private final Rules rules;
    private final Map<String, WorkerLedger> ledgers = new TreeMap<>();
    private final Map<String, WorkerContribution> contributions = new HashMap<>();
    private final WorkerTotals workerTotals = new WorkerTotals();
    private final ProjectTotals projectTotals;
    private final Set<String> projectIds = new HashSet<>();
    private final Set<Group> changed = new HashSet<>();

    WorldUnderTest(Rules rules) {
        this.rules = rules;
        this.projectTotals = new ProjectTotals(rules);
    }

    static WorldUnderTest of(Collection<OracleEvent> events, Rules rules) {
        WorldUnderTest world = new WorldUnderTest(rules);
        events.forEach(world::apply);
        return world;
    }

    static Rules rules(OracleOptions options) {
        return new Rules(
                options.zone(),
                new WorkingDays(options.holidays()),
                options.requiredProgrammes(),
                options.countedSegments(),
                options.deadlineDays(),
                Rules.DayUnit.valueOf(options.deadlineUnit().name()),
                options.graceWorkingDays(),
                options.dueSoonWorkingDays(),
                options.escalationDays(),
                options.backdatedDays());
    }

    /** Takes in one event. Returns whether it changed anything that is kept. */
    boolean apply(OracleEvent event) {
        if (event.fact() instanceof WorkerFact fact) {
            boolean merged = ledgers.computeIfAbsent(event.key(), id -> new WorkerLedger())
                    .merge(fact);
            if (merged) {
                contribute(event.key());
            }
            return merged;
        }
        ProjectFact fact = (ProjectFact) event.fact();
        ProjectState before = projectTotals.project(event.key());
        ProjectState after = before.merge(fact);
        if (after.equals(before)) {
            return false;
        }
        projectIds.add(event.key());
        projectTotals.put(event.key(), after, changed::add);
        ledgers.forEach((workerId, ledger) -> {
            if (ledger.hires().stream().anyMatch(hire -> hire.projectId().equals(event.key()))) {
                contribute(workerId);
            }
        });
        return true;
    }

    private void contribute(String workerId) {
        WorkerContribution after = contribution(workerId);
        WorkerContribution before = contributions.put(workerId, after);
        workerTotals.replace(before == null ? WorkerContribution.NONE : before, after, changed::add);
    }

    private WorkerContribution contribution(String workerId) {
        return WorkerContribution.of(ledger(workerId), projectTotals::project, rules);
    }

    WorkerLedger ledger(String workerId) {
        return ledgers.getOrDefault(workerId, new WorkerLedger());
    }

    Set<String> workerIds() {
        return Set.copyOf(ledgers.keySet());
    }

    HireTimeline hire(String workerId, WorkerFact.Hire hire) {
        return HireTimeline.of(hire, ledger(workerId), projectTotals.project(hire.projectId()), rules);
    }

    /** Everything that is kept: the facts of each worker and the state of each project. */
    Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        ledgers.forEach((workerId, ledger) -> state.put(workerId, Set.copyOf(ledger.facts())));
        for (String projectId : projectIds) {
            state.put(projectId, projectTotals.project(projectId));
        }
        return state;
    }

    /** The events that are kept, as another world would have to take them in to know as much. */
    List<OracleEvent> kept() {
        List<OracleEvent> kept = new ArrayList<>();
        ledgers.forEach((workerId, ledger) -> ledger.facts().forEach(fact -> kept.add(OracleEvent.of(workerId, fact))));
        for (String projectId : projectIds) {
            ProjectState project = projectTotals.project(projectId);
            if (project.registration() != null) {
                kept.add(OracleEvent.of(project.registration()));
            }
            if (project.insurance() != null) {
                kept.add(OracleEvent.of(project.insurance()));
            }
        }
        return kept;
    }

    /** All groups that have or had a hire or a project. */
    Set<Group> groups() {
        Set<Group> groups = new HashSet<>(workerTotals.groups());
        groups.addAll(projectTotals.groups());
        return groups;
    }

    /** What the workers and the projects add to a group, in this order. */
    List<GroupPartial> partials(Group group) {
        if (workerTotals.needsRecount(group)) {
            workerTotals.recount(contributions.values()::forEach);
        }
        return List.of(workerTotals.partial(group), projectTotals.partial(group));
    }

    /** Groups of which it was said since the last call that they may have changed. */
    Set<Group> takeChanged() {
        Set<Group> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** All totals of the workers, summed up anew. */
    Map<Group, GroupPartial> recomputed() {
        WorkerTotals totals = new WorkerTotals();
        for (String workerId : ledgers.keySet()) {
            totals.replace(WorkerContribution.NONE, contribution(workerId), told -> {});
        }
        Map<Group, GroupPartial> partials = new HashMap<>();
        totals.groups().forEach(group -> partials.put(group, totals.partial(group)));
        return partials;
    }

    GroupTimeline timeline(Group group) {
        return GroupTimeline.sum(partials(group));
    }

    /** Latest recording behind the figures of a group, null when there is none. */
    @Nullable
    Long recordedThrough(Group group) {
        long latest = partials(group).stream()
                .mapToLong(GroupPartial::recordedThrough)
                .max()
                .orElseThrow();
        return latest == Long.MIN_VALUE ? null : latest;
    }

    static List<OracleWorld.Point> points(GroupTimeline timeline) {
        List<OracleWorld.Point> points = new ArrayList<>();
        for (int i = 0; i < timeline.size(); i++) {
            points.add(new OracleWorld.Point(Days.date(timeline.from(i)), counts(timeline, timeline.from(i))));
        }
        return points;
    }

    static OracleWorld.Counts counts(GroupTimeline timeline, int day) {
        return new OracleWorld.Counts(
                timeline.on(day, Count.HIRES),
                timeline.on(day, Count.COVERED_HIRES),
                timeline.on(day, Count.OVERDUE_HIRES),
                timeline.on(day, Count.WORKERS),
                timeline.on(day, Count.COVERED_WORKERS),
                timeline.on(day, Count.COVERED_BY_GRACE),
                timeline.on(day, Count.PROJECTS),
                timeline.on(day, Count.INSURED_PROJECTS),
                timeline.on(day, Count.CONTRACT_VALUE),
                timeline.on(day, Count.INSURED_CONTRACT_VALUE));
    }
}
