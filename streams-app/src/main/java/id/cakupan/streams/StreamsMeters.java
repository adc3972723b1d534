package id.cakupan.streams;

import id.cakupan.coverage.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the streams app. Their names and tags are public.
 *
 * <p>Gauges are sums over the tasks of this process; a task that leaves takes its share along.
 */
public final class StreamsMeters {
    /** What one task shows. Written by its thread, read by scrapes. */
    static final class TaskShare {
        volatile long dirtyGroups;
        volatile long ledgerEntries;
        final Map<Alert.State, Long> alerts = new ConcurrentHashMap<>();
    }

    private final MeterRegistry registry;
    private final Map<String, TaskShare> tasks = new ConcurrentHashMap<>();
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, Counter> unchanged = new ConcurrentHashMap<>();
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<Stage, Timer> rebuilds = new EnumMap<>(Stage.class);
    private final Counter relocated;
    private final Counter figures;
    private final Counter replacedThreads;
    private final DistributionSummary brokerLatency;
    private final DistributionSummary recordedLatency;

    /** Registers the meters. */
    public StreamsMeters(MeterRegistry registry) {
        this.registry = registry;
        relocated = Counter.builder("cakupan.facts.relocated")
                .description("Facts handed on to the ledger of the id that the worker had before")
                .register(registry);
        figures = Counter.builder("cakupan.figures.published")
                .description("Figures published on the coverage-by topics")
                .register(registry);
        replacedThreads = Counter.builder("cakupan.threads.replaced")
                .description("Stream threads that failed and were replaced; nothing is skipped meanwhile")
                .register(registry);
        brokerLatency = seconds("cakupan.latency.broker", "Seconds from the broker's time of an event to its figure");
        recordedLatency = seconds("cakupan.latency.recorded", "Seconds from recordedAt of an event to its figure");
        gauge("cakupan.groups.dirty", "Groups that wait to be forwarded or published", s -> s.dirtyGroups, null);
        gauge("cakupan.ledger.entries", "Facts, alerts and ids in the ledger", s -> s.ledgerEntries, null);
        for (Alert.State state : Alert.State.values()) {
            if (state != Alert.State.RESOLVED) {
                gauge(
                        "cakupan.alerts.open",
                        "Open alerts on uncovered hires",
                        s -> s.alerts.getOrDefault(state, 0L),
                        state.name());
            }
        }
        for (Stage stage : Stage.values()) {
            rebuilds.put(
                    stage,
                    Timer.builder("cakupan.rebuild")
                            .description("Time to rebuild the derived state of a task from its stores")
                            .tag("stage", stage.id())
                            .register(registry));
        }
    }

    /** An event of a type was processed. */
    void event(String type) {
        counter(events, "cakupan.events", "Events processed", "type", type).increment();
    }

    /** An event changed nothing: a duplicate, or older than what is known. */
    void unchanged(String type) {
        counter(unchanged, "cakupan.events.unchanged", "Events whose merge changed nothing", "type", type)
                .increment();
    }

    /** A fact was handed on to the ledger of a former id. */
    void relocated() {
        relocated.increment();
    }

    /** A record went to the dead letters. */
    void rejected(String reason) {
        counter(rejected, "cakupan.events.rejected", "Records sent to the dead letters", "reason", reason)
                .increment();
    }

    /** A figure was published, so long after the events behind it. */
    void published(double secondsSinceBroker) {
        figures.increment();
        brokerLatency.record(Math.max(0, secondsSinceBroker));
    }

    /** A figure shows a later recording than before, so long after that was recorded. */
    void shown(double secondsSinceRecorded) {
        recordedLatency.record(Math.max(0, secondsSinceRecorded));
    }

    /** The derived state of a task was rebuilt. */
    void rebuilt(Stage stage, Duration took) {
        Timer timer = rebuilds.get(stage);
        if (timer != null) {
            timer.record(took);
        }
    }

    /** A stream thread failed and is replaced. */
    void threadReplaced() {
        replacedThreads.increment();
    }

    /** The share of a task, made when it is new. */
    TaskShare share(String task) {
        return tasks.computeIfAbsent(task, t -> new TaskShare());
    }

    /** The task leaves this process. */
    void leave(String task) {
        tasks.remove(task);
    }

    private Counter counter(Map<String, Counter> cache, String name, String description, String tag, String value) {
        Counter counter = cache.get(value);
        return counter != null
                ? counter
                : cache.computeIfAbsent(
                        value,
                        v -> Counter.builder(name)
                                .description(description)
                                .tag(tag, v)
                                .register(registry));
    }

    private DistributionSummary seconds(String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit("seconds")
                .serviceLevelObjectives(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600, 86400)
                .register(registry);
    }

    private interface Reading {
        long of(TaskShare share);
    }

    private void gauge(String name, String description, Reading reading, @Nullable String state) {
        Gauge.Builder<Map<String, TaskShare>> builder = Gauge.builder(
                        name,
                        tasks,
                        t -> t.values().stream().mapToLong(reading::of).sum())
                .description(description);
        if (state != null) {
            builder.tag("state", state.toLowerCase(Locale.ROOT));
        }
        builder.register(registry);
    }
}
