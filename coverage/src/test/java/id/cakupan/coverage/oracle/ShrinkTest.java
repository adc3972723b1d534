package id.cakupan.coverage.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.coverage.WorkerFact;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShrinkTest {
    @Test
    void shouldFindTheFewEventsThatAPropertyFailsFor() {
        List<OracleEvent> events = RandomWorlds.events(7, 400);
        OracleEvent one = events.get(17);
        OracleEvent other = events.get(303);
        List<OracleEvent> minimal = Shrink.minimal(
                (seed, some) ->
                        assertThat(some.contains(one) && some.contains(other)).isFalse(),
                7,
                events);
        assertThat(minimal).containsExactly(one, other);
    }

    @Test
    void shouldTellTheSeedAndTheEvents() {
        assertThatThrownBy(() -> Shrink.forAllEventLists(
                        50,
                        seed -> RandomWorlds.events(seed, 100),
                        (seed, events) -> assertThat(events)
                                .noneMatch(event -> seed == 3
                                        && event.fact() instanceof WorkerFact.Release release
                                        && release.voided())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 3 fails with these 1 of ")
                .hasMessageContaining("RELEASE")
                .hasMessageContaining("VOIDED");
    }

    @Test
    void shouldCheckAllSeedsWhenNoneFails() {
        AtomicInteger checks = new AtomicInteger();
        assertThatCode(() -> Shrink.forAllEventLists(
                        20, seed -> RandomWorlds.events(seed, 10), (seed, events) -> checks.incrementAndGet()))
                .doesNotThrowAnyException();
        assertThat(checks).hasValue(20);
    }
}
