package id.cakupan.dashboard.view;

import cakupan.records.AlertDecision;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.TimelinePoint;
import id.cakupan.dashboard.access.Audit;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.board.AlertCounts;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Counts;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.board.Insurance;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.board.Reference;
import id.cakupan.dashboard.board.Row;
import id.cakupan.dashboard.board.Target;
import id.cakupan.dashboard.view.Answers.ChangeView;
import id.cakupan.dashboard.view.Answers.HeldBackBy;
import id.cakupan.dashboard.view.Answers.Named;
import id.cakupan.dashboard.view.Answers.PathView;
import id.cakupan.dashboard.view.Answers.Payment;
import id.cakupan.dashboard.view.Answers.ReferenceView;
import id.cakupan.dashboard.view.Answers.RowView;
import id.cakupan.dashboard.view.ViewQuery.Selection;
import id.cakupan.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers to questions, from what is on the board. Any thread may ask. */
public final class Views {
    /** Events that may wait before it must be said that the figures are not complete, as /health/ready of the app. */
    private static final long MOST_BEHIND = 1_000;

    /** How long the streams app may be silent before the figures count as stale. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final String REBUILDING = "rebuilding";
    private static final int WORST = 5;
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    /**
     * What is told of the reading.
     *
     * @param ready whether the board holds what was there at the start
     * @param loaded how much of it has been read, 0 to 1
     * @param historyReady whether the history does
     * @param behind how many events wait in front of the streams app; empty while it is not known
     */
    public record Reading(boolean ready, double loaded, boolean historyReady, OptionalLong behind) {}

    /**
     * What the dashboard is told about itself.
     *
     * @param simulated whether it must say that the data are invented, whatever the data say
     * @param publicMode whether anybody may look
     * @param loginPossible whether there is a page to log in
     */
    public record Options(ZoneId zone, boolean simulated, boolean publicMode, boolean loginPossible, String version) {}

    private final Board board;
    private final History history;
    private final Function<String, List<TimelinePoint>> timelines;
    private final Supplier<Reading> reading;
    private final Clock clock;
    private final Options options;
    private final Groupings groupings;
    private final RowViews rowViews;
    private final HireViews hireViews;
    private final PublicFigures figures;
    private final PublicViews publicViews;

    /**
     * @param timelines the points of the timeline of a group by its key, in order
     * @param figures what anybody may know
     * @param clock the only source of time
     */
    public Views(
            Board board,
            History history,
            Function<String, List<TimelinePoint>> timelines,
            Supplier<Reading> reading,
            PublicFigures figures,
            Clock clock,
            Options options) {
        this.board = board;
        this.history = history;
        this.timelines = timelines;
        this.reading = reading;
        this.clock = clock;
        this.options = options;
        groupings = new Groupings(board, history);
        rowViews = new RowViews(board);
        hireViews = new HireViews(board, rowViews);
        this.figures = figures;
        publicViews = new PublicViews(board, history, figures, rowViews);
    }

    /** What an answer depends on: an answer is the same as long as this is. */
    public record Edition(long board, long history, Instant minute, LocalDate day) {}

    /** The present edition. */
    public Edition edition() {
        Instant now = clock.instant();
        return new Edition(
                board.version(), history.version() + figures.version(), now.truncatedTo(ChronoUnit.MINUTES), today());
    }

    /**
     * The day that figures are of.
     *
     * @param asOf the day that is asked for; null = the latest that there is
     */
    public LocalDate figuresOf(@Nullable LocalDate asOf, Principal viewer) {
        LocalDate latest = asOf == null ? status(viewer).asOf() : asOf;
        return latest == null ? today() : latest;
    }

    /** The day that it is. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), options.zone());
    }

    /**
     * Answers a question.
     *
     * @throws RefusedException if there is no such thing, or not for this viewer, or not yet
     */
    public Object answer(ViewQuery query, Principal viewer) {
        if (query instanceof ViewQuery.Status) {
            return status(viewer);
        }
        requireReady();
        if (viewer.role() == Role.PUBLIC) {
            return publicViews.answer(query, today());
        }
        LocalDate asOf = query.asOf();
        if (asOf != null) {
            requireReported(asOf);
        }
        if (query instanceof ViewQuery.Overview overview) {
            return overview(overview, viewer);
        }
        if (query instanceof ViewQuery.Groups groups) {
            return groups(groups, viewer);
        }
        if (query instanceof ViewQuery.Group group) {
            return group(group, viewer);
        }
        if (query instanceof ViewQuery.Timeline timeline) {
            return timeline(timeline, viewer);
        }
        if (query instanceof ViewQuery.Hires hires) {
            return hires(hires, viewer);
        }
        return new Answers.Decisions(hireViews.decisions(viewer));
    }

    private static RefusedException notFound() {
        return new RefusedException(ProblemKind.NOT_FOUND);
    }

    private void requireReported(LocalDate day) {
        if (!reading.get().historyReady()) {
            throw new RefusedException(ProblemKind.REBUILDING);
        }
        boolean known = history.from().filter(from -> !day.isBefore(from)).isPresent()
                && history.to().filter(to -> !day.isAfter(to)).isPresent();
        if (!known) {
            throw new RefusedException(ProblemKind.DAY_UNKNOWN);
        }
    }

    /** The state of the dashboard. */
    public Answers.Status status(Principal viewer) {
        Instant now = clock.instant();
        Reading read = reading.get();
        boolean anybody = viewer.role() == Role.PUBLIC;
        List<Row> cities = board.rows(Level.CITY).stream()
                .filter(row -> !row.id().equals(Row.UNASSIGNED))
                .sorted(Comparator.comparing(Row::id))
                .toList();
        LocalDate asOf =
                cities.stream().map(Row::asOf).max(Comparator.naturalOrder()).orElse(null);
        Instant seen = board.pipelineSeenAt().orElse(null);
        boolean live = seen != null && !now.isAfter(seen.plus(SILENCE)) && (asOf == null || asOf.equals(today()));
        return new Answers.Status(
                state(read, live, anybody),
                anybody ? figures.last().orElse(null) : asOf,
                options.zone().getId(),
                now.truncatedTo(ChronoUnit.MILLIS),
                anybody ? null : latest(cities, Row::recordedThrough),
                anybody ? null : latest(cities, Row::updatedAt),
                anybody ? null : seen,
                read.loaded(),
                anybody || read.behind().isEmpty() ? null : read.behind().getAsLong(),
                read.historyReady(),
                (anybody ? figures.first() : history.from()).orElse(null),
                isSimulated(),
                options.publicMode(),
                cities.stream().map(row -> new Named(row.id(), row.title())).toList(),
                new Answers.Me(
                        viewer.name(),
                        Parameters.small(viewer.role()),
                        viewer.contractorId(),
                        viewer.mayDecide(),
                        viewer.maySilence()),
                options.loginPossible(),
                options.version());
    }

    /** The public figures are of a day that is over: they are stale when they are older than two days. */
    private String state(Reading read, boolean live, boolean anybody) {
        boolean behind = read.behind().orElse(0) > MOST_BEHIND;
        if (!read.ready() || (anybody ? figures.last().isEmpty() : behind)) {
            return REBUILDING;
        }
        boolean fresh = anybody
                ? figures.last()
                        .filter(last -> last.isAfter(today().minusDays(3)))
                        .isPresent()
                : live;
        return fresh ? "live" : "stale";
    }

    /** Whether it must be said that the data are invented. */
    public boolean isSimulated() {
        return options.simulated() || board.isSimulated();
    }

    private static @Nullable Instant latest(List<Row> rows, Function<Row, @Nullable Instant> value) {
        return rows.stream()
                .map(value)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Optional<Row> row(Level level, String id, @Nullable LocalDate asOf, Principal viewer) {
        Optional<Row> row = asOf == null ? board.row(level, id) : groupings.rowOn(asOf, level, id);
        return row.filter(found -> Groupings.isVisible(viewer, found)).map(found -> groupings.own(found, viewer));
    }

    private Row[] rows(Selection selection, @Nullable LocalDate asOf, Principal viewer) {
        return asOf == null
                ? groupings.now(selection, viewer)
                : groupings.on(asOf, reading.get().historyReady(), selection, viewer);
    }

    private List<RowView> views(Row[] rows) {
        return Arrays.stream(rows).map(rowViews::view).toList();
    }

    private Answers.Overview overview(ViewQuery.Overview query, Principal viewer) {
        Row city = (query.city() == null
                        ? largestCity(query.asOf())
                        : row(Level.CITY, query.city(), query.asOf(), viewer))
                .orElseThrow(() ->
                        new RefusedException(query.city() == null ? ProblemKind.REBUILDING : ProblemKind.NOT_FOUND));
        return new Answers.Overview(
                rowViews.view(city),
                change(city, WEEK),
                change(city, MONTH),
                path(city).orElse(null),
                references(board, city.id()),
                views(rows(parts(Level.FUNDING, city.id()), query.asOf(), viewer)),
                views(rows(parts(Level.DISTRICT, city.id()), query.asOf(), viewer)),
                new HeldBackBy(
                        worst(Level.CONTRACTOR, city.id(), query.asOf(), viewer),
                        worst(Level.PROJECT, city.id(), query.asOf(), viewer)),
                row(Level.CITY, Row.UNASSIGNED, query.asOf(), viewer)
                        .filter(row -> row.counts().isActive())
                        .map(rowViews::view)
                        .orElse(null));
    }

    static List<ReferenceView> references(Board board, String city) {
        return board.references(city).stream()
                .sorted(Comparator.comparing(Reference::concept)
                        .thenComparing(Reference::source)
                        .thenComparing(Reference::validOn, Comparator.reverseOrder()))
                .map(reference -> new ReferenceView(
                        reference.concept(),
                        reference.source(),
                        reference.participants(),
                        reference.workforce(),
                        reference.ratio(),
                        reference.validOn()))
                .toList();
    }

    static Selection parts(Level level, String city) {
        return new Selection(
                level, city, null, null, null, ViewQuery.GroupState.ALL, "", Set.of(), GroupSort.UNCOVERED, false);
    }

    private List<RowView> worst(Level level, String city, @Nullable LocalDate asOf, Principal viewer) {
        return views(Groupings.page(rows(Selection.worst(level, city), asOf, viewer), 0, WORST));
    }

    private Optional<Row> largestCity(@Nullable LocalDate asOf) {
        return board.rows(Level.CITY).stream()
                .filter(row -> !row.id().equals(Row.UNASSIGNED))
                .max(Comparator.<Row>comparingLong(row -> row.counts().workers())
                        .thenComparing(Row::id))
                .flatMap(row -> asOf == null ? Optional.of(row) : groupings.rowOn(asOf, Level.CITY, row.id()));
    }

    private Answers.Groups groups(ViewQuery.Groups query, Principal viewer) {
        Selection selection = query.selection();
        Row[] rows = rows(selection, query.asOf(), viewer);
        return new Answers.Groups(
                rows.length,
                query.offset(),
                views(Groupings.page(rows, query.offset(), query.limit())),
                selection.level() != Level.CITY,
                0);
    }

    /** All selected groups, in order. */
    public Stream<RowView> allGroups(Selection selection, @Nullable LocalDate asOf, Principal viewer) {
        requireReady();
        if (viewer.role() == Role.PUBLIC) {
            return publicViews.allGroups(selection, asOf);
        }
        if (asOf != null) {
            requireReported(asOf);
        }
        return Arrays.stream(rows(selection, asOf, viewer)).map(rowViews::view);
    }

    /** All selected alerts, in order. */
    public Stream<Answers.HireView> allHires(ViewQuery.HireSelection selection, Principal viewer) {
        requireReady();
        if (viewer.role() == Role.PUBLIC) {
            throw notFound();
        }
        Instant now = clock.instant();
        HireViews.InForce decisions = hireViews.inForce(now);
        LocalDate today = today();
        HireViews.Found found = hireViews.find(selection, viewer, now);
        Audit.log(
                viewer.name(),
                "download-hires",
                selection.scope(),
                found.alerts().size());
        return found.alerts().stream().map(alert -> hireViews.view(alert, decisions, today, viewer));
    }

    /** A contractor, for one who may see its hires. Nothing is written to it while the figures are not complete. */
    public RowView contractor(String id, Principal viewer) {
        if (status(viewer).state().equals(REBUILDING)) {
            throw new RefusedException(ProblemKind.REBUILDING);
        }
        if (viewer.role() == Role.PUBLIC) {
            throw notFound();
        }
        return row(Level.CONTRACTOR, id, null, viewer).map(rowViews::view).orElseThrow(Views::notFound);
    }

    /** Open alerts on hires of a contractor, those that are due first first. */
    public Stream<Answers.HireView> openHires(String contractor, Principal viewer) {
        return allHires(
                new ViewQuery.HireSelection(
                        null, null, contractor, null, ViewQuery.OPEN, null, null, "", ViewQuery.HireSort.DUE, true),
                viewer);
    }

    private void requireReady() {
        if (!reading.get().ready()) {
            throw new RefusedException(ProblemKind.REBUILDING);
        }
    }

    private Answers.Group group(ViewQuery.Group query, Principal viewer) {
        Row row = row(query.level(), query.id(), query.asOf(), viewer).orElseThrow(Views::notFound);
        return new Answers.Group(
                rowViews.view(row),
                rowViews.parents(row),
                change(row, WEEK),
                change(row, MONTH),
                path(row).orElse(null),
                row.level() == Level.PROJECT && query.asOf() == null ? payment(row) : null);
    }

    private @Nullable ChangeView change(Row row, int days) {
        LocalDate since = row.asOf().minusDays(days);
        Optional<Counts> reported =
                reading.get().historyReady() ? history.at(row.level(), row.id(), since) : Optional.empty();
        return reported.or(() -> Timelines.at(timelines.apply(Topics.groupKey(row.level(), row.id())), since))
                .map(then -> {
                    Double now = row.ratio();
                    Double before = then.workers() == 0 ? null : then.coveredWorkers() / (double) then.workers();
                    return new ChangeView(
                            since,
                            reported.isPresent() ? "REPORTED" : "KNOWN",
                            row.counts().workers() - then.workers(),
                            row.counts().coveredWorkers() - then.coveredWorkers(),
                            now == null || before == null ? null : now - before);
                })
                .orElse(null);
    }

    static Optional<PathView> path(Row row) {
        Target target = row.target();
        if (target == null) {
            return Optional.empty();
        }
        Double planned = planned(target, row.asOf());
        Long plannedWorkers =
                planned == null ? null : Target.planned(planned, row.counts().workers());
        long left = target.workersToTarget(row.counts());
        double weeks = Math.max(0, ChronoUnit.DAYS.between(row.asOf(), target.dueOn())) / (double) WEEK;
        return Optional.of(new PathView(
                target.baselineRatio(),
                target.baselineOn(),
                target.ratio(),
                target.dueOn(),
                target.source(),
                planned,
                plannedWorkers,
                plannedWorkers == null ? null : plannedWorkers - row.counts().coveredWorkers(),
                left,
                weeks,
                weeks == 0 ? null : (long) Math.ceil(left / weeks)));
    }

    /** The ratio of a day on the straight line from the baseline to the target; null without a baseline. */
    private static @Nullable Double planned(Target target, LocalDate day) {
        Double from = target.baselineRatio();
        LocalDate first = target.baselineOn();
        if (from == null || first == null || !first.isBefore(target.dueOn())) {
            return null;
        }
        double all = ChronoUnit.DAYS.between(first, target.dueOn());
        double part = Math.min(1, Math.max(0, ChronoUnit.DAYS.between(first, day) / all));
        return from + (target.ratio() - from) * part;
    }

    private static Payment payment(Row row) {
        Counts counts = row.counts();
        Insurance insurance = row.insurance();
        InsuranceStatus status = insurance == null ? null : insurance.status();
        LocalDate from = insurance == null ? null : insurance.effectiveFrom();
        LocalDate to = insurance == null ? null : insurance.effectiveTo();
        boolean insured = insurance != null && insurance.isInEffect(row.asOf());
        long listed = counts.coveredWorkers() - counts.coveredByGrace();
        Project project = row.project();
        Long declared = project == null ? null : project.declaredWorkers();
        List<String> reasons = new ArrayList<>();
        if (status == null || status == InsuranceStatus.CANCELLED || status == InsuranceStatus.UNKNOWN) {
            reasons.add("NOT_INSURED");
        } else if (status == InsuranceStatus.REGISTERED) {
            reasons.add("UNPAID");
        } else if (from == null || row.asOf().isBefore(from)) {
            reasons.add("NOT_YET_EFFECTIVE");
        } else if (!insured) {
            reasons.add("EXPIRED");
        }
        if (counts.overdueHires() > 0) {
            reasons.add("OVERDUE_HIRES");
        }
        boolean hold = !reasons.isEmpty();
        if (counts.uncoveredWorkers() > 0) {
            reasons.add("UNCOVERED_WORKERS");
        }
        if (declared != null && listed < declared) {
            reasons.add("FEWER_THAN_DECLARED");
        }
        if (declared != null && counts.workers() > declared) {
            reasons.add("MORE_THAN_DECLARED");
        }
        if (listed < counts.workers()) {
            reasons.add("LIST_INCOMPLETE");
        }
        AlertCounts alerts = row.alerts();
        return new Payment(
                hold ? "HOLD" : reasons.isEmpty() ? "PAY" : "CHECK",
                insured,
                from,
                to,
                status == null ? "NONE" : status.name(),
                listed >= counts.workers() && (declared == null || listed >= declared),
                listed,
                counts.workers(),
                declared,
                counts.uncoveredWorkers(),
                counts.coveredByGrace(),
                alerts == null ? 0 : alerts.open(),
                Math.toIntExact(counts.overdueHires()),
                reasons);
    }

    private Answers.Timeline timeline(ViewQuery.Timeline query, Principal viewer) {
        Row row = row(query.level(), query.id(), null, viewer).orElseThrow(Views::notFound);
        List<TimelinePoint> points = timelines.apply(Topics.groupKey(row.level(), row.id()));
        return new Timelines(today(), query.from(), query.to())
                .view(
                        points,
                        history.of(row.level(), row.id()),
                        history,
                        path(row).orElse(null));
    }

    private Answers.Hires hires(ViewQuery.Hires query, Principal viewer) {
        Instant now = clock.instant();
        HireViews.Found found = hireViews.find(query.selection(), viewer, now);
        HireViews.InForce decisions = hireViews.inForce(now);
        LocalDate today = today();
        Stream<Answers.HireView> page = found.alerts().stream()
                .skip(query.offset())
                .limit(query.limit())
                .map(alert -> hireViews.view(alert, decisions, today, viewer));
        return new Answers.Hires(found.alerts().size(), query.offset(), page.toList(), found.counts());
    }

    /** A decision as it is answered. */
    public Answers.Decided decided(AlertDecision decision, Principal viewer) {
        return new Answers.Decided(hireViews.view(decision, viewer));
    }

    /**
     * A decision that a viewer may end.
     *
     * @throws RefusedException if there is none that it may know of, or it was taken by others and the viewer is no official
     */
    public AlertDecision endable(String id, Principal viewer) {
        AlertDecision decision = board.decisionOf(id)
                .filter(found -> hireViews.isVisible(viewer, found))
                .orElseThrow(Views::notFound);
        if (!viewer.mayEnd(decision.getDecidedBy())) {
            throw new RefusedException(ProblemKind.NOT_ALLOWED);
        }
        return decision;
    }

    /**
     * What somebody wants to decide, as a record.
     *
     * @throws RefusedException if it is not complete, or not for this viewer
     */
    public AlertDecision decide(DecisionRequest request, String id, Principal viewer) {
        if (viewer.role() == Role.PUBLIC) {
            throw notFound();
        }
        return request.check(board, viewer, id, clock.instant(), options.zone());
    }
}
