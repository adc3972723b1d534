package id.cakupan.coverage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A step function over days, as its changes: on each day, how much each of a row of counts changes. Immutable. */
public final class Steps {
    private final int width;
    private final int[] days;
    private final long[] changes;

    /**
     * @param width number of counts
     * @param days the days on which something changes, ascending, without repetition
     * @param changes a row of {@code width} changes per day
     * @throws IllegalArgumentException when the lengths do not fit
     */
    public Steps(int width, int[] days, long[] changes) {
        if (changes.length != width * days.length) {
            throw new IllegalArgumentException("a row of changes for each day is needed");
        }
        this.width = width;
        this.days = days;
        this.changes = changes;
    }

    /** Steps that never change anything. */
    public static Steps none(int width) {
        return new Steps(width, new int[0], new long[0]);
    }

    /** Number of counts. */
    public int width() {
        return width;
    }

    /** Number of days on which something changes. */
    public int size() {
        return days.length;
    }

    /** The i-th day on which something changes. */
    public int day(int i) {
        return days[i];
    }

    /** How much the count in the column changes on the i-th day. */
    public long change(int i, int column) {
        return changes[i * width + column];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Steps s
                && width == s.width
                && Arrays.equals(days, s.days)
                && Arrays.equals(changes, s.changes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(days) + Arrays.hashCode(changes);
    }
}
