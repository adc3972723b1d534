package id.cakupan.producers.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters of the relay; those of lag and hold-back are NaN while it does not lead. Thread-safe. */
final class RelayMeters {
    private static final double NANOS = 1e9;

    /**
     * @param rows rows not yet sent
     * @param ageSeconds age of the oldest when it was measured
     * @param holdingSeconds age of the oldest running transaction when it was measured
     * @param nanos when that was
     */
    private record Measured(long rows, double ageSeconds, double holdingSeconds, long nanos) {
        /** An age now: it grows while nobody can measure. */
        double grown(double seconds) {
            return seconds == 0 ? 0 : seconds + (System.nanoTime() - nanos) / NANOS;
        }
    }

    private final Counter relayed;
    private final Counter rejected;
    private final Counter purged;
    private final Counter databaseRetries;
    private final Counter kafkaRetries;
    private final Timer batches;
    private volatile @Nullable Measured measured;

    RelayMeters(MeterRegistry registry) {
        relayed = rows(registry, "relayed");
        rejected = rows(registry, "rejected");
        purged = rows(registry, "purged");
        databaseRetries = retries(registry, "database");
        kafkaRetries = retries(registry, "kafka");
        batches = Timer.builder("cakupan.relay.batch")
                .description("From reading a batch of rows to its position being kept")
                .register(registry);
        Gauge.builder("cakupan.relay.leader", this, meters -> meters.measured == null ? 0 : 1)
                .description("1 = this relay works, 0 = it stands by or has no database")
                .register(registry);
        gauge(registry, "cakupan.relay.lag.rows", "Rows not yet sent, up to " + Outbox.MOST_COUNTED, now ->
                (double) now.rows());
        gauge(
                registry,
                "cakupan.relay.lag.seconds",
                "Age of the oldest row not yet sent, 0 when there is none",
                now -> now.grown(now.ageSeconds()));
        gauge(
                registry,
                "cakupan.relay.held.seconds",
                "For how long the oldest writing transaction of the cluster has been seen; newer rows wait for it",
                now -> now.grown(now.holdingSeconds()));
    }

    void relayed(int rows, int rejects, Duration took) {
        relayed.increment(rows - (double) rejects);
        rejected.increment(rejects);
        batches.record(took);
    }

    void purged(long rows) {
        purged.increment((double) rows);
    }

    void databaseRetry() {
        databaseRetries.increment();
    }

    void kafkaRetry() {
        kafkaRetries.increment();
    }

    /**
     * The relay leads, and is so far behind.
     *
     * @param holding for how long the oldest running transaction has been seen; zero = none runs
     */
    void leads(Outbox.Lag lag, Duration holding) {
        measured = new Measured(lag.rows(), lag.age().toNanos() / NANOS, holding.toNanos() / NANOS, System.nanoTime());
    }

    /** The relay leads no longer. */
    void follows() {
        measured = null;
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<Measured> value) {
        Gauge.builder(name, this, meters -> {
                    Measured now = meters.measured;
                    return now == null ? Double.NaN : value.applyAsDouble(now);
                })
                .description(what)
                .register(registry);
    }

    private static Counter rows(MeterRegistry registry, String outcome) {
        return Counter.builder("cakupan.relay.rows")
                .description("Rows of the outbox by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter retries(MeterRegistry registry, String cause) {
        return Counter.builder("cakupan.relay.retries")
                .description("Attempts that failed and were made again")
                .tag("cause", cause)
                .register(registry);
    }
}
