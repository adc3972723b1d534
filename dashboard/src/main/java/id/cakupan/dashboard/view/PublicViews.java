package id.cakupan.dashboard.view;

import cakupan.records.Level;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Counts;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.board.Row;
import id.cakupan.dashboard.board.Target;
import id.cakupan.dashboard.disclosure.Coverage;
import id.cakupan.dashboard.disclosure.Disclosed;
import id.cakupan.dashboard.view.Answers.ChangeView;
import id.cakupan.dashboard.view.Answers.HeldBackBy;
import id.cakupan.dashboard.view.Answers.ReportedDay;
import id.cakupan.dashboard.view.Answers.RowView;
import id.cakupan.dashboard.view.Answers.TargetView;
import id.cakupan.dashboard.view.ViewQuery.Selection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers for anybody. Whatever is selected, sorted, counted or shown here is made of {@link #rows}, whose counts of workers are
 * the public ones: what is hidden does not come this far, so no filter and no order can tell it.
 */
final class PublicViews {
    private static final int WEEK = 7;
    private static final int MONTH = 30;
    private static final int WORST = 5;
    private static final int KEPT = 16;

    private record Key(Level level, LocalDate day) {}

    private record Selected(Selection selection, LocalDate day) {}

    private final Board board;
    private final History history;
    private final PublicFigures figures;
    private final RowViews rowViews;
    private final Map<Key, List<Row>> kept = lastUsed();
    private final Map<Selected, List<Row>> keptSelected = lastUsed();
    private long keptVersion = -1;

    PublicViews(Board board, History history, PublicFigures figures, RowViews rowViews) {
        this.board = board;
        this.history = history;
        this.figures = figures;
        this.rowViews = rowViews;
    }

    private static <K> Map<K, List<Row>> lastUsed() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, List<Row>> eldest) {
                return size() > KEPT;
            }
        };
    }

    Object answer(ViewQuery query, LocalDate today) {
        if (query instanceof ViewQuery.Hires || query instanceof ViewQuery.Decisions) {
            throw notFound();
        }
        LocalDate day = day(query.asOf());
        if (query instanceof ViewQuery.Overview overview) {
            return overview(overview, day);
        }
        if (query instanceof ViewQuery.Groups groups) {
            return groups(groups, day);
        }
        if (query instanceof ViewQuery.Group group) {
            return group(group, day);
        }
        if (query instanceof ViewQuery.Timeline timeline) {
            return timeline(timeline, day, today);
        }
        throw notFound();
    }

    /** All selected groups, in order. */
    Stream<RowView> allGroups(Selection selection, @Nullable LocalDate asOf) {
        return select(selection, day(asOf)).stream().map(this::view);
    }

    private static RefusedException notFound() {
        return new RefusedException(ProblemKind.NOT_FOUND);
    }

    private LocalDate day(@Nullable LocalDate asOf) {
        LocalDate last = figures.last().orElseThrow(() -> new RefusedException(ProblemKind.REBUILDING));
        LocalDate first = figures.first().orElse(last);
        if (asOf != null && (asOf.isBefore(first) || asOf.isAfter(last))) {
            throw new RefusedException(ProblemKind.DAY_UNKNOWN);
        }
        return asOf == null ? last : asOf;
    }

    private Answers.Overview overview(ViewQuery.Overview query, LocalDate day) {
        Row city = rows(Level.CITY, day).stream()
                .filter(row -> query.city() == null || row.id().equals(query.city()))
                .max((a, b) -> a.counts().workers() == b.counts().workers()
                        ? b.id().compareTo(a.id())
                        : Long.compare(a.counts().workers(), b.counts().workers()))
                .orElseThrow(PublicViews::notFound);
        return new Answers.Overview(
                view(city),
                change(city, WEEK),
                change(city, MONTH),
                path(city),
                Views.references(board, city.id()),
                views(select(Views.parts(Level.FUNDING, city.id()), day)),
                views(select(Views.parts(Level.DISTRICT, city.id()), day)),
                new HeldBackBy(worst(Level.CONTRACTOR, city.id(), day), worst(Level.PROJECT, city.id(), day)),
                null);
    }

    private List<RowView> worst(Level level, String city, LocalDate day) {
        return views(
                select(Selection.worst(level, city), day).stream().limit(WORST).toList());
    }

    private List<RowView> views(List<Row> rows) {
        return rows.stream().map(this::view).toList();
    }

    private Answers.Groups groups(ViewQuery.Groups query, LocalDate day) {
        List<Row> rows = select(query.selection(), day);
        List<RowView> page = rows.stream()
                .skip(query.offset())
                .limit(query.limit())
                .map(this::view)
                .toList();
        int suppressed =
                (int) rows.stream().filter(row -> disclosed(row).isSuppressed()).count();
        return new Answers.Groups(
                rows.size(), query.offset(), page, query.selection().level() != Level.CITY, suppressed);
    }

    private Answers.Group group(ViewQuery.Group query, LocalDate day) {
        Row row = row(query.level(), query.id(), day).orElseThrow(PublicViews::notFound);
        return new Answers.Group(
                view(row), rowViews.parents(row), change(row, WEEK), change(row, MONTH), path(row), null);
    }

    private Answers.Timeline timeline(ViewQuery.Timeline query, LocalDate last, LocalDate today) {
        Row row = row(query.level(), query.id(), last).orElseThrow(PublicViews::notFound);
        SortedMap<LocalDate, Disclosed> disclosed = figures.history(row.level(), row.id());
        Set<LocalDate> days = new TreeSet<>(disclosed.keySet());
        history.of(row.level(), row.id()).forEach(reported -> days.add(reported.day()));
        LocalDate from = query.from();
        LocalDate to = query.to();
        if (from != null) {
            days.add(from);
        }
        LocalDate first = disclosed.isEmpty() ? last : disclosed.firstKey();
        List<ReportedDay> shown = new ArrayList<>();
        ReportedDay before = null;
        for (LocalDate day : days) {
            boolean outside = day.isBefore(first)
                    || day.isAfter(last)
                    || (from != null && day.isBefore(from))
                    || (to != null && day.isAfter(to));
            ReportedDay next = outside ? null : reported(row, day);
            if (next != null && (before == null || !next.withDay(before.day()).equals(before))) {
                shown.add(next);
                before = next;
            }
        }
        return new Answers.Timeline(today, null, null, List.of(), shown, first, last, path(row), List.of(), List.of());
    }

    private ReportedDay reported(Row row, LocalDate day) {
        Counts counts = history.at(row.level(), row.id(), day).orElse(Counts.NONE);
        Disclosed disclosed = figures.at(row.level(), row.id(), day);
        return new ReportedDay(
                day,
                disclosed.isSuppressed() ? null : (long) disclosed.workers(),
                disclosed.coverage() == Coverage.SHOWN ? (long) disclosed.covered() : null,
                null,
                null,
                null,
                null,
                counts.projects(),
                counts.insuredProjects(),
                counts.contractValue(),
                counts.insuredContractValue());
    }

    private List<Row> select(Selection selection, LocalDate day) {
        Selected key = new Selected(selection, day);
        long version = figures.version();
        synchronized (kept) {
            List<Row> known = keptVersion == version ? keptSelected.get(key) : null;
            if (known != null) {
                return known;
            }
        }
        List<Row> made = selectNow(selection, day);
        synchronized (kept) {
            if (keptVersion == version) {
                keptSelected.put(key, made);
            }
        }
        return made;
    }

    private List<Row> selectNow(Selection selection, LocalDate day) {
        Double belowRatio = Groupings.belowRatio(board, selection);
        return rows(selection.level(), day).stream()
                .filter(Groupings.filter(selection, Principal.ANYBODY, belowRatio))
                .sorted(selection.sort().comparator(selection.ascending()))
                .toList();
    }

    private Optional<Row> row(Level level, String id, LocalDate day) {
        return rows(level, day).stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /** All groups of a level, with nothing in them but what anybody may know. */
    private List<Row> rows(Level level, LocalDate day) {
        Key key = new Key(level, day);
        long version = figures.version();
        synchronized (kept) {
            if (keptVersion != version) {
                kept.clear();
                keptSelected.clear();
                keptVersion = version;
            }
            List<Row> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Map<String, Set<String>> contractors = level == Level.CONTRACTOR ? contractors() : Map.of();
        List<Row> made = history.ids(level).stream()
                .filter(id -> !id.equals(Row.UNASSIGNED))
                .filter(id -> level != Level.CONTRACTOR || contractors.containsKey(id))
                .filter(id -> level != Level.PROJECT || board.project(id).isPresent())
                .map(id -> history.at(level, id, day).map(counts -> row(level, id, day, counts, contractors)))
                .flatMap(Optional::stream)
                .toList();
        synchronized (kept) {
            if (keptVersion == version) {
                kept.put(key, made);
            }
        }
        return made;
    }

    /** Main contractors, which are public; who else hired is not. */
    private Map<String, Set<String>> contractors() {
        Map<String, Set<String>> tags = new HashMap<>();
        for (String id : history.ids(Level.PROJECT)) {
            board.project(id)
                    .ifPresent(project -> tags.computeIfAbsent(project.contractorId(), c -> new HashSet<>())
                            .addAll(tags(project)));
        }
        return tags;
    }

    private static Set<String> tags(Project project) {
        return Set.of(
                Row.district(project.districtCode()),
                Row.funding(project.fundingGroup()),
                Row.contractor(project.contractorId()));
    }

    private Row row(Level level, String id, LocalDate day, Counts counts, Map<String, Set<String>> contractors) {
        Disclosed disclosed = figures.at(level, id, day);
        long workers = Math.max(0, disclosed.workers());
        // Where nothing is told of cover, nobody counts as uncovered in orders and filters.
        long covered = switch (disclosed.coverage()) {
            case SHOWN -> disclosed.covered();
            case FEW_COVERED -> 0;
            case FEW_UNCOVERED, HIDDEN -> workers;
        };
        Project project = level == Level.PROJECT ? board.project(id).orElse(null) : null;
        Row now = board.row(level, id).orElse(null);
        return new Row(
                level,
                id,
                now == null ? null : now.name(),
                day,
                new Counts(
                        0,
                        0,
                        0,
                        workers,
                        covered,
                        0,
                        counts.projects(),
                        counts.insuredProjects(),
                        counts.contractValue(),
                        counts.insuredContractValue()),
                null,
                null,
                now == null ? null : now.target(),
                null,
                project,
                now == null ? null : now.insurance(),
                project == null ? contractors.getOrDefault(id, Set.of()) : tags(project),
                null,
                null);
    }

    private Disclosed disclosed(Row row) {
        return figures.at(row.level(), row.id(), row.asOf());
    }

    private RowView view(Row row) {
        Disclosed disclosed = disclosed(row);
        boolean shown = disclosed.coverage() == Coverage.SHOWN;
        Counts counts = row.counts();
        Target target = row.target();
        return new RowView(
                Parameters.small(row.level()),
                row.id(),
                row.title(),
                row.asOf(),
                null,
                null,
                null,
                disclosed.isSuppressed() ? null : counts.workers(),
                shown ? counts.coveredWorkers() : null,
                null,
                shown ? counts.uncoveredWorkers() : null,
                shown ? row.ratio() : null,
                counts.projects(),
                counts.insuredProjects(),
                counts.contractValue(),
                counts.insuredContractValue(),
                null,
                null,
                target == null
                        ? null
                        : new TargetView(target.ratio(), target.dueOn(), shown ? target.workersToTarget(counts) : null),
                rowViews.cityTarget(row),
                null,
                !shown,
                disclosed.coverage().name(),
                null,
                null,
                rowViews.publicProject(row));
    }

    private Answers.@Nullable PathView path(Row row) {
        return disclosed(row).coverage() == Coverage.SHOWN ? Views.path(row).orElse(null) : null;
    }

    private @Nullable ChangeView change(Row row, int days) {
        LocalDate since = row.asOf().minusDays(days);
        Disclosed now = disclosed(row);
        Disclosed then = figures.at(row.level(), row.id(), since);
        if (now.coverage() != Coverage.SHOWN || then.coverage() != Coverage.SHOWN) {
            return null;
        }
        return new ChangeView(
                since,
                "REPORTED",
                now.workers() - then.workers(),
                now.covered() - then.covered(),
                now.covered() / (double) now.workers() - then.covered() / (double) then.workers());
    }
}
