package id.cakupan.dashboard.disclosure;

/**
 * The numbers of disclosure control. A count of 1 to {@code threshold - 1} is sensitive.
 *
 * @param threshold k, at least 3
 * @param open workers from which a hidden group is shown; the same for its covered and uncovered workers
 * @param close workers below which a shown group is hidden; so far below {@code open} and above k that whoever sees it happen,
 *     and knows that one worker comes or goes a day, cannot tell a sensitive count to less than k values
 * @param ratioFrom workers from which a group's covered workers are shown
 * @param base what published numbers are multiples of
 * @param poolMembers least small groups whose sum enters a total
 * @param poolDays days between two sums of small groups
 * @param waitDays days for which a group has been small before it enters a sum
 * @param fenced whether totals are made of what is shown; false = they are the true totals, rounded
 */
record Rules(
        int threshold,
        int open,
        int close,
        int ratioFrom,
        int base,
        int poolMembers,
        int poolDays,
        int waitDays,
        boolean fenced) {
    /** Least threshold. */
    static final int LEAST_THRESHOLD = 3;

    private static final int LEAST_BASE = 5;
    private static final int POOL_MEMBERS = 3;
    private static final int POOL_DAYS = 7;
    private static final int WAIT_DAYS = 28;

    /** The rules for a threshold k. */
    static Rules of(int threshold) {
        if (threshold < LEAST_THRESHOLD) {
            throw new IllegalArgumentException("A threshold is " + LEAST_THRESHOLD + " or more");
        }
        return new Rules(
                threshold,
                2 * threshold,
                2 * threshold - 1,
                4 * threshold,
                Math.max(LEAST_BASE, threshold),
                POOL_MEMBERS,
                POOL_DAYS,
                WAIT_DAYS,
                true);
    }

    /** The nearest multiple of the base. */
    int round(double number) {
        return (int) Math.round(number / base) * base;
    }

    /** As a count of a shown group: the least of them stands for several counts, as the others do. */
    int roundShown(double number) {
        return Math.max(round(number), (close + base - 1) / base * base);
    }

    /** As a sum of small counts: twice as coarse, the middle of 0 to 9, of 10 to 19 and so on. */
    int roundPool(int sum) {
        int width = 2 * base;
        return base == 1 ? sum : sum / width * width + width / 2;
    }
}
