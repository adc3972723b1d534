package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.Row;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows below the headings are rows of the table: sheets have totals, signatures and the numbers of the columns there as
 * well. A row is one where any required column is filled that {@code --set} does not give, or the number of a person. One with
 * other personal data, such as a name, is one too while others follow: somebody forgot its NIK.
 */
final class TableRows {
    private static final int FEWEST_NUMBERS = 2;
    private static final Pattern NUMBER = Pattern.compile("\\s*[(\\[]?\\s*([0-9]{1,3})\\s*[)\\]]?\\.?\\s*");

    private final List<Column> required;
    private final List<Column> numbers;
    private final List<Column> personal;

    /** @param given names of columns that {@code --set} gives */
    TableRows(Profile profile, Set<String> given) {
        required = profile.columns().stream()
                .filter(column -> column.required() && !given.contains(column.name()))
                .toList();
        numbers = profile.columns().stream()
                .filter(column -> column.kind().isPerson())
                .toList();
        personal = profile.columns().stream()
                .filter(column -> column.kind() == Column.Kind.PERSONAL)
                .toList();
    }

    /** The columns of which a row of the table has one at least; empty = all rows are rows of the table. */
    List<Column> required() {
        return required;
    }

    /** Whether any required column, or the number of a person, is filled. */
    boolean isFilled(FirstLook.Opened table, Row row) {
        return required.isEmpty() || anyFilled(required, table, row) || anyFilled(numbers, table, row);
    }

    /**
     * Whether a row is one of the table.
     *
     * @param ordinal which row it is, from 0
     * @param lastRow the last one with a required column that is filled
     */
    boolean isOne(FirstLook.Opened table, Row row, long ordinal, long lastRow) {
        return isFilled(table, row) || (ordinal < lastRow && anyFilled(personal, table, row));
    }

    private static boolean anyFilled(List<Column> columns, FirstLook.Opened table, Row row) {
        for (Column column : columns) {
            List<Integer> places = table.places().get(column);
            if (places != null && !FirstLook.Opened.cell(row, places).text().isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row holds the numbers of the columns, {@code (1) (2) (3)}: it stands right below the headings. */
    static boolean isNumbering(long ordinal, Row row) {
        if (ordinal > 0) {
            return false;
        }
        int numbers = 0;
        int last = 0;
        for (Cell cell : row.cells()) {
            if (cell.isBlank()) {
                continue;
            }
            Matcher matcher = NUMBER.matcher(cell.text());
            if (!matcher.matches() || (numbers > 0 && Integer.parseInt(matcher.group(1)) != last + 1)) {
                return false;
            }
            last = Integer.parseInt(matcher.group(1));
            numbers++;
        }
        return numbers >= FEWEST_NUMBERS;
    }
}
