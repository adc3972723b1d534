package id.cakupan.producers.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** One format of a file of rejected rows. */
interface RejectedOutput extends Closeable {
    /** Adds a row: its cells, the error, and the cells that stand right of it. */
    void add(List<Cell> cells, String error, List<Cell> surplus) throws IOException;

    /** Starts an empty file that is there. */
    static RejectedOutput create(Path file, Tables.Format format, List<String> headings, TableReader of)
            throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        return switch (format) {
            case CSV -> new Csv(out, of instanceof CsvTable csv ? csv.separator() : ';', headings);
            case XLSX -> new Xlsx(out, headings);
            case JSON -> new Json(out, headings);
        };
    }

    /** UTF-8 with a byte order mark, so that Excel knows it. */
    final class Csv implements RejectedOutput {
        private final CsvWriter csv;

        private Csv(OutputStream out, char separator, List<String> headings) throws IOException {
            out.write("\ufeff".getBytes(StandardCharsets.UTF_8));
            csv = CsvWriter.builder()
                    .fieldSeparator(separator)
                    .lineDelimiter(LineDelimiter.CRLF)
                    .build(out, StandardCharsets.UTF_8);
            List<String> first = new ArrayList<>(headings);
            first.add(Headings.ERROR);
            csv.writeRecord(first);
        }

        @Override
        public void add(List<Cell> cells, String error, List<Cell> surplus) throws IOException {
            List<String> texts = new ArrayList<>(cells.size() + 1 + surplus.size());
            cells.forEach(cell -> texts.add(CsvTable.harmless(cell.text())));
            texts.add(error);
            surplus.forEach(cell -> texts.add(CsvTable.harmless(cell.text())));
            try {
                csv.writeRecord(texts);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    /**
     * Text in every cell, but for a number that a spreadsheet has rounded: as text it would pass for a whole one when the file
     * is imported again. Rows are written out as they come.
     */
    final class Xlsx implements RejectedOutput {
        private static final int LONGEST_CELL = 32_767;
        private static final String TEXT_FORMAT = "@";
        private static final int ROWS_IN_MEMORY = 500;

        private final OutputStream out;
        private final Workbook workbook;
        private final Worksheet sheet;
        private int row;

        private Xlsx(OutputStream out, List<String> headings) throws IOException {
            this.out = out;
            workbook = new Workbook(out, "Cakupan", "1.0");
            sheet = workbook.newWorksheet("Ditolak");
            add(headings.stream().map(Cell::ofText).toList(), Headings.ERROR, List.of());
        }

        @Override
        public void add(List<Cell> cells, String error, List<Cell> surplus) throws IOException {
            int column = 0;
            for (Cell cell : cells) {
                put(column++, cell);
            }
            put(column++, Cell.ofText(error));
            for (Cell cell : surplus) {
                put(column++, cell);
            }
            row++;
            if (row % ROWS_IN_MEMORY == 0) {
                sheet.flush();
            }
        }

        private void put(int column, Cell cell) {
            String text = cell.text();
            if (text.isEmpty()) {
                return;
            }
            if (cell.isRounded()) {
                sheet.value(row, column, new BigDecimal(text));
                sheet.style(row, column).format(TEXT_FORMAT).set();
            } else {
                sheet.inlineString(row, column, text.substring(0, Math.min(text.length(), LONGEST_CELL)));
            }
        }

        @Override
        public void close() throws IOException {
            workbook.finish();
            out.close();
        }
    }

    /** An array of objects, all with all fields, so that the file still has its columns when they are empty. */
    final class Json implements RejectedOutput {
        private final JsonGenerator json;
        private final List<String> headings;

        private Json(OutputStream out, List<String> headings) throws IOException {
            json = new JsonFactory().createGenerator(out);
            this.headings = headings;
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartArray();
        }

        @Override
        public void add(List<Cell> cells, String error, List<Cell> surplus) throws IOException {
            json.writeStartObject();
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = cells.get(i);
                switch (cell.kind()) {
                    case BLANK -> json.writeNullField(headings.get(i));
                    case TEXT, DATE -> json.writeStringField(headings.get(i), cell.text());
                    case BOOLEAN -> json.writeBooleanField(headings.get(i), Boolean.parseBoolean(cell.text()));
                    case NUMBER -> {
                        json.writeFieldName(headings.get(i));
                        json.writeNumber(cell.text());
                    }
                }
            }
            json.writeStringField(Headings.ERROR, error);
            json.writeEndObject();
        }

        @Override
        public void close() throws IOException {
            json.writeEndArray();
            json.close();
        }
    }
}
