package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.Pseudonyms;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
    private static final Pattern KEY = Pattern.compile("\"key\" : \"(.{44})\"");

    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void shouldCreateAKeyWithoutPrintingIt() throws Exception {
        Path file = folder.resolve("k");

        assertThat(keys("create", "--key-file", file.toString())).isZero();

        assertThat(printed.toString())
                .contains(PseudonymKeys.read(file).inUse().keyId(), file.toString(), "0600")
                .doesNotContain(secrets(file));
        assertThat(keys("create", "--key-file", file.toString())).isEqualTo(1);
        assertThat(printed.toString()).contains("it stays as it is");
        assertThat(keys()).isEqualTo(2);
    }

    @Test
    void shouldRotateAKeyWithoutPrintingOne() throws Exception {
        Path file = folder.resolve("k");
        keys("create", "--key-file", file.toString());
        String first = PseudonymKeys.read(file).inUse().keyId();

        assertThat(keys("add", "--key-file", file.toString())).isZero();
        List<String> secrets = secrets(file);
        String second = PseudonymKeys.read(file).inUse().keyId();
        assertThat(keys("add", "--key-file", file.toString())).isEqualTo(1);
        assertThat(keys("list", "--key-file", file.toString())).isZero();
        assertThat(printed.toString()).containsPattern(first + " .*former").containsPattern(second + " .*in use");
        assertThat(keys("retire", second, "--key-file", file.toString())).isEqualTo(1);
        assertThat(keys("retire", first, "--key-file", file.toString())).isZero();

        assertThat(PseudonymKeys.read(file).former()).isNull();
        assertThat(PseudonymKeys.read(file).inUse().keyId()).isEqualTo(second);
        assertThat(secrets).hasSize(2);
        assertThat(printed.toString()).doesNotContain(secrets);
    }

    @Test
    void shouldTellWhichWorkerANikStandsForWithoutRepeatingIt() throws Exception {
        Path file = folder.resolve("k");
        keys("create", "--key-file", file.toString());
        Pseudonyms pseudonyms = new Pseudonyms(PseudonymKeys.read(file));
        printed.getBuffer().setLength(0);

        int code = pseudonym(file, "'" + EventSamples.NIK + "\n\n3573013206900001\n3573014506900002\r\n");

        assertThat(code).isEqualTo(3);
        assertThat(printed.toString().lines())
                .containsExactly(
                        pseudonyms.of(Nik.parse(EventSamples.NIK)),
                        "line 3: The birth date inside the NIK is not in the calendar (day 01–31 or 41–71, month 01–12).",
                        pseudonyms.of(Nik.parse("3573014506900002")));
    }

    @Test
    void shouldTellBothIdsWhileTwoKeysAreValid() throws Exception {
        Path file = folder.resolve("k");
        keys("create", "--key-file", file.toString());
        keys("add", "--key-file", file.toString());
        Pseudonyms pseudonyms = new Pseudonyms(PseudonymKeys.read(file));
        Nik nik = Nik.parse(EventSamples.NIK);
        printed.getBuffer().setLength(0);

        assertThat(pseudonym(file, EventSamples.NIK)).isZero();

        assertThat(printed.toString().strip()).isEqualTo(pseudonyms.of(nik) + "\t" + pseudonyms.formerOf(nik));
    }

    private int pseudonym(Path file, String input) {
        PseudonymCommand command =
                new PseudonymCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return run(new CommandLine(command), "--key-file", file.toString());
    }

    private int keys(String... arguments) {
        return run(new CommandLine(new KeysCommand()), arguments);
    }

    private int run(CommandLine command, String... arguments) {
        PrintWriter writer = new PrintWriter(printed, true);
        return command.setOut(writer).setErr(writer).execute(arguments);
    }

    private static List<String> secrets(Path file) throws Exception {
        List<String> secrets = new ArrayList<>();
        Matcher key = KEY.matcher(Files.readString(file));
        while (key.find()) {
            secrets.add(key.group(1));
        }
        assertThat(secrets).isNotEmpty();
        return secrets;
    }
}
