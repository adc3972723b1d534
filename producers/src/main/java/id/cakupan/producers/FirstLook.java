package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.Headings;
import id.cakupan.producers.tables.PlainText;
import id.cakupan.producers.tables.Recognised;
import id.cakupan.producers.tables.Row;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.TableReader;
import id.cakupan.publisher.Nik;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The look through a table before anything of it is sent, and the way to open it after that. */
final class FirstLook {
    /**
     * A table that was looked through.
     *
     * @param lastRow which is the last row that is one of the table, from 0; what follows is no table any more
     */
    record Known(TableFile file, Recognised table, RowEvents.Reading reading, long lastRow) {}

    /**
     * A table that is being read.
     *
     * @param places where in a row the columns of the profile stand
     */
    record Opened(Profile profile, Map<Column, List<Integer>> places, TableReader reader) {
        /** The cells of a row by the names of their columns. */
        Map<String, Cell> cells(Row row) {
            Map<String, Cell> cells = new HashMap<>();
            places.forEach((column, found) -> cells.put(column.name(), cell(row, found)));
            return cells;
        }

        /**
         * The headings of columns as they stand in this table, above what is read of a row; as the profile has them where the
         * table lacks them.
         *
         * @param names with {@link RowEvents#BETWEEN} between them; what is no column stays as it is
         */
        String headings(String names, @Nullable Row row) {
            Set<String> headings = new LinkedHashSet<>();
            for (String name : names.split(Pattern.quote(RowEvents.BETWEEN), -1)) {
                Column column = profile.column(name).orElse(null);
                List<Integer> found = column == null ? null : places.get(column);
                if (column == null) {
                    headings.add(name);
                } else {
                    headings.add(found == null ? column.heading() : heading(column, found, row));
                }
            }
            return String.join(RowEvents.BETWEEN, headings);
        }

        private String heading(Column column, List<Integer> found, @Nullable Row row) {
            int place = found.stream()
                    .filter(at -> row != null && !row.cells().get(at).isBlank())
                    .findFirst()
                    .orElse(found.get(0));
            String heading = PlainText.clean(reader.headings().get(place));
            if (Nik.mayBeIn(heading)) {
                return column.heading();
            }
            return heading.length() <= LONGEST_HEADING ? heading : heading.substring(0, LONGEST_HEADING) + "…";
        }

        /** The first cell with a value, of the places where the column may stand. */
        static Cell cell(Row row, List<Integer> places) {
            for (int place : places) {
                Cell cell = row.cells().get(place);
                if (cell.kind() != Cell.Kind.BLANK) {
                    return cell;
                }
            }
            return Cell.BLANK_CELL;
        }
    }

    private static final int LONGEST_HEADING = 60;

    private final Profile profile;
    private final TableImport.Options options;
    private final Passes passes;
    private final TableRows tableRows;
    private final List<String> unread = new ArrayList<>();

    FirstLook(Profile profile, TableImport.Options options, Passes passes) {
        this.profile = profile;
        this.options = options;
        this.passes = passes;
        tableRows = new TableRows(profile, options.given().keySet());
    }

    /**
     * Finds out how dates and amounts are written, and refuses a file whose NIK are damaged.
     *
     * @throws TableException if the file as a whole cannot be used
     * @throws IOException if it cannot be read, or changes meanwhile
     */
    Known of(TableFile file) throws IOException, TableException {
        Evidence evidence = new Evidence(options.dateOrder(), profile.dateOrder(), options.decimal());
        Recognised table = Recognised.of(file.content(), options.charset(), passes::at);
        passes.passed(table.size() * Recognised.passes(table.format()));
        Opened opened = open(table);
        long lastRow = -1;
        try (TableReader reader = opened.reader()) {
            long ordinal = 0;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                passes.row(reader.bytesRead());
                if (row.fault() == null && !TableRows.isNumbering(ordinal, row)) {
                    add(evidence, opened, row);
                    lastRow = tableRows.isFilled(opened, row) ? ordinal : lastRow;
                }
                ordinal++;
            }
        }
        table.requireUnchanged();
        passes.passed(table.size());
        evidence.requireWholeNiks(file.name());
        evidence.requireUnturnedDates(file.name(), name -> opened.headings(name, null));
        return new Known(
                file,
                table,
                new RowEvents.Reading(evidence.dateOrder(file.name()), evidence.decimal(file.name()), options.zone()),
                lastRow);
    }

    private static void add(Evidence evidence, Opened opened, Row row) {
        opened.places().forEach((column, places) -> evidence.add(column, Opened.cell(row, places)));
    }

    private Opened open(Recognised table) throws IOException, TableException {
        TableReader reader = table.open(
                profile.headingRow(options.given().keySet()),
                options.sheet() == null ? profile.sheet() : options.sheet());
        profile.unread(reader.headings()).stream()
                .filter(heading -> !heading.isBlank() && !Nik.mayBeIn(heading))
                .map(PlainText::clean)
                .filter(heading ->
                        !unread.contains(heading) && !Headings.normal(heading).equals(Headings.ERROR))
                .forEach(unread::add);
        return new Opened(profile, profile.places(reader.headings()), reader);
    }

    /**
     * Opens a table that was looked through, when events of others may have been sent already.
     *
     * @throws IOException if it cannot be read, or has changed
     */
    Opened openAgain(Known known) throws IOException {
        try {
            return open(known.table());
        } catch (TableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Headings of columns that are not read, of all tables. */
    List<String> unread() {
        return unread;
    }
}
