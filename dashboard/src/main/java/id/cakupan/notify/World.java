package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.CoverageFigure;
import cakupan.records.DecisionKind;
import cakupan.records.Level;
import cakupan.records.UncoveredHire;
import id.cakupan.dashboard.board.Decided;
import id.cakupan.runtime.TopicTail;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import id.cakupan.schemas.UndecodableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts, the decisions about them and the names of groups, as the topics say now. Filled by the thread of a tail; whoever
 * looks at it holds its lock.
 */
final class World implements TopicTail.Sink {
    /** The topics that it is made of. */
    static final List<Topic<? extends SpecificRecord>> TOPICS = List.of(
            Topics.UNCOVERED_HIRES,
            Topics.ALERT_DECISIONS,
            Topics.COVERAGE_BY.get(Level.PROJECT),
            Topics.COVERAGE_BY.get(Level.CONTRACTOR),
            Topics.COVERAGE_BY.get(Level.DISTRICT));

    private static final Logger LOG = LoggerFactory.getLogger(World.class);

    private final String prefix;
    private final Map<Topic<?>, Deserializer<? extends SpecificRecord>> deserializers = new HashMap<>();
    private final Map<String, Alert> alerts = new HashMap<>();
    private final Map<String, Map<String, Alert>> byContractor = new HashMap<>();
    private final Map<String, AlertDecision> decisions = new HashMap<>();
    private final Map<String, List<AlertDecision>> decisionsByScope = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private long version;
    private boolean caughtUp;

    /**
     * An empty world.
     *
     * @param prefix prefix of the topics
     */
    World(AvroSerdes serdes, String prefix) {
        this.prefix = prefix;
        TOPICS.forEach(topic -> deserializers.put(topic, serdes.deserializer(topic.type())));
    }

    @Override
    public void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp) {
        SpecificRecord record;
        try {
            Deserializer<? extends SpecificRecord> deserializer = deserializers.get(topic);
            record = deserializer == null ? null : deserializer.deserialize(topic.name(prefix), value);
        } catch (UndecodableException e) {
            LOG.warn("A record of {} cannot be read and is passed over: {}", topic.name(prefix), e.getMessage());
            return;
        }
        take(topic, key, record);
    }

    /** Takes one record, already read; null = the key is deleted. */
    synchronized void take(Topic<?> topic, String key, @Nullable SpecificRecord record) {
        version++;
        if (topic.equals(Topics.UNCOVERED_HIRES)) {
            alert(key, (UncoveredHire) record);
        } else if (topic.equals(Topics.ALERT_DECISIONS)) {
            decision(key, (AlertDecision) record);
        } else if (record instanceof CoverageFigure figure && figure.getName() != null) {
            names.put(Topics.groupKey(figure.getLevel(), figure.getId()), figure.getName());
        }
    }

    @Override
    public synchronized void polled(boolean caughtUpNow) {
        caughtUp |= caughtUpNow;
    }

    private void alert(String key, @Nullable UncoveredHire hire) {
        Alert before = alerts.remove(key);
        if (before != null) {
            Map<String, Alert> siblings = byContractor.get(before.contractor());
            if (siblings != null) {
                siblings.remove(key);
            }
        }
        if (hire != null) {
            Alert alert = Alert.of(hire);
            alerts.put(key, alert);
            byContractor
                    .computeIfAbsent(alert.contractor(), id -> new HashMap<>())
                    .put(key, alert);
        }
    }

    private void decision(String key, @Nullable AlertDecision decision) {
        AlertDecision before = decision == null ? decisions.remove(key) : decisions.put(key, decision);
        if (before != null) {
            scope(before).ifPresent(scope -> {
                List<AlertDecision> siblings = decisionsByScope.get(scope);
                if (siblings != null) {
                    siblings.remove(before);
                }
            });
        }
        if (decision != null) {
            scope(decision)
                    .ifPresent(scope -> decisionsByScope
                            .computeIfAbsent(scope, s -> new ArrayList<>())
                            .add(decision));
        }
    }

    /** The narrowest thing that a decision is about; a decision about nothing has no effect. */
    private static Optional<String> scope(AlertDecision decision) {
        if (decision.getAlertKey() != null) {
            return Optional.of("a " + decision.getAlertKey());
        } else if (decision.getProjectId() != null) {
            return Optional.of("p " + decision.getProjectId());
        } else if (decision.getContractorId() != null) {
            return Optional.of("c " + decision.getContractorId());
        }
        return Optional.ofNullable(decision.getDistrictCode()).map(code -> "d " + code);
    }

    /** Grows with every record that was read. */
    synchronized long version() {
        return version;
    }

    /** Whether all that was there at the start has been read. */
    synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /** The alert of a key. */
    synchronized Optional<Alert> alert(String key) {
        return Optional.ofNullable(alerts.get(key));
    }

    /** Whether there is an alert that a receiver may see, of a contractor or, with null, of all. Hold the lock meanwhile. */
    synchronized Collection<Alert> alerts(@Nullable String contractor) {
        return contractor == null
                ? alerts.values()
                : byContractor.getOrDefault(contractor, Map.of()).values();
    }

    /** Display name of a group; its id when none is known. */
    synchronized String name(Level level, String id) {
        return names.getOrDefault(Topics.groupKey(level, id), id);
    }

    /** Names of all groups that have one, by {@link Topics#groupKey}. */
    synchronized Set<String> named() {
        return Set.copyOf(names.keySet());
    }

    /** The decision that holds for an alert at an instant; one that silences before one that acknowledges. */
    synchronized Optional<AlertDecision> decision(Alert alert, Instant now) {
        if (decisionsByScope.isEmpty()) {
            return Optional.empty();
        }
        return Stream.of("a " + alert.key(), "p " + alert.project(), "c " + alert.contractor(), "d " + alert.district())
                .flatMap(scope -> decisionsByScope.getOrDefault(scope, List.of()).stream())
                .filter(decision -> holds(decision, now) && selects(decision, alert))
                .reduce((one, other) -> one.getKind() == DecisionKind.SILENCED ? one : other);
    }

    /** All decisions ever made. */
    synchronized List<AlertDecision> decisions() {
        return List.copyOf(decisions.values());
    }

    /** Whether a decision stands at an instant. */
    static boolean holds(AlertDecision decision, Instant now) {
        return (decision.getKind() == DecisionKind.SILENCED || decision.getKind() == DecisionKind.ACKNOWLEDGED)
                && Decided.stands(decision, now);
    }

    /** Whether a decision is about an alert. */
    static boolean selects(AlertDecision decision, Alert alert) {
        return Decided.selects(decision, alert.key(), alert.project(), alert.contractor(), alert.district());
    }
}
