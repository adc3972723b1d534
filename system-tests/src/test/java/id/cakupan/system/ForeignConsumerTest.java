package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.UncoveredHire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A consumer in JavaScript, with libraries of that language, reads what the pipeline publishes. */
@ExtendWith(Cluster.Shared.class)
class ForeignConsumerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROGRAM = List.of(".npmrc", "package.json", "package-lock.json", "read.js");
    private static final int LIMIT_SECONDS = 120;

    @Test
    void shouldNameNoRegistryInItsLockFile() throws IOException {
        assertThat(Files.readString(sources().resolve("package-lock.json"))).doesNotContain("\"resolved\"");
    }

    @Test
    void shouldReadAFigureAndAnAlert(Cluster cluster) throws IOException, InterruptedException {
        Path program = install();
        try (Space space = Space.setUp(cluster, "foreign", 4)) {
            space.start("one");
            List<OracleEvent> events = RandomWorlds.events(31, RandomWorlds.Size.of(1_000));
            space.send(events);
            Looking.awaitFigures(space);

            Reader.Entry<CoverageFigure> city = last(
                    space.read(Objects.requireNonNull(Topics.COVERAGE_BY.get(cakupan.records.Level.CITY))), "35.73");
            JsonNode figure = read(program, cluster, city);
            assertThat(figure.path("key").asText()).isEqualTo("35.73");
            JsonNode value = figure.path("value");
            assertThat(city.value().getWorkers()).isPositive();
            assertThat(value.path("level").asText()).isEqualTo("CITY");
            assertThat(value.path("id").asText()).isEqualTo("35.73");
            assertThat(value.path("asOf").asLong())
                    .isEqualTo(city.value().getAsOf().toEpochDay());
            assertThat(value.path("workers").asLong()).isEqualTo(city.value().getWorkers());
            assertThat(value.path("coveredWorkers").asLong())
                    .isEqualTo(city.value().getCoveredWorkers());
            assertThat(value.path("contractValue").asLong())
                    .isEqualTo(city.value().getContractValue());
            assertThat(value.path("ratio").asDouble()).isEqualTo(city.value().getRatio());

            List<Reader.Entry<UncoveredHire>> alerts = space.read(Topics.UNCOVERED_HIRES);
            Reader.Entry<UncoveredHire> open = alerts.stream()
                    .filter(entry -> entry.value().getState() == AlertState.ESCALATED)
                    .findFirst()
                    .orElseThrow();
            JsonNode alert = read(program, cluster, open).path("value");
            assertThat(alert.path("workerId").asText() + "/"
                            + alert.path("hireId").asText())
                    .isEqualTo(open.key());
            assertThat(alert.path("currentWorkerId").isNull()).isTrue();
            assertThat(alert.path("workerId").asText()).isEqualTo(open.value().getWorkerId());
            assertThat(alert.path("state").asText()).isEqualTo("ESCALATED");
            assertThat(alert.path("reason").asText())
                    .isEqualTo(open.value().getReason().name());
            assertThat(alert.path("dueOn").asLong())
                    .isEqualTo(open.value().getDueOn().toEpochDay());
            assertThat(alert.path("resolution").isNull()).isTrue();
        }
    }

    private static <V> Reader.Entry<V> last(List<Reader.Entry<V>> entries, String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private static JsonNode read(Path program, Cluster cluster, Reader.Entry<?> entry)
            throws IOException, InterruptedException {
        String printed = run(
                program,
                "node",
                "read.js",
                cluster.bootstrap(),
                cluster.registryUrl(),
                entry.from().topic(),
                String.valueOf(entry.from().partition()),
                String.valueOf(entry.offset()));
        return JSON.readTree(printed);
    }

    private static Path sources() {
        return Path.of(System.getProperty("cakupan.node", "node"));
    }

    /** Copies the program beside the other results of the build and fetches its libraries there. */
    private static Path install() throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("cakupan.target", "target"), "node");
        Files.createDirectories(program);
        for (String file : PROGRAM) {
            Files.copy(sources().resolve(file), program.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(program, "npm", "ci");
        return program;
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        File errors = folder.resolve("errors.txt").toFile();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(errors)
                    .start();
        } catch (IOException e) {
            return fail("Cannot run '" + command[0] + "': this test needs Node.js with npm on the PATH", e);
        }
        process.getOutputStream().close();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<byte[]> out = reader.submit(() -> process.getInputStream().readAllBytes());
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", String.join(" ", command), Files.readString(errors.toPath()))
                    .isTrue();
            return new String(out.get(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
            reader.shutdown();
        }
    }
}
