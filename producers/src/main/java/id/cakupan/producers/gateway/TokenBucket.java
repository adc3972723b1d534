package id.cakupan.producers.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many through each second, and so many at once after a rest. Thread-safe. */
final class TokenBucket {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private final double most;
    private final LongSupplier nanoTime;
    private double tokens;
    private long at;

    /**
     * @param perSecond tokens that come back each second
     * @param most tokens at once
     * @param nanoTime as {@link System#nanoTime}
     */
    TokenBucket(double perSecond, double most, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.most = most;
        this.nanoTime = nanoTime;
        tokens = most;
        at = nanoTime.getAsLong();
    }

    /**
     * Takes so many tokens, or none.
     *
     * @return 0 = taken; else whole seconds after which they will be there
     */
    synchronized long take(int count) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(most, tokens + (now - at) / NANOS * perSecond);
        at = now;
        if (count <= tokens) {
            tokens -= count;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((Math.min(count, most) - tokens) / perSecond));
    }
}
