package id.cakupan.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SourcesCommandTest {
    private static final int ADDED_BY_EACH = 30;

    @TempDir
    private Path folder;

    private Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("new/sources.json");
    }

    @Test
    void shouldPrintAKeyOnceAndKeepOnlyItsHash() throws Exception {
        assertThat(run("add", "hr.arba", "--types", "WorkerHired,WorkerReleased"))
                .isZero();

        String key = out.toString().strip();
        assertThat(key).matches("ckp_[A-Za-z0-9_-]{43}");
        assertThat(err.toString()).doesNotContain(key).contains("kept nowhere");
        assertThat(Files.readString(file)).doesNotContain(key).contains(SourcesFile.hash(key));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(found(key)).containsExactly("hr.arba");
        assertThat(found(key + "x")).isEmpty();
        assertThat(found("")).isEmpty();
    }

    @Test
    void shouldLetTwoKeysBeValidUntilOneIsRevoked() throws Exception {
        run("add", "hr.arba", "--types", "WorkerHired");
        run("add", "spse", "--types", "all", "--requests-per-second", "3", "--events-per-second", "5");
        String first = out.toString().lines().toList().get(0);
        out.getBuffer().setLength(0);
        assertThat(run("rotate", "hr.arba")).isZero();
        String second = out.toString().strip();

        assertThat(found(first)).containsExactly("hr.arba");
        assertThat(found(second)).containsExactly("hr.arba");
        out.getBuffer().setLength(0);
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .contains("hr.arba  WorkerHired  200 requests/s, 10000 events/s")
                .contains("3 requests/s, 5 events/s")
                .doesNotContain(first, second, SourcesFile.hash(first));

        String id = SourcesFile.read(file).sources().get(0).keys().get(0).id();
        assertThat(run("revoke", "hr.arba", id)).isZero();
        assertThat(found(first)).isEmpty();
        assertThat(found(second)).containsExactly("hr.arba");
        assertThat(run("revoke", "hr.arba", id)).isEqualTo(1);
        assertThat(err.toString()).contains("has no key " + id);
    }

    @Test
    void shouldChangeWhatASourceMaySendAndTakeItOut() throws Exception {
        run("add", "hr.arba", "--types", "WorkerHired", "--requests-per-second", "3");
        run("add", "spse", "--types", "all");
        String key = out.toString().lines().findFirst().orElseThrow();

        assertThat(run("change", "hr.arba", "--types", "WorkerReleased")).isZero();
        assertThat(run("change", "hr.arba", "--events-per-second", "7")).isZero();
        out.getBuffer().setLength(0);
        run("list");
        assertThat(out.toString()).contains("hr.arba  WorkerReleased  3 requests/s, 7 events/s");
        assertThat(found(key)).containsExactly("hr.arba");

        assertThat(run("remove", "hr.arba")).isZero();
        assertThat(found(key)).isEmpty();
        assertThat(SourcesFile.read(file).sources()).extracting(Source::name).containsExactly("spse");
        assertThat(run("remove", "hr.arba")).isEqualTo(1);
        assertThat(run("change", "spse", "--types", "Hired")).isEqualTo(1);
        assertThat(SourcesFile.read(file).sources().get(0).types()).contains("WorkerHired");
    }

    @Test
    void shouldSayWhatItCannotDo() throws Exception {
        assertThat(run("list")).isEqualTo(1);
        assertThat(run("add", "hr arba", "--types", "WorkerHired")).isEqualTo(1);
        assertThat(run("add", "hr.arba", "--types", "Hired")).isEqualTo(1);
        assertThat(run("add", "hr.arba", "--types", "WorkerHired", "--events-per-second", "0"))
                .isEqualTo(1);
        assertThat(file).doesNotExist();
        assertThat(run("add", "hr.arba", "--types", "WorkerHired")).isZero();
        assertThat(run("add", "hr.arba", "--types", "WorkerHired")).isEqualTo(1);
        assertThat(run("rotate", "other")).isEqualTo(1);
        assertThat(err.toString())
                .contains("There is no sources file " + file)
                .contains("letters, digits, dots")
                .contains("some of ProjectRegistered")
                .contains("1 or more a second")
                .contains("There is a source hr.arba already")
                .contains("There is no source other");
    }

    /** Adds sources in a process of its own. Arguments: the sources file, what their names begin with. */
    static final class Adder {
        private Adder() {}

        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < ADDED_BY_EACH; i++) {
                Set<String> types = Set.of("WorkerHired");
                SourcesFile.add(
                        Path.of(arguments[0]),
                        new Source(arguments[1] + i, types, 1, 1, List.of()),
                        new SecureRandom(),
                        Clock.systemUTC());
            }
        }
    }

    @Test
    void shouldLoseNoChangeOfCommandsThatRunAtTheSameMoment() throws Exception {
        run("add", "first", "--types", "WorkerHired");
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Adder.class.getName(),
                            file.toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        List<Callable<Integer>> rotations = Collections.nCopies(
                7,
                () -> new CommandLine(new SourcesCommand())
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(new PrintWriter(new StringWriter()))
                        .execute("rotate", "first", "--sources-file", file.toString()));
        ExecutorService threads = Executors.newFixedThreadPool(rotations.size());
        try {
            for (Future<Integer> each : threads.invokeAll(rotations)) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        List<Source> sources = SourcesFile.read(file).sources();
        assertThat(sources).hasSize(1 + 3 * ADDED_BY_EACH);
        assertThat(sources.get(0).keys()).hasSize(8);
    }

    @Test
    void shouldReadOnlyAFileOfItsOwner() throws Exception {
        run("add", "hr.arba", "--types", "WorkerHired");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> SourcesFile.read(file)).hasMessageContaining("chmod 600");
        for (String broken : List.of(
                "",
                "[]",
                "{\"version\":2,\"sources\":[]}",
                "{\"version\":1,\"sources\":[{\"name\":\"a\",\"types\":[\"WorkerHired\"],\"keys\":[{\"id\":\"k\"}]}]}")) {
            Files.writeString(file, broken);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> SourcesFile.read(file))
                    .as(broken)
                    .hasMessageContaining("is not a sources file of this version");
        }
    }

    @Test
    void shouldLetSomuchThroughEachSecond() {
        long[] now = {0};
        TokenBucket bucket = new TokenBucket(10, 20, () -> now[0]);
        assertThat(bucket.take(20)).isZero();
        assertThat(bucket.take(15)).isEqualTo(2);
        now[0] = 1_500_000_000L;
        assertThat(bucket.take(15)).isZero();
        assertThat(bucket.take(1)).isEqualTo(1);
        now[0] = 100_000_000_000L;
        assertThat(bucket.take(20)).isZero();
        assertThat(bucket.take(1)).isEqualTo(1);
    }

    private List<String> found(String key) throws IOException {
        Sources sources = new Sources(file, System::nanoTime);
        sources.look();
        return sources.find(key).map(Source::name).stream().toList();
    }

    private int run(String... arguments) {
        return new CommandLine(new SourcesCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments), Stream.of("--sources-file", file.toString()))
                        .toArray(String[]::new));
    }
}
