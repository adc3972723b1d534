package id.cakupan.dashboard.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Iterator;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Writes a table as a workbook of two sheets: what it is, and the rows. Cells of text are texts, never formulas. */
final class XlsxTable {
    private static final int FLUSH_ROWS = 1_000;
    private static final int MOST_ROWS = 1_048_575;
    private static final int LONGEST_TEXT = 32_767;
    private static final double HEADING_WIDTH = 28;
    private static final double TEXT_WIDTH = 100;
    private static final double COLUMN_WIDTH = 18;

    private XlsxTable() {}

    static <R> void write(Table<R> table, Texts texts, OutputStream out) throws IOException {
        Workbook workbook = new Workbook(out, "Cakupan", null);
        about(workbook.newWorksheet(texts.get("sheet.about")), table);
        Worksheet sheet = workbook.newWorksheet(texts.get("sheet.rows"));
        headings(sheet, table, texts);
        int line = 1;
        for (Iterator<R> rows = table.rows().iterator(); rows.hasNext() && line <= MOST_ROWS; line++) {
            R row = rows.next();
            for (int i = 0; i < table.columns().size(); i++) {
                cell(sheet, line, i, table.columns().get(i), row);
            }
            if (line % FLUSH_ROWS == 0) {
                sheet.flush();
            }
        }
        workbook.finish();
    }

    private static void about(Worksheet sheet, Table<?> table) throws IOException {
        sheet.width(0, HEADING_WIDTH);
        sheet.width(1, TEXT_WIDTH);
        sheet.value(0, 0, SafeText.xml(table.title()));
        sheet.style(0, 0).bold().fontSize(14).set();
        int line = 2;
        for (Table.Fact fact : table.facts()) {
            sheet.value(line, 0, SafeText.xml(fact.heading()));
            sheet.value(line, 1, SafeText.xml(fact.text()));
            sheet.style(line, 0).bold().verticalAlignment("top").set();
            sheet.style(line, 1).wrapText(true).set();
            line++;
        }
        sheet.finish();
    }

    private static <R> void headings(Worksheet sheet, Table<R> table, Texts texts) {
        sheet.freezePane(0, 1);
        sheet.repeatRows(0);
        for (int i = 0; i < table.columns().size(); i++) {
            sheet.width(i, COLUMN_WIDTH);
            sheet.value(0, i, texts.get(table.columns().get(i).key()));
            sheet.style(0, i).bold().wrapText(true).set();
        }
    }

    private static <R> void cell(Worksheet sheet, int line, int place, Column<R> column, R row) {
        @Nullable Object value = column.value().apply(row);
        if (value == null) {
            return;
        }
        if (value instanceof LocalDate day) {
            sheet.value(line, place, day);
            sheet.style(line, place).format("yyyy-mm-dd").set();
        } else if (value instanceof Number number) {
            sheet.value(line, place, number);
            if (column.kind() == Column.Kind.RATIO) {
                sheet.style(line, place).format("0.0%").set();
            }
        } else {
            String text = SafeText.xml(value.toString());
            sheet.inlineString(line, place, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
            sheet.style(line, place).format("@").set();
        }
    }
}
