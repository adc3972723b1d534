package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Refusal;
import id.cakupan.dashboard.view.ViewQuery;
import id.cakupan.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The meters of the dashboard. Their names and tags are public. */
public final class DashboardMeters {
    private final MeterRegistry registry;
    private final Counter undecodable;
    private final Counter dropped;
    private final Map<String, Counter> records = new ConcurrentHashMap<>();
    private final Map<Class<?>, Timer> timers = new ConcurrentHashMap<>();

    /** Meters in a registry. */
    public DashboardMeters(MeterRegistry registry) {
        this.registry = registry;
        undecodable = Counter.builder("cakupan.dashboard.undecodable")
                .description("Records that could not be read and were passed over")
                .register(registry);
        dropped = Counter.builder("cakupan.dashboard.streams.dropped")
                .description("Live streams that were ended because their reader was too slow")
                .register(registry);
    }

    /** A record was read. */
    public void read(Topic<?> topic) {
        records.computeIfAbsent(
                        topic.suffix(),
                        suffix -> Counter.builder("cakupan.dashboard.records")
                                .description("Records read")
                                .tag("topic", suffix)
                                .register(registry))
                .increment();
    }

    /** A record could not be read. */
    public void undecodable() {
        undecodable.increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** A question was answered anew. */
    void computed(ViewQuery query, long tookNanos) {
        timers.computeIfAbsent(
                        query.getClass(),
                        type -> Timer.builder("cakupan.dashboard.views")
                                .description("Answers that were computed anew")
                                .tag("view", type.getSimpleName().toLowerCase(Locale.ROOT))
                                .register(registry))
                .record(Duration.ofNanos(tookNanos));
    }

    void refused(Refusal refusal) {
        registry.counter(
                        "cakupan.dashboard.refused",
                        "reason",
                        refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .increment();
    }

    void answered(int status) {
        registry.counter("cakupan.dashboard.requests", "status", String.valueOf(status))
                .increment();
    }

    /**
     * What is looked at.
     *
     * @param streams open live streams
     * @param figureAge seconds since the newest figure was computed, NaN when there is none
     * @param stale whether the figures are stale or being read
     */
    public void watch(Supplier<Number> streams, Supplier<Number> figureAge, Supplier<Number> stale) {
        Gauge.builder("cakupan.dashboard.streams", streams)
                .description("Open live streams")
                .register(registry);
        Gauge.builder("cakupan.dashboard.figure.age", figureAge)
                .description("Seconds since the newest figure of a city was computed")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("cakupan.dashboard.stale", stale)
                .description("1 while the figures are stale or being read, else 0")
                .register(registry);
    }
}
