package id.cakupan.coverage;

import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts and contract values of many projects, by group. Projects are few and change seldom, so a group's partial is
 * made anew from its members.
 */
public final class ProjectTotals {
    private final Rules rules;
    private final Map<String, ProjectState> projects = new HashMap<>();
    private final Map<Group, Set<String>> members = new HashMap<>();

    /** No projects yet. */
    public ProjectTotals(Rules rules) {
        this.rules = rules;
    }

    /**
     * Sets the state of a project.
     *
     * @param changed is told each group whose partial may have changed
     */
    public void put(String projectId, ProjectState state, Consumer<Group> changed) {
        ProjectState before = projects.put(projectId, state);
        Registration old = before == null ? null : before.registration();
        Registration fresh = state.registration();
        for (Level level : Level.ALL) {
            Group left = old == null ? null : level.groupOf(old);
            Group joined = fresh == null ? null : level.groupOf(fresh);
            if (left != null && !left.equals(joined)) {
                members(left).remove(projectId);
                changed.accept(left);
            }
            if (joined != null) {
                members(joined).add(projectId);
                changed.accept(joined);
            }
        }
    }

    /** What is known of a project. */
    public ProjectState project(String projectId) {
        return projects.getOrDefault(projectId, ProjectState.UNKNOWN);
    }

    /** The groups that have or had a project. */
    public Set<Group> groups() {
        return members.keySet();
    }

    /** The whole sum for one group, with the display name that its projects give it. */
    public GroupPartial partial(Group group) {
        StepSum sum = new StepSum(Count.PROJECT_WIDTH);
        long recordedThrough = Long.MIN_VALUE;
        Registration naming = null;
        for (String id : members(group)) {
            ProjectState state = project(id);
            Registration registration = state.registration();
            if (registration == null) {
                continue;
            }
            add(sum, registration, state);
            recordedThrough = Math.max(recordedThrough, state.recordedThrough());
            if (Facts.wins(registration, naming)) {
                naming = registration;
            }
        }
        String name = naming == null ? null : nameOf(group.level(), naming);
        Stamp namedBy = naming == null || name == null ? null : naming.stamp();
        return new GroupPartial(Count.WORKER_WIDTH, sum.steps(), recordedThrough, name, namedBy);
    }

    private void add(StepSum sum, Registration r, ProjectState state) {
        int first = r.startsOn() == Days.NONE ? rules.dayOf(r.stamp().recordedAt()) : r.startsOn();
        addInterval(sum, first, r.endsOn(), Count.PROJECTS, Count.CONTRACT_VALUE, r.contractValue());
        Insurance i = state.insurance();
        if (i != null && i.status() == InsuranceStatus.PAID && i.effectiveFrom() != Days.NONE) {
            addInterval(
                    sum,
                    Math.max(first, i.effectiveFrom()),
                    Math.min(r.endsOn(), i.effectiveTo()),
                    Count.INSURED_PROJECTS,
                    Count.INSURED_CONTRACT_VALUE,
                    r.contractValue());
        }
    }

    private static void addInterval(StepSum sum, int first, int last, Count count, Count value, long contractValue) {
        if (last < first) {
            return;
        }
        sum.add(first, count.ordinal() - Count.WORKER_WIDTH, 1);
        sum.add(first, value.ordinal() - Count.WORKER_WIDTH, contractValue);
        if (last != Days.OPEN) {
            sum.add(last + 1, count.ordinal() - Count.WORKER_WIDTH, -1);
            sum.add(last + 1, value.ordinal() - Count.WORKER_WIDTH, -contractValue);
        }
    }

    private static @Nullable String nameOf(Level level, Registration registration) {
        return switch (level) {
            case PROJECT -> registration.name();
            case CONTRACTOR -> registration.contractorName();
            case DISTRICT, CITY, FUNDING -> null;
        };
    }

    private Set<String> members(Group group) {
        return members.computeIfAbsent(group, g -> new HashSet<>());
    }
}
