package id.cakupan.coverage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the contributions of many workers, by group. Nothing of it is stored: it follows from the ledgers and the
 * projects, and is kept current by replacing a worker's contribution by the one after an event.
 */
public final class WorkerTotals {
    private static final class Total {
        final StepSum steps = new StepSum(Count.WORKER_WIDTH);
        final LatestRecorded recorded = new LatestRecorded();
    }

    private final Map<Group, Total> totals = new HashMap<>();

    /**
     * Takes a worker's contribution out and puts another one in.
     *
     * @param changed is told each group whose partial may have changed
     */
    public void replace(WorkerContribution before, WorkerContribution after, Consumer<Group> changed) {
        List<WorkerContribution.Part> old = before.parts();
        List<WorkerContribution.Part> fresh = after.parts();
        for (WorkerContribution.Part part : old) {
            WorkerContribution.@Nullable Part same = find(fresh, part.group());
            if (same == null) {
                Total total = total(part.group());
                total.steps.add(part.steps(), 0, -1);
                total.recorded.remove(part.recordedThrough());
                changed.accept(part.group());
            }
        }
        for (WorkerContribution.Part part : fresh) {
            WorkerContribution.@Nullable Part was = find(old, part.group());
            boolean stepsChanged = was == null || !was.steps().equals(part.steps());
            boolean recordedChanged = was == null || was.recordedThrough() != part.recordedThrough();
            if (!stepsChanged && !recordedChanged) {
                continue;
            }
            Total total = total(part.group());
            if (stepsChanged) {
                if (was != null) {
                    total.steps.add(was.steps(), 0, -1);
                }
                total.steps.add(part.steps(), 0, 1);
            }
            if (recordedChanged) {
                total.recorded.add(part.recordedThrough());
                if (was != null) {
                    total.recorded.remove(was.recordedThrough());
                }
            }
            changed.accept(part.group());
        }
    }

    /** The groups that have or had a contribution. */
    public Set<Group> groups() {
        return totals.keySet();
    }

    /** Whether the latest recording of the group is not known until {@link #recount} ran. */
    public boolean needsRecount(Group group) {
        Total total = totals.get(group);
        return total != null && total.recorded.unknown();
    }

    /**
     * Finds the latest recordings anew where they are not known.
     *
     * @param all hands over the present contributions of all workers, one by one
     */
    public void recount(Consumer<Consumer<WorkerContribution>> all) {
        Map<Group, Total> unknown = new HashMap<>();
        totals.forEach((group, total) -> {
            if (total.recorded.unknown()) {
                total.recorded.clear();
                unknown.put(group, total);
            }
        });
        all.accept(contribution -> {
            for (WorkerContribution.Part part : contribution.parts()) {
                Total total = unknown.get(part.group());
                if (total != null) {
                    total.recorded.add(part.recordedThrough());
                }
            }
        });
    }

    /** The whole sum for one group. */
    public GroupPartial partial(Group group) {
        Total total = totals.get(group);
        return total == null
                ? GroupPartial.EMPTY
                : new GroupPartial(0, total.steps.steps(), total.recorded.max(), null, null);
    }

    private Total total(Group group) {
        return totals.computeIfAbsent(group, g -> new Total());
    }

    private static WorkerContribution.@Nullable Part find(List<WorkerContribution.Part> parts, Group group) {
        for (WorkerContribution.Part part : parts) {
            if (part.group().equals(group)) {
                return part;
            }
        }
        return null;
    }
}
