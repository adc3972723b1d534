package id.cakupan.notify;

import cakupan.records.AlertState;
import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has been planned and told, as the topic of notifications says: follows from its records, of each key in their order, of
 * several in any order. Of notifications that have ended only what was told last is kept.
 */
final class Ledger {
    private static final Duration RATE_PERIOD = Duration.ofHours(1);

    /**
     * What a receiver was last told of an alert.
     *
     * @param since first day of the uncovered stretch
     * @param by id of the notification that told it
     * @param at when that was planned
     */
    record Told(AlertState state, LocalDate since, String by, Instant at) {
        /** Whether an alert is as told. */
        boolean is(Alert alert) {
            return state == alert.state() && since.equals(alert.uncoveredSince());
        }
    }

    /**
     * What a receiver has not heard, for it refused the notification.
     *
     * @param at when the notification was planned
     * @param before what it knows of the alert instead; null = nothing
     */
    private record Unheard(Instant at, @Nullable Told before) {}

    private static final class OfReceiver {
        private final Map<String, Told> told = new HashMap<>();
        private final Map<String, Map<String, Optional<Told>>> before = new HashMap<>();
        private final Map<String, Unheard> unheard = new HashMap<>();
        private final Map<String, LocalDate> digests = new HashMap<>();
        private final Map<String, Notification> sources = new HashMap<>();
        /** Ids of notifications that have ended and are in the topic, and when they were planned. */
        private final Map<String, Instant> ended = new HashMap<>();

        private final Deque<Instant> planned = new ArrayDeque<>();
        private final Map<String, Notification> open = new LinkedHashMap<>();
        private boolean mails;
        private Instant newest = Instant.EPOCH;
    }

    private final Map<String, OfReceiver> receivers = new HashMap<>();
    private final Map<String, Notification> open = new LinkedHashMap<>();

    /** Takes a record that was made just now, which replaces an earlier one with its id. */
    void apply(Notification notification) {
        apply(notification, false);
    }

    /** Takes a record of the past: whatever was planned later stands, be it read before or after. */
    void applyPast(Notification notification) {
        apply(notification, true);
    }

    private void apply(Notification notification, boolean past) {
        OfReceiver mine = receivers.computeIfAbsent(notification.getReceiver(), name -> new OfReceiver());
        mine.mails = notification.getChannel() == NotificationChannel.EMAIL;
        String id = notification.getNotificationId();
        boolean waits = notification.getStatus() == NotificationStatus.PLANNED;
        boolean fresh;
        if (waits) {
            fresh = open.put(id, notification) == null;
            mine.open.put(id, notification);
        } else {
            fresh = open.remove(id) == null;
            mine.open.remove(id);
        }
        if (fresh) {
            planned(mine, notification, past);
        }
        if (!waits) {
            ended(mine, notification);
        }
    }

    private static void planned(OfReceiver mine, Notification notification, boolean past) {
        Instant at = notification.getPlannedAt();
        mine.newest = at.isAfter(mine.newest) ? at : mine.newest;
        Instant hourBefore = mine.newest.minus(RATE_PERIOD);
        mine.planned.removeIf(each -> each.isBefore(hourBefore));
        if (!at.isBefore(hourBefore)) {
            mine.planned.add(at);
        }
        if (notification.getKind() == NotificationKind.DIGEST) {
            DigestId.parse(notification.getNotificationId())
                    .ifPresent(
                            digest -> mine.digests.merge(digest.time(), digest.day(), (a, b) -> a.isAfter(b) ? a : b));
        }
        if (notification.getSource() != null) {
            mine.sources.merge(
                    notification.getSource(),
                    notification,
                    (old, one) -> past && old.getPlannedAt().isAfter(at) ? old : one);
        }
        String id = notification.getNotificationId();
        Map<String, Optional<Told>> before = new HashMap<>();
        for (NotifiedAlert alert : notification.getAlerts()) {
            String key = alert.getAlertKey();
            Told told = new Told(alert.getState(), alert.getUncoveredSince(), id, at);
            Told last = mine.told.get(key);
            if (last == null || !past || !last.at().isAfter(at)) {
                mine.told.put(key, told);
                before.put(key, Optional.ofNullable(last));
            }
        }
        mine.before.put(id, before);
    }

    /**
     * What was never sent counts as not told. What the receiver refused counts as told, so that it is not sent again at once, but
     * only until the receiver takes something.
     */
    private static void ended(OfReceiver mine, Notification notification) {
        String id = notification.getNotificationId();
        mine.ended.put(id, notification.getPlannedAt());
        Map<String, Optional<Told>> before = mine.before.remove(id);
        if (before == null) {
            return;
        }
        Instant at = notification.getPlannedAt();
        switch (notification.getStatus()) {
            case GIVEN_UP ->
                before.forEach((key, told) -> mine.unheard.merge(
                        key, new Unheard(at, told.orElse(null)), (first, later) -> new Unheard(at, first.before())));
            case SUPERSEDED -> before.forEach((key, told) -> restore(mine, key, id, told.orElse(null)));
            default -> {
                before.keySet().forEach(mine.unheard::remove);
                for (Map.Entry<String, Unheard> lost : List.copyOf(mine.unheard.entrySet())) {
                    if (lost.getValue().at().isBefore(at)) {
                        mine.unheard.remove(lost.getKey());
                        Told told = mine.told.get(lost.getKey());
                        if (told != null && told.at().equals(lost.getValue().at())) {
                            restore(
                                    mine,
                                    lost.getKey(),
                                    told.by(),
                                    lost.getValue().before());
                        }
                    }
                }
            }
        }
    }

    private static void restore(OfReceiver mine, String key, String by, @Nullable Told before) {
        Told now = mine.told.get(key);
        if (now == null || !now.by().equals(by)) {
            return;
        }
        if (before == null) {
            mine.told.remove(key);
        } else {
            mine.told.put(key, before);
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

    /**
     * Ids of notifications that have ended and were planned before a time, and of which nothing is needed any more.
     *
     * @param stillOpen whether there is an open alert with a key
     */
    Set<String> expired(Instant before, Predicate<String> stillOpen) {
        Set<String> expired = new HashSet<>();
        for (OfReceiver mine : receivers.values()) {
            Set<String> needed = new HashSet<>();
            mine.told.forEach((key, told) -> {
                if (told.state() != AlertState.RESOLVED && (!mine.mails || stillOpen.test(key))) {
                    needed.add(told.by());
                }
            });
            mine.unheard.values().forEach(lost -> {
                if (lost.before() != null) {
                    needed.add(lost.before().by());
                }
            });
            mine.sources.values().forEach(source -> needed.add(source.getNotificationId()));
            mine.ended.forEach((id, at) -> {
                if (at.isBefore(before) && !needed.contains(id)) {
                    expired.add(id);
                }
            });
        }
        return expired;
    }

    /** Takes notifications out that {@link #expired} said, and what they alone told. */
    void forget(Set<String> ids) {
        for (OfReceiver mine : receivers.values()) {
            mine.ended.keySet().removeAll(ids);
            mine.told.values().removeIf(told -> ids.contains(told.by()));
        }
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
