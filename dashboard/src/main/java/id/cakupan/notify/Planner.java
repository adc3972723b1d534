package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.NotifiedAlert;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.notify.Routing.Route;
import id.cakupan.notify.Routing.SourceRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the world says with what receivers were told, and plans what is to be sent. It sends and records nothing, and
 * what it remembers is only when it first saw something that waits; a planner made anew plans the same a little later.
 */
final class Planner {
    /** Most alerts that one mail is about; a mail shows fewer. */
    static final int MOST_IN_MAIL = 5_000;

    /** Most characters of their keys, so that the record of a mail stays below what brokers take. */
    private static final int MOST_CHARACTERS = 500_000;

    /** Most changes in one message to a system. */
    static final int MOST_IN_MESSAGE = 200;

    /** An escalation waits for a digest that comes within this time on the same day. */
    private static final Duration DIGEST_IS_SOON = Duration.ofHours(9);

    private static final Comparator<Alert> MOST_URGENT_FIRST = Comparator.comparing(
                    (Alert alert) -> Routing.openStates().indexOf(alert.state()))
            .thenComparing(Alert::overdueSince)
            .thenComparing(Alert::key);

    private final Routing routing;
    private final ZoneId zone;
    private final Map<String, Instant> waitingSince = new HashMap<>();

    Planner(Routing routing, ZoneId zone) {
        this.routing = routing;
        this.zone = zone;
    }

    /**
     * What is to be recorded now: new notifications that are PLANNED, and older ones that are SUPERSEDED by them.
     *
     * @param world all that was in the topics must have been read
     * @param busy whether a notification is on its way at the moment
     */
    List<Notification> plan(
            World world, Ledger ledger, SourceTimes sources, Instant now, Predicate<Notification> busy) {
        List<Notification> plans = new ArrayList<>();
        synchronized (world) {
            for (Receiver receiver : routing.receivers()) {
                List<Route> routes = routing.routesTo(receiver);
                if (receiver.isMail()) {
                    Optional<Notification> digest = digests(receiver, routes, world, ledger, now, busy, plans);
                    if (digest.isEmpty()) {
                        escalation(receiver, routes, world, ledger, now).ifPresent(plans::add);
                    }
                } else {
                    changes(receiver, routes, world, ledger, now).ifPresent(plans::add);
                }
            }
        }
        if (!sources.isCaughtUp()) {
            return plans;
        }
        for (SourceRule rule : routing.sources()) {
            for (String name : rule.receivers()) {
                source(rule, receiver(name), ledger, sources, now).ifPresent(plans::add);
            }
        }
        return plans;
    }

    private Receiver receiver(String name) {
        return routing.receivers().stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // Mails

    private Optional<Notification> digests(
            Receiver receiver,
            List<Route> routes,
            World world,
            Ledger ledger,
            Instant now,
            Predicate<Notification> busy,
            List<Notification> plans) {
        ZonedDateTime local = now.atZone(zone);
        Set<LocalTime> times = new TreeSet<>();
        routes.stream().map(Route::digest).filter(time -> time != null).forEach(times::add);
        Optional<Notification> planned = Optional.empty();
        for (LocalTime time : times) {
            DigestId id = new DigestId(receiver.name(), local.toLocalDate(), time.toString());
            boolean had = ledger.lastDigest(receiver.name(), id.time())
                    .map(day -> !day.isBefore(id.day()))
                    .orElse(false);
            if (local.toLocalTime().isBefore(time) || had || planned.isPresent()) {
                continue;
            }
            List<Route> due =
                    routes.stream().filter(route -> time.equals(route.digest())).toList();
            planned = digest(id, receiver, due, world, now);
            if (planned.isPresent()) {
                supersede(planned.get(), world, ledger, busy, plans);
                plans.add(planned.get());
            } else {
                // Recorded too, so that a restart later on the day does not send it outside its time.
                Notification nothing = mail(id.toString(), NotificationKind.DIGEST, receiver, due, List.of(), now);
                nothing.setStatus(NotificationStatus.SUPERSEDED);
                plans.add(nothing);
            }
        }
        return planned;
    }

    private Optional<Notification> digest(
            DigestId id, Receiver receiver, List<Route> routes, World world, Instant now) {
        boolean somethingToDo = false;
        List<Alert> listed = new ArrayList<>();
        for (Alert alert : world.alerts(receiver.contractor())) {
            if (routes.stream().anyMatch(route -> route.match().takes(alert))) {
                Optional<AlertDecision> decision = world.decision(alert, now);
                if (!isSilenced(decision)) {
                    listed.add(alert);
                    somethingToDo |= decision.isEmpty();
                }
            }
        }
        if (!somethingToDo) {
            return Optional.empty();
        }
        return Optional.of(mail(id.toString(), NotificationKind.DIGEST, receiver, routes, listed, now));
    }

    /** Digests and escalations that still wait are superseded when the new digest tells all that is left of them. */
    private static void supersede(
            Notification digest, World world, Ledger ledger, Predicate<Notification> busy, List<Notification> plans) {
        Set<String> told =
                digest.getAlerts().stream().map(NotifiedAlert::getAlertKey).collect(Collectors.toSet());
        for (Notification older : ledger.openOf(digest.getReceiver())) {
            boolean ofAlerts =
                    older.getKind() == NotificationKind.DIGEST || older.getKind() == NotificationKind.ESCALATION;
            boolean toldAgain = older.getAlerts().stream()
                    .map(NotifiedAlert::getAlertKey)
                    .allMatch(key -> told.contains(key)
                            || !world.alert(key).map(Alert::isOpen).orElse(false));
            if (ofAlerts && toldAgain && !busy.test(older)) {
                plans.add(Notification.newBuilder(older)
                        .setStatus(NotificationStatus.SUPERSEDED)
                        .build());
            }
        }
    }

    private Optional<Notification> escalation(
            Receiver receiver, List<Route> routes, World world, Ledger ledger, Instant now) {
        List<Route> quick =
                routes.stream().filter(route -> route.escalation() != null).toList();
        if (quick.isEmpty()) {
            return Optional.empty();
        }
        boolean firstContact = ledger.toldTo(receiver.name()).isEmpty();
        LocalTime time = now.atZone(zone).toLocalTime();
        List<Route> digested =
                routes.stream().filter(route -> route.digest() != null).toList();
        // Most alerts become ESCALATED when the day begins: nobody is mailed at night what the morning's digest tells.
        List<Route> soon = digested.stream()
                .filter(route -> route.digest() != null
                        && time.isBefore(route.digest())
                        && Duration.between(time, route.digest()).compareTo(DIGEST_IS_SOON) <= 0)
                .toList();
        List<Alert> fresh = new ArrayList<>();
        Set<Route> used = new HashSet<>();
        for (Alert alert : world.alerts(receiver.contractor())) {
            if (alert.state() != AlertState.ESCALATED
                    || isTold(ledger.told(receiver.name(), alert.key()), alert)
                    || isDigested(firstContact ? digested : soon, alert)
                    || world.decision(alert, now).isPresent()) {
                continue;
            }
            List<Route> taking =
                    quick.stream().filter(route -> route.match().takes(alert)).toList();
            if (!taking.isEmpty()) {
                fresh.add(alert);
                used.addAll(taking);
            }
        }
        Duration window = used.stream()
                .map(Route::escalation)
                .filter(duration -> duration != null)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (!isDue("escalation " + receiver.name(), !fresh.isEmpty(), window, now)
                || ledger.hasOpen(receiver.name(), NotificationKind.ESCALATION)
                || ledger.begunInLastHour(receiver.name(), now) >= receiver.mostPerHour()) {
            return Optional.empty();
        }
        waitingSince.remove("escalation " + receiver.name());
        fresh.sort(MOST_URGENT_FIRST);
        String told = fresh.stream()
                .map(alert -> alert.key() + " " + alert.uncoveredSince())
                .collect(Collectors.joining("\n"));
        String id = "escalation/" + receiver.name() + "/" + Hashes.shortHash(told);
        return Optional.of(mail(id, NotificationKind.ESCALATION, receiver, quick, fresh, now));
    }

    private static boolean isDigested(List<Route> routes, Alert alert) {
        return routes.stream().anyMatch(route -> route.match().takes(alert));
    }

    private static boolean isTold(Ledger.@Nullable Told told, Alert alert) {
        return told != null && told.is(alert);
    }

    private static Notification mail(
            String id, NotificationKind kind, Receiver receiver, List<Route> routes, List<Alert> alerts, Instant now) {
        List<NotifiedAlert> told = new ArrayList<>();
        int characters = 0;
        for (Alert alert :
                alerts.stream().sorted(MOST_URGENT_FIRST).limit(MOST_IN_MAIL).toList()) {
            characters += alert.key().length();
            if (characters > MOST_CHARACTERS) {
                break;
            }
            told.add(new NotifiedAlert(alert.key(), alert.state(), alert.uncoveredSince()));
        }
        return planned(id, kind, receiver, routes, told, alerts.size(), now);
    }

    // Systems

    private Optional<Notification> changes(
            Receiver receiver, List<Route> routes, World world, Ledger ledger, Instant now) {
        if (routes.isEmpty() && ledger.toldTo(receiver.name()).isEmpty()) {
            return Optional.empty();
        }
        boolean ends = receiver.target() instanceof Routing.Alertmanager;
        List<NotifiedAlert> changes = new ArrayList<>();
        Set<Route> used = new HashSet<>();
        for (Alert alert : world.alerts(receiver.contractor())) {
            List<Route> taking =
                    routes.stream().filter(route -> route.match().takes(alert)).toList();
            if (!taking.isEmpty()
                    && !isTold(ledger.told(receiver.name(), alert.key()), alert)
                    && world.decision(alert, now).isEmpty()) {
                changes.add(new NotifiedAlert(alert.key(), alert.state(), alert.uncoveredSince()));
                used.addAll(taking);
            }
        }
        ledger.toldTo(receiver.name()).forEach((key, told) -> {
            if (told.state() != AlertState.RESOLVED && isOver(key, receiver, routes, world, now, ends)) {
                changes.add(new NotifiedAlert(key, AlertState.RESOLVED, told.since()));
            }
        });
        Duration window = (used.isEmpty() ? routes : used)
                .stream().map(Route::window).min(Comparator.naturalOrder()).orElse(Duration.ZERO);
        if (!isDue("changes " + receiver.name(), !changes.isEmpty(), window, now)
                || ledger.hasOpen(receiver.name(), NotificationKind.ALERT)
                || ledger.begunInLastHour(receiver.name(), now) >= receiver.mostPerHour()) {
            return Optional.empty();
        }
        if (changes.size() <= MOST_IN_MESSAGE) {
            waitingSince.remove("changes " + receiver.name());
        }
        changes.sort(Comparator.comparing(
                        (NotifiedAlert change) -> Routing.openStates().indexOf(change.getState()))
                .thenComparing(NotifiedAlert::getAlertKey));
        List<NotifiedAlert> first = List.copyOf(changes.subList(0, Math.min(changes.size(), MOST_IN_MESSAGE)));
        String id = "alert/" + receiver.name() + "/" + Hashes.shortHash(now + "\n" + first);
        return Optional.of(planned(id, NotificationKind.ALERT, receiver, routes, first, changes.size(), now));
    }

    /**
     * Whether a receiver that was told an open alert must be told its end: it is resolved, or no longer meant for the receiver.
     *
     * @param ends whether decisions end alerts; else a silenced alert waits, and an acknowledged one only tells its end
     */
    private static boolean isOver(
            String key, Receiver receiver, List<Route> routes, World world, Instant now, boolean ends) {
        Optional<Alert> found = world.alert(key).filter(receiver::maySee);
        if (found.isEmpty()) {
            return true;
        }
        Alert alert = found.get();
        Optional<AlertDecision> decision = world.decision(alert, now);
        if (isSilenced(decision) && !ends) {
            return false;
        }
        return (ends && decision.isPresent())
                || routes.stream().noneMatch(route -> route.match().takes(alert));
    }

    // Sources

    private Optional<Notification> source(
            SourceRule rule, Receiver receiver, Ledger ledger, SourceTimes sources, Instant now) {
        boolean toldSilent = ledger.lastOfSource(receiver.name(), rule.source())
                .map(last -> last.getKind() == NotificationKind.SOURCE_SILENT)
                .orElse(false);
        boolean silent = sources.isSilent(rule, now);
        boolean open = ledger.openOf(receiver.name()).stream()
                .anyMatch(waiting -> rule.source().equals(waiting.getSource()));
        if (silent == toldSilent || open || ledger.begunInLastHour(receiver.name(), now) >= receiver.mostPerHour()) {
            return Optional.empty();
        }
        NotificationKind kind = silent ? NotificationKind.SOURCE_SILENT : NotificationKind.SOURCE_BACK;
        String id = (silent ? "source-silent/" : "source-back/") + receiver.name() + "/"
                + Hashes.shortHash(rule.source() + "\n" + now);
        Notification planned = planned(id, kind, receiver, List.of(), List.of(), 0, now);
        planned.setSource(rule.source());
        planned.setLastEventAt(sources.last(rule.source()).orElse(null));
        return Optional.of(planned);
    }

    // What they share

    static boolean isSilenced(Optional<AlertDecision> decision) {
        return decision.map(d -> d.getKind() == DecisionKind.SILENCED).orElse(false);
    }

    /** Whether something has waited for its time; it begins to wait when it is first seen. */
    private boolean isDue(String what, boolean waits, Duration window, Instant now) {
        if (!waits) {
            waitingSince.remove(what);
            return false;
        }
        Instant since = waitingSince.computeIfAbsent(what, key -> now);
        return !now.isBefore(since.plus(window));
    }

    private static Notification planned(
            String id,
            NotificationKind kind,
            Receiver receiver,
            List<Route> routes,
            List<NotifiedAlert> alerts,
            int total,
            Instant now) {
        return Notification.newBuilder()
                .setNotificationId(id)
                .setReceiver(receiver.name())
                .setRoutes(routes.stream().map(Route::name).toList())
                .setChannel(receiver.target().channel())
                .setKind(kind)
                .setAlerts(alerts)
                .setTotal(total)
                .setStatus(NotificationStatus.PLANNED)
                .setPlannedAt(now.truncatedTo(ChronoUnit.MICROS))
                .setAttempts(0)
                .build();
    }
}
