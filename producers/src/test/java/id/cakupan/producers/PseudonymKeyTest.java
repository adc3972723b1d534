package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.PseudonymKey.KeyFileException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PseudonymKeyTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void shouldReadBackTheKeyThatItCreated() throws Exception {
        Path file = folder.resolve("new/folder/pseudonym.key");
        PseudonymKey created = PseudonymKey.create(file, new SecureRandom(), CLOCK);

        PseudonymKey read = PseudonymKey.read(file);

        assertThat(read.keyId()).isEqualTo(created.keyId()).matches("k[a-z2-9]{5}");
        Nik nik = Nik.parse(PseudonymsTest.NIK);
        assertThat(new Pseudonyms(read).of(nik)).isEqualTo(new Pseudonyms(created).of(nik));
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("new/folder"))).isEqualTo("rwx------");
    }

    @Test
    void shouldMakeAnotherKeyEachTime() throws Exception {
        Nik nik = Nik.parse(PseudonymsTest.NIK);
        PseudonymKey one = PseudonymKey.create(folder.resolve("1"), new SecureRandom(), CLOCK);
        PseudonymKey two = PseudonymKey.create(folder.resolve("2"), new SecureRandom(), CLOCK);

        assertThat(new Pseudonyms(one).of(nik).substring(7))
                .isNotEqualTo(new Pseudonyms(two).of(nik).substring(7));
    }

    @Test
    void shouldNeverOverwriteAKey() throws Exception {
        Path file = folder.resolve("k");
        PseudonymKey.create(file, new SecureRandom(), CLOCK);
        String before = Files.readString(file);

        assertThatThrownBy(() -> PseudonymKey.create(file, new SecureRandom(), CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-r--r--"})
    void shouldRefuseAKeyFileThatOthersCanOpen(String mode) throws Exception {
        Path file = folder.resolve("k");
        PseudonymKey.create(file, new SecureRandom(), CLOCK);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> PseudonymKey.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{}",
                "{\"version\":1,\"keys\":[]}",
                "{\"version\":2,\"keys\":[{\"keyId\":\"k1\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}]}",
                "{\"version\":1,\"keys\":[{\"keyId\":\"k1\",\"key\":\"AAAA\"}]}",
                "{\"version\":1,\"keys\":[{\"keyId\":\"k 1\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}]}",
                "{\"version\":1,\"keys\":[{\"keyId\":\"k1\",\"key\":\"?secret?\"}]}"
            })
    void shouldRefuseAFileThatIsNoKeyFileWithoutQuotingIt(String content) throws Exception {
        Path file = folder.resolve("k");
        OwnerOnlyFiles.create(file);
        Files.writeString(file, content);

        assertThatThrownBy(() -> PseudonymKey.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("The file " + file + " is not a key file of this version");
    }

    @Test
    void shouldSayHowToGetAKeyWhenThereIsNone() {
        assertThatThrownBy(() -> PseudonymKey.read(folder.resolve("none")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("cakupan keys create");
    }

    @Test
    void shouldCreateAKeyByCommandWithoutPrintingIt() throws Exception {
        Path file = folder.resolve("k");
        StringWriter printed = new StringWriter();

        int first = keys(printed, "create", "--key-file", file.toString());
        Matcher key = Pattern.compile("\"key\" : \"(.{44})\"").matcher(Files.readString(file));

        assertThat(key.find()).isTrue();
        assertThat(first).isZero();
        assertThat(printed.toString())
                .contains(PseudonymKey.read(file).keyId(), file.toString(), "0600")
                .doesNotContain(key.group(1));

        assertThat(keys(printed, "create", "--key-file", file.toString())).isEqualTo(1);
        assertThat(printed.toString()).contains("it stays as it is");
        assertThat(keys(printed)).isEqualTo(2);
    }

    private static int keys(StringWriter printed, String... arguments) {
        PrintWriter writer = new PrintWriter(printed, true);
        return new CommandLine(new KeysCommand()).setOut(writer).setErr(writer).execute(arguments);
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
