package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.Level;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.notify.Routing.Route;
import id.cakupan.notify.Routing.SourceRule;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says who would get what now, for people, without an address and without sending anything. */
final class Check {
    private static final int MOST_NAMED = 10;

    private final Settings settings;
    private final Routing routing;
    private final Clock clock;

    Check(Settings settings, Routing routing, Clock clock) {
        this.settings = settings;
        this.routing = routing;
        this.clock = clock;
    }

    /**
     * Reads the alerts and tells.
     *
     * @throws FailedException if they cannot be read
     */
    List<String> lines() throws InterruptedException, IOException {
        try (SchemaRegistryClient registry = KafkaClients.registry(settings)) {
            World world = new World(new AvroSerdes(registry), settings.get(CommonSettings.TOPIC_PREFIX));
            WorldReader.fill(world, settings, World.TOPICS);
            return lines(world);
        }
    }

    private List<String> lines(World world) {
        Instant now = clock.instant();
        List<String> lines = new ArrayList<>();
        for (Receiver receiver : routing.receivers()) {
            List<Route> routes = routing.routesTo(receiver);
            Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
            int acknowledged = 0;
            int silenced = 0;
            for (Alert alert : world.alerts(receiver.contractor())) {
                if (routes.stream().noneMatch(route -> route.match().takes(alert))) {
                    continue;
                }
                Optional<AlertDecision> decision = world.decision(alert, now);
                if (Planner.isSilenced(decision)) {
                    silenced++;
                } else {
                    acknowledged += decision.isPresent() ? 1 : 0;
                    counts.merge(alert.state(), 1, Integer::sum);
                }
            }
            lines.add(
                    receiver.name() + " (" + receiver.target().channel().name().toLowerCase(Locale.ROOT)
                            + (receiver.contractor() == null ? "" : ", only " + receiver.contractor()) + "): "
                            + counts(counts) + (acknowledged > 0 ? ", of them acknowledged " + acknowledged : "")
                            + (silenced > 0 ? ", besides silenced " + silenced : ""));
            routes.forEach(route -> lines.add("  by route " + route.name() + when(receiver, route)));
            if (routes.isEmpty()
                    && routing.sources().stream()
                            .noneMatch(rule -> rule.receivers().contains(receiver.name()))) {
                lines.add("  no route and no source leads to it: it gets nothing");
            }
        }
        for (SourceRule rule : routing.sources()) {
            lines.add("source " + rule.source() + ": when silent for " + rule.silentAfter() + ", to "
                    + String.join(", ", rule.receivers()));
        }
        lines.addAll(unknown(world));
        unreached(world).ifPresent(lines::add);
        return lines;
    }

    /** Contractors and districts that stand in the file and in no record: perhaps they are misspelt. */
    private List<String> unknown(World world) {
        Set<String> contractors = new TreeSet<>();
        Set<String> districts = new TreeSet<>();
        routing.receivers().stream()
                .map(Receiver::contractor)
                .filter(contractor -> contractor != null)
                .forEach(contractors::add);
        routing.routes().forEach(route -> {
            contractors.addAll(route.match().contractors());
            districts.addAll(route.match().districts());
        });
        districts.remove(Routing.UNASSIGNED);
        Set<String> known = new HashSet<>(world.named());
        for (Alert alert : world.alerts(null)) {
            known.add(Topics.groupKey(Level.CONTRACTOR, alert.contractor()));
            if (alert.district() != null) {
                known.add(Topics.groupKey(Level.DISTRICT, alert.district()));
            }
        }
        contractors.removeIf(id -> known.contains(Topics.groupKey(Level.CONTRACTOR, id)));
        districts.removeIf(code -> {
            String key = Topics.groupKey(Level.DISTRICT, code);
            return known.stream().anyMatch(one -> one.equals(key) || one.startsWith(key + "."));
        });
        List<String> lines = new ArrayList<>();
        contractors.forEach(id -> lines.add("contractor " + id + ": in the file, but in no record"));
        districts.forEach(code -> lines.add("district " + code + ": in the file, but in no record"));
        return lines;
    }

    private Optional<String> unreached(World world) {
        Predicate<Alert> reached = routing.reachesSomebody();
        Map<String, Long> byContractor = world.alerts(null).stream()
                .filter(alert -> alert.isOpen() && !reached.test(alert))
                .collect(Collectors.groupingBy(Alert::contractor, TreeMap::new, Collectors.counting()));
        if (byContractor.isEmpty()) {
            return Optional.empty();
        }
        long all = byContractor.values().stream().mapToLong(Long::longValue).sum();
        String most = byContractor.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_NAMED)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of(all + " open alerts reach nobody (by contractor: " + most
                + (byContractor.size() > MOST_NAMED ? " and " + (byContractor.size() - MOST_NAMED) + " more" : "")
                + ")");
    }

    private static String counts(Map<AlertState, Integer> counts) {
        String text = Routing.openStates().stream()
                .filter(counts::containsKey)
                .map(state -> state.name() + " " + counts.get(state))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "no open alert" : text;
    }

    private static String when(Receiver receiver, Route route) {
        if (!receiver.isMail()) {
            return ": changes, gathered for " + route.window();
        }
        return ": " + (route.digest() == null ? "no digest" : "digest at " + route.digest())
                + (route.escalation() == null ? "" : ", escalations gathered for " + route.escalation());
    }
}
