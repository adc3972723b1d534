package id.cakupan.producers.tables;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import id.cakupan.publisher.OwnerOnlyFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** An empty table to fill in. */
public final class TemplateFile {
    /**
     * A column to fill in.
     *
     * @param indonesian what belongs in it, in Indonesian
     * @param english the same in English
     * @param example a value, of an invented person
     */
    public record Column(String heading, boolean required, String indonesian, String english, String example) {}

    /** Name of the sheet that explains the columns: never the one to be read. */
    static final String HELP_SHEET = "Petunjuk";

    private static final int LONGEST_SHEET_NAME = 31;
    private static final int WIDTH = 24;
    private static final int WIDTH_OF_TEXT = 60;
    private static final String TEXT = "@";

    private TemplateFile() {}

    /**
     * Writes a .csv with the headings, or an .xlsx whose columns are text and whose second sheet explains them. Only its owner
     * can read it, since NIK and names are to be filled in.
     *
     * @param title name of the sheet
     * @throws java.nio.file.FileAlreadyExistsException if there is a file already
     */
    public static void write(Path file, List<Column> columns, String title) throws IOException {
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        OwnerOnlyFiles.create(file);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (csv) {
                writeCsv(out, columns);
            } else {
                writeXlsx(out, columns, title);
            }
        }
    }

    private static void writeCsv(OutputStream out, List<Column> columns) throws IOException {
        out.write("\ufeff".getBytes(StandardCharsets.UTF_8));
        try (CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(out, StandardCharsets.UTF_8)) {
            csv.writeRecord(columns.stream().map(Column::heading).toList());
        }
    }

    private static void writeXlsx(OutputStream out, List<Column> columns, String title) throws IOException {
        Workbook workbook = new Workbook(out, "Cakupan", "1.0");
        Worksheet table = workbook.newWorksheet(sheetName(title));
        for (int i = 0; i < columns.size(); i++) {
            table.style(i).format(TEXT).set();
            table.width(i, WIDTH);
            table.inlineString(0, i, columns.get(i).heading());
            table.style(0, i).bold().format(TEXT).set();
        }
        table.freezePane(0, 1);

        Worksheet help = workbook.newWorksheet(HELP_SHEET);
        List<String> headings =
                List.of("Kolom / Column", "Wajib / Required", "Penjelasan", "Explanation", "Contoh / Example");
        for (int i = 0; i < headings.size(); i++) {
            help.width(i, i == 2 || i == 3 ? WIDTH_OF_TEXT : WIDTH);
            help.inlineString(0, i, headings.get(i));
            help.style(0, i).bold().set();
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            help.inlineString(i + 1, 0, column.heading());
            help.inlineString(i + 1, 1, column.required() ? "ya / yes" : "tidak / no");
            help.inlineString(i + 1, 2, column.indonesian());
            help.inlineString(i + 1, 3, column.english());
            help.inlineString(i + 1, 4, column.example());
        }
        workbook.finish();
    }

    private static String sheetName(String title) {
        String allowed = title.replaceAll("[/\\\\?*\\[\\]:]", " ").strip();
        return allowed.substring(0, Math.min(allowed.length(), LONGEST_SHEET_NAME))
                .strip();
    }
}
