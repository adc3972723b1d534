package id.cakupan.dashboard.disclosure;

import cakupan.records.Level;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the public figures out of the true ones, day after day; a pure function of the days it was given, whoever asks and
 * however often it is started.
 *
 * <p>The one idea: a total is not the true total from which somebody could subtract what is shown. It is the sum of what may be
 * known anyway: the workers of shown projects, and, of the hidden ones, sums over at least three of a district and funding, taken
 * once a week and rounded. So nothing that is published depends on a hidden count otherwise than through such a sum, whatever is
 * subtracted from whatever, in whichever margin and on whichever days. docs/public-mode.md has the rules and the reasons.
 *
 * <p>Not thread-safe.
 */
public final class Disclosure {
    /** What is known of a project. */
    private enum Kind {
        /** Nothing: it is small. */
        CLOSED,
        /** Its workers. */
        TOTAL,
        /** Its workers, and that few are uncovered. */
        HIGH,
        /** Its workers, and that few are covered. */
        LOW,
        /** Workers and covered workers. */
        FULL;

        /** Which sum its hidden counts belong to; null = it has none. */
        @Nullable
        Kind pool() {
            return switch (this) {
                case CLOSED, TOTAL, HIGH, LOW -> this;
                case FULL -> null;
            };
        }
    }

    private static final class Project {
        private final Margin margin;
        private final Portfolio portfolio;
        private final Series series = new Series();
        private int covered;
        private int uncovered;
        private Kind kind = Kind.CLOSED;
        /** Day since which it has been in its pool. */
        private long since;

        private boolean reported;
        /** As it stands in totals, of the last day on which sums were taken. */
        private Kind counted = Kind.CLOSED;

        private boolean pooled;
        /** As they were when sums were taken the last time, and the time before that. */
        private Counts lately = NOBODY;

        private Counts before = NOBODY;
        /** Of the last day on which they were shown. */
        private int shownWorkers;

        private int shownCovered;

        private Project(Margin margin, Portfolio portfolio) {
            this.margin = margin;
            this.portfolio = portfolio;
        }

        private int workers() {
            return covered + uncovered;
        }
    }

    /** Sums over the hidden counts of one kind in one district and funding. */
    private static final class Pool {
        private int waiting;
        private int members;
        private boolean grows;
        private int covered;
        private int uncovered;
    }

    /** A district and funding: every total is a sum of such. */
    private static final class Margin {
        private final List<Group> groups;
        private final Map<Kind, Pool> pools = new EnumMap<>(Kind.class);
        private Sum sum = new Sum();

        private Margin(Site site) {
            groups = List.of(
                    new Group(Level.CITY, site.city()),
                    new Group(Level.DISTRICT, site.district()),
                    new Group(Level.FUNDING, site.funding()));
        }
    }

    /** What a total is made of. */
    private static final class Sum {
        private double covered;
        private double uncovered;
        /** Workers of whom nothing is known about cover. */
        private double unknown;
        /** Suppressed projects that are in no sum. */
        private int alone;

        private int trueCovered;
        private int trueUncovered;

        private double known() {
            return covered + uncovered;
        }
    }

    /** A contractor's covered workers are told when they are known to a tenth of its workers. */
    private static final int WIDEST_PART = 10;

    private static final long LONG_AGO = LocalDate.EPOCH.minusYears(1000).toEpochDay();

    private static final Counts NOBODY = new Counts(0, 0);

    private final Rules rules;
    private final Map<String, Project> projects = new LinkedHashMap<>();
    private final Map<Group, Series> totals = new HashMap<>();
    private final Map<Group, Counts> trueTotals = new HashMap<>();
    private final Map<Site, Margin> margins = new LinkedHashMap<>();
    private final Map<String, Portfolio> portfolios = new LinkedHashMap<>();
    private final Map<Group, Counts> overlaps = new HashMap<>();
    /** Projects that were reported at least once, whose order does not matter. */
    private final List<Project> reported = new ArrayList<>();

    private final List<Project> changed = new ArrayList<>();
    private @Nullable LocalDate last;
    private @Nullable LocalDate first;
    private long started;

    /**
     * Nothing disclosed yet.
     *
     * @param threshold k, at least 3: groups of fewer workers are hidden
     */
    public Disclosure(int threshold) {
        this(Rules.of(threshold));
    }

    Disclosure(Rules rules) {
        this.rules = rules;
    }

    /** The last day that was disclosed. */
    public Optional<LocalDate> last() {
        return Optional.ofNullable(last);
    }

    /** The first day that was disclosed. */
    public Optional<LocalDate> first() {
        return Optional.ofNullable(first);
    }

    /** Makes a project known: master data are public. A project that is known already stays where it is. */
    public void site(String project, Site site) {
        if (!projects.containsKey(project)) {
            Margin margin =
                    margins.computeIfAbsent(new Site(site.city(), site.district(), site.funding(), ""), Margin::new);
            Portfolio portfolio = portfolios.computeIfAbsent(site.contractor(), c -> new Portfolio());
            projects.put(project, new Project(margin, portfolio));
        }
    }

    /**
     * Discloses the next day.
     *
     * @param day after all days before
     * @param counts as reported on that day; a group that is not there is as on the day before. Projects whose site is
     *     not known are left out; counts of cities, districts and fundings serve to find how many workers are on several sites
     */
    public void day(LocalDate day, Map<Group, Counts> counts) {
        if (last != null && !day.isAfter(last)) {
            throw new IllegalArgumentException("Days come in their order");
        }
        if (first == null) {
            first = day;
            started = day.toEpochDay();
        }
        counts.forEach(this::take);
        boolean sums = last == null
                || Math.floorDiv(day.toEpochDay(), rules.poolDays())
                        != Math.floorDiv(last.toEpochDay(), rules.poolDays());
        last = day;
        changed.forEach(project -> show(project, day));
        changed.clear();
        if (sums) {
            pool(day.toEpochDay());
        }
        total(day, sums);
        contractors(day);
    }

    private void take(Group group, Counts counts) {
        if (group.level() == Level.PROJECT) {
            Project project = projects.get(group.id());
            if (project != null) {
                if (!project.reported) {
                    project.reported = true;
                    project.since = last == null ? LONG_AGO : last.toEpochDay();
                    reported.add(project);
                }
                project.covered = counts.covered();
                project.uncovered = counts.uncovered();
                changed.add(project);
            }
        } else {
            trueTotals.put(group, counts);
        }
    }

    private void show(Project project, LocalDate day) {
        Kind before = project.kind;
        Kind now = next(before, project.covered, project.uncovered);
        if (now.pool() != before.pool() && !day.equals(first)) {
            project.since = day.toEpochDay();
        }
        project.kind = now;
        if (now != Kind.CLOSED) {
            project.shownWorkers = project.workers();
        }
        if (now == Kind.FULL) {
            project.shownCovered = project.covered;
        }
        project.series.put(day, disclosed(project));
    }

    /** Each border is crossed at counts that are not sensitive, and leaves k values or more for those that are. */
    private Kind next(Kind before, int covered, int uncovered) {
        int workers = covered + uncovered;
        if (workers < (before == Kind.CLOSED ? rules.open() : rules.close())) {
            return Kind.CLOSED;
        }
        if (workers < rules.ratioFrom()) {
            return Kind.TOTAL;
        }
        int border = before == Kind.FULL ? rules.close() : rules.open();
        if (uncovered < border) {
            return Kind.HIGH;
        }
        return covered < border ? Kind.LOW : Kind.FULL;
    }

    private Disclosed disclosed(Project project) {
        int workers = rules.roundShown(project.workers());
        int few = rules.open() - 1;
        return switch (project.kind) {
            case CLOSED -> Disclosed.SUPPRESSED;
            case TOTAL -> Disclosed.total(workers);
            case HIGH -> Disclosed.few(workers, Coverage.FEW_UNCOVERED, few);
            case LOW -> Disclosed.few(workers, Coverage.FEW_COVERED, few);
            case FULL -> Disclosed.shown(workers, rules.roundShown(project.covered));
        };
    }

    /**
     * Who enters the sums: all that wait, when they are enough; a sum over too few is none. A sum is of two times before, and of
     * those that are still hidden: whoever is shown later was hidden for so long that it tells nothing about the others.
     */
    private void pool(long today) {
        margins.values().forEach(margin -> margin.pools.clear());
        for (Project project : reported) {
            Kind kind = project.kind.pool();
            project.pooled &= project.counted.pool() == kind;
            project.counted = project.kind;
            if (kind == null) {
                continue;
            }
            Pool pool = project.margin.pools.computeIfAbsent(kind, k -> new Pool());
            // Everybody knows of an ended project that nobody works there.
            int one = project.workers() > 0 ? 1 : 0;
            if (project.pooled) {
                pool.members += one;
            } else if (waited(project, today)) {
                pool.waiting += one;
            }
        }
        for (Margin margin : margins.values()) {
            margin.pools.values().forEach(pool -> {
                pool.grows = pool.waiting >= rules.poolMembers();
                pool.members += pool.grows ? pool.waiting : 0;
            });
            margin.pools.values().removeIf(pool -> pool.members < rules.poolMembers());
        }
        for (Project project : reported) {
            Kind kind = project.kind.pool();
            Pool pool = kind == null ? null : project.margin.pools.get(kind);
            project.pooled = pool != null && (project.pooled || (pool.grows && waited(project, today)));
            if (pool != null && project.pooled) {
                pool.covered += project.before.covered();
                pool.uncovered += project.before.uncovered();
            }
            project.before = project.lately;
            project.lately = new Counts(project.covered, project.uncovered);
        }
    }

    private boolean waited(Project project, long today) {
        return today - Math.max(project.since, started - rules.waitDays() + 2L * rules.poolDays()) >= rules.waitDays();
    }

    private void total(LocalDate day, boolean sums) {
        margins.values().forEach(margin -> margin.sum = new Sum());
        for (Project project : reported) {
            Sum sum = project.margin.sum;
            sum.trueCovered += project.covered;
            sum.trueUncovered += project.uncovered;
            count(project, sum);
        }
        margins.values().forEach(margin -> margin.pools.forEach((kind, pool) -> add(margin.sum, kind, pool)));
        SortedMap<String, Group> order = new TreeMap<>();
        Map<Group, Sum> byGroup = new HashMap<>();
        margins.values()
                .forEach(margin -> margin.groups.forEach(group -> {
                    Sum part = margin.sum;
                    order.put(group.level() + "/" + group.id(), group);
                    Sum sum = byGroup.computeIfAbsent(group, g -> new Sum());
                    sum.covered += part.covered;
                    sum.uncovered += part.uncovered;
                    // Were there more of them with workers, there would be a sum.
                    sum.unknown +=
                            part.unknown + Math.min(part.alone, rules.poolMembers() - 1) * rules.threshold() / 2.0;
                    sum.trueCovered += part.trueCovered;
                    sum.trueUncovered += part.trueUncovered;
                }));
        for (Group group : order.values()) {
            Sum sum = Objects.requireNonNull(byGroup.get(group));
            if (sums) {
                overlaps.put(group, overlap(group, sum));
            }
            totals.computeIfAbsent(group, g -> new Series()).put(day, disclosed(group, sum));
        }
    }

    private void add(Sum sum, Kind kind, Pool pool) {
        int covered = rules.roundPool(pool.covered);
        int uncovered = rules.roundPool(pool.uncovered);
        int workers = pool.covered + pool.uncovered;
        switch (kind) {
            case HIGH -> {
                sum.covered -= uncovered;
                sum.uncovered += uncovered;
            }
            case LOW -> {
                sum.covered += covered;
                sum.uncovered -= covered;
            }
            case TOTAL -> {
                // Everybody knows how many they are together: the smaller part is rounded, the other one is the rest.
                boolean fewer = pool.uncovered <= pool.covered;
                sum.covered += fewer ? workers - uncovered : covered;
                sum.uncovered += fewer ? uncovered : workers - covered;
            }
            default -> {
                sum.covered += covered;
                sum.uncovered += uncovered;
            }
        }
    }

    /** As of the last day on which sums were taken, so that nobody is in a sum and beside it. */
    private void count(Project project, Sum sum) {
        switch (project.counted) {
            case FULL -> {
                sum.covered += project.shownCovered;
                sum.uncovered += Math.max(0, project.shownWorkers - project.shownCovered);
            }
            case HIGH -> sum.covered += project.shownWorkers;
            case LOW -> sum.uncovered += project.shownWorkers;
            case TOTAL -> sum.unknown += project.pooled ? 0 : project.shownWorkers;
            case CLOSED -> sum.alone += project.pooled ? 0 : 1;
        }
    }

    /** Workers on several sites count in each, and once in the total. */
    private Counts overlap(Group group, Sum sum) {
        Counts once = trueTotals.get(group);
        if (once == null) {
            return new Counts(0, 0);
        }
        return new Counts(overlap(sum.trueCovered - once.covered()), overlap(sum.trueUncovered - once.uncovered()));
    }

    private int overlap(int more) {
        return more < rules.close() ? 0 : rules.round(more);
    }

    private Disclosed disclosed(Group group, Sum sum) {
        if (!rules.fenced()) {
            return unfenced(group, sum);
        }
        Counts overlap = overlaps.getOrDefault(group, new Counts(0, 0));
        double covered = Math.max(0, sum.covered - overlap.covered());
        double uncovered = Math.max(0, sum.uncovered - overlap.uncovered());
        if (sum.known() > 0) {
            covered += sum.unknown * Math.max(0, sum.covered) / sum.known();
            uncovered += sum.unknown * Math.max(0, sum.uncovered) / sum.known();
        }
        double workers = sum.known() > 0 ? covered + uncovered : sum.unknown;
        if (workers < rules.open()) {
            return Disclosed.SUPPRESSED;
        }
        int shown = rules.roundShown(workers);
        if (workers < rules.ratioFrom() || sum.known() <= 0) {
            return Disclosed.total(shown);
        }
        int few = rules.open() - 1;
        if (uncovered < rules.open()) {
            return Disclosed.few(shown, Coverage.FEW_UNCOVERED, few);
        }
        return covered < rules.open()
                ? Disclosed.few(shown, Coverage.FEW_COVERED, few)
                : Disclosed.shown(shown, rules.roundShown(covered));
    }

    private Disclosed unfenced(Group group, Sum sum) {
        Counts counts = trueTotals.get(group);
        int covered = counts == null ? sum.trueCovered : counts.covered();
        int workers = covered + (counts == null ? sum.trueUncovered : counts.uncovered());
        return workers < rules.open()
                ? Disclosed.SUPPRESSED
                : Disclosed.shown(rules.round(workers), rules.round(covered));
    }

    /** Of a contractor: its shown projects together. Adds nothing to what they tell. */
    private static final class Portfolio {
        private int sites;
        private int workers;
        private int coveredLeast;
        private int coveredMost;
        private int trueCovered;
        private int trueUncovered;
        private boolean allHigh = true;
        private boolean allLow = true;

        private void clear() {
            sites = 0;
            workers = 0;
            coveredLeast = 0;
            coveredMost = 0;
            trueCovered = 0;
            trueUncovered = 0;
            allHigh = true;
            allLow = true;
        }
    }

    private void contractors(LocalDate day) {
        portfolios.values().forEach(Portfolio::clear);
        int few = rules.open() - 1;
        for (Project project : reported) {
            Portfolio portfolio = project.portfolio;
            portfolio.trueCovered += project.covered;
            portfolio.trueUncovered += project.uncovered;
            if (project.kind == Kind.CLOSED) {
                continue;
            }
            int workers = project.workers();
            portfolio.sites++;
            portfolio.workers += workers;
            portfolio.allHigh &= project.kind == Kind.HIGH;
            portfolio.allLow &= project.kind == Kind.LOW;
            portfolio.coveredLeast += switch (project.kind) {
                case FULL -> project.covered;
                case HIGH -> workers - few;
                default -> 0;
            };
            portfolio.coveredMost += switch (project.kind) {
                case FULL -> project.covered;
                case LOW -> few;
                default -> workers;
            };
        }
        portfolios.forEach((contractor, portfolio) -> {
            Group group = new Group(Level.CONTRACTOR, contractor);
            Disclosed disclosed = rules.fenced() ? disclosed(portfolio, few) : unfenced(group, sumOf(portfolio));
            totals.computeIfAbsent(group, g -> new Series()).put(day, disclosed);
        });
    }

    private static Sum sumOf(Portfolio portfolio) {
        Sum sum = new Sum();
        sum.trueCovered = portfolio.trueCovered;
        sum.trueUncovered = portfolio.trueUncovered;
        return sum;
    }

    private Disclosed disclosed(Portfolio portfolio, int few) {
        if (portfolio.sites == 0) {
            return Disclosed.SUPPRESSED;
        }
        int workers = rules.roundShown(portfolio.workers);
        if (portfolio.allHigh) {
            return Disclosed.few(workers, Coverage.FEW_UNCOVERED, few * portfolio.sites);
        }
        if (portfolio.allLow) {
            return Disclosed.few(workers, Coverage.FEW_COVERED, few * portfolio.sites);
        }
        boolean narrow = (portfolio.coveredMost - portfolio.coveredLeast) * WIDEST_PART <= portfolio.workers;
        return narrow
                ? Disclosed.shown(workers, rules.roundShown((portfolio.coveredLeast + portfolio.coveredMost) / 2.0))
                : Disclosed.total(workers);
    }

    /** What anybody may know of a group on a day. */
    public Disclosed at(Group group, LocalDate day) {
        return series(group).map(series -> series.at(day)).orElse(Disclosed.SUPPRESSED);
    }

    /** All days, each holding until the next; empty for a group that is not known. */
    public SortedMap<LocalDate, Disclosed> history(Group group) {
        SortedMap<LocalDate, Disclosed> history = new TreeMap<>();
        series(group)
                .ifPresent(series -> series.entries().forEach(entry -> history.put(entry.day(), entry.disclosed())));
        return history;
    }

    private Optional<Series> series(Group group) {
        if (group.level() == Level.PROJECT) {
            return Optional.ofNullable(projects.get(group.id())).map(project -> project.series);
        }
        return Optional.ofNullable(totals.get(group));
    }

    /**
     * A sum over hidden counts that entered the totals.
     *
     * @param projects whose counts
     * @param covered rounded; -1 = not part of the sum
     * @param uncovered rounded; -1 = not part of the sum
     */
    record HiddenSum(List<String> projects, int covered, int uncovered) {}

    /** All that totals tell of hidden counts, of the last day on which sums were taken. */
    List<HiddenSum> hiddenSums() {
        Map<Pool, List<String>> members = new LinkedHashMap<>();
        Map<Pool, Kind> kinds = new HashMap<>();
        projects.forEach((id, project) -> {
            Kind kind = project.counted.pool();
            Pool pool = kind == null ? null : project.margin.pools.get(kind);
            if (pool != null && project.pooled) {
                members.computeIfAbsent(pool, p -> new ArrayList<>()).add(id);
                kinds.put(pool, kind);
            }
        });
        List<HiddenSum> sums = new ArrayList<>();
        members.forEach((pool, ids) -> {
            Kind kind = kinds.get(pool);
            boolean fewer = pool.uncovered <= pool.covered;
            boolean hasCovered = kind == Kind.CLOSED || kind == Kind.LOW || (kind == Kind.TOTAL && !fewer);
            boolean hasUncovered = kind == Kind.CLOSED || kind == Kind.HIGH || (kind == Kind.TOTAL && fewer);
            sums.add(new HiddenSum(
                    ids,
                    hasCovered ? rules.roundPool(pool.covered) : -1,
                    hasUncovered ? rules.roundPool(pool.uncovered) : -1));
        });
        return sums;
    }

    /** All groups of which something was disclosed, be it that they are suppressed. */
    public List<Group> groups() {
        List<Group> groups = new ArrayList<>(totals.keySet());
        projects.keySet().forEach(id -> groups.add(new Group(Level.PROJECT, id)));
        return groups;
    }
}
