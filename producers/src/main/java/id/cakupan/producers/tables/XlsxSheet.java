package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a worksheet, one at a time; rows without any cell are skipped. */
final class XlsxSheet implements Closeable {
    /** Longest text of a cell, in characters. */
    static final int LONGEST_CELL = 32_767;

    private static final int MOST_COLUMNS = 1 << 14;
    private static final int MOST_LETTERS = 3;
    private static final int LETTERS = 26;
    private static final int ISO_DAY = "yyyy-mm-dd".length();

    private final XlsxPackage workbook;
    private final CountedInput in;
    private final XmlPart xml;
    private final long size;
    private final StringBuilder text = new StringBuilder();

    private long number;
    private List<Cell> cells = List.of();
    private @Nullable BadEventReason fault;
    private int faultAt;

    XlsxSheet(XlsxPackage workbook, XlsxPackage.Sheet sheet) throws IOException {
        this.workbook = workbook;
        in = new CountedInput(workbook.content(sheet.part()));
        xml = new XmlPart(in);
        size = workbook.size(sheet.part());
    }

    /** Number of the row, from 1. */
    long number() {
        return number;
    }

    /** The cells from the first column on, as far as there are any. */
    List<Cell> cells() {
        return cells;
    }

    /** What is wrong with the row within its first columns, or null. */
    @Nullable
    BadEventReason fault(int columns) {
        return faultAt < columns ? fault : null;
    }

    /** How much of the sheet was read, from 0 to 1. */
    double progress() {
        return size == 0 ? 0 : Math.min(1, (double) in.count() / size);
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     */
    boolean next() throws IOException {
        while (xml.next()) {
            if (xml.isStart("row")) {
                readRow();
                if (!cells.isEmpty()) {
                    return true;
                }
            } else if (xml.isEnd("sheetData")) {
                return false;
            }
        }
        return false;
    }

    private void readRow() throws IOException {
        String written = xml.attribute("r");
        number = written == null ? number + 1 : positive(written);
        List<Cell> row = new ArrayList<>(cells.size());
        fault = null;
        while (!xml.isEnd("row") && xml.next()) {
            if (xml.isStart("c")) {
                String place = xml.attribute("r");
                int column = place == null ? row.size() : column(place);
                if (column < row.size() || column >= MOST_COLUMNS) {
                    throw DamagedException.damaged();
                }
                while (row.size() < column) {
                    row.add(Cell.BLANK_CELL);
                }
                row.add(readCell(column));
            }
        }
        cells = row;
    }

    private Cell readCell(int column) throws IOException {
        String type = xml.attribute("t");
        String style = xml.attribute("s");
        text.setLength(0);
        boolean valued = false;
        boolean formula = false;
        boolean inValue = false;
        String inline = null;
        while (!xml.isEnd("c") && xml.next()) {
            if (xml.isStart()) {
                String name = xml.name();
                inValue = name.equals("v");
                valued |= inValue;
                formula |= name.equals("f");
                if (name.equals("is")) {
                    inline = XlsxPackage.text(xml, "is");
                }
            } else if (inValue) {
                inValue = !xml.isEnd("v");
                if (inValue) {
                    xml.appendText(text, LONGEST_CELL);
                }
            }
        }
        if (inline != null) {
            return Cell.ofText(inline);
        }
        if (!valued || (text.isEmpty() && !"str".equals(type))) {
            if (formula) {
                fail(column, BadEventReason.CELL_UNCALCULATED);
            }
            return Cell.BLANK_CELL;
        }
        return cell(type == null ? "n" : type, style, text.toString(), column);
    }

    private Cell cell(String type, @Nullable String style, String value, int column) throws IOException {
        return switch (type) {
            case "s" -> Cell.ofText(workbook.string(positive(value)));
            case "str", "inlineStr" -> Cell.ofText(XlsxText.unescaped(value));
            case "b" -> new Cell(Cell.Kind.BOOLEAN, value.equals("1") || value.equals("true") ? "true" : "false");
            case "d" -> new Cell(Cell.Kind.DATE, value.substring(0, Math.min(value.length(), ISO_DAY)));
            case "n" -> number(style, value);
            default -> {
                fail(column, BadEventReason.CELL_ERROR);
                yield Cell.ofText(value);
            }
        };
    }

    private Cell number(@Nullable String style, String value) throws IOException {
        String stored = value.strip();
        if (style != null && workbook.isDateStyle(positive(style))) {
            String day = XlsxText.day(stored, workbook.from1904());
            if (day != null) {
                return new Cell(Cell.Kind.DATE, day);
            }
        }
        String number = XlsxText.number(stored);
        return number == null ? Cell.ofText(value) : new Cell(Cell.Kind.NUMBER, number);
    }

    private void fail(int column, BadEventReason reason) {
        if (fault == null) {
            fault = reason;
            faultAt = column;
        }
    }

    /** Column of a cell, from 0, by its place such as {@code AB12}. */
    private static int column(String place) throws IOException {
        int column = 0;
        int letters = 0;
        while (letters < place.length() && Character.isLetter(place.charAt(letters))) {
            int letter = Character.toUpperCase(place.charAt(letters)) - 'A';
            if (letter < 0 || letter >= LETTERS || letters == MOST_LETTERS) {
                throw DamagedException.damaged();
            }
            column = column * LETTERS + letter + 1;
            letters++;
        }
        if (letters == 0) {
            throw DamagedException.damaged();
        }
        return column - 1;
    }

    private static int positive(String digits) throws IOException {
        try {
            return Integer.parseUnsignedInt(digits.strip());
        } catch (NumberFormatException e) {
            throw DamagedException.damaged();
        }
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
