package id.cakupan.dashboard.view;

import cakupan.records.Level;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Counts;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.board.Insurance;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.board.Row;
import id.cakupan.dashboard.board.Target;
import id.cakupan.dashboard.view.ViewQuery.Selection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a viewer may see, selected and in order. The orders that were asked for lately are kept: of now and kept up
 * to date, or of a past day.
 */
final class Groupings {
    private static final int MOST_ORDERS = 96;
    /** An order that nobody asks for is forgotten, with the rows that only it still holds. */
    private static final long ORDER_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int MOST_ROWS_OF_DAYS = 200_000;

    private record Key(
            Selection selection, String scope, @Nullable Double belowRatio) {}

    private static final class Order {
        private final SortedRows rows;
        private long askedAt;

        private Order(SortedRows rows) {
            this.rows = rows;
        }
    }

    private record DayKey(Key key, LocalDate day) {}

    private final Board board;
    private final History history;
    /** The one that was not asked for the longest first, as in {@link #days}. */
    private final Map<Key, Order> orders = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<DayKey, Row[]> days = new LinkedHashMap<>(16, 0.75f, true);

    Groupings(Board board, History history) {
        this.board = board;
        this.history = history;
    }

    /** Whether a viewer may see a group. */
    static boolean isVisible(Principal viewer, Row row) {
        String contractor = viewer.contractorId();
        if (contractor == null) {
            return true;
        }
        return switch (row.level()) {
            case CONTRACTOR -> row.id().equals(contractor);
            case PROJECT -> row.tags().contains(Row.contractor(contractor));
            case CITY, DISTRICT, FUNDING -> true;
            case UNKNOWN -> false;
        };
    }

    /** The groups as they are now; the array is not changed afterwards. */
    Row[] now(Selection selection, Principal viewer) {
        Key key = new Key(selection, viewer.scope(), belowRatio(selection));
        Order order;
        synchronized (orders) {
            order = orders.computeIfAbsent(
                    key,
                    k -> new Order(new SortedRows(
                            board,
                            selection.level(),
                            filter(selection, viewer, k.belowRatio()),
                            selection.sort().comparator(selection.ascending()))));
            long now = System.nanoTime();
            order.askedAt = now;
            Iterator<Order> eldest = orders.values().iterator();
            while (orders.size() > 1 && (orders.size() > MOST_ORDERS || now - first().askedAt > ORDER_NANOS)) {
                eldest.next();
                eldest.remove();
            }
        }
        return own(order.rows.get(), selection, viewer);
    }

    private Row[] own(Row[] rows, Selection selection, Principal viewer) {
        if (viewer.contractorId() == null || selection.level() != Level.PROJECT) {
            return rows;
        }
        return Arrays.stream(rows)
                .map(row -> own(row, viewer))
                .sorted(selection.sort().comparator(selection.ascending()))
                .toArray(Row[]::new);
    }

    /** A row as a viewer sees it: of a project, a contractor sees the alerts on its own hires. */
    Row own(Row row, Principal viewer) {
        String contractor = viewer.contractorId();
        return contractor == null || row.level() != Level.PROJECT || row.alerts() == null
                ? row
                : row.withAlerts(board.alertCounts(row.id(), contractor));
    }

    private Order first() {
        return orders.values().iterator().next();
    }

    /** The groups as they were reported for a day. */
    Row[] on(LocalDate day, boolean historyReady, Selection selection, Principal viewer) {
        Key key = new Key(selection, viewer.scope(), belowRatio(selection));
        DayKey dayKey = new DayKey(key, day);
        synchronized (days) {
            Row[] kept = days.get(dayKey);
            if (kept != null) {
                return kept;
            }
        }
        Predicate<Row> filter = filter(selection, viewer, key.belowRatio());
        Row[] rows = history.ids(selection.level()).stream()
                .map(id -> rowOn(day, selection.level(), id))
                .flatMap(Optional::stream)
                .filter(filter)
                .sorted(selection.sort().comparator(selection.ascending()))
                .toArray(Row[]::new);
        if (historyReady) {
            synchronized (days) {
                days.put(dayKey, rows);
                long all = days.values().stream().mapToLong(kept -> kept.length).sum();
                Iterator<Row[]> eldest = days.values().iterator();
                while (days.size() > 1 && all > MOST_ROWS_OF_DAYS) {
                    all -= eldest.next().length;
                    eldest.remove();
                }
            }
        }
        return rows;
    }

    /** A group as it was reported for a day, with its present name and master data. */
    Optional<Row> rowOn(LocalDate day, Level level, String id) {
        Optional<Counts> counts = history.at(level, id, day);
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        Row now = board.row(level, id).orElse(null);
        long[] sums = history.at30(level, id, day).orElse(null);
        Project project = now == null ? null : now.project();
        Insurance insurance = now == null ? null : now.insurance();
        return Optional.of(new Row(
                level,
                id,
                now == null ? null : now.name(),
                day,
                counts.get(),
                sums == null ? null : sums[0],
                sums == null ? null : sums[1],
                now == null ? null : now.target(),
                null,
                project,
                insurance,
                now == null ? Set.of() : now.tags(),
                null,
                null));
    }

    /** The ratio of the city's target, for groups that have none of their own. */
    private @Nullable Double belowRatio(Selection selection) {
        return belowRatio(board, selection);
    }

    static @Nullable Double belowRatio(Board board, Selection selection) {
        if (selection.state() != ViewQuery.GroupState.BELOW_TARGET) {
            return null;
        }
        return board.rows(Level.CITY).stream()
                .filter(row -> selection.city() == null || row.id().equals(selection.city()))
                .map(row -> Optional.ofNullable(row.target()))
                .flatMap(Optional::stream)
                .map(Target::ratio)
                .max(Double::compare)
                .orElse(null);
    }

    static Predicate<Row> filter(Selection selection, Principal viewer, @Nullable Double belowRatio) {
        Predicate<Row> filter = row -> isVisible(viewer, row);
        if (!selection.ids().isEmpty()) {
            filter = filter.and(row -> selection.ids().contains(row.id()));
        }
        filter = filter.and(state(selection.state(), belowRatio));
        String city = selection.city();
        if (city != null) {
            filter = filter.and(row -> isInCity(row, city));
        }
        String district = selection.district();
        if (district != null) {
            filter = filter.and(row -> row.level() == Level.DISTRICT
                    ? row.id().equals(district)
                    : row.tags().contains(Row.district(district)));
        }
        String contractor = selection.contractor();
        if (contractor != null) {
            filter = filter.and(row -> isOf(contractor, viewer, row));
        }
        String funding = selection.funding();
        if (funding != null) {
            filter = filter.and(row -> isFunded(row, funding));
        }
        if (!selection.text().isEmpty()) {
            filter = filter.and(row -> row.mentions(selection.text()));
        }
        return filter;
    }

    /** Who else has alerts on a project is none of a contractor's business: of others it is only told who has the contract. */
    private static boolean isOf(String contractor, Principal viewer, Row row) {
        if (row.level() == Level.CONTRACTOR) {
            return row.id().equals(contractor);
        }
        if (viewer.contractorId() == null || viewer.contractorId().equals(contractor)) {
            return row.tags().contains(Row.contractor(contractor));
        }
        Project project = row.project();
        return project != null && project.contractorId().equals(contractor);
    }

    private static Predicate<Row> state(ViewQuery.GroupState state, @Nullable Double belowRatio) {
        return switch (state) {
            case ALL -> row -> true;
            case ACTIVE -> row -> row.counts().isActive();
            case UNCOVERED -> row -> row.counts().uncoveredWorkers() > 0;
            case OVERDUE -> row -> row.counts().overdueHires() > 0;
            case UNINSURED -> row -> row.counts().projects() > row.counts().insuredProjects();
            case BELOW_TARGET -> row -> isBelow(row, belowRatio);
        };
    }

    private static boolean isBelow(Row row, @Nullable Double belowRatio) {
        Double ratio = row.ratio();
        Target own = row.target();
        Double target = own == null ? belowRatio : Double.valueOf(own.ratio());
        return ratio != null && target != null && ratio < target;
    }

    private static boolean isInCity(Row row, String city) {
        return switch (row.level()) {
            case CITY -> row.id().equals(city);
            case DISTRICT -> Project.cityOf(row.id()).equals(city);
            case FUNDING -> row.id().startsWith(city + ":");
            case PROJECT, CONTRACTOR -> row.tags().stream().anyMatch(tag -> tag.startsWith(Row.funding(city + ":")));
            case UNKNOWN -> false;
        };
    }

    private static boolean isFunded(Row row, String funding) {
        boolean whole = funding.indexOf(':') >= 0;
        if (row.level() == Level.FUNDING) {
            return whole ? row.id().equals(funding) : row.id().endsWith(":" + funding);
        }
        return whole
                ? row.tags().contains(Row.funding(funding))
                : row.tags().stream().anyMatch(tag -> tag.startsWith(Row.funding("")) && tag.endsWith(":" + funding));
    }

    /** A page of rows. */
    static Row[] page(Row[] rows, int offset, int limit) {
        int from = Math.min(offset, rows.length);
        return Arrays.copyOfRange(rows, from, (int) Math.min((long) from + limit, rows.length));
    }
}
