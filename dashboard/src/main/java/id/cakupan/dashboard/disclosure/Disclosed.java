package id.cakupan.dashboard.disclosure;

/**
 * What anybody may know of a group on a day.
 *
 * @param workers rounded; -1 = suppressed
 * @param coverage what is told of its covered workers
 * @param covered covered workers, rounded, where {@code coverage} is SHOWN; else -1
 * @param few the most that are uncovered or covered where {@code coverage} says that those are few; else -1
 */
public record Disclosed(int workers, Coverage coverage, int covered, int few) {
    /** A small group. */
    public static final Disclosed SUPPRESSED = new Disclosed(-1, Coverage.HIDDEN, -1, -1);

    /** Whether its workers are hidden. */
    public boolean isSuppressed() {
        return workers < 0;
    }

    static Disclosed total(int workers) {
        return new Disclosed(workers, Coverage.HIDDEN, -1, -1);
    }

    static Disclosed few(int workers, Coverage coverage, int few) {
        return new Disclosed(workers, coverage, -1, few);
    }

    static Disclosed shown(int workers, int covered) {
        return new Disclosed(workers, Coverage.SHOWN, Math.min(workers, covered), -1);
    }
}
