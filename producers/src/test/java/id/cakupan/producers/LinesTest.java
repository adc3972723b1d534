package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void shouldTakeLfAndCrLfAndALastLineWithoutEnd() throws Exception {
        assertThat(read(bytes("a\r\nb\n\n  \nlast"))).containsExactly("1:a", "2:b", "3:", "4:  ", "5:last");
    }

    @Test
    void shouldSkipAByteOrderMark() throws Exception {
        assertThat(read(bytes("\ufeffa\n\ufeffb\n"))).containsExactly("1:a", "2:\ufeffb");
    }

    @Test
    void shouldReadGzipWhateverItsName() throws Exception {
        byte[] first = gzip(bytes("a\nb\n"));
        byte[] second = gzip(bytes("c\n"));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);

        assertThat(read(both.toByteArray())).containsExactly("1:a", "2:b", "3:c");
    }

    @Test
    void shouldReadNothingFromNothing() throws Exception {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(bytes("x"))).containsExactly("1:x");
    }

    @Test
    void shouldCutALineThatIsTooLongAndGoOn() throws Exception {
        String longest = "x".repeat(Lines.LONGEST);
        Lines lines = new Lines(new ByteArrayInputStream(bytes(longest + "\n" + longest + "y\nz\n")));

        assertThat(lines.next()).isTrue();
        assertThat(lines.isCut()).isFalse();
        assertThat(lines.next()).isTrue();
        assertThat(lines.isCut()).isTrue();
        assertThat(lines.length()).isEqualTo(Lines.LONGEST);
        assertThat(lines.next()).isTrue();
        assertThat(lines.isCut()).isFalse();
        assertThat(lines.number()).isEqualTo(3);
        assertThat(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8))
                .isEqualTo("z");
        assertThat(lines.next()).isFalse();
    }

    @Test
    void shouldKnowABlankLine() throws Exception {
        Lines lines = new Lines(new ByteArrayInputStream(bytes(" \t\r\n{}\n")));

        assertThat(lines.next()).isTrue();
        assertThat(lines.isBlank()).isTrue();
        assertThat(lines.next()).isTrue();
        assertThat(lines.isBlank()).isFalse();
    }

    private static List<String> read(byte[] content) throws IOException {
        List<String> all = new ArrayList<>();
        try (Lines lines = new Lines(new ByteArrayInputStream(content))) {
            while (lines.next()) {
                all.add(lines.number() + ":" + new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
