package id.cakupan.notify;

import cakupan.records.AlertState;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.NotifiedAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been planned and told, as the topic of notifications says: follows from its newest record of each key, in the order
 * in which they were planned.
 */
final class Ledger {
    private static final Duration RATE_PERIOD = Duration.ofHours(1);

    /**
     * What a receiver was last told of an alert.
     *
     * @param since first day of the uncovered stretch
     */
    record Told(AlertState state, LocalDate since) {
        /** Whether an alert is as told. */
        boolean is(Alert alert) {
            return state == alert.state() && since.equals(alert.uncoveredSince());
        }
    }

    private static final class OfReceiver {
        private final Map<String, Told> told = new HashMap<>();
        private final Map<String, LocalDate> digests = new HashMap<>();
        private final Map<String, Notification> sources = new HashMap<>();
        private final Deque<Instant> planned = new ArrayDeque<>();
        private final Map<String, Notification> open = new LinkedHashMap<>();
    }

    private final Map<String, OfReceiver> receivers = new HashMap<>();
    private final Map<String, Notification> open = new LinkedHashMap<>();

    /** Takes a record, which replaces an earlier one with its id. */
    void apply(Notification notification) {
        OfReceiver mine = receivers.computeIfAbsent(notification.getReceiver(), name -> new OfReceiver());
        String id = notification.getNotificationId();
        boolean fresh;
        if (notification.getStatus() == NotificationStatus.PLANNED) {
            fresh = open.put(id, notification) == null;
            mine.open.put(id, notification);
        } else {
            fresh = open.remove(id) == null;
            mine.open.remove(id);
        }
        if (fresh) {
            told(mine, notification);
        }
    }

    private static void told(OfReceiver mine, Notification notification) {
        Instant at = notification.getPlannedAt();
        mine.planned.add(at);
        if (notification.getKind() == NotificationKind.DIGEST) {
            DigestId.parse(notification.getNotificationId())
                    .ifPresent(
                            digest -> mine.digests.merge(digest.time(), digest.day(), (a, b) -> a.isAfter(b) ? a : b));
        }
        if (notification.getSource() != null) {
            mine.sources.put(notification.getSource(), notification);
        }
        if (notification.getStatus() != NotificationStatus.SUPERSEDED) {
            for (NotifiedAlert alert : notification.getAlerts()) {
                mine.told.put(alert.getAlertKey(), new Told(alert.getState(), alert.getUncoveredSince()));
            }
        }
    }

    /** What waits to be delivered, the oldest first. */
    Collection<Notification> open() {
        return open.values();
    }

    /** What waits under an id; null = nothing. */
    @Nullable
    Notification find(String id) {
        return open.get(id);
    }

    /** Whether something waits to be delivered to a receiver. */
    boolean hasOpen(String receiver, NotificationKind kind) {
        return openOf(receiver).stream().anyMatch(notification -> notification.getKind() == kind);
    }

    /** What waits to be delivered to a receiver. */
    Collection<Notification> openOf(String receiver) {
        return of(receiver).open.values();
    }

    /** What a receiver was last told of an alert; null = nothing. */
    @Nullable
    Told told(String receiver, String alertKey) {
        return of(receiver).told.get(alertKey);
    }

    /** All that a receiver was last told, by alert. */
    Map<String, Told> toldTo(String receiver) {
        return of(receiver).told;
    }

    /** Day of the last digest to a receiver at a time of day. */
    Optional<LocalDate> lastDigest(String receiver, String time) {
        return Optional.ofNullable(of(receiver).digests.get(time));
    }

    /** What a receiver was last told of a source. */
    Optional<Notification> lastOfSource(String receiver, String source) {
        return Optional.ofNullable(of(receiver).sources.get(source));
    }

    /** Sources that a receiver was told to be silent, and when they were last heard if that is known. */
    List<Notification> silentSources(String receiver) {
        return of(receiver).sources.values().stream()
                .filter(notification -> notification.getKind() == NotificationKind.SOURCE_SILENT)
                .toList();
    }

    /** How many messages to a receiver were begun in the last hour. */
    int begunInLastHour(String receiver, Instant now) {
        Deque<Instant> planned = of(receiver).planned;
        Instant from = now.minus(RATE_PERIOD);
        planned.removeIf(at -> !at.isAfter(from));
        return planned.size();
    }

    private OfReceiver of(String receiver) {
        OfReceiver known = receivers.get(receiver);
        return known == null ? new OfReceiver() : known;
    }
}
