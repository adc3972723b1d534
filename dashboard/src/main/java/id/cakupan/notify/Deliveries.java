package id.cakupan.notify;

import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
import id.cakupan.notify.Routing.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts, each receiver's apart from the others', and says what came of them. The thread that plans calls it; the
 * attempts themselves run in threads of their own. Close it at the end.
 */
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MAILS_AT_ONCE = 4;
    private static final String MAIL_SERVER = "the mail server";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /**
     * An attempt that has ended.
     *
     * @param outcome null when it was not made, for this notifier may no longer be the active one
     */
    record Done(Notification notification, @Nullable Outcome outcome, Instant at) {}

    /** What is reached in one way, so that it is up or down for all that is sent there. */
    private static final class Endpoint {
        private final int mostAtOnce;
        private int running;
        private int failures;
        private Instant notBefore = Instant.MIN;

        Endpoint(int mostAtOnce) {
            this.mostAtOnce = mostAtOnce;
        }

        boolean isFree(Instant now) {
            return running < (failures > 0 ? 1 : mostAtOnce) && !now.isBefore(notBefore);
        }
    }

    private final Map<NotificationChannel, Channel> channels;
    private final Clock clock;
    private final Backoff backoff;
    private final BooleanSupplier sure;
    private final Runnable wake;
    private final ExecutorService threads;
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /** The number of the last attempt of each notification that has failed. */
    private final Map<String, Long> tried = new HashMap<>();

    private long attempts;
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();

    /**
     * Nothing is tried yet.
     *
     * @param sure whether this notifier is surely the active one; asked right before each attempt
     * @param wake called, from any thread, when an attempt has ended
     */
    Deliveries(
            Map<NotificationChannel, Channel> channels,
            Clock clock,
            Backoff backoff,
            BooleanSupplier sure,
            Runnable wake) {
        this.channels = channels;
        this.clock = clock;
        this.backoff = backoff;
        this.sure = sure;
        this.wake = wake;
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "notify-delivery");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether an attempt is being made, or has ended and was not drained yet. */
    boolean isRunning(Notification notification) {
        return running.contains(notification.getNotificationId());
    }

    /**
     * Notifications in the order in which to offer them: untried ones as given, then the one whose last attempt is longest ago.
     * While a server is held for suspect it gets one at a time, and this way no single one takes that place again and again.
     */
    List<Notification> inTurn(Collection<Notification> waiting) {
        return waiting.stream()
                .sorted(Comparator.comparing(one -> tried.getOrDefault(one.getNotificationId(), 0L)))
                .toList();
    }

    /** Begins an attempt unless it is too early or the receiver is busy. */
    void offer(Notification notification, Receiver receiver, World world) {
        Instant now = clock.instant();
        Endpoint endpoint = endpoint(receiver);
        String id = notification.getNotificationId();
        Channel channel = channels.get(receiver.target().channel());
        if (channel == null
                || running.contains(id)
                || now.isBefore(notBefore.getOrDefault(id, Instant.MIN))
                || !endpoint.isFree(now)) {
            return;
        }
        Callable<Outcome> attempt = channel.prepare(notification, receiver, world, now);
        endpoint.running++;
        running.add(id);
        threads.execute(() -> {
            done.add(new Done(notification, outcome(attempt), clock.instant()));
            wake.run();
        });
    }

    /** Whether something may be sent to a receiver now. */
    boolean isFree(Receiver receiver) {
        return endpoint(receiver).isFree(clock.instant());
    }

    /** Begins an attempt that is recorded nowhere. */
    void run(Notification label, Receiver receiver, Callable<Outcome> attempt) {
        endpoint(receiver).running++;
        running.add(label.getNotificationId());
        threads.execute(() -> {
            done.add(new Done(label, outcome(attempt), clock.instant()));
            wake.run();
        });
    }

    private @Nullable Outcome outcome(Callable<Outcome> attempt) {
        try {
            return sure.getAsBoolean() ? attempt.call() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (Exception e) {
            LOG.error("A delivery failed by a fault of our own", e);
            return Outcome.failed("INTERNAL", null);
        }
    }

    /** Attempts that have ended since the last call. */
    List<Done> drain(Map<String, Receiver> receivers) {
        List<Done> ended = new ArrayList<>();
        for (Done one = done.poll(); one != null; one = done.poll()) {
            running.remove(one.notification().getNotificationId());
            Receiver receiver = receivers.get(one.notification().getReceiver());
            if (receiver != null) {
                settle(one, endpoint(receiver));
            }
            ended.add(one);
        }
        return ended;
    }

    private void settle(Done one, Endpoint endpoint) {
        String id = one.notification().getNotificationId();
        Outcome outcome = one.outcome();
        endpoint.running--;
        notBefore.remove(id);
        tried.remove(id);
        if (outcome == null || outcome.kind() == Outcome.Kind.NOTHING_LEFT) {
            return;
        }
        boolean turnedAway = outcome.kind() == Outcome.Kind.TURNED_AWAY;
        if (outcome.kind() == Outcome.Kind.FAILED || turnedAway) {
            attempts++;
            tried.put(id, attempts);
        }
        if (outcome.unreachable()) {
            endpoint.failures++;
            endpoint.notBefore = one.at().plus(backoff.after(endpoint.failures));
            return;
        }
        endpoint.failures = 0;
        endpoint.notBefore = Instant.MIN;
        if (turnedAway) {
            notBefore.put(id, one.at().plus(backoff.longest()));
        } else if (outcome.kind() == Outcome.Kind.FAILED) {
            Duration pause = backoff.after(one.notification().getAttempts() + 1);
            Duration asked = outcome.pause();
            notBefore.put(id, one.at().plus(asked != null && asked.compareTo(pause) > 0 ? asked : pause));
        }
    }

    private Endpoint endpoint(Receiver receiver) {
        return receiver.isMail()
                ? endpoints.computeIfAbsent(MAIL_SERVER, name -> new Endpoint(MAILS_AT_ONCE))
                : endpoints.computeIfAbsent(receiver.name(), name -> new Endpoint(1));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
