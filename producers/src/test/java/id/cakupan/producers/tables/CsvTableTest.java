package id.cakupan.producers.tables;

import static id.cakupan.producers.tables.TableSamples.file;
import static id.cakupan.producers.tables.TableSamples.gzip;
import static id.cakupan.producers.tables.TableSamples.open;
import static id.cakupan.producers.tables.TableSamples.rows;
import static id.cakupan.producers.tables.TableSamples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {";", ",", "\t", "|"})
    void shouldRecogniseTheSeparator(String separator) throws Exception {
        String text = "Daftar pekerja, Mei; 2025\n\nNIK;Nama\n3573;\"A;B\"\n".replace(";", separator);

        assertThat(text(text)).containsExactly("4: 3573|A" + separator + "B");
    }

    @Test
    void shouldTakeTheSeparatorThatIsNamedInTheFirstLine() throws Exception {
        assertThat(text("sep=^\r\nNIK^Nama\r\n1^A,B;C\r\n")).containsExactly("3: 1|A,B;C");
        assertThat(text("SEP=;\nNIK;Nama\n1;2\n")).containsExactly("3: 1|2");
    }

    @Test
    void shouldTakeAllLineEndsTogether() throws Exception {
        assertThat(text("NIK;Nama\r\n1;a\n2;b\r3;\"c\r\nd\"\r\n\r\n5;\"e\rf\"\r6;g"))
                .containsExactly("2: 1|a", "3: 2|b", "4: 3|c\r\nd", "7: 5|e\rf", "9: 6|g");
    }

    @Test
    void shouldTakeQuotes() throws Exception {
        assertThat(text("NIK;Nama;Ket\n1;\"a \"\"b\"\" c\";\"\"\n2;5\" pipa;\"x\" \n3; \"y\";\"\"\"\"\n"))
                .containsExactly("2: 1|a \"b\" c|", "3: 2|5\" pipa|x", "4: 3| \"y\"|\"");
    }

    @Test
    void shouldTakeTheTextOutOfAFormulaThatIsNothingButText() throws Exception {
        assertThat(text("=\"NIK\";Nama;Ket\n=\"3573014506900001\";\"=\"\"35\"\"\";=\"5\"\" pipa\"\n"))
                .containsExactly("2: 3573014506900001|35|5\" pipa");
        assertThat(text("NIK;Nama\n=\"\";=\"a\n=\"a\"&\"b\";=1+1\n =\"a\";=\"\n"))
                .containsExactly("2: |=\"a", "3: =\"a\"&\"b\"|=1+1", "4:  =\"a\"|=\"");
    }

    @Test
    void shouldPadShortRowsAndTellLongOnes() throws Exception {
        assertThat(text("NIK;Nama;Ket;;\n1\n2;b;c;;;;\n3;b;c;;d\n"))
                .containsExactly("2: 1||", "3: 2|b|c", "4: 3|b|c !ROW_TOO_WIDE +|d");
    }

    @Test
    void shouldLoseOneRowOnlyByAForgottenQuote() throws Exception {
        assertThat(text("NIK;Nama\n1;\"a\n2;b\n3;\"c;d\"\n4;\"e\"f\n5;g\n6;\"h\n7;i"))
                .containsExactly(
                        "2: 1;\"a| !ROW_MALFORMED",
                        "3: 2|b",
                        "4: 3|c;d",
                        "5: 4;\"e\"f| !ROW_MALFORMED",
                        "6: 5|g",
                        "7: 6;\"h| !ROW_MALFORMED",
                        "8: 7|i");
    }

    @Test
    void shouldReadEveryEncoding() throws Exception {
        String text = "NIK;Nama\n1;Sitì – José\n";
        String wide = text + "2;宋 😀\n";

        assertThat(text(text, WINDOWS)).containsExactly("2: 1|Sitì – José");
        assertThat(text(wide, StandardCharsets.UTF_8)).containsExactly("2: 1|Sitì – José", "3: 2|宋 😀");
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(text("\ufeff" + wide, charset)).containsExactly("2: 1|Sitì – José", "3: 2|宋 😀");
        }
        assertThat(text(text, StandardCharsets.UTF_16LE)).containsExactly("2: 1|Sitì – José");
        assertThat(text(text, StandardCharsets.UTF_16BE)).containsExactly("2: 1|Sitì – José");
    }

    @Test
    void shouldKnowWindows1252FromOneByteAtTheEndOfALongFile() throws Exception {
        String text = "NIK;Nama\n" + "1;a\n".repeat(100_000) + "2;José\n";

        List<String> rows = text(text, WINDOWS);

        assertThat(rows).hasSize(100_001).last().isEqualTo("100002: 2|José");
    }

    @Test
    void shouldNotGuessTheEncodingOfUtf8ThatIsDamaged() throws Exception {
        byte[] whole = "NIK;Nama\n1;José\n2;José".getBytes(StandardCharsets.UTF_8);

        assertRefused(Arrays.copyOf(whole, whole.length - 1), "UTF-8");

        Path file = Files.write(folder.resolve("a.csv"), Arrays.copyOf(whole, whole.length - 1));
        try (TableReader table = Tables.open(file, TableSamples.HAS_NIK, null, WINDOWS)) {
            assertThat(rows(table)).hasSize(2);
        }
    }

    @Test
    void shouldTakeTheEncodingThatIsSaid() throws Exception {
        Path file = file(folder, "a.csv", "NIK;Nama\n1;Š\n", Charset.forName("iso-8859-2"));

        try (TableReader table = Tables.open(file, TableSamples.HAS_NIK, null, Charset.forName("iso-8859-2"))) {
            assertThat(written(rows(table))).containsExactly("2: 1|Š");
        }
        assertThatThrownBy(() -> Tables.open(file, TableSamples.HAS_NIK, null, StandardCharsets.UTF_8))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void shouldUnwrapGzip() throws Exception {
        Path file = Files.write(folder.resolve("a"), gzip("NIK\n1\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(Tables.formatOf(file)).isEqualTo(Tables.Format.CSV);
        assertThat(written(rows(file))).containsExactly("2: 1");
    }

    @Test
    void shouldSkipTitlesButNotMoreThanThirtyRows() throws Exception {
        assertThat(text("x\n\n".repeat(29) + "NIK\n1\n")).containsExactly("60: 1");
        assertThatThrownBy(() -> text("x\n".repeat(30) + "NIK\n1\n"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("a.csv")
                .hasMessageContaining("judul kolom");
    }

    @Test
    void shouldNameHeadingsThatStandTwice() {
        assertThatThrownBy(() -> text("NIK;Nama;Tgl Lahir;nama ;TGL_LAHIR;;\n"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("nama, TGL_LAHIR")
                .hasMessageContaining("lebih dari sekali")
                .hasMessageContaining("more than once");
    }

    @Test
    void shouldRefuseWhatIsNoText() throws Exception {
        assertRefused("NIK;Nama\n1;a\0b\n".getBytes(StandardCharsets.UTF_8), "biner");
        byte[] late = ("NIK;Nama\n" + "1;a\n".repeat(100_000) + "\0").getBytes(StandardCharsets.UTF_8);
        assertRefused(late, "biner");
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        assertRefused(noise, "biner");
        assertRefused("NIK\n\u0001\u0002\u0003".getBytes(StandardCharsets.UTF_8), "biner");
        assertRefused(new byte[0], "kosong");
        assertRefused("%PDF-1.4 NIK".getBytes(StandardCharsets.UTF_8), "PDF");
        assertRefused(" <html><table><tr><td>NIK".getBytes(StandardCharsets.UTF_8), "halaman web");
        assertRefused(ole2("Workbook"), ".xls)");
        assertRefused(ole2("EncryptedPackage"), "kata sandi");
    }

    @Test
    void shouldRefuseAGzipThatIsCutOrBeyondMeasure() throws Exception {
        byte[] whole = gzip("NIK;Nama\n1;a\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> open(cut)).isInstanceOf(TableException.class).hasMessageContaining("terpotong");
        Path start = Files.write(folder.resolve("start"), Arrays.copyOf(whole, 5));
        assertThatThrownBy(() -> open(start)).isInstanceOf(TableException.class).hasMessageContaining("terpotong");

        byte[] spaces = new byte[100 << 20];
        Arrays.fill(spaces, (byte) ' ');
        Path bomb = Files.write(folder.resolve("bomb"), gzip(spaces));
        assertThatThrownBy(() -> open(bomb)).isInstanceOf(TableException.class).hasMessageContaining("inflates");
    }

    @Test
    void shouldStandAMillionColumnsAndHugeCells() throws Exception {
        String wide = "NIK;Nama\n1;a\n" + ";x".repeat(1_000_000) + "\n2;b\n";
        List<Row> rows = rows(file(folder, "wide.csv", wide, StandardCharsets.UTF_8));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).fault()).hasToString("ROW_TOO_LONG");
        assertThat(written(rows.get(2))).isEqualTo("4: 2|b");

        String many = "NIK;Nama\n" + ";1".repeat(100_000) + "\n2;b\n";
        rows = rows(file(folder, "many.csv", many, StandardCharsets.UTF_8));
        assertThat(rows.get(0).fault()).hasToString("ROW_TOO_WIDE");
        assertThat(rows.get(0).surplus()).hasSize(CsvScanner.MOST_CELLS - 2);
        assertThat(written(rows.get(1))).isEqualTo("3: 2|b");

        String huge = "NIK;Nama\n1;" + "x".repeat(5 << 20) + "\n2;b\n3;\"" + "y".repeat(5 << 20) + "\"\n4;d\n";
        rows = rows(file(folder, "huge.csv", huge, StandardCharsets.UTF_8));
        assertThat(rows)
                .extracting(row -> String.valueOf(row.fault()))
                .containsExactly("ROW_TOO_LONG", "null", "ROW_TOO_LONG", "null");
        assertThat(rows).extracting(Row::number).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void shouldStandAFileOfOpenQuotes() throws Exception {
        String bomb = "NIK;Nama\n\"" + "x\n".repeat(2_000_000);
        List<Row> rows = rows(file(folder, "bomb.csv", bomb, StandardCharsets.UTF_8));
        assertThat(rows).hasSize(2_000_000);
        assertThat(rows.get(0).fault()).hasToString("ROW_MALFORMED");
        assertThat(rows.get(1_999_999).number()).isEqualTo(2_000_001);

        String every = "NIK;Nama\n" + "1;\"a\n".repeat(100_000);
        assertThat(rows(file(folder, "every.csv", every, StandardCharsets.UTF_8)))
                .hasSizeBetween(50_000, 100_000);
    }

    @Test
    void shouldKeepCharactersThatTurnTheDirection() throws Exception {
        assertThat(text("NIK;Nama\n1;\u202eabc\u200f\n")).containsExactly("2: 1|\u202eabc\u200f");
    }

    @Test
    void shouldCountTheBytesOfTheFile() throws Exception {
        Path file = file(folder, "a.csv", "NIK\n" + "1\n".repeat(100_000), StandardCharsets.UTF_8);

        try (TableReader table = open(file)) {
            assertThat(table.headings()).containsExactly("NIK");
            assertThat(table.bytesRead()).isBetween(1L, Files.size(file) - 1);
            assertThat(rows(table)).hasSize(100_000);
            assertThat(table.bytesRead()).isEqualTo(Files.size(file));
        }
    }

    private List<String> text(String text) throws IOException, TableException {
        return text(text, StandardCharsets.UTF_8);
    }

    private List<String> text(String text, Charset charset) throws IOException, TableException {
        return written(rows(file(folder, "a.csv", text, charset)));
    }

    private void assertRefused(byte[] content, String part) throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), content);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("'a.csv'")
                .hasMessageContaining(part);
    }

    private static byte[] ole2(String stream) {
        byte[] bytes = new byte[2048];
        System.arraycopy(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, 0, bytes, 0, 4);
        byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, bytes, 1024, name.length);
        return bytes;
    }
}
