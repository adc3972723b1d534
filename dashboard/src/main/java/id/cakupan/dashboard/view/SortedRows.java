package id.cakupan.dashboard.view;

import cakupan.records.Level;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Change;
import id.cakupan.dashboard.board.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows of a level that pass a filter, in order, kept up to date with the board: what changed is taken out and put in at
 * its place, which costs one copy of an array of references however many rows there are.
 */
final class SortedRows {
    /** From this part of the rows on, sorting them all anew is cheaper: 1 ÷ this. */
    private static final int FEW = 8;

    private final Board board;
    private final Level level;
    private final Predicate<Row> filter;
    private final Comparator<Row> order;
    private Row[] rows = {};
    private long change = -1;
    /** Number of the change up to which the rows may already hold what the log still tells. */
    private long settled;

    /** @param order total: no two rows of different groups are equal */
    SortedRows(Board board, Level level, Predicate<Row> filter, Comparator<Row> order) {
        this.board = board;
        this.level = level;
        this.filter = filter;
        this.order = order;
    }

    /** The rows as they are now. The array is never changed afterwards. */
    synchronized Row[] get() {
        long last = board.lastChange(level);
        if (last == change) {
            return rows;
        }
        Optional<List<Change>> changes = change < 0 ? Optional.empty() : board.changesAfter(level, change);
        if (changes.isEmpty() || changes.get().size() > rows.length / FEW) {
            build(last);
        } else {
            apply(changes.get());
            change += changes.get().size();
        }
        return rows;
    }

    private void build(long last) {
        rows = board.rows(level).stream().filter(filter).toArray(Row[]::new);
        // One more, because a row is on the board a moment before its change is in the log.
        settled = board.lastChange(level) + 1;
        Arrays.sort(rows, order);
        change = last;
    }

    private void apply(List<Change> changes) {
        Map<String, Change> byId = new LinkedHashMap<>();
        for (Change next : changes) {
            byId.merge(next.after().id(), next, (first, later) -> new Change(first.before(), later.after()));
        }
        Row[] in = byId.values().stream().map(Change::after).filter(filter).toArray(Row[]::new);
        Arrays.sort(in, order);
        Row[] left = change < settled ? withoutIds(byId.keySet()) : without(byId.values());
        rows = merged(left, in, order);
    }

    private Row[] withoutIds(Set<String> ids) {
        return Arrays.stream(rows).filter(row -> !ids.contains(row.id())).toArray(Row[]::new);
    }

    private Row[] without(Collection<Change> changes) {
        int[] places = changes.stream()
                .map(Change::before)
                .filter(row -> row != null && filter.test(row))
                .mapToInt(row -> Arrays.binarySearch(rows, row, order))
                .filter(place -> place >= 0)
                .sorted()
                .toArray();
        return without(rows, places, places.length);
    }

    private static Row[] without(Row[] rows, int[] places, int count) {
        if (count == 0) {
            return rows;
        }
        Row[] left = new Row[rows.length - count];
        int from = 0;
        int to = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, from, left, to, places[i] - from);
            to += places[i] - from;
            from = places[i] + 1;
        }
        System.arraycopy(rows, from, left, to, rows.length - from);
        return left;
    }

    private static Row[] merged(Row[] rows, Row[] in, Comparator<Row> order) {
        if (in.length == 0) {
            return rows;
        }
        Row[] all = new Row[rows.length + in.length];
        int from = 0;
        int to = 0;
        for (Row row : in) {
            int place = Arrays.binarySearch(rows, row, order);
            int end = Math.max(from, place < 0 ? -place - 1 : place);
            System.arraycopy(rows, from, all, to, end - from);
            to += end - from;
            from = end;
            all[to++] = row;
        }
        System.arraycopy(rows, from, all, to, rows.length - from);
        return all;
    }
}
