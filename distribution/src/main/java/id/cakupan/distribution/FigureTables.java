package id.cakupan.distribution;

import cakupan.records.CoverageFigure;
import cakupan.records.FigureTarget;
import cakupan.records.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** Figures as tables for people, one a level, from the city down. */
final class FigureTables {
    /** What figures are sorted by, within their level. */
    enum Sort {
        ID(Comparator.comparing(CoverageFigure::getId)),
        NAME(Comparator.comparing(figure -> Objects.requireNonNullElse(figure.getName(), figure.getId()))),
        /** The lowest first, groups without workers last. */
        RATIO(Comparator.comparing(CoverageFigure::getRatio, Comparator.nullsLast(Comparator.naturalOrder()))),
        WORKERS(most(CoverageFigure::getWorkers)),
        UNCOVERED(most(figure -> figure.getWorkers() - figure.getCoveredWorkers())),
        OVERDUE(most(CoverageFigure::getOverdueHires)),
        PROJECTS(most(CoverageFigure::getProjects)),
        VALUE(most(CoverageFigure::getContractValue));

        private final Comparator<CoverageFigure> order;

        Sort(Comparator<CoverageFigure> order) {
            this.order = order;
        }

        private static Comparator<CoverageFigure> most(ToLongFunction<CoverageFigure> figure) {
            return Comparator.comparingLong(figure).reversed();
        }

        /** This order within each level, ids where it says nothing. */
        Comparator<CoverageFigure> withinLevels() {
            return Comparator.<CoverageFigure>comparingInt(figure -> LEVELS.indexOf(figure.getLevel()))
                    .thenComparing(order)
                    .thenComparing(CoverageFigure::getId);
        }
    }

    /** The levels in the order in which they are shown. */
    static final List<Level> LEVELS =
            List.of(Level.CITY, Level.DISTRICT, Level.FUNDING, Level.CONTRACTOR, Level.PROJECT);

    /** What must stand beside figures of several levels. */
    static final String LEGEND =
            "A worker on sites of two groups counts once in each, and once in the city: parts need not add up to the whole.";

    private static final Table<CoverageFigure> TABLE = new Table<>(List.of(
            Table.text("id", CoverageFigure::getId),
            Table.text("name", CoverageFigure::getName),
            Table.number("workers", CoverageFigure::getWorkers),
            Table.number("covered", CoverageFigure::getCoveredWorkers),
            Table.number("by grace", CoverageFigure::getCoveredByGrace),
            Table.atRight("ratio", figure -> Table.share(figure.getRatio())),
            Table.number("overdue hires", CoverageFigure::getOverdueHires),
            Table.number("projects", CoverageFigure::getProjects),
            Table.number("insured", CoverageFigure::getInsuredProjects),
            Table.atRight("target", FigureTables::target),
            Table.atRight("workers to target", FigureTables::workersToTarget)));

    private FigureTables() {}

    /**
     * The lines of all tables.
     *
     * @param figures in the order in which their rows are to stand
     */
    static List<String> lines(Collection<CoverageFigure> figures) {
        List<String> lines = new ArrayList<>();
        for (Level level : LEVELS) {
            List<CoverageFigure> rows =
                    figures.stream().filter(f -> f.getLevel() == level).toList();
            if (!rows.isEmpty()) {
                lines.add(level.name().toLowerCase(Locale.ROOT) + ", as of " + days(rows));
                lines.addAll(TABLE.lines(rows));
                lines.add("");
            }
        }
        if (lines.isEmpty()) {
            return List.of("There are no figures yet.");
        }
        lines.add(LEGEND);
        return lines;
    }

    private static String days(List<CoverageFigure> rows) {
        String first = rows.stream()
                .map(f -> f.getAsOf().toString())
                .min(Comparator.naturalOrder())
                .orElse("");
        String last = rows.stream()
                .map(f -> f.getAsOf().toString())
                .max(Comparator.naturalOrder())
                .orElse("");
        return first.equals(last) ? first : first + " to " + last;
    }

    private static String target(CoverageFigure figure) {
        FigureTarget target = figure.getTarget();
        return target == null ? "" : Table.share(target.getRatio()) + " by " + target.getDueOn();
    }

    private static String workersToTarget(CoverageFigure figure) {
        FigureTarget target = figure.getTarget();
        return target == null ? "" : Table.number(target.getWorkersToTarget());
    }
}
