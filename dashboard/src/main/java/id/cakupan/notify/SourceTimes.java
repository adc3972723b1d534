package id.cakupan.notify;

import id.cakupan.notify.Routing.SourceRule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** When the last event of each source came, by the time that its record has in Kafka. Safe for several threads. */
final class SourceTimes {
    /** Shorter than any time after which a source is silent. */
    private static final Duration BREAK = Duration.ofSeconds(30);

    /** For so long after the watch was surely at the end of all topics silence means something. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final LongSupplier nanos;
    private final Map<String, Instant> last = new HashMap<>();
    private boolean known;
    private long caughtUpNanos;
    private long breaks;

    SourceTimes() {
        this(System::nanoTime);
    }

    /**
     * Nothing is known yet.
     *
     * @param nanos time that goes on while the process stands still, from any start
     */
    SourceTimes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** An event came. */
    synchronized void seen(String source, Instant at) {
        Instant before = last.put(source, at);
        if (before == null || before.plus(BREAK).isBefore(at)) {
            breaks++;
        } else if (before.isAfter(at)) {
            last.put(source, before);
        }
    }

    /** Grows when a source is heard after a while, so that it may be no longer silent. */
    synchronized long breaks() {
        return breaks;
    }

    /**
     * All that came within the longest time of any rule has been seen: for a while from now on silence means something.
     *
     * @param atNanos when it was asked where the topics end
     */
    synchronized void caughtUp(long atNanos) {
        if (!known) {
            breaks++;
        }
        known = true;
        caughtUpNanos = atNanos;
    }

    /** Whether silence means something now: not while events are still to be read, or after a standstill or a fault. */
    synchronized boolean isCaughtUp() {
        return known && nanos.getAsLong() - caughtUpNanos < FRESH.toNanos();
    }

    /** When the last event of a source came; empty when that is longer ago than any rule asks, or there was none. */
    synchronized Optional<Instant> last(String source) {
        return Optional.ofNullable(last.get(source));
    }

    /** Whether a source has sent nothing for its time, as far as was read. */
    synchronized boolean isSilent(SourceRule rule, Instant now) {
        Instant at = last.get(rule.source());
        return known && (at == null || at.plus(rule.silentAfter()).isBefore(now));
    }
}
