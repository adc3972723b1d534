package id.cakupan.coverage;

import java.util.Arrays;
import java.util.Collection;

/** All counts of one group over all days, past and known future: points that hold until the next one. Immutable. */
public final class GroupTimeline {
    private final int[] from;
    private final long[] counts;

    private GroupTimeline(int[] from, long[] counts) {
        this.from = from;
        this.counts = counts;
    }

    /** The sum of the partials of a group. */
    public static GroupTimeline sum(Collection<GroupPartial> partials) {
        StepSum sum = new StepSum(Count.WIDTH);
        for (GroupPartial partial : partials) {
            sum.add(partial.steps(), partial.firstColumn(), 1);
        }
        Steps steps = sum.steps();
        int[] from = new int[steps.size()];
        long[] counts = new long[steps.size() * Count.WIDTH];
        long[] now = new long[Count.WIDTH];
        for (int i = 0; i < from.length; i++) {
            from[i] = steps.day(i);
            for (int c = 0; c < Count.WIDTH; c++) {
                now[c] += steps.change(i, c);
            }
            System.arraycopy(now, 0, counts, i * Count.WIDTH, Count.WIDTH);
        }
        return new GroupTimeline(from, counts);
    }

    /** Number of points. */
    public int size() {
        return from.length;
    }

    /** First day of the i-th point. */
    public int from(int i) {
        return from[i];
    }

    /** A count of the i-th point. */
    public long count(int i, Count count) {
        return counts[i * Count.WIDTH + count.ordinal()];
    }

    /** A count on a day; 0 before the first point. */
    public long on(int day, Count count) {
        int i = index(day);
        return i < 0 ? 0 : count(i, count);
    }

    /** Sum of a count over the days from the first to the last, both included. */
    public long sum(int first, int last, Count count) {
        long total = 0;
        int day = first;
        for (int i = Math.max(0, index(first)); i < from.length && from[i] <= last; i++) {
            int begin = Math.max(day, from[i]);
            int end = i + 1 < from.length ? Math.min(last, from[i + 1] - 1) : last;
            total += count(i, count) * (end - begin + 1);
            day = end + 1;
        }
        return total;
    }

    private int index(int day) {
        int i = Arrays.binarySearch(from, day);
        return i >= 0 ? i : -i - 2;
    }
}
