package id.cakupan.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.WorkerIdentity.Heard;
import id.cakupan.coverage.WorkerIdentity.Link;
import id.cakupan.coverage.WorkerIdentity.Newer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerIdentityTest {
    private static final int MOST_STEPS = 100_000;

    @Test
    void shouldSendFactsToTheFormerId() {
        WorkerIdentity identity = new WorkerIdentity("k2");
        assertThat(identity.former()).isNull();
        assertThat(identity.hear("k1")).isEqualTo(new Heard(true, null));
        assertThat(identity.hear("k1").isNews()).isFalse();
        assertThat(identity.former()).isEqualTo("k1");
        assertThat(identity.keeps(List.of("k3"))).isFalse();
        assertThat(identity.onward(List.of("k3"))).containsExactly("k3", "k2");
    }

    @Test
    void shouldKnowTheNewestId() {
        WorkerIdentity identity = new WorkerIdentity("k1");
        assertThat(identity.newest()).isNull();
        identity.learn(List.of("z2"));
        assertThat(identity.newest()).isEqualTo("z2");
        assertThat(identity.learn(List.of("k3", "z2"))).containsExactly(new Newer("k3", List.of("z2")));
        assertThat(identity.newest()).isEqualTo("k3");
        assertThat(identity.learn(List.of("k3", "z2"))).isEmpty();
        assertThat(identity.size()).isEqualTo(2);
    }

    @Test
    void shouldNotBeItsOwnFormerId() {
        WorkerIdentity identity = new WorkerIdentity("k1");
        assertThat(identity.hear("k1").isNews()).isFalse();
        assertThat(identity.former()).isNull();
    }

    @Test
    void shouldJoinTwoFormerIds() {
        WorkerIdentity identity = new WorkerIdentity("k3");
        identity.hear("k2");
        assertThat(identity.hear("k1")).isEqualTo(new Heard(true, new Link("k2", "k1")));
        assertThat(identity.hear("k2")).isEqualTo(new Heard(false, new Link("k2", "k1")));
        assertThat(identity.former()).isEqualTo("k1");
    }

    @Test
    void shouldKeepWhatGoesRoundARingUnderTheLeastId() {
        WorkerIdentity least = new WorkerIdentity("a");
        least.hear("c");
        WorkerIdentity other = new WorkerIdentity("b");
        other.hear("a");
        assertThat(least.keeps(List.of("x", "b"))).isFalse();
        assertThat(least.keeps(List.of("x", "a", "c", "b"))).isTrue();
        assertThat(other.keeps(List.of("b", "a", "c"))).isFalse();
        assertThat(other.onward(List.of("x", "b", "a", "c"))).containsExactly("x", "a", "c", "b");
        least.learn(List.of("x", "a", "c", "b"));
        assertThat(least.newer())
                .containsExactlyInAnyOrder(
                        new Newer("x", List.of()), new Newer("c", List.of("b")), new Newer("b", List.of()));
    }

    @Test
    void shouldIgnoreALinkThatTurnsBackAFactItHasSeen() {
        WorkerIdentity former = new WorkerIdentity("k1");
        former.learn(List.of("k2"));
        assertThat(former.hear("k2").isNews()).isFalse();
        assertThat(former.former()).isNull();
    }

    @Test
    void shouldEndAPathThatIsTooLong() {
        WorkerIdentity identity = new WorkerIdentity("n");
        identity.hear("m");
        List<String> path = new ArrayList<>();
        for (int i = 0; i < WorkerIdentity.LONGEST_PATH; i++) {
            assertThat(identity.keeps(path)).isFalse();
            path.add("p" + i);
        }
        assertThat(identity.keeps(path)).isTrue();
    }

    /** A fact, or that an id has a former one, on its way to a ledger. */
    private record Message(
            String to,
            List<String> path,
            @Nullable String fact,
            @Nullable String former) {}

    /** Ledgers that hand facts on to each other; what one says to another arrives in order, all else in any order. */
    private static final class Network {
        private final Random random;
        private final Map<String, WorkerIdentity> identities = new TreeMap<>();
        private final Map<String, Set<String>> kept = new TreeMap<>();
        private final List<Deque<Message>> channels = new ArrayList<>();
        private final Map<String, Deque<Message>> channelsByRoute = new TreeMap<>();

        Network(long seed) {
            random = new Random(seed);
        }

        WorkerIdentity identity(String id) {
            return identities.computeIfAbsent(id, WorkerIdentity::new);
        }

        Set<String> kept(String id) {
            return kept.computeIfAbsent(id, i -> new TreeSet<>());
        }

        void send(String from, Message message) {
            Deque<Message> channel = channelsByRoute.get(from + ">" + message.to());
            if (channel == null) {
                channel = new ArrayDeque<>();
                channelsByRoute.put(from + ">" + message.to(), channel);
                channels.add(channel);
            }
            channel.add(message);
        }

        void run() {
            for (int step = 0; ; step++) {
                assertThat(step).as("steps until it comes to rest").isLessThan(MOST_STEPS);
                List<Deque<Message>> waiting =
                        channels.stream().filter(c -> !c.isEmpty()).toList();
                if (waiting.isEmpty()) {
                    return;
                }
                receive(waiting.get(random.nextInt(waiting.size())).remove());
            }
        }

        private void receive(Message message) {
            String id = message.to();
            WorkerIdentity identity = identity(id);
            if (message.former() != null) {
                hear(identity, id, message.former());
            }
            if (message.path().isEmpty() && message.fact() == null) {
                return;
            }
            String next = identity.former();
            if (next != null && !identity.keeps(message.path())) {
                send(id, new Message(next, identity.onward(message.path()), message.fact(), null));
            } else {
                identity.learn(message.path());
                if (message.fact() != null) {
                    kept(id).add(message.fact());
                }
            }
        }

        private void hear(WorkerIdentity identity, String id, String former) {
            Heard heard = identity.hear(former);
            if (heard.tell() != null) {
                send(
                        id,
                        new Message(
                                heard.tell().id(), List.of(), null, heard.tell().former()));
            }
            if (heard.isNews()) {
                String next = Objects.requireNonNull(identity.former());
                for (List<String> path : identity.forget()) {
                    send(id, new Message(next, path, null, null));
                }
                kept(id).forEach(fact -> send(id, new Message(next, List.of(id), fact, null)));
                kept(id).clear();
            }
        }
    }

    /** Every id says which facts; a former id in the event or none. */
    private static void assertOnePersonForAllThatLinksJoin(long seed, List<Message> events) {
        Network network = new Network(seed);
        Map<String, Set<String>> persons = new TreeMap<>();
        for (Message event : events) {
            network.send("producer" + network.random.nextInt(3), event);
            persons.computeIfAbsent(event.to(), id -> new HashSet<>(Set.of(id)));
            if (event.former() != null) {
                Set<String> joined = persons.computeIfAbsent(event.former(), id -> new HashSet<>(Set.of(id)));
                joined.addAll(Objects.requireNonNull(persons.get(event.to())));
                List.copyOf(joined).forEach(id -> persons.put(id, joined));
            }
        }
        network.run();
        persons.values().forEach(ids -> {
            Set<String> said = new TreeSet<>();
            events.stream()
                    .filter(event -> ids.contains(event.to()))
                    .forEach(event -> said.add(String.valueOf(event.fact())));
            List<Set<String>> places =
                    ids.stream().map(network::kept).filter(k -> !k.isEmpty()).toList();
            assertThat(places)
                    .as("seed %d, facts of %s", seed, ids)
                    .isEqualTo(said.isEmpty() ? List.of() : List.of(said));
        });
    }

    @Test
    void shouldBringTheFactsOfAPersonTogetherWhateverIsSaidInWhateverOrder() {
        for (long seed = 1; seed <= 3_000; seed++) {
            Random random = new Random(seed);
            int ids = random.nextInt(2, 8);
            List<Message> events = new ArrayList<>();
            for (int i = random.nextInt(1, 16); i > 0; i--) {
                String former = random.nextInt(3) == 0 ? null : "id" + random.nextInt(ids);
                events.add(new Message("id" + random.nextInt(ids), List.of(), "f" + i, former));
            }
            assertOnePersonForAllThatLinksJoin(seed, events);
        }
    }

    @Test
    void shouldKeepTheFactsOfAChainUnderTheOldestIdAndKnowTheNewest() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            List<String> chain = new ArrayList<>();
            for (int i = 0; i < random.nextInt(2, 6); i++) {
                chain.add(Integer.toHexString(random.nextInt()) + "-" + i);
            }
            List<Message> events = new ArrayList<>();
            for (int i = 0; i < chain.size(); i++) {
                String former = i == 0 ? null : chain.get(i - 1);
                events.add(new Message(chain.get(i), List.of(), "f" + i, former));
                events.add(new Message(chain.get(i), List.of(), "late" + i, random.nextBoolean() ? former : null));
            }
            Collections.shuffle(events, random);
            Network network = new Network(seed);
            events.forEach(event -> network.send("producer" + random.nextInt(3), event));
            network.run();
            String oldest = chain.get(0);
            assertThat(network.kept(oldest)).as("seed %d", seed).hasSize(2 * chain.size());
            WorkerIdentity identity = network.identity(oldest);
            assertThat(identity.former()).isNull();
            assertThat(identity.newest()).as("seed %d", seed).isEqualTo(chain.get(chain.size() - 1));
            assertThat(identity.newer()).hasSize(chain.size() - 1);
        }
    }
}
