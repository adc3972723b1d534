package id.cakupan.distribution;

import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.Level;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.schemas.Topics;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan figures}: the figures as tables or as JSON. */
@Command(
        name = "figures",
        description = {
            "Show the coverage of project, contractor, district, city, funding: as they stand now, as tables or as JSON.",
            FigureTables.LEGEND
        })
public final class FiguresCommand extends ViewCommand {
    private static final long REFRESH_SECONDS = 1;

    @Option(
            names = "--level",
            split = ",",
            paramLabel = "LEVEL",
            description = "project, contractor, district, city, funding; several with commas (default: all)")
    private Set<Level> levels = EnumSet.noneOf(Level.class);

    @Option(
            names = "--sort",
            paramLabel = "BY",
            description = "Within a level: id, name, ratio (lowest first), workers, uncovered, overdue, projects, value"
                    + " (most first) (default: id)")
    private FigureTables.Sort sort = FigureTables.Sort.ID;

    @Option(names = "--watch", description = "Show them again each second, until Ctrl-C")
    private boolean watch;

    @Option(names = "--daily", description = "With --json: the figure of each past day as it stood when the day ended")
    private boolean daily;

    @Option(names = "--timeline", description = "With --json: the counts of all days, as now known")
    private boolean timeline;

    /** A command to be filled in and run by picocli. */
    public FiguresCommand() {}

    @Override
    int show(Viewer viewer) throws InterruptedException {
        boolean series = daily || timeline;
        if (series && ((daily && timeline) || watch || !json())) {
            err().println("--daily and --timeline go with --json, one at a time, and not with --watch.");
            return ExitCodes.USAGE;
        }
        if (timeline) {
            printJson(read(viewer, viewer.latest(List.of(Topics.COVERAGE_TIMELINE))).stream()
                    .filter(line -> shows(line.getLevel()))
                    .sorted(Comparator.comparing(CoverageTimeline::getLevel).thenComparing(CoverageTimeline::getId))
                    .toList());
        } else if (daily) {
            printJson(sorted(read(viewer, viewer.latest(List.of(Topics.COVERAGE_DAILY)))));
        } else {
            LatestRecords<CoverageFigure> records = viewer.latest(FigureTables.LEVELS.stream()
                    .filter(this::shows)
                    .map(level -> Objects.requireNonNull(Topics.COVERAGE_BY.get(level)))
                    .toList());
            if (watch) {
                watch(viewer, records);
            } else {
                print(sorted(read(viewer, records)));
            }
        }
        return ExitCodes.DONE;
    }

    private boolean shows(Level level) {
        return levels.isEmpty() || levels.contains(level);
    }

    private List<CoverageFigure> sorted(List<CoverageFigure> figures) {
        return figures.stream()
                .filter(figure -> shows(figure.getLevel()))
                .sorted(sort.withinLevels().thenComparing(CoverageFigure::getAsOf))
                .toList();
    }

    private void print(List<CoverageFigure> figures) {
        if (json()) {
            printJson(figures);
        } else {
            FigureTables.lines(figures).forEach(out()::println);
            out().flush();
        }
    }

    /** Until Ctrl-C: redrawn in place on a terminal, else one table after the other whenever something changed. */
    private void watch(Viewer viewer, LatestRecords<CoverageFigure> records) throws InterruptedException {
        Screen screen = new Screen(out());
        List<CoverageFigure> before = List.of();
        CountDownLatch never = new CountDownLatch(1);
        do {
            List<CoverageFigure> figures = sorted(read(viewer, records));
            if (!figures.equals(before) || before.isEmpty()) {
                if (json() || !screen.isTerminal()) {
                    print(figures);
                } else {
                    screen.show(FigureTables.lines(figures));
                }
            }
            before = figures;
        } while (!never.await(REFRESH_SECONDS, TimeUnit.SECONDS) && !checkError(out()));
    }

    /** Whether nobody reads the output any more. */
    private static boolean checkError(PrintWriter out) {
        return out.checkError();
    }
}
