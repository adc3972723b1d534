package id.cakupan.producers.relay;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long the oldest running transaction has been seen. The server tells the begin of other roles' transactions only to
 * monitoring roles; this needs no right.
 */
final class HeldBack {
    private final LongSupplier nanoTime;
    private @Nullable Long transaction;
    private long since;

    HeldBack(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a look.
     *
     * @param oldestRunning number of the oldest running transaction; null = none
     * @return since when it has been the oldest, as far as seen; zero when none runs
     */
    Duration seen(@Nullable Long oldestRunning) {
        if (oldestRunning == null || !oldestRunning.equals(transaction)) {
            transaction = oldestRunning;
            since = nanoTime.getAsLong();
        }
        return oldestRunning == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
    }
}
