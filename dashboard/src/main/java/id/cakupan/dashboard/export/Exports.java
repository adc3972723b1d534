package id.cakupan.dashboard.export;

import cakupan.records.AlertState;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.export.Columns.SeriesPoint;
import id.cakupan.dashboard.view.Answers;
import id.cakupan.dashboard.view.Answers.HireView;
import id.cakupan.dashboard.view.Answers.Point;
import id.cakupan.dashboard.view.Parameters;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import id.cakupan.dashboard.view.ViewQuery;
import id.cakupan.dashboard.view.ViewQuery.HireSelection;
import id.cakupan.dashboard.view.ViewQuery.Selection;
import id.cakupan.dashboard.view.Views;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Downloads: exactly what is selected, in its order. */
public final class Exports {
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9.]+");
    private static final int LONGEST_SCOPE = 60;

    private final Views views;
    private final Clock clock;

    /** @param clock says when a download was written */
    public Exports(Views views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    /** Writes the bytes of a download. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all; what fails is the stream. */
        void write(OutputStream out) throws IOException;
    }

    /** A download that is not written yet: all that can be refused has been. */
    public record Download(String fileName, String contentType, Writer writer) {}

    private record Wish(boolean xlsx, Language language, Form form) {
        static Wish read(String file, Parameters parameters) {
            Language language = parameters.choice("language", Language.class).orElse(Language.ID);
            Form form = parameters
                    .choice("form", Form.class)
                    .orElse(language == Language.ID ? Form.ID : Form.INTERNATIONAL);
            return new Wish(file.endsWith(".xlsx"), language, form);
        }

        String ending() {
            return xlsx ? ".xlsx" : ".csv";
        }
    }

    /**
     * Reads what is asked for.
     *
     * @param file such as {@code groups.csv}
     * @param query as it is sent
     * @throws RefusedException if there is no such thing, or the query is not allowed
     */
    public Download download(String file, @Nullable String query, Principal viewer) {
        Parameters parameters = new Parameters(query);
        Wish wish = Wish.read(file, parameters);
        return switch (file) {
            case "groups.csv", "groups.xlsx" -> groups(wish, parameters, viewer);
            case "hires.csv", "hires.xlsx" -> hires(wish, parameters, viewer);
            case "timeline.csv", "timeline.xlsx" -> timeline(wish, parameters, viewer);
            default -> throw new RefusedException(ProblemKind.NOT_FOUND);
        };
    }

    private Download groups(Wish wish, Parameters parameters, Principal viewer) {
        Selection selection = ViewQuery.selection(parameters);
        LocalDate asOf = parameters.day("asOf").orElse(null);
        parameters.end();
        Stream<Answers.RowView> rows = views.allGroups(selection, asOf, viewer);
        Texts texts = Texts.of(wish.language());
        LocalDate day = views.figuresOf(asOf, viewer);
        String level = Parameters.small(selection.level());
        List<Table.Fact> filters = new ArrayList<>();
        filter(filters, texts, "level", texts.symbol("level", level));
        filter(filters, texts, "cityFilter", selection.city());
        filter(filters, texts, "districtFilter", selection.district());
        filter(filters, texts, "contractorFilter", selection.contractor());
        filter(filters, texts, "fundingFilter", texts.funding(selection.funding()));
        filter(filters, texts, "stateFilter", texts.symbol("groupState", Parameters.small(selection.state())));
        filter(filters, texts, "textFilter", selection.text());
        filter(filters, texts, "idsFilter", String.join(", ", selection.ids()));
        filter(filters, texts, "sortedBy", texts.symbol("sort", Parameters.small(selection.sort())));
        String title = texts.get("title.groups") + ": " + texts.symbol("level", level);
        boolean projects = level.equals("project");
        if (projects && (asOf != null || viewer.role() == Role.PUBLIC)) {
            filter(filters, texts, "masterData", texts.get("masterData.now"));
        }
        return download(
                wish,
                name(
                        "cakupan-" + level,
                        day,
                        selection.city(),
                        selection.district(),
                        selection.contractor(),
                        selection.funding(),
                        selection.state() == ViewQuery.GroupState.ACTIVE ? null : Parameters.small(selection.state()),
                        filtered(selection.text(), selection.ids())),
                new Table<>(
                        title,
                        facts(texts, filters, asOf, viewer, "definitions.groups"),
                        Columns.groups(texts, projects, views.isSimulated()),
                        rows));
    }

    private Download hires(Wish wish, Parameters parameters, Principal viewer) {
        HireSelection selection = ViewQuery.hireSelection(parameters);
        parameters.end();
        Stream<HireView> rows = views.allHires(selection, viewer);
        Texts texts = Texts.of(wish.language());
        List<Table.Fact> filters = new ArrayList<>();
        filter(filters, texts, "cityFilter", selection.city());
        filter(filters, texts, "districtFilter", selection.district());
        filter(filters, texts, "contractorFilter", selection.contractor());
        filter(filters, texts, "projectFilter", selection.project());
        filter(
                filters,
                texts,
                "stateFilter",
                String.join(
                        ", ",
                        selection.states().stream()
                                .sorted()
                                .map(state -> texts.symbol("state", state.name()))
                                .toList()));
        if (selection.reason() != null) {
            filter(
                    filters,
                    texts,
                    "reason",
                    texts.symbol("reason", selection.reason().name()));
        }
        if (selection.decision() != null) {
            filter(
                    filters,
                    texts,
                    "decision",
                    texts.symbol("decision", selection.decision().name()));
        }
        filter(filters, texts, "textFilter", selection.text());
        return download(
                wish,
                name(
                        "cakupan-hires",
                        views.figuresOf(null, viewer),
                        selection.city(),
                        selection.district(),
                        selection.contractor(),
                        selection.project(),
                        selection.states().equals(ViewQuery.OPEN) ? null : small(selection.states()),
                        selection.reason() == null ? null : Parameters.small(selection.reason()),
                        selection.decision() == null ? null : Parameters.small(selection.decision()),
                        filtered(selection.text(), Set.of())),
                new Table<>(
                        texts.get("title.hires"),
                        facts(texts, filters, null, viewer, "definitions.hires"),
                        Columns.hires(texts, views.isSimulated()),
                        rows));
    }

    private Download timeline(Wish wish, Parameters parameters, Principal viewer) {
        ViewQuery.Timeline query = ViewQuery.timeline(
                parameters
                        .text("level")
                        .map(ViewQuery::levelOfQuery)
                        .orElseThrow(() -> new RefusedException(ProblemKind.BAD_QUERY)),
                parameters.text("id").orElseThrow(() -> new RefusedException(ProblemKind.BAD_QUERY)),
                parameters);
        LocalDate asOf = parameters.day("asOf").orElse(null);
        parameters.end();
        Answers.Timeline timeline = (Answers.Timeline) views.answer(query, viewer);
        Texts texts = Texts.of(wish.language());
        Stream<SeriesPoint> rows = Stream.concat(
                timeline.points().stream().map(point -> new SeriesPoint("known", day(point))),
                timeline.reported().stream()
                        .filter(day -> asOf == null || !day.day().isAfter(asOf))
                        .map(day -> new SeriesPoint("reported", day)));
        String level = Parameters.small(query.level());
        List<Table.Fact> filters = new ArrayList<>();
        filter(filters, texts, "level", texts.symbol("level", level));
        filter(filters, texts, "id", query.id());
        filter(
                filters,
                texts,
                "fromFilter",
                query.from() == null ? null : query.from().toString());
        filter(
                filters,
                texts,
                "toFilter",
                query.to() == null ? null : query.to().toString());
        return download(
                wish,
                name("cakupan-timeline-" + level, views.figuresOf(asOf, viewer), query.id()),
                new Table<>(
                        texts.get("title.timeline"),
                        facts(texts, filters, asOf, viewer, "definitions.timeline"),
                        Columns.timeline(texts, views.isSimulated()),
                        rows));
    }

    private static Answers.ReportedDay day(Point point) {
        return new Answers.ReportedDay(
                point.from(),
                point.workers(),
                point.coveredWorkers(),
                point.coveredByGrace(),
                point.overdueHires(),
                point.hires(),
                point.coveredHires(),
                point.projects(),
                point.insuredProjects(),
                point.contractValue(),
                point.insuredContractValue());
    }

    private static void filter(List<Table.Fact> filters, Texts texts, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            filters.add(new Table.Fact(texts.get(key), value));
        }
    }

    private List<Table.Fact> facts(
            Texts texts, List<Table.Fact> filters, @Nullable LocalDate asOf, Principal viewer, String definitions) {
        List<Table.Fact> facts = new ArrayList<>();
        if (views.isSimulated()) {
            facts.add(new Table.Fact(texts.get("data"), texts.get("simulated")));
        }
        facts.add(
                new Table.Fact(texts.get("asOf"), views.figuresOf(asOf, viewer).toString()));
        if (asOf == null) {
            Answers.Status status = views.status(viewer);
            facts.add(new Table.Fact(texts.get("figures"), texts.symbol("figures", status.state())));
            Instant recorded = status.recordedThrough();
            filter(facts, texts, "recordedThrough", recorded == null ? null : recorded.toString());
        }
        facts.add(new Table.Fact(
                texts.get("writtenAt"),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        facts.addAll(filters);
        facts.add(new Table.Fact(texts.get("definitions"), texts.get(definitions)));
        return facts;
    }

    private static String small(Set<AlertState> states) {
        return states.stream().sorted().map(Parameters::small).collect(Collectors.joining("-"));
    }

    /** Says in the name of a file that words or ids were looked for, which do not belong there themselves. */
    private static @Nullable String filtered(String text, Set<String> ids) {
        return text.isEmpty() && ids.isEmpty() ? null : "disaring";
    }

    /** Name of a file: what, which, and the day; letters, digits, points and hyphens only. */
    private String name(String what, LocalDate day, @Nullable String... scopes) {
        StringBuilder name = new StringBuilder(what);
        for (@Nullable String scope : scopes) {
            if (scope != null) {
                String plain =
                        NOT_IN_NAMES.matcher(scope.toLowerCase(Locale.ROOT)).replaceAll("-");
                name.append('-').append(plain, 0, Math.min(plain.length(), LONGEST_SCOPE));
            }
        }
        name.append('-').append(day);
        return name + (views.isSimulated() ? "-simulasi" : "");
    }

    private static Download download(Wish wish, String name, Table<?> table) {
        Texts texts = Texts.of(wish.language());
        return new Download(
                name + wish.ending(),
                wish.xlsx() ? XLSX : CSV,
                wish.xlsx()
                        ? out -> XlsxTable.write(table, texts, out)
                        : out -> CsvTable.write(table, texts, wish.form(), out));
    }

    /**
     * A page to print: a letter to a contractor with its hires without cover.
     *
     * @param query as it is sent
     * @param stylesheet address of its style
     * @throws RefusedException if the query is not allowed, or the contractor not for this viewer
     */
    public String letter(@Nullable String query, Principal viewer, String stylesheet) {
        Parameters parameters = new Parameters(query);
        String contractor =
                parameters.text("contractor").orElseThrow(() -> new RefusedException(ProblemKind.BAD_QUERY));
        Language language = parameters.choice("language", Language.class).orElse(Language.ID);
        parameters.end();
        return new Letter(Texts.of(language), language, stylesheet)
                .write(
                        views.contractor(contractor, viewer),
                        views.openHires(contractor, viewer).toList(),
                        views.today(),
                        views.figuresOf(null, viewer),
                        views.isSimulated());
    }
}
