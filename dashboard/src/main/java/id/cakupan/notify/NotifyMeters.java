package id.cakupan.notify;

import cakupan.records.Notification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The meters of the notifier. Their names and tags are public; none holds an address or an id. */
final class NotifyMeters {
    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestSeconds = new AtomicLong();
    private final AtomicLong silentSources = new AtomicLong();
    private final AtomicLong unreached = new AtomicLong();

    NotifyMeters(MeterRegistry registry, BooleanSupplier active) {
        this.registry = registry;
        Gauge.builder("cakupan.notify.waiting", waiting::get)
                .description("Notifications that are planned and not yet sent")
                .register(registry);
        Gauge.builder("cakupan.notify.waiting.oldest", oldestSeconds::get)
                .description("Age of the oldest of them")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("cakupan.notify.sources.silent", silentSources::get)
                .description("Sources that have sent nothing for longer than their time")
                .register(registry);
        Gauge.builder("cakupan.notify.unreached", unreached::get)
                .description("Open alerts that no route brings to anybody")
                .register(registry);
        Gauge.builder("cakupan.notify.active", () -> active.getAsBoolean() ? 1 : 0)
                .description("1 while this notifier is the one that delivers, 0 while it stands by")
                .register(registry);
    }

    void sent(Notification notification) {
        registry.counter(
                        "cakupan.notify.sent",
                        "channel",
                        notification.getChannel().name(),
                        "kind",
                        notification.getKind().name())
                .increment();
    }

    void failed(Notification notification, String error) {
        registry.counter(
                        "cakupan.notify.failed",
                        "channel",
                        notification.getChannel().name(),
                        "error",
                        error)
                .increment();
    }

    /** One of several addresses of a receiver was refused for good, while others have the mail. */
    void addressRefused(String error) {
        registry.counter("cakupan.notify.addresses.refused", "error", error).increment();
    }

    void refreshFailed(String error) {
        registry.counter("cakupan.notify.failed", "channel", "ALERTMANAGER", "error", error)
                .increment();
    }

    void givenUp(Notification notification) {
        registry.counter(
                        "cakupan.notify.given.up",
                        "channel",
                        notification.getChannel().name())
                .increment();
    }

    void state(long nowWaiting, long nowOldestSeconds, long nowSilentSources) {
        waiting.set(nowWaiting);
        oldestSeconds.set(nowOldestSeconds);
        silentSources.set(nowSilentSources);
    }

    void unreached(long alerts) {
        unreached.set(alerts);
    }

    long oldestSeconds() {
        return oldestSeconds.get();
    }
}
