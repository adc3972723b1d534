package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.notify.Routing.SourceRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When silence means something. */
class SourceTimesTest {
    private static final Instant NOON = Instant.parse("2025-07-10T05:00:00Z");
    private static final SourceRule RULE = new SourceRule("hr.arba", Duration.ofHours(2), List.of());

    @Test
    void shouldNotTakeItsOwnStandstillForSilence() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
        SourceTimes times = new SourceTimes(nanos::get);
        assertThat(times.isCaughtUp()).isFalse();
        times.seen("hr.arba", NOON);
        times.caughtUp(nanos.get());
        assertThat(times.isCaughtUp()).isTrue();
        assertThat(times.isSilent(RULE, NOON.plus(Duration.ofHours(1)))).isFalse();

        nanos.addAndGet(Duration.ofHours(3).toNanos());
        assertThat(times.isCaughtUp())
                .as("events of the meantime are not read yet")
                .isFalse();
        times.seen("hr.arba", NOON.plus(Duration.ofHours(3)));
        times.caughtUp(nanos.get());
        assertThat(times.isCaughtUp()).isTrue();
        assertThat(times.isSilent(RULE, NOON.plus(Duration.ofHours(3)))).isFalse();
        assertThat(times.isSilent(RULE, NOON.plus(Duration.ofHours(6)))).isTrue();
    }
}
