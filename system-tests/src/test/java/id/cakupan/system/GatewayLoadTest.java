package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.WorkerHired;
import id.cakupan.localstack.LocalBroker;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway under the load of wrk. A run of some seconds, or of as many as {@code -Dcakupan.load.seconds} says, which prints
 * its figures: only what holds on any machine is asserted.
 */
@ExtendWith(Cluster.Shared.class)
class GatewayLoadTest {
    private static final int SECONDS = Integer.getInteger("cakupan.load.seconds", 4);
    private static final Path SCRIPT = Path.of("load", "batch.lua").toAbsolutePath();
    private static final int BATCH = 100;

    /** Slower than this nobody would call harmed by an attack on a busy machine. */
    private static final double FLOOR_MILLIS = 1_000;

    /** So much that was accepted shows that the load goes on, bytes of ids. */
    private static final long SOME_BYTES = 20_000;

    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final double REFUSED_WITHIN_MILLIS = 2_000;

    private static final Pattern ADDRESS = Pattern.compile("Gateway: (http://\\S+)");
    private static final Pattern RESULT =
            Pattern.compile("RESULT accepted=(\\d+) refused=(\\d+) .* p99_ms=([0-9.]+) max_ms=([0-9.]+) errors=(\\d+)");

    private record Load(long accepted, long refused, double p99Millis, double maxMillis, long errors) {}

    @TempDir
    private Path brokerData;

    @Test
    void shouldStoreAllItAcceptsWhateverAttackersDoAndWhenItIsStopped(Cluster cluster)
            throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "gateway", 4);
                Gateway gateway = Gateway.start(space)) {
            String bad = gateway.source("bad");
            gateway.load("warm", SECONDS).await();
            Load alone = gateway.load("alone", SECONDS).await();
            Load attacked;
            Map<String, Map<Integer, Integer>> answers;
            try (GatewayAttackers attackers = new GatewayAttackers(gateway.address, bad)) {
                attacked = gateway.load("attacked", SECONDS).await();
                answers = attackers.answers();
            }
            System.out.println("attacks answered " + answers);
            Running last = gateway.load("stopped", SECONDS);
            assertThat(last.process.waitFor(SECONDS * 500L, TimeUnit.MILLISECONDS))
                    .isFalse();
            Duration stopping = gateway.process.stop();
            last.await();

            assertThat(answers.keySet())
                    .containsExactlyInAnyOrder("wrong key", "zip bomb", "deep", "oversized", "foreign source");
            assertThat(answers.values())
                    .as("%s", answers)
                    .allSatisfy(statuses -> assertThat(statuses.keySet())
                            .isSubsetOf(0, 400, 401, 403, 413, 422, 429)
                            .isNotEqualTo(Set.of(0)));
            assertThat(attacked.p99Millis)
                    .as("p99, ms, %s without attackers", alone.p99Millis)
                    .isLessThan(Math.max(FLOOR_MILLIS, 2 * alone.p99Millis));
            assertThat(stopping).isLessThan(Duration.ofSeconds(12));
            assertThat(gateway.process.log()).doesNotContain(gateway.good, bad, "35730141");
            Map<String, BitSet> accepted = accepted(space.folder());
            assertThat(count(accepted)).isGreaterThan(alone.accepted + attacked.accepted);
            assertStored(space, accepted);
        }
    }

    @Test
    void shouldLoseNothingWhenTheBrokerIsStoppedAndStartedUnderLoad(Cluster shared)
            throws IOException, InterruptedException {
        LocalBroker broker = LocalBroker.start(0, brokerData.resolve("broker"));
        try (Space space = Space.setUp(shared.withBroker(broker), "gateway-broker", 4);
                Gateway gateway = Gateway.start(space)) {
            Running load = gateway.load("broker", (int) (4 * SOON.toSeconds()));
            awaitMore(load, 0);

            broker.close();
            await("not ready for a while")
                    .atMost(SOON)
                    .during(AWAY)
                    .until(() -> gateway.process.get("/health/ready").statusCode() == 503);
            assertThat(load.process.isAlive()).isTrue();
            long before = Files.size(load.ids);
            broker = LocalBroker.start(broker.port(), brokerData.resolve("broker"));
            awaitMore(load, before);
            Load result = load.interrupt();

            assertThat(result.refused).isPositive();
            assertThat(result.errors).as("timeouts and broken connections").isZero();
            assertThat(result.maxMillis)
                    .as("slowest answer, whatever it was, ms")
                    .isLessThan(REFUSED_WITHIN_MILLIS);
            Map<String, BitSet> accepted = accepted(space.folder());
            assertThat(count(accepted)).isEqualTo(result.accepted);
            assertStored(space, accepted);
            gateway.process.stop();
        } finally {
            broker.close();
        }
    }

    private static void awaitMore(Running load, long bytes) {
        await("more is accepted")
                .atMost(SOON)
                .until(() -> Files.exists(load.ids) && Files.size(load.ids) > bytes + SOME_BYTES);
    }

    /** Numbers of the events that were accepted, by the name of the run. */
    private static Map<String, BitSet> accepted(Path folder) throws IOException {
        Map<String, BitSet> accepted = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("ids-"))
                    .toList()) {
                try (Stream<String> ids = Files.lines(file)) {
                    ids.forEach(id -> accepted.computeIfAbsent(run(id), run -> new BitSet())
                            .set(number(id)));
                }
            }
        }
        return accepted;
    }

    private static long count(Map<String, BitSet> ids) {
        return ids.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    private static void assertStored(Space space, Map<String, BitSet> accepted) {
        Reader.forEach(space.cluster(), space.topic(Topics.WORKER_HIRED), WorkerHired.class, entry -> {
            String id = entry.value().getEventId();
            accepted.getOrDefault(run(id), new BitSet()).clear(number(id));
        });
        assertThat(accepted.values())
                .as("accepted and not stored")
                .allSatisfy(left -> assertThat(left.cardinality()).isZero());
    }

    private static String run(String id) {
        return id.substring(0, id.lastIndexOf('-'));
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    /** A gateway in a process of its own, with a source that may send as fast as it can. */
    private static final class Gateway implements AutoCloseable {
        final String good;
        final StreamsProcess process;
        final URI address;
        private final Space space;

        private Gateway(Space space, String good, StreamsProcess process, URI address) {
            this.space = space;
            this.good = good;
            this.process = process;
            this.address = address;
        }

        static Gateway start(Space space) throws IOException {
            String sources = sources(space);
            String keys = space.folder().resolve("pseudonym.key").toString();
            Commands.succeed(List.of("keys", "create", "--key-file", keys));
            String good = source(space, "good", "--requests-per-second", "100000", "--events-per-second", "10000000");
            StreamsProcess process = StreamsProcess.start(
                    space.arguments(
                            "gateway",
                            "--gateway-port",
                            "0",
                            "--http-port",
                            "0",
                            "--request-deadline",
                            "2s",
                            "--sources-file",
                            sources,
                            "--key-file",
                            keys),
                    space.folder().resolve("gateway.log"));
            process.awaitReady();
            Matcher address = ADDRESS.matcher(process.log());
            assertThat(address.find()).as(process.log()).isTrue();
            return new Gateway(space, good, process, URI.create(address.group(1)));
        }

        private static String sources(Space space) {
            return space.folder().resolve("sources.json").toString();
        }

        private static String source(Space space, String name, String... more) {
            return Commands.succeed(Stream.concat(
                                    Stream.of(
                                            "sources",
                                            "add",
                                            name,
                                            "--types",
                                            "WorkerHired",
                                            "--sources-file",
                                            sources(space)),
                                    Stream.of(more))
                            .toList())
                    .out()
                    .strip();
        }

        /** Adds a source with the usual limits. Returns its key. */
        String source(String name) {
            return source(space, name);
        }

        Running load(String run, int seconds) throws IOException {
            Path out = space.folder().resolve("wrk-" + run + ".txt");
            Path ids = space.folder().resolve("ids-" + run);
            Process process = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c2",
                            "-d" + seconds + "s",
                            "-s",
                            SCRIPT.toString(),
                            address.toString(),
                            "--",
                            good,
                            String.valueOf(BATCH),
                            ids.toString(),
                            run)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            return new Running(process, seconds, out, Path.of(ids + ".0"));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /**
     * A run of wrk.
     *
     * @param out what it prints
     * @param ids what was accepted so far, an id a line
     */
    private record Running(Process process, int seconds, Path out, Path ids) {
        /** Waits until it has ended. */
        Load await() throws IOException, InterruptedException {
            assertThat(process.waitFor(seconds + 60L, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            Matcher result = RESULT.matcher(text);
            assertThat(result.find()).as(text).isTrue();
            System.out.println(out.getFileName() + " "
                    + text.substring(text.indexOf("RESULT")).strip());
            return new Load(
                    Long.parseLong(result.group(1)),
                    Long.parseLong(result.group(2)),
                    Double.parseDouble(result.group(3)),
                    Double.parseDouble(result.group(4)),
                    Long.parseLong(result.group(5)));
        }

        /** Ends it before its time, as Ctrl-C does. */
        Load interrupt() throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            return await();
        }
    }
}
