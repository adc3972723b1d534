package id.cakupan.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses after failures: each twice as long as the one before, up to a longest, and by chance between half of that and all of
 * it, so that what failed together is not tried together.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    /**
     * The pause after a failure.
     *
     * @param failures how many there were in a row, 1 or more
     */
    Duration after(int failures) {
        long doublings = 1L << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        Duration whole = first.compareTo(longest.dividedBy(doublings)) > 0 ? longest : first.multipliedBy(doublings);
        return Duration.ofMillis((long) (whole.toMillis() * (0.5 + random.nextDouble() / 2)));
    }
}
