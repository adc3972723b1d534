package id.cakupan.dashboard.board;

import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What was reported for each past day. One thread fills it; any number of threads read it meanwhile. */
public final class History {
    private final Map<Level, ConcurrentMap<String, DailySeries>> series = new EnumMap<>(Level.class);
    private volatile @Nullable LocalDate from;
    private volatile @Nullable LocalDate to;
    private final AtomicReference<@Nullable LocalDate> earliest = new AtomicReference<>();
    private final AtomicLong version = new AtomicLong();

    /** An empty one. */
    public History() {
        Board.LEVELS.forEach(level -> series.put(level, new ConcurrentHashMap<>()));
    }

    /**
     * What was reported from a day on.
     *
     * @param day first day on which the counts were reported
     */
    public record Reported(LocalDate day, Counts counts) {}

    /** Takes the figure of a finished day. */
    public void put(CoverageFigure figure) {
        ConcurrentMap<String, DailySeries> level = series.get(figure.getLevel());
        if (level == null) {
            return;
        }
        DailySeries own = level.computeIfAbsent(figure.getId(), id -> new DailySeries());
        LocalDate day = figure.getAsOf();
        own.put((int) day.toEpochDay(), Counts.of(figure));
        if (figure.getLevel() != Level.PROJECT && figure.getLevel() != Level.CONTRACTOR) {
            own.put30((int) day.toEpochDay(), figure.getWorkerDays30(), figure.getCoveredWorkerDays30());
        }
        LocalDate first = from;
        if (first == null || day.isBefore(first)) {
            from = day;
        }
        LocalDate last = to;
        if (last == null || day.isAfter(last)) {
            to = day;
        }
        earliest.accumulateAndGet(day, (a, b) -> a == null || b.isBefore(a) ? b : a);
        version.incrementAndGet();
    }

    /** Grows with each day that is put. */
    public long version() {
        return version.get();
    }

    /** The earliest day that was put since this was asked the last time. */
    public Optional<LocalDate> takeEarliest() {
        return Optional.ofNullable(earliest.getAndSet(null));
    }

    /** First day of which anything is known. */
    public Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    /** Last day of which anything is known. */
    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }

    /** Groups of a level of which anything is known. */
    public Set<String> ids(Level level) {
        return of(level).keySet();
    }

    /** What was reported of a group for a day; empty before its first. */
    public Optional<Counts> at(Level level, String id, LocalDate day) {
        return Optional.ofNullable(of(level).get(id)).flatMap(own -> own.at((int) day.toEpochDay()));
    }

    /** Worker days and covered worker days of the 30 days that end on a day, of the levels CITY, DISTRICT, FUNDING. */
    public Optional<long[]> at30(Level level, String id, LocalDate day) {
        return Optional.ofNullable(of(level).get(id)).flatMap(own -> own.at30((int) day.toEpochDay()));
    }

    /** All that was reported of a group: the days on which it changed, in order. */
    public List<Reported> of(Level level, String id) {
        DailySeries own = of(level).get(id);
        return own == null
                ? List.of()
                : own.runs().stream()
                        .map(run -> new Reported(LocalDate.ofEpochDay(run.first()), run.counts()))
                        .toList();
    }

    private ConcurrentMap<String, DailySeries> of(Level level) {
        return Objects.requireNonNull(series.get(level), "no such level");
    }
}
