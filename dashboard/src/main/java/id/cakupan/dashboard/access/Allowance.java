package id.cakupan.dashboard.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many attempts for each key, of which one comes back after each period. The keys that were used longest ago are forgotten
 * when there are too many. Thread-safe.
 */
final class Allowance {
    private static final int MOST_KEYS = 10_000;

    private static final class Bucket {
        private double left;
        private long at;

        private Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    private final int most;
    private final double nanosEach;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /**
     * @param most attempts at once
     * @param each time after which one attempt comes back
     * @param nanoTime as {@link System#nanoTime}
     */
    Allowance(int most, Duration each, LongSupplier nanoTime) {
        this.most = most;
        nanosEach = each.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Takes an attempt.
     *
     * @return 0 = taken; else whole seconds after which there will be one
     */
    synchronized long take(String key) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(most, now));
        bucket.left = Math.min(most, bucket.left + (now - bucket.at) / nanosEach);
        bucket.at = now;
        if (bucket.left >= 1) {
            bucket.left--;
            return 0;
        }
        return Math.max(1, (long)
                Math.ceil((1 - bucket.left) * nanosEach / Duration.ofSeconds(1).toNanos()));
    }

    /** Gives an attempt back that did not fail. */
    synchronized void giveBack(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.left = Math.min(most, bucket.left + 1);
        }
    }
}
