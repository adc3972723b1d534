package id.cakupan.coverage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** The figures that are derived from counts. */
public final class Coverage {
    /** Days over which worker days are summed. */
    public static final int WINDOW_DAYS = 30;

    private Coverage() {}

    /** coveredWorkers ÷ workers, from 0 to 1; empty when there are no workers. */
    public static OptionalDouble ratio(long coveredWorkers, long workers) {
        return workers == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) coveredWorkers / workers);
    }

    /** How many more workers must be covered to reach the target: max(0, ceil(target × workers) − coveredWorkers). */
    public static long workersToTarget(double target, long workers, long coveredWorkers) {
        long needed = BigDecimal.valueOf(target)
                .multiply(BigDecimal.valueOf(workers))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return Math.max(0, needed - coveredWorkers);
    }

    /** Sum of a count of the timeline over the 30 days that end on the day. */
    public static long days30(GroupTimeline timeline, int day, Count count) {
        return timeline.sum(day - WINDOW_DAYS + 1, day, count);
    }
}
