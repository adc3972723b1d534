package id.cakupan.producers.relay;

import java.time.Duration;

/** Pauses between attempts, each twice as long as the one before, up to a longest one. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause before the next attempt. */
    Duration next() {
        Duration pause = next;
        Duration twice = pause.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        return pause;
    }

    /** After a success: begins with the shortest pause again. */
    void reset() {
        next = first;
    }
}
