package id.cakupan.coverage;

import java.util.Arrays;

/** A growing sum of {@link Steps}: days in a sorted array, a row of changes each. */
final class StepSum {
    private final int width;
    private int size;
    private int[] days = new int[8];
    private long[] changes;

    StepSum(int width) {
        this.width = width;
        this.changes = new long[8 * width];
    }

    /** Adds the steps {@code factor} times, from the given column on. */
    void add(Steps steps, int firstColumn, int factor) {
        int at = 0;
        for (int i = 0; i < steps.size(); i++) {
            at = row(steps.day(i), at);
            int base = at * width + firstColumn;
            for (int c = 0; c < steps.width(); c++) {
                changes[base + c] += factor * steps.change(i, c);
            }
        }
    }

    /** Adds one change. */
    void add(int day, int column, long change) {
        int row = row(day, 0);
        changes[row * width + column] += change;
    }

    /** The sum without the days on which nothing changes. */
    Steps steps() {
        int[] outDays = new int[size];
        long[] outChanges = new long[size * width];
        int n = 0;
        for (int i = 0; i < size; i++) {
            boolean any = false;
            for (int c = 0; c < width; c++) {
                any |= changes[i * width + c] != 0;
            }
            if (any) {
                outDays[n] = days[i];
                System.arraycopy(changes, i * width, outChanges, n * width, width);
                n++;
            }
        }
        return new Steps(width, Arrays.copyOf(outDays, n), Arrays.copyOf(outChanges, n * width));
    }

    /** Index of the row of the day, made when it is missing; no row before {@code from} is looked at. */
    private int row(int day, int from) {
        int i = Arrays.binarySearch(days, from, size, day);
        if (i >= 0) {
            return i;
        }
        int at = -i - 1;
        if (size == days.length) {
            days = Arrays.copyOf(days, 2 * size);
            changes = Arrays.copyOf(changes, 2 * size * width);
        }
        System.arraycopy(days, at, days, at + 1, size - at);
        System.arraycopy(changes, at * width, changes, (at + 1) * width, (size - at) * width);
        Arrays.fill(changes, at * width, (at + 1) * width, 0);
        days[at] = day;
        size++;
        return at;
    }
}
