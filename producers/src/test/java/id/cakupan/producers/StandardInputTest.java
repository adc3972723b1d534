package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.runtime.FailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandardInputTest {
    private static final byte[] CONTENT = "NIK\n3573014506900001\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldKeepItForItsOwnerAloneAndDeleteItAtTheEnd() throws Exception {
        Path file;
        try (StandardInput input = StandardInput.spool(new ByteArrayInputStream(CONTENT))) {
            file = input.file();
            assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(mode(file.resolveSibling("."))).isEqualTo("rwx------");
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void shouldDeleteWhatItHasWhenTheRestCannotBeRead() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Set<Path> before = folders();

        assertThatThrownBy(
                        () -> StandardInput.spool(new SequenceInputStream(new ByteArrayInputStream(CONTENT), broken)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("No space left on device");

        assertThat(folders()).isEqualTo(before);
    }

    /** Folders of this program that hold standard input. */
    private static Set<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(folder -> Files.exists(folder.resolve(StandardInput.NAME)))
                    .collect(Collectors.toSet());
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
