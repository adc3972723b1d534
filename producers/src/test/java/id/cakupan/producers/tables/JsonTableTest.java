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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTableTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadAnArrayOfObjects() throws Exception {
        Path file = json("""
                [ {"nik": "1", "upah": 1375000.50, "aktif": true},
                  {"nama": "Siti", "nik": 3573010101900011, "upah": null, "alamat": {"kota": [1]}},
                  {"besar": 1.375E+9, "nik": 3.57301E+15, "nama": "", "aktif": false} ]
                """);

        assertThat(Tables.formatOf(file)).isEqualTo(Tables.Format.JSON);
        try (TableReader table = open(file)) {
            assertThat(table.headings()).containsExactly("nik", "upah", "aktif", "nama", "alamat", "besar");
            List<Row> rows = rows(table);
            assertThat(written(rows))
                    .containsExactly(
                            "1: 1|1375000.50|true|||",
                            "2: 3573010101900011|||Siti||",
                            "3: 3.57301E+15||false|||1375000000");
            assertThat(rows.get(1).cells())
                    .extracting(Cell::kind)
                    .containsExactly(
                            Cell.Kind.NUMBER,
                            Cell.Kind.BLANK,
                            Cell.Kind.BLANK,
                            Cell.Kind.TEXT,
                            Cell.Kind.TEXT,
                            Cell.Kind.BLANK);
            assertThat(table.bytesRead()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void shouldReadAnObjectWithAnArrayOfData() throws Exception {
        assertThat(text("{\"meta\": {\"data\": [9]}, \"n\": 2, \"data\": [{\"nik\": 1}, {\"nik\": 2}], \"x\": 1}"))
                .containsExactly("1: 1", "2: 2");
        assertThat(text("{\n \"data\": [\n {\"nik\": 1}\n ]\n}")).containsExactly("1: 1");
        assertThat(text("{\"data\": [{\"nik\": \"" + "x".repeat(900_000) + "\"}, {\"nik\": \"" + "x".repeat(900_000)
                        + "\"}]}"))
                .hasSize(2);
    }

    @Test
    void shouldReadLinesOfObjectsAndGoOnAfterABadOne() throws Exception {
        assertThat(text("{\"nik\": 1}\r\n\n{\"nik\": 2, \"nama\": \"b\"}\n{\"nik\": 3\n[1]\n{\"nik\": 4} x\n"
                        + "{\"nik\": 5, \"nik\": 6}\n{\"nik\": 7}"))
                .containsExactly(
                        "1: 1|",
                        "3: 2|b",
                        "4: {\"nik\": 3| !NOT_JSON",
                        "5: | !NOT_AN_OBJECT",
                        "6: {\"nik\": 4} x| !NOT_JSON",
                        "7: {\"nik\": 5, \"nik\": 6}| !NOT_JSON",
                        "8: 7|");
        assertThat(text("{bad\n{\"nik\": 1}\n")).containsExactly("1: {bad !NOT_JSON", "2: 1");
    }

    @Test
    void shouldSkipEmptyObjectsAndTellOtherElements() throws Exception {
        assertThat(text("[{}, {\"nik\": null}, 5, [6], {\"nik\": 7}]"))
                .containsExactly("3: 5 !NOT_AN_OBJECT", "4:  !NOT_AN_OBJECT", "5: 7");
    }

    @Test
    void shouldReadEveryEncodingAndGzip() throws Exception {
        String text = "[{\"nik\": \"José\"}]";
        for (Charset charset : List.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("windows-1252"))) {
            assertThat(written(rows(file(folder, "a.json", text, charset)))).containsExactly("1: José");
        }
        assertThat(text("\ufeff" + text)).containsExactly("1: José");
        Path zipped = Files.write(folder.resolve("b"), gzip(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(Tables.formatOf(zipped)).isEqualTo(Tables.Format.JSON);
        assertThat(written(rows(zipped))).containsExactly("1: José");
    }

    @Test
    void shouldRefuseWhatIsNotWholeWithoutQuotingIt() {
        for (String bad : List.of(
                "[{\"nik\": 1}, {\"nik\": rahasia}]",
                "[{\"nik\": 1},\n{\"nik\": \"rahasia",
                "[{\"nik\": 1}",
                "{\"data\": [{\"nik\": 1}, rahasia]}",
                "[".repeat(100_000),
                "[{\"nik\": \"" + "rahasia".repeat(1_000_000) + "\"}]")) {
            assertThatThrownBy(() -> text(bad))
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("a.json")
                    .hasMessageNotContaining("rahasia")
                    .hasNoCause();
        }
    }

    @Test
    void shouldRefuseOtherObjects() {
        assertThatThrownBy(() -> text("{\n\"nik\": 1\n}"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("larik");
        assertThatThrownBy(() -> text("[{\"x\": 1}]"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("expected fields");
        assertThatThrownBy(() -> text("[]")).isInstanceOf(TableException.class);
    }

    private Path json(String text) throws IOException {
        return file(folder, "a.json", text, StandardCharsets.UTF_8);
    }

    private List<String> text(String text) throws IOException, TableException {
        return written(rows(json(text)));
    }
}
