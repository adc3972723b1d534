package id.cakupan.streams;

import id.cakupan.coverage.Programme;
import id.cakupan.coverage.Rules;
import id.cakupan.coverage.Rules.DayUnit;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.WorkingDays;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.streams.TopologySettings.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Settings of the streams app. */
public final class StreamsSettings {
    public static final Setting<Path> STATE_DIR = Setting.optional(
            "state-dir",
            Path.class,
            "Folder for local state, one per instance; by default one that no other instance on this machine uses");
    public static final Setting<Storage> STORAGE = Setting.of(
            "storage",
            Storage.class,
            "rocksdb",
            "Where the ledger is kept: memory is faster, rocksdb holds more and restarts without reading its changelog");
    public static final Setting<Integer> THREADS = Setting.of(
                    "threads", Integer.class, "2", "Stream threads, 1 to 64; more than the partitions are of no use")
            .where(n -> n >= 1 && n <= 64);
    public static final Setting<Integer> STANDBYS = Setting.of(
                    "standbys", Integer.class, "1", "Warm copies of each task's state on other instances, 0 to 3")
            .where(n -> n >= 0 && n <= 3);
    public static final Setting<Integer> INTERVAL = Setting.of(
                    "interval",
                    Integer.class,
                    "100",
                    "How often changed groups are forwarded and published, 10 to 60000 ms")
            .where(n -> n >= 10 && n <= 60_000);
    public static final Setting<Integer> MOST_GROUPS = Setting.of(
                    "most-groups",
                    Integer.class,
                    "2000",
                    "Most groups that a task forwards in one interval, 10 to 100000; the rest waits")
            .where(n -> n >= 10 && n <= 100_000);
    public static final Setting<Integer> REGISTRY_PATIENCE = Setting.of(
                    "registry-patience",
                    Integer.class,
                    "120",
                    "Seconds to wait for a schema registry that is away before the thread is started anew, 1 to 500")
            .where(n -> n >= 1 && n <= 500);
    public static final Setting<Long> READY_LAG = Setting.of(
                    "ready-lag", Long.class, "1000", "Events behind, up to which /health/ready says ready, 0 or more")
            .where(n -> n >= 0);
    public static final Setting<Path> HOLIDAYS = Setting.optional(
            "holidays", Path.class, "File of holidays, a date yyyy-mm-dd a line; they are no working days");
    public static final Setting<Path> AREA_NAMES = Setting.optional(
            "area-names", Path.class, "File of names of districts and cities, code;name a line; default: Malang");
    public static final Setting<String> REQUIRED_PROGRAMMES = Setting.of(
            "required-programmes", String.class, "JKK,JKM", "Programmes that an enrolment must include to cover");
    public static final Setting<String> COUNTED_SEGMENTS =
            Setting.of("counted-segments", String.class, "JAKON,PU", "Segments whose enrolments cover");
    public static final Setting<Integer> DEADLINE_DAYS =
            days("deadline-days", "14", "Days after the start within which a hire is to be enrolled");
    public static final Setting<DayUnit> DEADLINE_UNIT =
            Setting.of("deadline-unit", DayUnit.class, "working", "How the days of the deadline are counted");
    public static final Setting<Integer> GRACE_DAYS = days(
            "grace-days", "30", "Working days during which an insured project covers a new worker who is not listed");
    public static final Setting<Integer> DUE_SOON_DAYS =
            days("due-soon-days", "3", "Working days before the deadline from which an alert is raised");
    public static final Setting<Integer> ESCALATION_DAYS =
            days("escalation-days", "7", "Days of being overdue after which an alert is escalated");
    public static final Setting<Integer> BACKDATED_DAYS =
            days("backdated-days", "7", "Days after the start after which a recorded hire counts as backdated");

    /** All of them, with those shared with other processes. */
    public static final List<Setting<?>> ALL;

    static {
        List<Setting<?>> all = new ArrayList<>(CommonSettings.CLUSTER);
        all.addAll(List.of(
                CommonSettings.APPLICATION_ID, CommonSettings.REPLICATION, STATE_DIR, STORAGE, THREADS, STANDBYS));
        all.addAll(HttpEndpoints.SETTINGS);
        all.addAll(List.of(READY_LAG, INTERVAL, MOST_GROUPS, REGISTRY_PATIENCE, CommonSettings.ZONE, HOLIDAYS));
        all.addAll(List.of(AREA_NAMES, REQUIRED_PROGRAMMES, COUNTED_SEGMENTS, DEADLINE_DAYS, DEADLINE_UNIT));
        all.addAll(List.of(GRACE_DAYS, DUE_SOON_DAYS, ESCALATION_DAYS, BACKDATED_DAYS));
        ALL = List.copyOf(all);
    }

    private StreamsSettings() {}

    private static Setting<Integer> days(String key, String days, String doc) {
        return Setting.of(key, Integer.class, days, doc + ", 0 to 366").where(n -> n >= 0 && n <= 366);
    }

    /**
     * The settings of the topology.
     *
     * @param clock the only source of time
     * @throws FailedException when a file cannot be read or a list names something unknown
     */
    public static TopologySettings topology(Settings settings, Clock clock) {
        Rules rules = rules(settings);
        return new TopologySettings(
                settings.get(CommonSettings.APPLICATION_ID),
                settings.get(CommonSettings.TOPIC_PREFIX),
                rules,
                new Pulse(clock, rules.zone(), Duration.ofMillis(settings.get(INTERVAL)), settings.get(MOST_GROUPS)),
                areaNames(settings),
                settings.get(STORAGE));
    }

    private static Rules rules(Settings settings) {
        List<String> holidays =
                settings.find(HOLIDAYS).map(file -> lines(file, HOLIDAYS.key())).orElse(List.of());
        return new Rules(
                settings.get(CommonSettings.ZONE),
                new WorkingDays(parsed(() -> WorkingDays.parseHolidays(holidays))),
                symbols(Programme.class, settings, REQUIRED_PROGRAMMES),
                symbols(Segment.class, settings, COUNTED_SEGMENTS),
                settings.get(DEADLINE_DAYS),
                settings.get(DEADLINE_UNIT),
                settings.get(GRACE_DAYS),
                settings.get(DUE_SOON_DAYS),
                settings.get(ESCALATION_DAYS),
                settings.get(BACKDATED_DAYS));
    }

    private static AreaNames areaNames(Settings settings) {
        List<String> lines = settings.find(AREA_NAMES)
                .map(file -> lines(file, AREA_NAMES.key()))
                .orElseGet(StreamsSettings::builtInAreaNames);
        return parsed(() -> AreaNames.parse(lines));
    }

    private static List<String> builtInAreaNames() {
        try (InputStream resource =
                        Objects.requireNonNull(StreamsSettings.class.getResourceAsStream("area-names.csv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file, String setting) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new FailedException("There is no file " + file + " (setting " + setting + ")", e);
        } catch (IOException e) {
            throw new FailedException("Cannot read " + file + " (setting " + setting + ")", e);
        }
    }

    private interface Parsing<T> {
        T get();
    }

    private static <T> T parsed(Parsing<T> parsing) {
        try {
            return parsing.get();
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static <E extends Enum<E>> Set<E> symbols(Class<E> type, Settings settings, Setting<String> setting) {
        Set<E> symbols = EnumSet.noneOf(type);
        for (String symbol : settings.get(setting).split(",", -1)) {
            try {
                symbols.add(Enum.valueOf(type, symbol.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new FailedException(
                        "Setting " + setting.key() + ": choose from " + Arrays.toString(type.getEnumConstants()), e);
            }
        }
        return symbols;
    }
}
