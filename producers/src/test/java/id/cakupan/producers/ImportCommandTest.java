package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.runtime.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Wrong usage of import that is told before any broker is asked. */
class ImportCommandTest {
    private static final String SHEET = "NIK;Tanggal Mulai Kerja\n";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldNeedNoBrokerForADryRun() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET + "3573014506900001;16/07/2025\n");
        Path keys = folder.resolve("k");
        new CommandLine(new KeysCommand()).execute("create", "--key-file", keys.toString());
        Instant start = Instant.now();

        int exitCode = run(
                "--dry-run",
                "--key-file",
                keys.toString(),
                "--bootstrap",
                "127.0.0.1:1",
                "--set",
                "proyek=spse:nontender:1",
                "--set",
                "npp=15070955",
                sheet.toString());

        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCodes.DONE);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldAskForTheProfileOfATable() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);
        Path wide = Files.writeString(folder.resolve("wide.jsonl"), "\ufeff{}\n", StandardCharsets.UTF_16LE);

        for (Path file : List.of(sheet, wide)) {
            assertThat(runLines(file.toString())).isEqualTo(ExitCodes.USAGE);
            assertThat(Path.of(file + ".rejects.jsonl")).doesNotExist();
        }
        assertThat(err.toString()).contains("daftar.csv is a table", "--profile", "jakon-workers", "is UTF-16");
    }

    @Test
    void shouldTakeNoPersonalDataFromTheCommandLine() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);

        for (String column : List.of("nik=3573014506900001", "nama=Budi Contoh")) {
            assertThat(run("--set", column, sheet.toString())).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(err.toString()).contains("--set nik=…").doesNotContain("3573014506900001", "Budi");
    }

    @Test
    void shouldNotReplaceTheTableByItsRejects() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);

        assertThat(run("--rejects", sheet.toString(), sheet.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("would overwrite");
        assertThat(sheet).hasContent(SHEET);
    }

    @Test
    void shouldNotMixTheRejectsOfSeveralTables() throws Exception {
        Path first = Files.writeString(folder.resolve("a.csv"), SHEET);
        Path second = Files.writeString(folder.resolve("b.csv"), SHEET);

        assertThat(run("--rejects", folder.resolve("r.csv").toString(), first.toString(), second.toString()))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--rejects goes with one table");
    }

    @Test
    void shouldNotTakeThePlaceOfAFileThatHoldsNoRejects() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);
        Path precious = Files.writeString(folder.resolve("precious.csv"), "NIK;Nama\n1;2\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), precious);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.csv"), folder.resolve("none"));

        for (Path place : List.of(precious, link, dangling, folder)) {
            assertThat(run("--rejects", place.toString(), sheet.toString())).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString()).contains(place + " is there and is no rejects file");
        }
        assertThat(precious).hasContent("NIK;Nama\n1;2\n");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void shouldNotWriteRejectsOfOneFileOverAnother() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);
        Path mended = Files.writeString(folder.resolve("daftar.csv.rejects.csv"), "NIK;error\n");
        Path hard = Files.createLink(folder.resolve("hard.csv"), mended);

        assertThat(run(sheet.toString(), mended.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("would overwrite " + mended);
        assertThat(run("--rejects", hard.toString(), mended.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(run(sheet.toString(), sheet.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Two of the files would have the rejects file");
        assertThat(mended).hasContent("NIK;error\n");
    }

    @Test
    void shouldNotBeginWhereRejectsCannotBeWritten() throws Exception {
        Path sheet = Files.writeString(folder.resolve("daftar.csv"), SHEET);
        Path nowhere = folder.resolve("none/r.csv");

        assertThat(run("--rejects", nowhere.toString(), sheet.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Cannot write a rejects file into " + nowhere.getParent());
    }

    @Test
    void shouldReadTablesFromFilesAndStandardInputOnly() {
        assertThat(run("/dev/null")).isEqualTo(ExitCodes.USAGE);
        assertThat(run(folder.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(run("-", "-")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("Cannot read /dev/null; a table must be a file", "is a folder", "can be given once");
    }

    private int runLines(String... arguments) {
        return new CommandLine(new ImportCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--profile";
        all[1] = "jakon-hires";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new CommandLine(new ImportCommand())
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
