package id.cakupan.coverage;

import static id.cakupan.coverage.oracle.Shrink.forAllEventLists;
import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The state is a function of the set of events: order, repetition and detours leave no trace. */
class MergePropertiesTest {
    private static final Rules RULES = Rules.defaults();

    private static WorldUnderTest world(List<OracleEvent> events) {
        return WorldUnderTest.of(events, RULES);
    }

    @Test
    void shouldEndInTheSameStateInAnyOrderAndAfterAnyRepetition() {
        forAllEventLists(150, seed -> RandomWorlds.events(seed, 80), (seed, events) -> {
            Map<String, Object> state = world(events).state();
            for (long order = 1; order <= 4; order++) {
                assertThat(world(RandomWorlds.shuffledWithDuplicates(seed + order, events))
                                .state())
                        .isEqualTo(state);
            }
        });
    }

    @Test
    void shouldEndInTheSameStateWhenPartsAreMergedFirst() {
        forAllEventLists(150, seed -> RandomWorlds.events(seed, 80), (seed, events) -> {
            Random random = new Random(seed);
            List<List<OracleEvent>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (OracleEvent event : events) {
                parts.get(random.nextInt(3)).add(event);
            }
            List<OracleEvent> keptByParts = new ArrayList<>();
            parts.forEach(part -> keptByParts.addAll(world(part).kept()));
            assertThat(world(keptByParts).state()).isEqualTo(world(events).state());
        });
    }

    @Test
    void shouldChangeNothingWhenEventsComeAgain() {
        forAllEventLists(60, seed -> RandomWorlds.events(seed, 80), (seed, events) -> {
            WorldUnderTest world = world(events);
            Map<String, Object> state = world.state();
            world.takeChanged();
            for (OracleEvent event : RandomWorlds.shuffled(seed, events)) {
                assertThat(world.apply(event)).as("changed by %s", event).isFalse();
            }
            assertThat(world.takeChanged()).isEmpty();
            assertThat(world.state()).isEqualTo(state);
        });
    }
}
