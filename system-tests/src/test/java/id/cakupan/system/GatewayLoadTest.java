package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.WorkerHired;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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

    private static final Pattern ADDRESS = Pattern.compile("Gateway: (http://\\S+)");
    private static final Pattern RESULT = Pattern.compile("RESULT accepted=(\\d+) .* p99_ms=([0-9.]+)");

    private record Load(long accepted, double p99Millis) {}

    @Test
    void shouldStoreAllItAcceptsWhateverAttackersDoAndWhenItIsStopped(Cluster cluster)
            throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "gateway", 4)) {
            String sources = space.folder().resolve("sources.json").toString();
            String keys = space.folder().resolve("pseudonym.key").toString();
            Commands.succeed(List.of("keys", "create", "--key-file", keys));
            String good = source(sources, "good", "--requests-per-second", "100000", "--events-per-second", "10000000");
            String bad = source(sources, "bad");
            try (StreamsProcess process = StreamsProcess.start(
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
                    space.folder().resolve("gateway.log"))) {
                process.awaitReady();
                Matcher address = ADDRESS.matcher(process.log());
                assertThat(address.find()).as(process.log()).isTrue();
                URI gateway = URI.create(address.group(1));

                load(space, gateway, good, "warm").await();
                Load alone = load(space, gateway, good, "alone").await();
                Load attacked;
                Map<String, Map<Integer, Integer>> answers;
                try (GatewayAttackers attackers = new GatewayAttackers(gateway, bad)) {
                    attacked = load(space, gateway, good, "attacked").await();
                    answers = attackers.answers();
                }
                Running last = load(space, gateway, good, "stopped");
                assertThat(last.process.waitFor(SECONDS * 500L, TimeUnit.MILLISECONDS))
                        .isFalse();
                Duration stopping = process.stop();
                last.await();

                assertThat(answers.keySet())
                        .containsExactlyInAnyOrder("wrong key", "zip bomb", "deep", "oversized", "foreign source");
                assertThat(answers.values())
                        .as("%s", answers)
                        .allSatisfy(
                                statuses -> assertThat(statuses.keySet()).isSubsetOf(0, 400, 401, 403, 413, 422, 429));
                assertThat(attacked.p99Millis)
                        .as("p99, ms, %s without attackers", alone.p99Millis)
                        .isLessThan(Math.max(FLOOR_MILLIS, 2 * alone.p99Millis));
                assertThat(stopping).isLessThan(Duration.ofSeconds(12));
                assertThat(process.log()).doesNotContain(good, bad, "35730141");
                Set<String> accepted = accepted(space.folder());
                assertThat(accepted).hasSizeGreaterThan((int) (alone.accepted + attacked.accepted));
                Set<String> stored = new HashSet<>();
                Reader.read(cluster, space.topic(Topics.WORKER_HIRED), WorkerHired.class)
                        .forEach(entry -> stored.add(entry.value().getEventId()));
                accepted.removeAll(stored);
                assertThat(accepted).as("accepted and not stored").isEmpty();
            }
        }
    }

    private static String source(String file, String name, String... more) {
        return Commands.succeed(Stream.concat(
                                Stream.of("sources", "add", name, "--types", "WorkerHired", "--sources-file", file),
                                Stream.of(more))
                        .toList())
                .out()
                .strip();
    }

    private record Running(Process process, Path out) {
        Load await() throws IOException, InterruptedException {
            assertThat(process.waitFor(SECONDS + 60L, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            Matcher result = RESULT.matcher(text);
            assertThat(result.find()).as(text).isTrue();
            System.out.println(out.getFileName() + " "
                    + text.substring(text.indexOf("RESULT")).strip());
            return new Load(Long.parseLong(result.group(1)), Double.parseDouble(result.group(2)));
        }
    }

    private static Running load(Space space, URI gateway, String key, String run) throws IOException {
        Path out = space.folder().resolve("wrk-" + run + ".txt");
        Process process = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c2",
                        "-d" + SECONDS + "s",
                        "-s",
                        SCRIPT.toString(),
                        gateway.toString(),
                        "--",
                        key,
                        String.valueOf(BATCH),
                        space.folder().resolve("ids-" + run).toString(),
                        run)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        return new Running(process, out);
    }

    private static Set<String> accepted(Path folder) throws IOException {
        Set<String> accepted = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("ids-"))
                    .toList()) {
                accepted.addAll(Files.readAllLines(file));
            }
        }
        return accepted;
    }
}
