package id.cakupan.distribution;

import cakupan.records.CoverageFigure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo shows: steps, events, and the coverage by district, with what changed since it was shown last. */
final class DemoScreen {
    /** Stands beside every figure of the demo. */
    static final String SIMULATED = "Data simulasi / simulated data: no person, site or company in it is real.";

    private record Row(CoverageFigure figure, boolean changed) {}

    private static final Table<Row> TABLE = new Table<>(List.of(
            Table.text("", row -> row.changed() ? "*" : ""),
            Table.text("", row -> name(row.figure())),
            Table.number("workers", row -> row.figure().getWorkers()),
            Table.number("covered", row -> row.figure().getCoveredWorkers()),
            Table.atRight("ratio", row -> Table.share(row.figure().getRatio())),
            Table.number("overdue hires", row -> row.figure().getOverdueHires()),
            Table.number("projects", row -> row.figure().getProjects()),
            Table.number("insured", row -> row.figure().getInsuredProjects())));

    private final Screen screen;
    private final PrintWriter out;
    private final Clock clock;
    private final List<String> steps = new ArrayList<>(List.of("Cakupan demo. " + SIMULATED));
    private Map<String, CoverageFigure> before = Map.of();

    /**
     * @param screen where to draw
     * @param out its stream, for what is not redrawn
     * @param clock gives the time of day shown
     * @param zone its time zone
     */
    DemoScreen(Screen screen, PrintWriter out, Clock clock, ZoneId zone) {
        this.screen = screen;
        this.out = out;
        this.clock = clock.withZone(zone);
        out.println(steps.get(0));
        out.flush();
    }

    boolean isTerminal() {
        return screen.isTerminal();
    }

    /** A step of the start is done. */
    void step(String what, Duration took) {
        String line = String.format(Locale.ROOT, "✓ %s (%.1f s)", what, took.toMillis() / 1000.0);
        steps.add(line);
        out.println(line);
        out.flush();
    }

    /**
     * Shows the figures as they are now.
     *
     * @param behind why they are not up to date; empty if they are
     * @param page address of the dashboard
     */
    void show(Collection<CoverageFigure> figures, Demo.Counts counts, List<String> behind, String page) {
        List<Row> rows = rows(figures);
        List<String> lines = new ArrayList<>();
        if (isTerminal()) {
            lines.addAll(steps);
        }
        lines.add(events(counts));
        behind.forEach(reason -> lines.add("… figures: " + reason));
        lines.add("");
        List<String> table = TABLE.lines(rows);
        for (int i = 0; i < table.size() && !rows.isEmpty(); i++) {
            boolean bold = isTerminal() && i > 0 && rows.get(i - 1).changed();
            lines.add(bold ? Screen.bold(table.get(i)) : table.get(i));
        }
        lines.add("");
        lines.add(LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS)
                + "  * = changed. Data simulasi / simulated data.");
        if (isTerminal()) {
            lines.add(FigureTables.LEGEND);
            lines.add("Open " + page + " in a browser. Ctrl-C ends it.");
            screen.show(lines);
        } else {
            lines.add("Open " + page + " in a browser.");
            lines.forEach(out::println);
            out.println();
            out.flush();
        }
    }

    private List<Row> rows(Collection<CoverageFigure> figures) {
        Map<String, CoverageFigure> now = new HashMap<>();
        List<Row> rows = figures.stream()
                .sorted(FigureTables.Sort.ID.withinLevels())
                .map(figure -> {
                    String key = figure.getLevel() + "/" + figure.getId();
                    now.put(key, figure);
                    return new Row(figure, !figure.equals(before.getOrDefault(key, figure)));
                })
                .toList();
        before = now;
        return rows;
    }

    private static String name(CoverageFigure figure) {
        String name = figure.getName() == null ? figure.getId().toLowerCase(Locale.ROOT) : figure.getName();
        boolean city = figure.getLevel() == FigureTables.LEVELS.get(0);
        return city ? name : "  " + name;
    }

    /** How far the events are. */
    static String events(Demo.Counts counts) {
        String loaded = Table.number(counts.loaded());
        return counts.loaded() < counts.toLoad() || counts.toLoad() == 0
                ? "… a year of Malang: " + loaded + " of " + Table.number(counts.toLoad()) + " events"
                : "✓ a year of Malang: " + loaded + " events; since then " + Table.number(counts.live()) + " live ones";
    }
}
