package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.runtime.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
