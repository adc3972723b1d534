package id.cakupan.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UsersCommandTest {
    private static final String PASSWORD = "kata sandi yang panjang";

    @TempDir
    private Path folder;

    private Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("new/users.json");
    }

    @Test
    void shouldKeepOnlyASlowHash() throws Exception {
        assertThat(run(PASSWORD, "add", "budi", "--official")).isZero();
        assertThat(run(PASSWORD, "add", "siti", "--contractor", "npp:15070955")).isZero();

        String content = Files.readString(file);
        assertThat(content + out + err).doesNotContain(PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        UsersFile read = UsersFile.read(file);
        assertThat(read.users())
                .extracting(user -> user.password().iterations())
                .containsOnly(600_000);
        assertThat(read.users())
                .extracting(user -> user.password().hash())
                .as("one password, two salts")
                .doesNotHaveDuplicates();
        assertThat(read.users().get(0).password().matches(PASSWORD)).isTrue();
        assertThat(read.users().get(0).password().matches(PASSWORD + " ")).isFalse();
        out.getBuffer().setLength(0);
        assertThat(run("", "list")).isZero();
        assertThat(out.toString())
                .contains("budi  official", "siti  contractor of npp:15070955")
                .doesNotContain(
                        read.sessionKey(), read.users().get(0).password().hash());
    }

    @Test
    void shouldTakeOnePasswordHoweverItsLettersAreComposed() {
        Passwords.Hash hash = Passwords.hash("caf\u00e9 di Kayutangan", new SecureRandom());

        assertThat(hash.matches("cafe\u0301 di Kayutangan")).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoUserOrNoPassword() throws Exception {
        assertThat(run("short", "add", "budi", "--official")).isEqualTo(1);
        assertThat(run("aaaaaaaaaaaaaaaaaaaa", "add", "budi", "--official")).isEqualTo(1);
        assertThat(run("", "add", "budi", "--official")).isEqualTo(1);
        assertThat(run(PASSWORD, "add", "b d", "--official")).isEqualTo(1);
        assertThat(run(PASSWORD, "add", "budi", "--contractor", "a\nb")).isEqualTo(1);
        assertThat(run(PASSWORD, "add", "budi")).isEqualTo(2);
        assertThat(run(PASSWORD, "add", "budi", "--official", "--contractor", "npp:1"))
                .isEqualTo(2);
        assertThat(run(PASSWORD, "add", "budi", "--official", "--password", PASSWORD))
                .isEqualTo(2);
        assertThat(run(PASSWORD, "remove", "budi")).isEqualTo(1);
        assertThat(file).doesNotExist();

        run(PASSWORD, "add", "budi", "--official");
        assertThat(run(PASSWORD, "add", "Budi", "--official")).isEqualTo(1);
        assertThat(run(PASSWORD, "password", "siti")).isEqualTo(1);
        assertThat(UsersFile.read(file).users()).hasSize(1);
    }

    @Test
    void shouldChangeAPasswordAndRemoveAUser() throws Exception {
        run(PASSWORD, "add", "budi", "--official");
        String key = UsersFile.read(file).sessionKey();
        assertThat(run(PASSWORD + " 2", "password", "BUDI")).isZero();
        assertThat(UsersFile.read(file).users().get(0).password().matches(PASSWORD + " 2"))
                .isTrue();
        assertThat(UsersFile.read(file).sessionKey()).isEqualTo(key);
        assertThat(run("", "remove", "budi")).isZero();
        assertThat(UsersFile.read(file).users()).isEmpty();
    }

    @Test
    void shouldReadOnlyAFileOfItsOwnerInItsForm() throws Exception {
        run(PASSWORD, "add", "budi", "--official");
        String good = Files.readString(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> UsersFile.read(file)).hasMessageContaining("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        for (String broken : List.of(
                "",
                "[]",
                good.replace("600000", "1000"),
                good.replace("\"official\"", "\"public\""),
                good.replace("\"official\"", "\"contractor\""),
                good.replace("\"version\" : 1", "\"version\" : 2"),
                good.replaceAll("\"sessionKey\" : \"[^\"]*\"", "\"sessionKey\" : \"AAAA\""))) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> UsersFile.read(file))
                    .as(broken)
                    .hasMessageContaining("is not a users file of this version");
        }
    }

    @Test
    void shouldLoseNoUserThatIsAddedAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> additions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Principal principal = new Principal("user" + i, Role.OFFICIAL, null);
                additions.add(() -> {
                    UsersFile.add(file, principal, PASSWORD, new SecureRandom(), Clock.systemUTC());
                    return true;
                });
            }
            for (Future<Boolean> added : threads.invokeAll(additions)) {
                assertThat(added.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(UsersFile.read(file).users()).hasSize(12);
    }

    private int run(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((input.isEmpty() ? "" : input + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return new CommandLine(new UsersCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(Stream.concat(Stream.of(arguments), Stream.of("--users-file", file.toString()))
                            .toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }
}
