package id.cakupan.producers.tables;

import static id.cakupan.producers.tables.TableSamples.file;
import static id.cakupan.producers.tables.TableSamples.open;
import static id.cakupan.producers.tables.TableSamples.rows;
import static id.cakupan.producers.tables.TableSamples.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectedRowsTest {
    /** The apostrophe that says that a cell is no formula. */
    private static final Pattern HARMLESS = Pattern.compile("^'(?=[=+@-])");

    private static final String ERROR = "NIK harus tepat 16 digit; \"x\" / A NIK has exactly 16 digits.";
    private static final String QUOTED_ERROR = "\"" + ERROR.replace("\"", "\"\"") + "\"";
    private static final int SEEDS = 150;

    @TempDir
    Path folder;

    @Test
    void shouldKeepTheFormOfACsv() throws Exception {
        Path rejects = rejects(file(
                folder,
                "a.csv",
                "Judul\nNIK;Nama;;Ket\n1;\"a;\"\"b\"\"\nc\";;\n2;x;y;z;w\n3;\"q\n",
                StandardCharsets.UTF_8));

        assertThat(Files.readString(rejects))
                .isEqualTo("\ufeffNIK;Nama;;Ket;error\r\n"
                        + "1;\"a;\"\"b\"\"\nc\";;;" + QUOTED_ERROR + "\r\n"
                        + "2;x;y;z;" + QUOTED_ERROR + ";w\r\n"
                        + "\"3;\"\"q\";;;;" + QUOTED_ERROR + "\r\n");
    }

    @Test
    void shouldBeOnlyTheOwnersAndMadeAtTheFirstReject() throws Exception {
        Path source = file(folder, "a.csv", "NIK\n1\n", StandardCharsets.UTF_8);
        Path file = folder.resolve("rejects.csv");
        Files.writeString(file, "older");
        try (TableReader table = open(source);
                RejectedRows rejects = new RejectedRows(file, Tables.Format.CSV, table)) {
            assertThat(rejects.isWritten()).isFalse();
            assertThat(file).hasContent("older");
            rejects.add(new Row(2, List.of(Cell.ofText("1"))), ERROR);
            assertThat(rejects.isWritten()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(file)).doesNotContain("older");
        assertThat(folder.resolve("rejects.older-1.csv")).hasContent("older");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepOlderRejectsUnlessTheySayTheSame(Tables.Format format) throws Exception {
        List<List<String>> table = List.of(List.of("NIK", "Nama"), List.of("1", "a"), List.of("2", "b"));
        Path source = write(format, table, new Random(1));
        Path file = folder.resolve("a.x");

        assertThat(rejected(source, file, "first")).isNull();
        assertThat(rejected(source, file, "first")).isNull();
        assertThat(rejected(source, file, "second")).isEqualTo(folder.resolve("a.older-1.x"));
        assertThat(rejected(source, file, "third")).isEqualTo(folder.resolve("a.older-2.x"));

        assertThat(Tables.isRejects(file)).isTrue();
        assertThat(Tables.isRejects(source)).isFalse();
        List<String> errors = new ArrayList<>();
        for (String name : List.of("a.older-1.x", "a.older-2.x", "a.x")) {
            List<String> row = texts(folder.resolve(name)).get(0);
            errors.add(row.get(row.size() - 1));
        }
        assertThat(errors).containsExactly("first", "second", "third");
        assertThat(folder.resolve("a.older-3.x")).doesNotExist();
    }

    private static @Nullable Path rejected(Path source, Path file, String error) throws IOException, TableException {
        try (TableReader table = open(source)) {
            RejectedRows rejects = new RejectedRows(file, Tables.formatOf(source), table);
            for (Row row : rows(table)) {
                rejects.add(row, error);
            }
            rejects.close();
            return rejects.older();
        }
    }

    @Test
    void shouldMoveALinkAndNotFollowIt() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path file = Files.createSymbolicLink(folder.resolve("r.csv"), precious);

        rejected(file(folder, "a.csv", "NIK\n1\n", StandardCharsets.UTF_8), file, ERROR);

        assertThat(precious).hasContent("precious");
        assertThat(file).isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("r.older-1.csv"))).isTrue();
    }

    @Test
    void shouldMakeNoFileWithoutRejects() throws Exception {
        Path file = folder.resolve("rejects.csv");
        try (TableReader table = open(file(folder, "a.csv", "NIK\n1\n", StandardCharsets.UTF_8))) {
            new RejectedRows(file, Tables.Format.CSV, table).close();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldReplaceTheErrorOfAnEarlierRun() throws Exception {
        Path rejects = rejects(file(folder, "a.csv", "NIK;Error;Nama\n1;old;a\n2;old;b;c\n", StandardCharsets.UTF_8));

        try (TableReader table = open(rejects)) {
            assertThat(table.headings()).containsExactly("NIK", "Nama", "error");
            assertThat(written(rows(table)))
                    .containsExactly("2: 1|a|" + ERROR, "3: 2|b|" + ERROR + " !ROW_TOO_WIDE +c");
        }
    }

    @Test
    void shouldKeepObjectsOfJson() throws Exception {
        Path rejects = rejects(file(
                folder,
                "a.json",
                "[{\"nik\": 3573010101900011, \"nilai\": 5380803707.15, \"aktif\": true, \"error\": \"old\"},"
                        + "{\"nik\": \"\\u202e\\\"1\\\"\", \"nama\": null}]",
                StandardCharsets.UTF_8));

        assertThat(Files.readString(rejects))
                .containsSubsequence(
                        "[ {\n",
                        "\"nik\" : 3573010101900011,\n",
                        "\"nilai\" : 5380803707.15,\n",
                        "\"aktif\" : true,\n",
                        "\"nama\" : null,\n",
                        "\"error\" : ");
        JsonNode all = new ObjectMapper().readTree(rejects.toFile());
        assertThat(all.get(0).get("error").asText()).isEqualTo(ERROR);
        assertThat(all.get(1).get("nik").asText()).isEqualTo("\u202e\"1\"");
        assertThat(all.get(1).fieldNames()).toIterable().containsExactly("nik", "nilai", "aktif", "nama", "error");
        assertThat(all.get(1).get("nama").isNull()).isTrue();
    }

    @Test
    void shouldWriteTextIntoTheCellsOfAnXlsx() throws Exception {
        Path source = folder.resolve("a.xlsx");
        try (OutputStream out = Files.newOutputStream(source);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("x");
            sheet.value(0, 0, "NIK");
            sheet.value(1, 0, 3573010101900011L);
            sheet.value(2, 0, 3573010101900010L);
        }

        Path rejects = rejects(source);

        try (ReadableWorkbook workbook = new ReadableWorkbook(rejects.toFile())) {
            var row = workbook.getFirstSheet().read().get(1);
            assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(row.getCell(0).asString()).isEqualTo("3573010101900011");
            assertThat(row.getCell(1).asString()).isEqualTo(ERROR);
            assertThat(workbook.getFirstSheet().read().get(2).getCell(0).getType())
                    .as("a rounded number, to be refused again")
                    .isEqualTo(CellType.NUMBER);
        }
    }

    @Test
    void shouldWriteNoFormulaIntoACsv() throws Exception {
        Path rejects = rejects(file(
                folder,
                "a.csv",
                "NIK;Nama\n1;\"=HYPERLINK(\"\"http://x\"\")\"\n2;@SUM(1)\n3;-1\n4;+62\n",
                StandardCharsets.UTF_8));

        assertThat(Files.readString(rejects)).contains(";\"'=HYPERLINK(", ";'@SUM(1);", ";'-1;", ";'+62;");
        assertThat(texts(rejects).stream().map(row -> row.get(1)))
                .containsExactly("=HYPERLINK(\"http://x\")", "@SUM(1)", "-1", "+62");
    }

    /** Whatever stands in the cells: what was rejected can be read again, cell by cell. */
    @Test
    void shouldReadAgainWhatWasRejected() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<List<String>> table = table(random);
            for (Tables.Format format : Tables.Format.values()) {
                Path source = write(format, table, random);
                List<List<String>> before = texts(source);
                List<List<String>> after = texts(rejects(source));
                for (List<String> row : after) {
                    assertThat(row.remove(row.size() - 1)).isEqualTo(ERROR);
                }
                assertThat(before).as("%s, seed %d", format, seed).hasSize(table.size() - 1);
                assertThat(after).as("%s, seed %d", format, seed).isEqualTo(before);
            }
        }
    }

    /** A program that knows nothing of ours reads the same cells. */
    @Test
    void shouldReadWhatAnotherReaderReads() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Path source = write(Tables.Format.CSV, table(random), random);
            char separator;
            try (CsvTable table = (CsvTable) open(source)) {
                separator = table.separator();
            }
            List<List<String>> expected = new ArrayList<>();
            try (CsvReader<CsvRecord> csv =
                    CsvReader.builder().fieldSeparator(separator).ofCsvRecord(source)) {
                csv.stream()
                        .skip(1)
                        .forEach(row -> expected.add(row.getFields().stream()
                                .map(text -> Cell.ofText(HARMLESS.matcher(text).replaceFirst(""))
                                        .text())
                                .toList()));
            }
            assertThat(texts(source)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private Path rejects(Path source) throws IOException, TableException {
        Tables.Format format = Tables.formatOf(source);
        Path file = folder.resolve("rejects");
        try (TableReader table = open(source);
                RejectedRows rejects = new RejectedRows(file, format, table)) {
            for (Row row : rows(table)) {
                rejects.add(row, ERROR);
            }
        }
        return file;
    }

    private static List<List<String>> texts(Path file) throws IOException, TableException {
        List<List<String>> texts = new ArrayList<>();
        for (Row row : rows(file)) {
            assertThat(row.fault()).isNull();
            List<String> cells = new ArrayList<>();
            row.cells().forEach(cell -> cells.add(cell.text()));
            texts.add(cells);
        }
        return texts;
    }

    /** Headings and rows of texts with everything that may need care, none of them blank throughout. */
    private static List<List<String>> table(Random random) {
        List<String> pieces = List.of(
                "a", "\"", "\"\"", ";", ",", "\t", "|", "\n", " ", "'", "é", "宋", "😀", "\u202e", "=1+1", "0", "&amp;",
                "<b>");
        int width = 2 + random.nextInt(4);
        List<List<String>> table = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("NIK"));
        for (int i = 1; i < width; i++) {
            headings.add("Kolom; " + i);
        }
        table.add(headings);
        int rows = 1 + random.nextInt(6);
        for (int row = 0; row < rows; row++) {
            List<String> cells = new ArrayList<>(List.of("1"));
            for (int i = 1; i < width; i++) {
                StringBuilder cell = new StringBuilder();
                for (int n = random.nextInt(6); n > 0; n--) {
                    cell.append(pieces.get(random.nextInt(pieces.size())));
                }
                cells.add(cell.toString());
            }
            table.add(cells);
        }
        return table;
    }

    private Path write(Tables.Format format, List<List<String>> table, Random random) throws IOException {
        Path file = folder.resolve("source");
        Files.deleteIfExists(file);
        switch (format) {
            case CSV -> {
                char separator = ";,\t|".charAt(random.nextInt(4));
                try (CsvWriter csv =
                        CsvWriter.builder().fieldSeparator(separator).build(file)) {
                    table.forEach(csv::writeRecord);
                }
            }
            case XLSX -> {
                try (OutputStream out = Files.newOutputStream(file);
                        Workbook workbook = new Workbook(out, "test", "1.0")) {
                    Worksheet sheet = workbook.newWorksheet("x");
                    for (int row = 0; row < table.size(); row++) {
                        for (int i = 0; i < table.get(row).size(); i++) {
                            sheet.value(row, i, table.get(row).get(i));
                        }
                    }
                }
            }
            case JSON -> {
                List<Map<String, String>> objects = new ArrayList<>();
                for (List<String> row : table.subList(1, table.size())) {
                    Map<String, String> object = new LinkedHashMap<>();
                    for (int i = 0; i < row.size(); i++) {
                        object.put(table.get(0).get(i), row.get(i));
                    }
                    objects.add(object);
                }
                new ObjectMapper().writeValue(file.toFile(), objects);
            }
        }
        return file;
    }
}
