package id.cakupan.dashboard.view;

import id.cakupan.dashboard.board.AlertCounts;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.board.Row;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** By what groups are sorted. What is not known comes last in both orders; ties are broken by id. */
public enum GroupSort {
    NAME(Comparator.comparing(Row::title, String.CASE_INSENSITIVE_ORDER)),
    ID(Row::id, true),
    WORKERS(row -> row.counts().workers()),
    COVERED(row -> row.counts().coveredWorkers()),
    UNCOVERED(row -> row.counts().uncoveredWorkers()),
    RATIO(Row::ratio, true),
    OVERDUE(row -> row.counts().overdueHires()),
    GRACE(row -> row.counts().coveredByGrace()),
    PROJECTS(row -> row.counts().projects()),
    INSURED(row -> row.counts().insuredProjects()),
    VALUE(row -> row.counts().contractValue()),
    DUE_SOON(row -> alerts(row, AlertCounts::dueSoon), false),
    ESCALATED(row -> alerts(row, AlertCounts::escalated), false),
    STARTS(row -> project(row, Project::startsOn), true),
    ENDS(row -> project(row, Project::endsOn), true);

    private final Comparator<Row> ascending;
    private final Comparator<Row> descending;
    private final boolean smallestFirst;

    GroupSort(ToLongFunction<Row> number) {
        Comparator<Row> byNumber = Comparator.comparingLong(number);
        ascending = byNumber.thenComparing(Row::id);
        descending = byNumber.reversed().thenComparing(Row::id);
        smallestFirst = false;
    }

    GroupSort(Comparator<Row> byName) {
        ascending = byName.thenComparing(Row::id);
        descending = byName.reversed().thenComparing(Row::id);
        smallestFirst = true;
    }

    <C extends Comparable<? super C>> GroupSort(Function<Row, @Nullable C> value, boolean smallestFirst) {
        Comparator<@Nullable C> forward = Comparator.nullsLast(Comparator.<C>naturalOrder());
        Comparator<@Nullable C> backward = Comparator.nullsLast(Comparator.<C>reverseOrder());
        ascending = Comparator.<Row, @Nullable C>comparing(value, forward).thenComparing(Row::id);
        descending = Comparator.<Row, @Nullable C>comparing(value, backward).thenComparing(Row::id);
        this.smallestFirst = smallestFirst;
    }

    /** Whether the order is ascending when nobody says which. */
    public boolean isAscendingByDefault() {
        return smallestFirst;
    }

    /** The order. */
    public Comparator<Row> comparator(boolean ascendingOrder) {
        return ascendingOrder ? ascending : descending;
    }

    private static @Nullable Integer alerts(Row row, Function<AlertCounts, Integer> count) {
        AlertCounts alerts = row.alerts();
        return alerts == null ? null : count.apply(alerts);
    }

    private static <C> @Nullable C project(Row row, Function<Project, @Nullable C> value) {
        Project project = row.project();
        return project == null ? null : value.apply(project);
    }
}
