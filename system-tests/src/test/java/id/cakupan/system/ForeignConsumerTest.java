package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import cakupan.records.UncoveredHire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of docs/topics.md, in JavaScript with libraries of that language, reads what the pipeline publishes. */
@ExtendWith(Cluster.Shared.class)
class ForeignConsumerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROGRAM = List.of(".npmrc", "package.json", "package-lock.json", "watch.js");
    private static final int LIMIT_SECONDS = 120;

    @Test
    void shouldNameNoRegistryInItsLockFile() throws IOException {
        assertThat(Files.readString(sources().resolve("package-lock.json"))).doesNotContain("\"resolved\"");
    }

    @Test
    void shouldReadFiguresAndAlertsAndShowThem(Cluster cluster) throws IOException, InterruptedException {
        Path program = install();
        try (Space space = Space.setUp(cluster, "foreign", 4)) {
            space.start("one");
            List<OracleEvent> events = RandomWorlds.events(31, RandomWorlds.Size.of(1_000));
            space.send(events);
            Looking.awaitFigures(space);

            Topic<CoverageFigure> cities = Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.CITY));
            CoverageFigure city = last(space.read(cities), "35.73").value();
            Reader.Entry<UncoveredHire> open = space.read(Topics.UNCOVERED_HIRES).stream()
                    .filter(entry -> entry.value().getState() == AlertState.ESCALATED)
                    .findFirst()
                    .orElseThrow();
            Watch json = new Watch(program, cluster, space.prefix(), "--json");
            Watch table = new Watch(program, cluster, space.prefix());
            try (json;
                    table) {
                JsonNode value = json.await(cities.name(space.prefix()), "35.73", city.getUpdatedAt());
                assertThat(city.getWorkers()).isPositive();
                assertThat(value.path("level").asText()).isEqualTo("CITY");
                assertThat(value.path("id").asText()).isEqualTo("35.73");
                assertThat(value.path("asOf").asLong()).isEqualTo(city.getAsOf().toEpochDay());
                assertThat(value.path("workers").asLong()).isEqualTo(city.getWorkers());
                assertThat(value.path("coveredWorkers").asLong()).isEqualTo(city.getCoveredWorkers());
                assertThat(value.path("contractValue").asLong()).isEqualTo(city.getContractValue());
                assertThat(value.path("ratio").asDouble()).isEqualTo(city.getRatio());

                JsonNode alert = json.await(Topics.UNCOVERED_HIRES.name(space.prefix()), open.key(), null);
                assertThat(alert.path("workerId").asText() + "/"
                                + alert.path("hireId").asText())
                        .isEqualTo(open.key());
                assertThat(alert.path("currentWorkerId").isNull()).isTrue();
                assertThat(alert.path("reason").asText())
                        .isEqualTo(open.value().getReason().name());
                assertThat(alert.path("dueOn").asLong())
                        .isEqualTo(open.value().getDueOn().toEpochDay());

                table.await(city.getCoveredWorkers() + " of " + city.getWorkers());
                table.await("As of " + city.getAsOf());
            }
        }
    }

    private static <V> Reader.Entry<V> last(List<Reader.Entry<V>> entries, String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private static Path sources() {
        return Path.of("..", "docs", "examples", "watch");
    }

    /** Copies the program beside the other results of the build and fetches its libraries there. */
    private static Path install() throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("cakupan.target", "target"), "watch");
        Files.createDirectories(program);
        for (String file : PROGRAM) {
            Files.copy(sources().resolve(file), program.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        File output = program.resolve("npm.txt").toFile();
        Process npm = new ProcessBuilder("npm", "ci")
                .directory(program.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertThat(npm.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0)
                    .as("npm ci: %s", Files.readString(output.toPath()))
                    .isTrue();
        } finally {
            npm.destroyForcibly();
        }
        return program;
    }

    /** The program while it runs. */
    private static final class Watch implements AutoCloseable {
        private final Process process;
        private final Path output;

        Watch(Path program, Cluster cluster, String prefix, String... more) throws IOException {
            output = Files.createTempFile(program, "watch", ".txt");
            List<String> command = new ArrayList<>(List.of("node", "watch.js", "--prefix", prefix));
            command.addAll(List.of("--bootstrap", cluster.bootstrap(), "--registry", cluster.registryUrl()));
            command.addAll(List.of(more));
            process = new ProcessBuilder(command)
                    .directory(program.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        /** The value of the first record of a key that is at least as new as asked. */
        JsonNode await(String topic, String key, @Nullable Instant updatedAt) {
            return Awaitility.await(topic + " " + key)
                    .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                    .until(() -> find(topic, key, updatedAt), Optional::isPresent)
                    .orElseThrow();
        }

        void await(String text) {
            Awaitility.await(text)
                    .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                    .until(() -> Files.readString(output).contains(text));
        }

        private Optional<JsonNode> find(String topic, String key, @Nullable Instant updatedAt) throws IOException {
            for (String line : Files.readAllLines(output)) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    JsonNode record = JSON.readTree(line);
                    if (record.path("topic").asText().equals(topic)
                            && record.path("key").asText().equals(key)
                            && (updatedAt == null
                                    || micros(updatedAt)
                                            <= record.path("value")
                                                    .path("updatedAt")
                                                    .asLong())) {
                        return Optional.of(record.path("value"));
                    }
                }
            }
            return Optional.empty();
        }

        private static long micros(Instant instant) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
