package id.cakupan.dashboard.view;

import cakupan.records.Level;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.disclosure.Counts;
import id.cakupan.dashboard.disclosure.Disclosed;
import id.cakupan.dashboard.disclosure.Disclosure;
import id.cakupan.dashboard.disclosure.Group;
import id.cakupan.dashboard.disclosure.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public figures, made of the history day by day; of a day some hours after its end, when it is complete. When something
 * comes to days that were made already, or a project moves, all are made anew. One thread keeps them up to date, any may read.
 */
public final class PublicFigures {
    private static final Logger LOG = LoggerFactory.getLogger(PublicFigures.class);
    private static final Duration AFTER_THE_DAY = Duration.ofHours(3);
    private static final int DAYS_AT_ONCE = 30;
    private static final List<Level> LEVELS = List.of(Level.PROJECT, Level.CITY, Level.DISTRICT, Level.FUNDING);

    private final Board board;
    private final History history;
    private final BooleanSupplier historyReady;
    private final Clock clock;
    private final ZoneId zone;
    private final int threshold;
    private final AtomicLong version = new AtomicLong();
    private Map<String, Site> sites = Map.of();
    private @Nullable Disclosure disclosure;

    /**
     * None yet.
     *
     * @param historyReady whether the history holds what was there at the start
     * @param threshold k, at least 3
     */
    public PublicFigures(
            Board board, History history, BooleanSupplier historyReady, Clock clock, ZoneId zone, int threshold) {
        this.board = board;
        this.history = history;
        this.historyReady = historyReady;
        this.clock = clock;
        this.zone = zone;
        this.threshold = threshold;
    }

    /** Makes the figures of days that are complete by now. Called by one thread. */
    public void look() {
        LocalDate from = history.from().orElse(null);
        LocalDate to = history.to().orElse(null);
        if (!historyReady.getAsBoolean() || from == null || to == null) {
            return;
        }
        LocalDate complete =
                LocalDate.ofInstant(clock.instant().minus(AFTER_THE_DAY), zone).minusDays(1);
        LocalDate end = to.isAfter(complete) ? complete : to;
        Disclosure made = current();
        LocalDate last = made == null ? null : made.last().orElse(null);
        LocalDate touched = history.takeEarliest().orElse(null);
        boolean late = last != null && touched != null && !touched.isAfter(last);
        boolean newDay = last == null || end.isAfter(last);
        if (end.isBefore(from) || (!late && !newDay)) {
            return;
        }
        Map<String, Site> now = sitesNow();
        boolean moved = sites.entrySet().stream()
                .anyMatch(site -> !site.getValue().equals(now.getOrDefault(site.getKey(), site.getValue())));
        sites = now;
        if (made == null || last == null || late || moved) {
            Disclosure anew = new Disclosure(threshold);
            make(anew, from, end);
            publish(anew);
        } else {
            synchronized (this) {
                make(made, last.plusDays(1), end);
            }
            publish(made);
        }
        LOG.info("Public figures are made up to {}", end);
    }

    private synchronized @Nullable Disclosure current() {
        return disclosure;
    }

    private synchronized void publish(Disclosure made) {
        disclosure = made;
        version.incrementAndGet();
    }

    private Map<String, Site> sitesNow() {
        Map<String, Site> now = new TreeMap<>();
        for (String id : history.ids(Level.PROJECT)) {
            board.project(id)
                    .ifPresent(project -> now.put(
                            id,
                            new Site(
                                    project.city(),
                                    project.districtCode(),
                                    project.fundingGroup(),
                                    project.contractorId())));
        }
        return now;
    }

    private void make(Disclosure into, LocalDate from, LocalDate end) {
        sites.forEach(into::site);
        for (LocalDate first = from; !first.isAfter(end); first = first.plusDays(DAYS_AT_ONCE)) {
            LocalDate next = first.plusDays(DAYS_AT_ONCE);
            Map<LocalDate, Map<Group, Counts>> days = new HashMap<>();
            for (Level level : LEVELS) {
                for (String group : history.ids(level)) {
                    collect(level, group, first, next, days);
                }
            }
            for (LocalDate day = first; day.isBefore(next) && !day.isAfter(end); day = day.plusDays(1)) {
                into.day(day, days.getOrDefault(day, Map.of()));
            }
        }
    }

    private void collect(
            Level level, String group, LocalDate first, LocalDate next, Map<LocalDate, Map<Group, Counts>> days) {
        for (History.Reported reported : history.of(level, group)) {
            if (reported.day().isBefore(first) || !reported.day().isBefore(next)) {
                continue;
            }
            id.cakupan.dashboard.board.Counts counts = reported.counts();
            days.computeIfAbsent(reported.day(), day -> new HashMap<>())
                    .put(
                            new Group(level, group),
                            new Counts(
                                    Math.toIntExact(counts.coveredWorkers()),
                                    Math.toIntExact(counts.uncoveredWorkers())));
        }
    }

    /** Grows with each change. */
    long version() {
        return version.get();
    }

    /** First day. */
    synchronized Optional<LocalDate> first() {
        return disclosure == null ? Optional.empty() : disclosure.first();
    }

    /** Last day. */
    synchronized Optional<LocalDate> last() {
        return disclosure == null ? Optional.empty() : disclosure.last();
    }

    /** What anybody may know of a group on a day. */
    synchronized Disclosed at(Level level, String id, LocalDate day) {
        return disclosure == null ? Disclosed.SUPPRESSED : disclosure.at(new Group(level, id), day);
    }

    /** All days of a group, each holding until the next. */
    synchronized SortedMap<LocalDate, Disclosed> history(Level level, String id) {
        return disclosure == null ? new TreeMap<>() : disclosure.history(new Group(level, id));
    }
}
