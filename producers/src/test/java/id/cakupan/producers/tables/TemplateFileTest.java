package id.cakupan.producers.tables;

import static id.cakupan.producers.tables.TableSamples.open;
import static id.cakupan.producers.tables.TableSamples.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFileTest {
    private static final List<TemplateFile.Column> COLUMNS = List.of(
            new TemplateFile.Column("NIK", true, "Nomor Induk Kependudukan", "National id", "3573010101900011"),
            new TemplateFile.Column("Tgl Mulai", false, "Hari pertama bekerja", "First day of work", "31-12-2025"));

    @TempDir
    Path folder;

    @Test
    void shouldWriteAnEmptySheetAndExplainIt() throws Exception {
        Path file = folder.resolve("a.xlsx");

        TemplateFile.write(file, COLUMNS, "Pekerja [Jakon]: daftar tenaga kerja proyek");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (TableReader table = open(file)) {
            assertThat(table.headings()).containsExactly("NIK", "Tgl Mulai");
            assertThat(rows(table)).isEmpty();
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
            assertThat(workbook.getSheets().map(Sheet::getName))
                    .containsExactly("Pekerja  Jakon   daftar tenaga", "Petunjuk");
            List<Row> help = workbook.findSheet("Petunjuk").orElseThrow().read();
            assertThat(help.get(1).stream().map(Cell::getText))
                    .containsExactly("NIK", "ya / yes", "Nomor Induk Kependudukan", "National id", "3573010101900011");
            assertThat(help).hasSize(3);
        }
    }

    @Test
    void shouldWriteHeadingsOfACsv() throws Exception {
        Path file = folder.resolve("a.CSV");

        TemplateFile.write(file, COLUMNS, "x");

        assertThat(Files.readString(file)).isEqualTo("\ufeffNIK;Tgl Mulai\r\n");
    }

    @Test
    void shouldNotReplaceAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x");

        assertThatThrownBy(() -> TemplateFile.write(file, COLUMNS, "x")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("x");
    }
}
