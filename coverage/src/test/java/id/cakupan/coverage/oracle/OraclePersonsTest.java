package id.cakupan.coverage.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Release;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OraclePersonsTest {
    private static OracleEvent said(String id, @Nullable String former) {
        return OracleEvent.of(id, new Release("h", 20_000, false, new Stamp(0, "e")))
                .under(id, former);
    }

    @Test
    void shouldFollowAChainOfKeys() {
        OraclePersons persons =
                new OraclePersons(List.of(said("a", "b"), said("b", "c"), said("b", null), said("x", null)));
        assertThat(persons.oldest("a")).isEqualTo("c");
        assertThat(persons.oldest("b")).isEqualTo("c");
        assertThat(persons.oldest("c")).isEqualTo("c");
        assertThat(persons.newest("c")).contains("a");
        assertThat(persons.oldest("x")).isEqualTo("x");
        assertThat(persons.newest("x")).isEmpty();
        assertThat(persons.oldest("unheard")).isEqualTo("unheard");
    }

    @Test
    void shouldJoinWhateverFormerIdsJoin() {
        OraclePersons persons = new OraclePersons(List.of(said("c", "b"), said("b", "c"), said("d", "b")));
        assertThat(persons.oldest("d")).isEqualTo("b");
        assertThat(persons.oldest("c")).isEqualTo("b");
    }

    @Test
    void shouldTellRotatedWorldsInEveryWay() {
        Map<String, Set<String>> waysByWorker = new TreeMap<>();
        Set<Integer> lengths = new TreeSet<>();
        List<OracleEvent> events = RandomWorlds.rotated(3, RandomWorlds.events(3, 400));
        OraclePersons persons = new OraclePersons(events);
        for (OracleEvent event : events) {
            if (event.fact() instanceof WorkerFact) {
                String body = event.key().substring(event.key().indexOf('.'));
                String key = event.key().substring(0, event.key().indexOf('.'));
                Set<String> ways = waysByWorker.computeIfAbsent(body, b -> new TreeSet<>());
                ways.add(key + (event.formerWorkerId() == null ? "" : " formerly"));
                lengths.add(persons.newest(persons.oldest(event.key()))
                        .map(newest -> newest.startsWith("k02") || newest.startsWith("k22") ? 2 : 1)
                        .orElse(0));
            }
        }
        Set<String> all = new TreeSet<>();
        waysByWorker.values().forEach(all::addAll);
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "k1",
                        "k01",
                        "k02",
                        "k21",
                        "k22",
                        "k01 formerly",
                        "k02 formerly",
                        "k21 formerly",
                        "k22 formerly");
        assertThat(lengths).containsExactly(0, 1, 2);
        assertThat(waysByWorker.values()).anyMatch(ways -> ways.size() >= 4);
    }
}
