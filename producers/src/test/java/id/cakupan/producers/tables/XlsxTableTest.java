package id.cakupan.producers.tables;

import static id.cakupan.producers.tables.TableSamples.HAS_NIK;
import static id.cakupan.producers.tables.TableSamples.open;
import static id.cakupan.producers.tables.TableSamples.rows;
import static id.cakupan.producers.tables.TableSamples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XlsxTableTest {
    private static final String HEADINGS = row(1, inline("NIK") + inline("Isi"));

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatAnotherProgramWrote() throws Exception {
        Path file = write(workbook -> {
            Worksheet sheet = workbook.newWorksheet("Pekerja");
            sheet.value(0, 0, "Daftar Pekerja");
            sheet.range(0, 0, 0, 5).merge();
            sheet.value(1, 1, LocalDate.of(2025, 5, 1));
            sheet.style(1, 1).format("dd/mm/yyyy").set();
            sheet.hideRow(1);
            List<String> headings = List.of("", "NIK", "Nama", "Tgl", "Upah", "Aktif", "Jam", "");
            for (int i = 0; i < headings.size(); i++) {
                sheet.value(3, i, headings.get(i));
            }
            sheet.value(4, 1, "3573010101900011");
            sheet.value(4, 2, "Siti & <b>Budi</b>\nx");
            sheet.value(4, 3, LocalDateTime.of(2025, 7, 16, 23, 59, 59));
            sheet.style(4, 3).format("dd-mmm-yy hh:mm").set();
            sheet.value(4, 4, 1_375_000.5);
            sheet.value(4, 5, true);
            sheet.value(4, 6, 0.5);
            sheet.style(4, 6).format("hh:mm").set();
            sheet.value(7, 1, 3573010101900011L);
            sheet.value(7, 4, 2_500_000);
            sheet.value(7, 9, "catatan");
        });

        try (TableReader table = open(file)) {
            assertThat(table.headings()).containsExactly("", "NIK", "Nama", "Tgl", "Upah", "Aktif", "Jam");
            List<Row> rows = rows(table);
            assertThat(written(rows))
                    .containsExactly(
                            "5: |3573010101900011|Siti & <b>Budi</b>\nx|2025-07-16|1375000.5|true|0.5",
                            "8: |3573010101900011|||2500000|| !ROW_TOO_WIDE +||catatan");
            assertThat(rows.get(0).cells())
                    .extracting(Cell::kind)
                    .containsExactly(
                            Cell.Kind.BLANK,
                            Cell.Kind.TEXT,
                            Cell.Kind.TEXT,
                            Cell.Kind.DATE,
                            Cell.Kind.NUMBER,
                            Cell.Kind.BOOLEAN,
                            Cell.Kind.NUMBER);
            assertThat(rows.get(1).cells().get(1).kind()).isEqualTo(Cell.Kind.NUMBER);
            assertThat(table.bytesRead()).isBetween(1L, Files.size(file));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3573010101900011, 3573010101900011",
        "3.57301010190001E+15, 3.57301010190001E+15",
        "3.57301E+15, 3.57301E+15",
        "1.375E9, 1375000000",
        "1.375E+9, 1375000000",
        "5380803707.1499996, 5380803707.15",
        "0.10000000000000001, 0.1",
        "1E-7, 0.0000001",
        "1E-300, 1E-300",
        "-5, -5",
        "0.0, 0",
        "12345678901234567890, 12345678901234567890",
    })
    void shouldKeepNumbersAsStored(String stored, String text) throws Exception {
        Cell cell = cell("<c><v>" + stored + "</v></c>");

        assertThat(cell).isEqualTo(new Cell(Cell.Kind.NUMBER, text));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 45854, DATE, 2025-07-16",
        "1, 45854.999999, DATE, 2025-07-16",
        "1, 45853.9999999999, DATE, 2025-07-16",
        "2, 45854, DATE, 2025-07-16",
        "5, 45854.25, DATE, 2025-07-16",
        "1, 61, DATE, 1900-03-01",
        "1, 59, DATE, 1900-02-28",
        "1, 1, DATE, 1900-01-01",
        "1, 2958465, DATE, 9999-12-31",
        "1, 2958466, NUMBER, 2958466",
        "1, 0, NUMBER, 0",
        "1, -1, NUMBER, -1",
        "0, 45854, NUMBER, 45854",
        "3, 45854, NUMBER, 45854",
        "4, 0.5, NUMBER, 0.5",
        "99, 5, NUMBER, 5",
    })
    void shouldKnowDatesByTheirFormat(int style, String stored, Cell.Kind kind, String text) throws Exception {
        Cell cell = cell("<c s='" + style + "'><v>" + stored + "</v></c>");

        assertThat(cell).isEqualTo(new Cell(kind, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            dd/mm/yyyy~true
            d-mmm-yy~true
            mmm-yy~true
            yyyy\\-mm\\-dd\\ hh:mm:ss~true
            [$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy~true
            [$-id-ID]d\\ mmmm\\ yyyy;@~true
            hh:mm:ss~false
            [h]:mm~false
            mm:ss.0~false
            General~false
            0~false
            #,##0.00~false
            [Red]#,##0;[Blue]-#,##0~false
            "Hari "0~false
            \\d0~false
            _(* #,##0_);_(* \\(#,##0\\)~false
            @~false
            """)
    void shouldKnowFormatsOfDates(String format, boolean date) {
        assertThat(XlsxText.isDate(format)).isEqualTo(date);
    }

    @Test
    void shouldCountDaysFrom1904() throws Exception {
        Path file = new XlsxParts()
                .from1904()
                .rows(HEADINGS + row(2, inline("1") + "<c s='1'><v>44392</v></c>"))
                .write(folder.resolve("a.xlsx"));

        assertThat(written(rows(file))).containsExactly("2: 1|2025-07-16");
    }

    @Test
    void shouldReadSharedAndInlineStrings() throws Exception {
        Path file = new XlsxParts()
                .strings(
                        "<t>NIK</t>",
                        "<r><t xml:space='preserve'>Si</t></r><r><rPr/><t>ti</t></r><rPh><t>x</t></rPh>",
                        "<t>a_x000D_&#10;b &amp; c</t>",
                        "<t> </t>")
                .rows("<row><c t='s'><v>0</v></c></row><row><c t='s'><v>1</v></c></row>"
                        + "<row><c t='s'><v>2</v></c></row><row><c t='s'><v>3</v></c></row>"
                        + "<row><c t='inlineStr'><is><r><t>x</t></r><r><t>y</t></r></is></c></row>")
                .write(folder.resolve("a.xlsx"));

        assertThat(written(rows(file))).containsExactly("2: Siti", "3: a\r\nb & c", "5: xy");
    }

    @Test
    void shouldTakeTheCachedValueOfAFormulaAndTellErrors() throws Exception {
        Path file = new XlsxParts()
                .rows(HEADINGS
                        + row(2, "<c><f>A1</f><v>7</v></c><c t='str'><f>A1</f><v>x</v></c>")
                        + row(3, "<c><v>1</v></c><c t='str'><f>A1</f><v></v></c>")
                        + row(4, "<c><v>1</v></c><c t='e'><f>A1</f><v>#N/A</v></c>")
                        + row(5, "<c><v>1</v></c><c><f>A1</f></c>")
                        + row(6, "<c><v>1</v></c><c s='1'><f>A1</f><v>45854</v></c><c t='e'><v>#REF!</v></c>")
                        + row(7, "<c t='d'><v>2025-07-16T00:00:00</v></c><c t='b'><v>0</v></c>"))
                .write(folder.resolve("a.xlsx"));

        assertThat(written(rows(file)))
                .containsExactly(
                        "2: 7|x",
                        "3: 1|",
                        "4: 1|#N/A !CELL_ERROR",
                        "5: 1| !CELL_UNCALCULATED",
                        "6: 1|2025-07-16 !ROW_TOO_WIDE +#REF!",
                        "7: 2025-07-16|false");
    }

    @Test
    void shouldChooseTheSheet() throws Exception {
        Path file = write(workbook -> {
            workbook.newWorksheet("Kosong");
            Worksheet hidden = workbook.newWorksheet("Daftar");
            hidden.value(0, 0, "NIK");
            hidden.value(1, 0, "hidden");
            hidden.setVisibilityState(VisibilityState.HIDDEN);
            workbook.newWorksheet("Judul").value(0, 0, "apa saja");
            Worksheet first = workbook.newWorksheet("Mei");
            first.value(0, 0, "NIK");
            first.value(1, 0, "may");
            Worksheet second = workbook.newWorksheet("Juni 2025");
            second.value(0, 0, "NIK");
            second.value(1, 0, "june");
        });

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("Mei, Juni 2025")
                .hasMessageContaining("--sheet");
        assertThat(sheet(file, "Mei")).containsExactly("2: may");
        assertThat(sheet(file, "juni 2025 ")).containsExactly("2: june");
        assertThat(sheet(file, "Daftar")).containsExactly("2: hidden");
        assertThatThrownBy(() -> sheet(file, "Juli"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("Kosong, Daftar, Judul, Mei, Juni 2025");
        assertThatThrownBy(() -> sheet(file, "Judul")).isInstanceOf(TableException.class);
    }

    @Test
    void shouldNameHeadingsThatStandTwice() throws Exception {
        Path file = new XlsxParts()
                .rows(row(1, inline("NIK") + inline("Nama") + inline("nama")))
                .write(folder.resolve("a.xlsx"));

        assertThatThrownBy(() -> open(file)).isInstanceOf(TableException.class).hasMessageContaining("nama");
    }

    @Test
    void shouldSayWhatOtherZipsAre() throws Exception {
        assertRefused(zip("mimetype", "content.xml"), ".ods");
        assertRefused(zip("xl/workbook.bin"), ".xlsb");
        assertRefused(zip("data.csv"), "arsip zip");
        assertRefused(zip("_rels/.rels", "word/document.xml"), "bukan buku kerja");
        byte[] whole = Files.readAllBytes(new XlsxParts().rows(HEADINGS).write(folder.resolve("whole")));
        assertRefused(Files.write(folder.resolve("a.xlsx"), Arrays.copyOf(whole, whole.length / 2)), "terpotong");
    }

    @Test
    void shouldRefuseABombWithoutInflatingIt() throws Exception {
        byte[] bomb = new byte[200 << 20];
        Arrays.fill(bomb, (byte) ' ');
        Path sheet = new XlsxParts().put("xl/worksheets/sheet1.xml", bomb).write(folder.resolve("sheet.xlsx"));
        assertThat(Files.size(sheet)).isLessThan(1 << 20);
        assertThatThrownBy(() -> open(sheet)).isInstanceOf(TableException.class).hasMessageContaining("inflates");

        Path strings =
                new XlsxParts().rows(HEADINGS).put("xl/sharedStrings.xml", bomb).write(folder.resolve("strings.xlsx"));
        assertThatThrownBy(() -> open(strings))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("inflates");
    }

    @Test
    void shouldRefuseMoreSharedStringsThanFitIntoMemory() throws Exception {
        String[] strings = new String[1000];
        Arrays.fill(strings, "<t>NIK</t>");
        Path file = new XlsxParts().strings(strings).rows(HEADINGS).write(folder.resolve("a.xlsx"));

        XlsxPackage.open(file, 100_000).close();
        assertThatThrownBy(() -> XlsxPackage.open(file, 50_000))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("CSV");
    }

    @Test
    void shouldStandHostileXml() throws Exception {
        String laughs = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                + "<!ENTITY c SYSTEM 'file:///etc/hostname'>]>";
        for (String entity : List.of("&b;", "&c;")) {
            Path file = new XlsxParts()
                    .put(
                            "xl/worksheets/sheet1.xml",
                            laughs + "<worksheet><sheetData>" + HEADINGS + row(2, inline("1" + entity))
                                    + "</sheetData></worksheet>")
                    .write(folder.resolve("entity.xlsx"));
            assertDamagedOrWithout(file, "aaaa");
        }
        assertDamaged(HEADINGS + "<row r='2'><c r='ZZZZZZ1'><v>1</v></c></row>");
        assertDamaged(HEADINGS + "<row r='2'><c r='XFE2'><v>1</v></c></row>");
        assertDamaged(HEADINGS + "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>");
        assertDamaged(HEADINGS + "<row r='2'><c t='s'><v>999999999</v></c></row>");
        assertDamaged(HEADINGS + "<row r='2'><c t='s'><v>-1</v></c></row>");
        assertDamaged(HEADINGS + "<row r='x'><c><v>1</v></c></row>");
        assertDamaged(HEADINGS + "<row r='2'><c><v>1</v></row>");
        assertDamaged(HEADINGS + "<row r='2'><c><v>rahasia");
    }

    @Test
    void shouldCutACellAtTheLengthThatASpreadsheetAllows() throws Exception {
        Cell cell = cell(inline("x".repeat(1_000_000)));

        assertThat(cell.text()).hasSize(XlsxSheet.LONGEST_CELL);
    }

    @Test
    void shouldReadAMillionCellsOfARowOnlyAsFarAsThereAreColumns() throws Exception {
        assertDamaged(HEADINGS + "<row r='2'>" + "<c><v>1</v></c>".repeat(20_000) + "</row>");
    }

    private Cell cell(String xml) throws IOException, TableException {
        Path file = new XlsxParts().rows(HEADINGS + row(2, inline("1") + xml)).write(folder.resolve("a.xlsx"));
        return rows(file).get(0).cells().get(1);
    }

    private List<String> sheet(Path file, String name) throws IOException, TableException {
        try (TableReader table = Tables.open(file, HAS_NIK, name, null)) {
            return written(rows(table));
        }
    }

    private void assertDamaged(String rows) throws IOException {
        Path file = new XlsxParts().strings("<t>x</t>").rows(rows).write(folder.resolve("damaged.xlsx"));
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(IOException.class)
                .hasMessage(DamagedException.damaged().getMessage())
                .hasNoCause();
    }

    private static void assertDamagedOrWithout(Path file, String text) throws TableException {
        try {
            assertThat(written(rows(file)).toString()).doesNotContain(text);
        } catch (IOException e) {
            assertThat(e).hasMessage(DamagedException.damaged().getMessage());
        }
    }

    private static void assertRefused(Path file, String part) {
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("'a.xlsx'")
                .hasMessageContaining(part);
    }

    private Path zip(String... names) throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("<a/>".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private Path write(Consumer<Workbook> content) throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            content.accept(workbook);
        }
        return file;
    }

    private static String row(int number, String cells) {
        return "<row r='" + number + "'>" + cells + "</row>";
    }

    private static String inline(String text) {
        return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
    }
}
