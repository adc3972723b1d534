package id.cakupan.dashboard.board;

import cakupan.records.CoverageTarget;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was promised for a group.
 *
 * @param ratio promised coverage, 0 to 1
 * @param baselineRatio coverage at the start of the promise, 0 to 1
 */
public record Target(
        double ratio,
        LocalDate dueOn,
        @Nullable Double baselineRatio,
        @Nullable LocalDate baselineOn,
        String source) {

    static Target of(CoverageTarget event) {
        return new Target(
                event.getRatio(), event.getDueOn(), event.getBaselineRatio(), event.getBaselineOn(), event.getSource());
    }

    /** Workers that are still to be covered: max(0, ceil(ratio × workers) − coveredWorkers). */
    public long workersToTarget(Counts counts) {
        return Math.max(0, planned(ratio, counts.workers()) - counts.coveredWorkers());
    }

    /** Workers that a ratio asks for, rounded up; what floating point adds to a whole number is no worker. */
    public static long planned(double ratio, long workers) {
        return (long) Math.ceil(ratio * workers - 1e-9);
    }
}
