package id.cakupan.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SourcesCommandTest {
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
