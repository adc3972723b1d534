package id.cakupan.distribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table for people: columns as wide as their widest cell, numbers at the right.
 *
 * @param columns from left to right
 * @param <R> a row's content
 */
record Table<R>(List<Column<R>> columns) {
    private static final int LONGEST_TEXT = 44;
    private static final String GAP = "  ";

    /**
     * A column.
     *
     * @param title its heading
     * @param atRight whether its cells, like numbers, stand at the right
     * @param cell text of a row's cell
     */
    record Column<R>(String title, boolean atRight, Function<R, String> cell) {}

    static <R> Column<R> text(String title, Function<R, @Nullable String> cell) {
        return new Column<>(title, false, row -> shortened(cell.apply(row)));
    }

    static <R> Column<R> number(String title, Function<R, Long> cell) {
        return new Column<>(title, true, row -> number(cell.apply(row)));
    }

    static <R> Column<R> atRight(String title, Function<R, String> cell) {
        return new Column<>(title, true, cell);
    }

    /** Heading and one line a row, none with spaces at its end. */
    List<String> lines(List<R> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::title).toList());
        rows.forEach(row -> cells.add(
                columns.stream().map(column -> column.cell().apply(row)).toList()));
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns.size(), 0));
        for (List<String> line : cells) {
            for (int i = 0; i < widths.size(); i++) {
                widths.set(i, Math.max(widths.get(i), width(line.get(i))));
            }
        }
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths.get(i) - width(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).atRight() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shortened(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return width(plain) <= LONGEST_TEXT
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }

    /** A whole number with separators for thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share such as {@code 41.3 %}; a dash when there is none. */
    static String share(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
