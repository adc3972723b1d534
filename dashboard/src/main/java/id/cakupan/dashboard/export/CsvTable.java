package id.cakupan.dashboard.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table as CSV in UTF-8 with a byte order mark, as spreadsheets expect it. */
final class CsvTable {
    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);

    private CsvTable() {}

    static <R> void write(Table<R> table, Texts texts, Form form, OutputStream out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(form.separator())
                .lineDelimiter(LineDelimiter.CRLF)
                .build(out, StandardCharsets.UTF_8);
        writer.writeRecord(
                table.columns().stream().map(column -> texts.get(column.key())).toList());
        List<String> cells = new ArrayList<>();
        for (Iterator<R> rows = table.rows().iterator(); rows.hasNext(); ) {
            R row = rows.next();
            cells.clear();
            for (Column<R> column : table.columns()) {
                cells.add(cell(column.value().apply(row), form));
            }
            writer.writeRecord(cells);
        }
        writer.flush();
    }

    private static String cell(@Nullable Object value, Form form) {
        if (value == null) {
            return "";
        }
        if (value instanceof Number number) {
            return form.number(number);
        }
        return value instanceof LocalDate day ? form.day(day) : SafeText.cell(SafeText.xml(value.toString()));
    }
}
