package id.cakupan.producers.gateway;

import id.cakupan.publisher.BadEventReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of the gateway. Their names and tags are public. Events that were sent are counted by the publisher. */
final class GatewayMeters {
    private final MeterRegistry registry;
    private final Timer latency;
    private final Counter refusedConnections;
    private final Counter slowConnections;

    GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
        latency = Timer.builder("cakupan.gateway.latency")
                .description("From the first byte of a request to its answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
        refusedConnections = connections("limit");
        slowConnections = connections("slow-headers");
    }

    private Counter connections(String reason) {
        return Counter.builder("cakupan.gateway.connections.refused")
                .description("Connections that were closed without an answer")
                .tag("reason", reason)
                .register(registry);
    }

    /**
     * A request was answered.
     *
     * @param source name of the source, or {@code none}
     */
    void answered(String source, Answer answer, long tookNanos) {
        registry.counter("cakupan.gateway.requests", "source", source, "status", String.valueOf(answer.status()))
                .increment();
        if (!answer.reason().isEmpty()) {
            registry.counter("cakupan.gateway.refused", "reason", answer.reason())
                    .increment();
        }
        latency.record(Duration.ofNanos(tookNanos));
    }

    /** An event was rejected. */
    void rejected(BadEventReason reason) {
        registry.counter("cakupan.gateway.events.rejected", "reason", reason.name())
                .increment();
    }

    void connectionRefused() {
        refusedConnections.increment();
    }

    void slowConnectionClosed() {
        slowConnections.increment();
    }

    void watch(
            Supplier<Number> connections,
            Supplier<Number> heldBytes,
            Supplier<Number> sourcesFault,
            Supplier<Number> keysFault) {
        Gauge.builder("cakupan.gateway.connections", connections)
                .description("Open connections")
                .register(registry);
        Gauge.builder("cakupan.gateway.body.bytes", heldBytes)
                .description("Bytes of bodies that are being received")
                .register(registry);
        Gauge.builder("cakupan.gateway.keys.broken", keysFault)
                .description("1 while there is no usable key file, so that events with a NIK are refused, else 0")
                .register(registry);
        Gauge.builder("cakupan.gateway.sources.broken", sourcesFault)
                .description("1 while the sources file is broken and an earlier one is in force, else 0")
                .register(registry);
    }
}
