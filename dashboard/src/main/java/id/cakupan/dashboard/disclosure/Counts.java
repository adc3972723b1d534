package id.cakupan.dashboard.disclosure;

/**
 * True counts of a group on a completed day.
 *
 * @param covered covered workers, 0 or more
 * @param uncovered uncovered workers, 0 or more
 */
public record Counts(int covered, int uncovered) {
    public Counts {
        if (covered < 0 || uncovered < 0) {
            throw new IllegalArgumentException("Counts are 0 or more");
        }
    }
}
