package id.cakupan.coverage;

import id.cakupan.coverage.WorkerFact.Hire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What one worker adds to the counts of each group that the worker's hires belong to.
 *
 * <p>A group counts a worker once, whatever the number of hires. So the contribution is made per group, from the set of
 * the worker's hires in it; groups with the same set (nearly always all five) share one computation.
 */
public final class WorkerContribution {
    /** The contribution of a worker without hires. */
    public static final WorkerContribution NONE = new WorkerContribution(List.of());

    /**
     * The part for one group.
     *
     * @param group the group
     * @param steps changes of the counts that follow from workers
     * @param recordedThrough latest recording behind it, microseconds
     */
    record Part(Group group, Steps steps, long recordedThrough) {}

    private final List<Part> parts;

    private WorkerContribution(List<Part> parts) {
        this.parts = parts;
    }

    /** The contribution of a worker with these facts, given the states of projects. */
    public static WorkerContribution of(WorkerLedger ledger, Function<String, ProjectState> projects, Rules rules) {
        return of(ledger, HireTimeline.all(ledger, projects, rules));
    }

    /**
     * The contribution of a worker with these facts.
     *
     * @param timelines of all hires of the ledger, as {@link HireTimeline#all} gives them
     */
    public static WorkerContribution of(WorkerLedger ledger, List<HireTimeline> timelines) {
        if (timelines.isEmpty()) {
            return NONE;
        }
        long enrolmentsThrough = ledger.enrolmentsRecordedThrough();
        List<Part> parts = new ArrayList<>(Level.ALL.size());
        List<List<HireTimeline>> sets = new ArrayList<>(1);
        List<Steps> stepsOfSets = new ArrayList<>(1);
        for (Level level : Level.ALL) {
            List<Group> groups = new ArrayList<>(timelines.size());
            for (HireTimeline timeline : timelines) {
                groups.add(level.groupOf(timeline.hire(), timeline.project().registration()));
            }
            for (int i = 0; i < groups.size(); i++) {
                Group group = groups.get(i);
                if (groups.indexOf(group) < i) {
                    continue;
                }
                List<HireTimeline> members = members(group, groups, timelines);
                long through = enrolmentsThrough;
                for (HireTimeline member : members) {
                    through = Math.max(through, recordedThrough(member.hire(), ledger));
                }
                int set = sets.indexOf(members);
                if (set < 0) {
                    set = sets.size();
                    sets.add(members);
                    stepsOfSets.add(steps(members));
                }
                parts.add(new Part(group, stepsOfSets.get(set), through));
            }
        }
        return new WorkerContribution(parts);
    }

    private static List<HireTimeline> members(Group group, List<Group> groups, List<HireTimeline> timelines) {
        List<HireTimeline> members = new ArrayList<>(timelines.size());
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).equals(group)) {
                members.add(timelines.get(i));
            }
        }
        return members;
    }

    private static long recordedThrough(Hire hire, WorkerLedger ledger) {
        return Math.max(hire.stamp().recordedAt(), Facts.recordedAt(ledger.release(hire.id())));
    }

    /** Counts of one worker with these hires in a group, as changes. */
    private static Steps steps(List<HireTimeline> hires) {
        int room = 0;
        for (HireTimeline hire : hires) {
            room += hire.pieces() + 2;
        }
        int[] breaks = new int[room];
        int n = 0;
        for (HireTimeline hire : hires) {
            n = hire.breaks(breaks, n);
        }
        Arrays.sort(breaks, 0, n);

        int width = Count.WORKER_WIDTH;
        int[] days = new int[n];
        long[] changes = new long[n * width];
        long[] before = new long[width];
        long[] now = new long[width];
        int size = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0 && breaks[i] == breaks[i - 1]) {
                continue;
            }
            count(hires, breaks[i], now);
            if (!Arrays.equals(before, now)) {
                days[size] = breaks[i];
                for (int c = 0; c < width; c++) {
                    changes[size * width + c] = now[c] - before[c];
                }
                size++;
                System.arraycopy(now, 0, before, 0, width);
            }
        }
        return new Steps(width, Arrays.copyOf(days, size), Arrays.copyOf(changes, size * width));
    }

    private static void count(List<HireTimeline> hires, int day, long[] counts) {
        int active = 0;
        int covered = 0;
        int overdue = 0;
        boolean grace = false;
        for (HireTimeline hire : hires) {
            if (hire.activeOn(day)) {
                active++;
                if (hire.coveredOn(day)) {
                    covered++;
                    grace |= hire.graceOn(day);
                } else if (hire.overdueOn(day)) {
                    overdue++;
                }
            }
        }
        boolean worker = active > 0;
        boolean coveredWorker = worker && covered == active;
        counts[Count.HIRES.ordinal()] = active;
        counts[Count.COVERED_HIRES.ordinal()] = covered;
        counts[Count.OVERDUE_HIRES.ordinal()] = overdue;
        counts[Count.WORKERS.ordinal()] = worker ? 1 : 0;
        counts[Count.COVERED_WORKERS.ordinal()] = coveredWorker ? 1 : 0;
        counts[Count.COVERED_BY_GRACE.ordinal()] = coveredWorker && grace ? 1 : 0;
    }

    /** Calls back with each group and the changes for it. */
    public void forEach(BiConsumer<Group, Steps> action) {
        for (Part part : parts) {
            action.accept(part.group(), part.steps());
        }
    }

    List<Part> parts() {
        return parts;
    }
}
