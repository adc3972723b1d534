package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.PlainText;
import id.cakupan.producers.tables.Row;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.IdForms;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an import as a dry run shows them: what was read below which heading, without personal data. Of a NIK
 * there are the first six digits, which say where it was issued; a cell that could not be read, or that no rule of the profile
 * reads, is hidden, since anything may stand in it.
 */
final class FirstRows {
    private static final int MOST = 5;
    private static final int LONGEST = 40;
    private static final String HIDDEN = "•••";
    private static final String CUT = "…";
    private static final Pattern NIK_NOISE = Pattern.compile("[\\s\\u00a0'.-]+");
    private static final Pattern NUMBER = Pattern.compile("([0-9]{6})[0-9]+");
    private static final Pattern WAGE = Pattern.compile("(?i)upah|gaji|wage|salary");

    /** Whether rows are about persons, so that a name may stand in any of their texts. */
    private final boolean aboutPersons;

    private final List<String> rows = new ArrayList<>();

    FirstRows(Profile profile) {
        aboutPersons = profile.columns().stream()
                .anyMatch(column -> column.kind().isPerson() || column.kind() == Column.Kind.PERSONAL);
    }

    /** Whether there are enough. */
    boolean isFull() {
        return rows.size() == MOST;
    }

    /**
     * Adds a row.
     *
     * @param headings of its table
     * @param places where in a row the columns stand
     * @param cells the row by name of the column
     * @param reader reads values
     */
    void add(
            List<String> headings,
            Row row,
            Map<Column, List<Integer>> places,
            Map<String, Cell> cells,
            RowEvents reader)
            throws IOException, PseudonymKeys.KeyFileException {
        Map<Integer, Column> byPlace = new HashMap<>();
        places.forEach((column, found) -> found.forEach(place -> byPlace.putIfAbsent(place, column)));
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            if (!headings.get(i).isBlank()) {
                Column column = byPlace.get(i);
                shown.add(heading(headings.get(i)) + "="
                        + value(
                                column,
                                row.cells().get(i),
                                column == null ? null : cells.get(column.name()),
                                cells,
                                reader));
            }
        }
        rows.add(row.number() + ": " + String.join(" | ", shown));
    }

    private static String heading(String heading) {
        return Nik.mayBeIn(heading) ? HIDDEN : cut(PlainText.clean(heading));
    }

    private String value(
            @Nullable Column column, Cell cell, @Nullable Cell used, Map<String, Cell> cells, RowEvents reader)
            throws IOException, PseudonymKeys.KeyFileException {
        if (cell.isBlank()) {
            return "";
        }
        if (column == null || !cell.equals(used) || isWage(column)) {
            return HIDDEN;
        }
        if (column.kind() == Column.Kind.NIK) {
            String digits = NIK_NOISE.matcher(cell.text()).replaceAll("");
            var number = NUMBER.matcher(digits);
            return number.matches() ? number.group(1) + CUT : HIDDEN;
        }
        if (column.kind().isPerson()) {
            return HIDDEN;
        }
        try {
            String value = reader.value(cells, column.name());
            return value == null || Nik.mayBeIn(value) || mayBeName(column, value) ? HIDDEN : cut(value);
        } catch (BadEvent e) {
            return HIDDEN;
        }
    }

    private boolean mayBeName(Column column, String value) {
        return aboutPersons
                && (column.kind() == Column.Kind.TEXT
                        || (column.kind() == Column.Kind.CODE && IdForms.mayBeName(value)));
    }

    private static boolean isWage(Column column) {
        return WAGE.matcher(column.name()).find()
                || column.headings().stream()
                        .anyMatch(heading -> WAGE.matcher(heading).find());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + CUT;
    }

    /** The rows, each a line. */
    List<String> lines() {
        return rows;
    }
}
