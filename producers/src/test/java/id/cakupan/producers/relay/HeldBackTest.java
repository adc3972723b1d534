package id.cakupan.producers.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final HeldBack heldBack = new HeldBack(nanos::get);

    @Test
    void shouldTellForHowLongTheSameTransactionHasBeenSeen() {
        assertThat(heldBack.seen(null)).isZero();
        assertThat(heldBack.seen(7L)).isZero();
        nanos.addAndGet(2_000_000_000L);
        assertThat(heldBack.seen(7L)).isEqualTo(Duration.ofSeconds(2));
        assertThat(heldBack.seen(8L)).as("another one").isZero();
        nanos.addAndGet(1_000_000_000L);
        assertThat(heldBack.seen(null)).isZero();
        assertThat(heldBack.seen(8L)).isZero();
    }

    @Test
    void shouldPauseLongerAndLongerUntilItSucceeds() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }
}
