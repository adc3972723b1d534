package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.publisher.PseudonymKeys.KeyFileException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymKeysTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void shouldReadBackTheKeyThatItCreated() throws Exception {
        Path file = folder.resolve("new/folder/pseudonym.key");
        PseudonymKeys created = PseudonymKeys.create(file, new SecureRandom(), CLOCK);

        PseudonymKeys read = PseudonymKeys.read(file);

        assertThat(read.inUse().keyId()).isEqualTo(created.inUse().keyId()).matches("k[a-z2-9]{5}");
        Nik nik = Nik.parse(EventSamples.NIK);
        assertThat(new Pseudonyms(read).of(nik)).isEqualTo(new Pseudonyms(created).of(nik));
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("new/folder"))).isEqualTo("rwx------");
    }

    @Test
    void shouldMakeAnotherKeyEachTime() throws Exception {
        Nik nik = Nik.parse(EventSamples.NIK);
        PseudonymKeys one = PseudonymKeys.create(folder.resolve("1"), new SecureRandom(), CLOCK);
        PseudonymKeys two = PseudonymKeys.create(folder.resolve("2"), new SecureRandom(), CLOCK);

        assertThat(new Pseudonyms(one).of(nik).substring(7))
                .isNotEqualTo(new Pseudonyms(two).of(nik).substring(7));
    }

    @Test
    void shouldNeverOverwriteAKey() throws Exception {
        Path file = folder.resolve("k");
        PseudonymKeys.create(file, new SecureRandom(), CLOCK);
        String before = Files.readString(file);

        assertThatThrownBy(() -> PseudonymKeys.create(file, new SecureRandom(), CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void shouldLetOneOfManyRotationsThatBeginAtTheSameMomentHappen() throws Exception {
        Path file = folder.resolve("k");
        String first =
                PseudonymKeys.create(file, new SecureRandom(), CLOCK).inUse().keyId();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String former = first;
                List<String> added = atOnce(
                        threads,
                        () -> PseudonymKeys.add(file, new SecureRandom(), CLOCK)
                                .inUse()
                                .keyId(),
                        "Two keys are valid already");
                List<String> retired = atOnce(
                        threads,
                        () -> PseudonymKeys.retire(file, former).inUse().keyId(),
                        "Only the key");

                assertThat(added).as("round %s", round).hasSize(1).isEqualTo(retired);
                first = PseudonymKeys.read(file).inUse().keyId();
                assertThat(first).isEqualTo(added.get(0));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What those gave who were not refused. */
    private static List<String> atOnce(ExecutorService threads, Callable<String> change, String refused)
            throws Exception {
        List<String> done = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(Collections.nCopies(8, change))) {
            try {
                done.add(each.get());
            } catch (ExecutionException e) {
                assertThat(e).cause().isInstanceOf(KeyFileException.class).hasMessageContaining(refused);
            }
        }
        return done;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-r--r--"})
    void shouldRefuseAKeyFileThatOthersCanOpen(String mode) throws Exception {
        Path file = folder.resolve("k");
        PseudonymKeys.create(file, new SecureRandom(), CLOCK);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> PseudonymKeys.read(file))
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

        assertThatThrownBy(() -> PseudonymKeys.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("The file " + file + " is not a key file of this version");
    }

    @Test
    void shouldSayHowToGetAKeyWhenThereIsNone() {
        assertThatThrownBy(() -> PseudonymKeys.read(folder.resolve("none")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("cakupan keys create");
    }

    @Test
    void shouldKeepTheFormerKeyUntilItIsRetired() throws Exception {
        Path file = folder.resolve("k");
        Nik nik = Nik.parse(EventSamples.NIK);
        PseudonymKeys first = PseudonymKeys.create(file, new SecureRandom(), CLOCK);
        PseudonymKeys both = PseudonymKeys.add(file, new SecureRandom(), CLOCK);

        assertThat(PseudonymKeys.read(file).all())
                .extracting(PseudonymKey::keyId)
                .containsExactly(first.inUse().keyId(), both.inUse().keyId());
        Pseudonyms during = new Pseudonyms(PseudonymKeys.read(file));
        assertThat(during.formerOf(nik))
                .isEqualTo(new Pseudonyms(first).of(nik))
                .isNotEqualTo(during.of(nik));
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThatThrownBy(() -> PseudonymKeys.add(file, new SecureRandom(), CLOCK))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("retire " + first.inUse().keyId());
        assertThatThrownBy(() -> PseudonymKeys.retire(file, both.inUse().keyId()))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(first.inUse().keyId());

        PseudonymKeys.retire(file, first.inUse().keyId());

        Pseudonyms after = new Pseudonyms(PseudonymKeys.read(file));
        assertThat(after.of(nik)).isEqualTo(during.of(nik));
        assertThat(after.formerOf(nik)).isNull();
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
        assertThat(folder.resolve(".k.lock")).isEmptyFile();
        assertThat(mode(folder.resolve(".k.lock"))).isEqualTo("rw-------");
        assertThatThrownBy(() -> PseudonymKeys.retire(file, both.inUse().keyId()))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("in use cannot be retired");
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void shouldChangeTheFileThatALinkNames() throws Exception {
        Path file = folder.resolve("keys");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        OwnerOnlyFiles.create(file);
        OwnerOnlyFiles.replace(link, new byte[] {1});

        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(new byte[] {1});
    }
}
