package id.cakupan.notify;

import cakupan.records.AlertState;
import cakupan.records.NotificationChannel;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who gets what: the content of a routing file.
 *
 * @param receivers in the order of the file, each name once
 * @param routes in the order of the file, each name once
 * @param sources the systems whose silence is an alarm
 */
record Routing(List<Receiver> receivers, List<Route> routes, List<SourceRule> sources) {
    Routing {
        receivers = List.copyOf(receivers);
        routes = List.copyOf(routes);
        sources = List.copyOf(sources);
    }

    /** Stands for the district of alerts whose project is not known yet. */
    static final String UNASSIGNED = "UNASSIGNED";

    /** The language of a mail. */
    enum Language {
        ID,
        EN,
        /** Indonesian, then English. */
        BOTH
    }

    /** Where a message goes. Never printed. */
    sealed interface Target {
        /** The channel in records and meters. */
        NotificationChannel channel();
    }

    /**
     * People.
     *
     * @param to their addresses, each of which gets a mail of its own
     */
    record Email(List<String> to, Language language) implements Target {
        Email {
            to = List.copyOf(to);
        }

        @Override
        public NotificationChannel channel() {
            return NotificationChannel.EMAIL;
        }

        @Override
        public String toString() {
            return "Email[" + to.size() + " addresses, " + language + "]";
        }
    }

    /** A system that takes signed messages. */
    static final class Webhook implements Target {
        private final URI url;
        private final byte[] secret;

        Webhook(URI url, byte[] secret) {
            this.url = url;
            this.secret = secret.clone();
        }

        URI url() {
            return url;
        }

        byte[] secret() {
            return secret.clone();
        }

        @Override
        public NotificationChannel channel() {
            return NotificationChannel.WEBHOOK;
        }

        @Override
        public String toString() {
            return "Webhook";
        }
    }

    /**
     * Prometheus Alertmanager.
     *
     * @param url its address, before {@code /api/v2}
     */
    record Alertmanager(URI url) implements Target {
        @Override
        public NotificationChannel channel() {
            return NotificationChannel.ALERTMANAGER;
        }
    }

    /**
     * One receiver.
     *
     * @param contractor the contractor whose own receiver this is: it never gets anything of another; null = no such border
     * @param mostPerHour how many messages may be begun in an hour, 1 or more
     */
    record Receiver(String name, @Nullable String contractor, int mostPerHour, Target target) {
        /** Whether the receiver may see an alert at all. */
        boolean maySee(Alert alert) {
            return contractor == null || contractor.equals(alert.contractor());
        }

        boolean isMail() {
            return target instanceof Email;
        }
    }

    /**
     * Which alerts a route takes; an empty set takes all.
     *
     * @param districts codes of districts, or of what they are part of, such as {@code 35.73}, or {@link #UNASSIGNED}
     */
    record Match(Set<String> districts, Set<String> contractors, Set<AlertState> states) {
        Match {
            districts = Set.copyOf(districts);
            contractors = Set.copyOf(contractors);
            states = Set.copyOf(states);
        }

        boolean takes(Alert alert) {
            return alert.isOpen()
                    && (states.isEmpty() || states.contains(alert.state()))
                    && (contractors.isEmpty() || contractors.contains(alert.contractor()))
                    && (districts.isEmpty() || takesDistrict(alert.district()));
        }

        private boolean takesDistrict(@Nullable String district) {
            return district == null
                    ? districts.contains(UNASSIGNED)
                    : districts.stream().anyMatch(code -> district.equals(code) || district.startsWith(code + "."));
        }
    }

    /**
     * One rule.
     *
     * @param receivers names of receivers
     * @param digest time of day of the daily mail; null = none
     * @param escalation how long alerts that became ESCALATED are gathered before they are mailed; null = never at once
     * @param window how long changes are gathered before systems are told
     */
    record Route(
            String name,
            List<String> receivers,
            Match match,
            @Nullable LocalTime digest,
            @Nullable Duration escalation,
            Duration window) {
        Route {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * When the silence of a system is an alarm.
     *
     * @param source its name, as in its events
     * @param silentAfter longest time without an event
     * @param receivers names of receivers
     */
    record SourceRule(String source, Duration silentAfter, List<String> receivers) {
        SourceRule {
            receivers = List.copyOf(receivers);
        }
    }

    /** Whether somebody is meant to get an alert; made once, to be asked about many. */
    Predicate<Alert> reachesSomebody() {
        Map<String, Receiver> byName =
                receivers.stream().collect(Collectors.toMap(Receiver::name, Function.identity(), (a, b) -> a));
        Map<Route, Set<String>> contractors = new LinkedHashMap<>();
        for (Route route : routes) {
            List<Receiver> all = route.receivers().stream()
                    .map(byName::get)
                    .filter(receiver -> receiver != null)
                    .toList();
            Set<String> own = new HashSet<>();
            all.forEach(receiver -> own.add(receiver.contractor() == null ? "" : receiver.contractor()));
            contractors.put(route, own);
        }
        return alert -> contractors.entrySet().stream()
                .anyMatch(way -> (way.getValue().contains("") || way.getValue().contains(alert.contractor()))
                        && way.getKey().match().takes(alert));
    }

    /** Routes that lead to a receiver. */
    List<Route> routesTo(Receiver receiver) {
        return routes.stream()
                .filter(route -> route.receivers().contains(receiver.name()))
                .toList();
    }

    /** States of open alerts, the most urgent first. */
    static List<AlertState> openStates() {
        return Arrays.stream(Severity.values()).map(Severity::state).collect(Collectors.toUnmodifiableList());
    }
}
