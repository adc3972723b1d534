package id.cakupan.notify;

import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import id.cakupan.dashboard.access.AccessSettings;
import id.cakupan.notify.Deliveries.Done;
import id.cakupan.notify.Routing.Alertmanager;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Health;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicTail;
import id.cakupan.schemas.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier: reads alerts and decisions, plans, delivers, records. Of several with one name one is active.
 *
 * <p>A notification is recorded as PLANNED before it is tried and as SENT after: whatever happens between is found by whoever
 * is active next, and tried again. Nothing that is recorded as SENT is tried again. All records are written by one thread, in
 * transactions whose producer fences the one before. Close it at the end.
 */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);
    private static final Duration HANGS_AFTER = Duration.ofMinutes(3);
    private static final int INTERVALS_TO_LIVE = 4;
    private static final Duration LONG_WAIT = Duration.ofHours(1);
    private static final Duration PLAN_AGAIN = Duration.ofSeconds(1);

    /** How long notifications that have ended stay in the topic at least. */
    private static final Duration KEEP = Duration.ofDays(35);

    private static final Duration COUNT_AGAIN = Duration.ofMinutes(1);
    private static final Duration FORGET_AGAIN = Duration.ofHours(6);
    private static final int MOST_FORGOTTEN_AT_ONCE = 1_000;
    private static final long JOIN_MILLIS = 30_000;

    /** Planning takes at most one part of so many of the time: with many alerts it is done less often. */
    private static final int PLANNING_SHARE = 5;

    private static final String REFRESH = "refresh/";

    private final Settings settings;
    private final Routing routing;
    private final Clock clock;
    private final SchemaRegistryClient registry;
    private final AvroSerdes serdes;
    private final World world;
    private final TopicTail tail;
    private final SourceTimes sources = new SourceTimes();
    private final SourceWatch watch;
    private final Leadership leadership;
    private final AlertmanagerChannel alertmanager;
    private final Deliveries deliveries;
    private final NotifyMeters meters;
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private final Set<String> unknownReceivers = new HashSet<>();
    private final List<Done> unrecorded = new ArrayList<>();

    /** Receivers that turned the last attempt away, and their answers. */
    private final Map<String, String> turnedAway = new ConcurrentHashMap<>();

    private final Predicate<Alert> reached;
    private final Set<String> refreshFails = new HashSet<>();
    private final Map<String, Instant> nextRefresh = new HashMap<>();
    private Instant countedAt = Instant.MIN;
    private final Thread thread = new Thread(this::run, "notifier");
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean closing;
    private volatile boolean active;

    /** The term for which the ledger was read: nothing is sent in another. */
    private volatile long term;

    private volatile Instant tickedAt = Instant.MIN;
    private volatile long tickNanos = System.nanoTime();

    /**
     * A notifier that does nothing yet.
     *
     * @param settings {@link NotifySettings#ALL}
     * @param clock says when digests are due, attempts repeated and sources silent
     */
    Notifier(Settings settings, Routing routing, Clock clock, MeterRegistry registryOfMeters) {
        this.settings = settings;
        this.routing = routing;
        this.clock = clock;
        reached = routing.reachesSomebody();
        routing.receivers().forEach(receiver -> receivers.put(receiver.name(), receiver));
        ZoneId zone = settings.get(CommonSettings.ZONE);
        registry = KafkaClients.registry(settings);
        serdes = new AvroSerdes(registry, REGISTRY_PATIENCE);
        world = new World(serdes, settings.get(CommonSettings.TOPIC_PREFIX));
        tail = new TopicTail("notify-tail", settings, World.TOPICS, world);
        watch = new SourceWatch(settings, serdes, routing.sources(), clock, sources);
        leadership = new Leadership(settings, System::nanoTime);
        Links links = new Links(settings.find(AccessSettings.DASHBOARD_URL));
        Http http = new Http(settings.get(NotifySettings.DELIVERY_TIMEOUT));
        Duration life = settings.get(NotifySettings.ALERTMANAGER_INTERVAL)
                .multipliedBy(INTERVALS_TO_LIVE)
                .plus(settings.get(NotifySettings.RETRY_LONGEST));
        alertmanager = new AlertmanagerChannel(http, zone, life, links);
        Map<NotificationChannel, Channel> channels = Map.of(
                NotificationChannel.EMAIL, new MailChannel(settings, links, zone),
                NotificationChannel.WEBHOOK, new WebhookChannel(http, clock, links),
                NotificationChannel.ALERTMANAGER, alertmanager);
        Backoff backoff = new Backoff(
                settings.get(NotifySettings.RETRY_FIRST),
                settings.get(NotifySettings.RETRY_LONGEST),
                RandomGenerator.getDefault());
        deliveries = new Deliveries(channels, clock, backoff, () -> leadership.isSure(term), this::ring);
        meters = new NotifyMeters(registryOfMeters, () -> active);
    }

    void start() {
        tail.start();
        watch.start();
        leadership.start();
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until it is closed. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether this notifier is the one that delivers. */
    boolean isActive() {
        return active;
    }

    Health health() {
        return new Health(this::dead, this::notReady, this::warnings);
    }

    private List<String> dead() {
        boolean hangs = System.nanoTime() - tickNanos > HANGS_AFTER.toNanos();
        return hangs ? List.of("Nothing was planned or recorded for " + HANGS_AFTER.toMinutes() + " min") : List.of();
    }

    private List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        tail.fault().ifPresent(reasons::add);
        Stream.of(watch.fault(), leadership.fault())
                .filter(fault -> !fault.isEmpty())
                .forEach(reasons::add);
        if (!world.isCaughtUp()) {
            reasons.add("The alerts are being read");
        } else if (leadership.isLeading() && !active) {
            reasons.add("What was sent is being read");
        }
        return reasons;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        long oldest = meters.oldestSeconds();
        if (oldest > LONG_WAIT.toSeconds()) {
            warnings.add("A notification has waited for " + oldest / 60 + " min to be delivered");
        }
        turnedAway.forEach((receiver, error) -> warnings.add(
                "The receiver " + receiver + " turns everything away (" + error + "): look at its address"));
        return warnings;
    }

    // The one thread that plans and records

    private void run() {
        try {
            while (!closing) {
                if (leadership.isLeading() && world.isCaughtUp()) {
                    lead();
                }
                tickNanos = System.nanoTime();
                waitForBell();
            }
        } finally {
            ended.countDown();
        }
    }

    private void lead() {
        term = leadership.term();
        try (NotificationLog log = new NotificationLog(settings, serdes)) {
            Ledger ledger = log.read(this::leads);
            Planner planner = new Planner(routing, settings.get(CommonSettings.ZONE));
            active = true;
            LOG.info("Delivering; {} notifications were waiting", ledger.open().size());
            Plans plans = new Plans();
            while (leads()) {
                forget(log, ledger, plans);
                tick(log, ledger, planner, plans);
                tickNanos = System.nanoTime();
                waitForBell();
            }
            if (closing) {
                finish(log, ledger);
            }
        } catch (KafkaException | FailedException e) {
            LOG.warn("What is to be sent cannot be recorded, so nothing is sent: {}", e.getMessage());
            leadership.resign();
        } catch (RuntimeException e) {
            LOG.error("The notifier failed and begins anew", e);
            leadership.resign();
        } finally {
            active = false;
        }
    }

    /** In an orderly end, what is on its way is waited for and recorded, so that it is not sent again. */
    private void finish(NotificationLog log, Ledger ledger) {
        deliveries.close();
        if (leadership.isLeading() && leadership.term() == term) {
            results(log, ledger);
        }
    }

    private boolean leads() {
        return !closing && leadership.isLeading() && leadership.term() == term;
    }

    /** When it was planned last; a plan costs a look at every alert. */
    private static final class Plans {
        private long version = -1;
        private Instant at = Instant.MIN;
        private Instant forgotAt = Instant.MIN;
        private boolean recorded = true;
        private long notBeforeNanos = System.nanoTime();
    }

    /** Takes what has ended long ago and is told by something newer out of the topic, so that it does not grow for ever. */
    private void forget(NotificationLog log, Ledger ledger, Plans plans) {
        Instant now = clock.instant();
        if (Duration.between(plans.forgotAt, now).compareTo(FORGET_AGAIN) < 0) {
            return;
        }
        plans.forgotAt = now;
        Set<String> old = ledger.expired(
                now.minus(KEEP), key -> world.alert(key).filter(Alert::isOpen).isPresent());
        List<String> ids = List.copyOf(old);
        for (int from = 0; from < ids.size(); from += MOST_FORGOTTEN_AT_ONCE) {
            log.forget(ids.subList(from, Math.min(ids.size(), from + MOST_FORGOTTEN_AT_ONCE)));
        }
        ledger.forget(old);
    }

    private void tick(NotificationLog log, Ledger ledger, Planner planner, Plans plans) {
        Instant now = clock.instant();
        plans.recorded |= results(log, ledger);
        long version = world.version() + sources.breaks();
        boolean later = Duration.between(plans.at, now).compareTo(PLAN_AGAIN) >= 0;
        long start = System.nanoTime();
        if (start >= plans.notBeforeNanos && (plans.recorded || version != plans.version || later)) {
            plans.version = version;
            plans.at = now;
            List<Notification> planned = planner.plan(world, ledger, sources, now, deliveries::isRunning);
            plans.recorded = !planned.isEmpty();
            if (!planned.isEmpty()) {
                log.record(planned);
                planned.forEach(ledger::apply);
            }
            plans.notBeforeNanos = start + PLANNING_SHARE * (System.nanoTime() - start);
        }
        for (Notification waiting : deliveries.inTurn(ledger.open())) {
            offer(waiting);
        }
        refresh(ledger, now);
        measure(ledger, now);
        tickedAt = plans.at;
    }

    /** The time for which everything due has been planned and begun; for tests that move the clock. */
    Instant tickedAt() {
        return tickedAt;
    }

    /** Records what came of attempts. Those that cannot be recorded now are kept for the next time. */
    private boolean results(NotificationLog log, Ledger ledger) {
        unrecorded.addAll(deliveries.drain(receivers));
        Map<String, Notification> records = new LinkedHashMap<>();
        for (Done done : unrecorded) {
            result(done, ledger).ifPresent(record -> records.put(record.getNotificationId(), record));
        }
        if (!records.isEmpty()) {
            log.record(records.values());
            records.values().forEach(ledger::apply);
            count(records.values());
        }
        unrecorded.clear();
        return !records.isEmpty();
    }

    private void offer(Notification waiting) {
        Receiver receiver = receivers.get(waiting.getReceiver());
        if (receiver != null && receiver.target().channel() == waiting.getChannel()) {
            deliveries.offer(waiting, receiver, world);
        } else if (unknownReceivers.add(waiting.getReceiver())) {
            LOG.warn(
                    "Something waits for the receiver {}, which is no longer in the routing file as {}",
                    waiting.getReceiver(),
                    waiting.getChannel());
        }
    }

    /** The record that follows from an attempt; none when another notifier has done it meanwhile, or none was made. */
    private Optional<Notification> result(Done done, Ledger ledger) {
        Notification before = ledger.find(done.notification().getNotificationId());
        Outcome outcome = done.outcome();
        if (outcome == null) {
            return Optional.empty();
        }
        String receiver = done.notification().getReceiver();
        if (outcome.kind() == Outcome.Kind.TURNED_AWAY) {
            turnedAway.put(receiver, String.valueOf(outcome.error()));
        } else if (!outcome.unreachable()) {
            turnedAway.remove(receiver);
        }
        if (before == null) {
            if (done.notification().getNotificationId().startsWith(REFRESH)) {
                refreshed(receiver, outcome.error());
            }
            return Optional.empty();
        }
        Notification.Builder after =
                Notification.newBuilder(before).setLastError(outcome.error()).setReached(outcome.reached());
        switch (outcome.kind()) {
            case TAKEN ->
                after.setStatus(NotificationStatus.SENT)
                        .setSentAt(done.at().truncatedTo(ChronoUnit.MICROS))
                        .setAttempts(before.getAttempts() + 1);
            case REFUSED -> after.setStatus(NotificationStatus.GIVEN_UP).setAttempts(before.getAttempts() + 1);
            case FAILED, TURNED_AWAY -> after.setAttempts(before.getAttempts() + 1);
            case NOTHING_LEFT -> after.setStatus(NotificationStatus.SUPERSEDED);
        }
        return Optional.of(after.build());
    }

    private void refreshed(String receiver, @Nullable String error) {
        if (error == null) {
            refreshFails.remove(receiver);
            return;
        }
        meters.refreshFailed(error);
        if (refreshFails.add(receiver)) {
            LOG.warn("Open alerts could not be sent to {} again: {}", receiver, error);
        }
    }

    private void count(Iterable<Notification> records) {
        for (Notification record : records) {
            String error = record.getLastError();
            switch (record.getStatus()) {
                case SENT -> {
                    meters.sent(record);
                    if (error != null) {
                        meters.addressRefused(error);
                        LOG.warn(
                                "{}: {} has it, but an address of it was refused for good: {}",
                                record.getNotificationId(),
                                record.getReceiver(),
                                error);
                    }
                }
                case GIVEN_UP -> {
                    meters.givenUp(record);
                    LOG.warn(
                            "{} was refused for good by {}: {}",
                            record.getNotificationId(),
                            record.getReceiver(),
                            error);
                }
                case PLANNED -> {
                    meters.failed(record, String.valueOf(error));
                    LOG.info("{} failed, attempt {}: {}", record.getNotificationId(), record.getAttempts(), error);
                }
                default -> LOG.debug("{} was not needed any more", record.getNotificationId());
            }
        }
    }

    /** Open alerts at Alertmanager resolve by themselves unless they are sent again. */
    private void refresh(Ledger ledger, Instant now) {
        for (Receiver receiver : receivers.values()) {
            boolean due = !now.isBefore(nextRefresh.getOrDefault(receiver.name(), Instant.MIN));
            if (receiver.target() instanceof Alertmanager && due && deliveries.isFree(receiver)) {
                nextRefresh.put(receiver.name(), now.plus(settings.get(NotifySettings.ALERTMANAGER_INTERVAL)));
                Notification label = Notification.newBuilder()
                        .setNotificationId(REFRESH + receiver.name())
                        .setReceiver(receiver.name())
                        .setRoutes(List.of())
                        .setChannel(NotificationChannel.ALERTMANAGER)
                        .setKind(NotificationKind.ALERT)
                        .setAlerts(List.of())
                        .setTotal(0)
                        .setStatus(NotificationStatus.PLANNED)
                        .setPlannedAt(now)
                        .setAttempts(0)
                        .build();
                deliveries.run(label, receiver, alertmanager.refresh(receiver, world, ledger, now));
            }
        }
    }

    private void measure(Ledger ledger, Instant now) {
        if (Duration.between(countedAt, now).compareTo(COUNT_AGAIN) >= 0) {
            countedAt = now;
            synchronized (world) {
                meters.unreached(world.alerts(null).stream()
                        .filter(alert -> alert.isOpen() && !reached.test(alert))
                        .count());
            }
        }
        long oldest = ledger.open().stream()
                .mapToLong(
                        waiting -> Duration.between(waiting.getPlannedAt(), now).toSeconds())
                .max()
                .orElse(0);
        long silent = routing.sources().stream()
                .filter(rule -> sources.isCaughtUp() && sources.isSilent(rule, now))
                .count();
        meters.state(ledger.open().size(), Math.max(0, oldest), silent);
    }

    private void ring() {
        bell.release();
    }

    private void waitForBell() {
        try {
            if (bell.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        ring();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deliveries.close();
        leadership.close();
        watch.close();
        tail.close();
        ended.countDown();
        try {
            registry.close();
        } catch (IOException e) {
            LOG.debug("The registry client did not close", e);
        }
    }
}
