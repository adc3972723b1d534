package id.cakupan.dashboard.board;

import cakupan.records.CoverageTimeline;
import cakupan.records.TimelinePoint;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicTail;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a board and a history from the topics, for ever. Until it has caught up it keeps the last bytes of each key and
 * decodes nothing but events. Close it at the end.
 */
public final class BoardFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What is told of the reading. */
    public interface Listener {
        /** A record was read. */
        void read(Topic<?> topic);

        /** A record could not be read and was passed over. */
        void undecodable();
    }

    private interface Handler {
        void take(String key, byte @Nullable [] value);
    }

    private final Board board;
    private final History history;
    private final Listener listener;
    private final Map<Topic<?>, Handler> handlers = new HashMap<>();
    private final Set<Topic<?>> latestOnly = new HashSet<>(Topics.COVERAGE_BY.values());
    /** Last values that are not decoded yet, by topic and key; null once it has caught up. */
    private @Nullable Map<Topic<?>, Map<String, byte[]>> waiting = new LinkedHashMap<>();

    private final SchemaRegistryClient registry;
    private final Decoder decoder;
    private final TopicTail current;
    private final TopicTail past;
    private final PipelineLag lag;
    private volatile boolean ready;

    /**
     * A feed that does not read yet.
     *
     * @param settings {@link CommonSettings#CLUSTER}
     */
    public BoardFeed(Settings settings, Board board, History history, Listener listener) {
        this.board = board;
        this.history = history;
        this.listener = listener;
        registry = KafkaClients.registry(settings);
        decoder = new Decoder(
                new AvroSerdes(registry, PATIENCE), settings.get(CommonSettings.TOPIC_PREFIX), listener::undecodable);
        lag = new PipelineLag(settings);
        latestOnly.add(Topics.UNCOVERED_HIRES);
        latestOnly.add(Topics.PROGRESS);
        handle();
        List<? extends Topic<?>> topics = Stream.concat(
                        Topics.COVERAGE_BY.values().stream(),
                        Stream.of(
                                Topics.PROJECT_REGISTERED,
                                Topics.PROJECT_INSURED,
                                Topics.COVERAGE_TARGETS,
                                Topics.REFERENCE_FIGURES,
                                Topics.UNCOVERED_HIRES,
                                Topics.ALERT_DECISIONS,
                                Topics.COVERAGE_TIMELINE,
                                Topics.PROGRESS))
                .toList();
        current = new TopicTail("dashboard-figures", settings, topics, new Current());
        past = new TopicTail("dashboard-history", settings, List.of(Topics.COVERAGE_DAILY), new Past());
    }

    /** Begins to read. */
    public void start() {
        current.start();
        past.start();
        lag.start();
    }

    private void handle() {
        Topics.COVERAGE_BY.values().forEach(topic -> on(topic, board::figure));
        on(Topics.PROJECT_REGISTERED, board::registered);
        on(Topics.PROJECT_INSURED, board::insured);
        on(Topics.COVERAGE_TARGETS, board::target);
        on(Topics.REFERENCE_FIGURES, board::reference);
        on(Topics.PROGRESS, progress -> {
            board.progress(progress.getAt());
            lag.told(progress);
        });
        onKey(Topics.UNCOVERED_HIRES, board::alert);
        onKey(Topics.ALERT_DECISIONS, board::decision);
        handlers.put(Topics.COVERAGE_TIMELINE, board::timeline);
    }

    /** Values that are decoded; deleted keys change nothing. */
    private <V extends SpecificRecord> void on(Topic<V> topic, Consumer<V> taker) {
        handlers.put(topic, (key, value) -> {
            if (value != null) {
                decoder.decode(topic, value).ifPresent(taker);
            }
        });
    }

    /** Values that are decoded, with their keys; null for deleted ones. */
    private <V extends SpecificRecord> void onKey(Topic<V> topic, BiConsumer<String, @Nullable V> taker) {
        handlers.put(topic, (key, value) -> {
            if (value == null) {
                taker.accept(key, null);
            } else {
                decoder.decode(topic, value).ifPresent(decoded -> taker.accept(key, decoded));
            }
        });
    }

    private void take(Topic<?> topic, String key, byte @Nullable [] value) {
        Handler handler = handlers.get(topic);
        if (handler != null) {
            handler.take(key, value);
        }
    }

    /** Whether all that was there at the start is on the board. */
    public boolean isReady() {
        return ready;
    }

    /** Whether all past days that were there at the start are in the history. */
    public boolean isHistoryReady() {
        return past.isCaughtUp();
    }

    /** How much of what was there at the start has been read, 0 to 1, not counting the history. */
    public double progress() {
        return ready ? 1 : current.progress();
    }

    /** How many events wait in front of the streams app; empty while it is not known. */
    public OptionalLong behind() {
        return lag.behind();
    }

    /** Why it does not read, for people; empty when it does. */
    public List<String> faults() {
        return Stream.of(current.fault(), past.fault(), decoder.fault())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** The points of a group's timeline in their order; empty when there is none. */
    public List<TimelinePoint> timeline(String groupKey) {
        return board.timelineBytes(groupKey)
                .flatMap(bytes -> decoder.decode(Topics.COVERAGE_TIMELINE, bytes))
                .map(CoverageTimeline::getPoints)
                .orElse(List.of());
    }

    @Override
    public void close() {
        decoder.close();
        current.close();
        past.close();
        lag.close();
        try {
            registry.close();
        } catch (IOException e) {
            LOG.debug("The registry client did not close", e);
        }
    }

    private final class Current implements TopicTail.Sink {
        @Override
        public void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp) {
            listener.read(topic);
            Map<Topic<?>, Map<String, byte[]>> undecoded = waiting;
            if (undecoded == null || !latestOnly.contains(topic)) {
                take(topic, key, value);
                return;
            }
            Map<String, byte[]> values = undecoded.computeIfAbsent(topic, t -> new HashMap<>());
            if (value == null) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
        }

        @Override
        public void polled(boolean caughtUp) {
            Map<Topic<?>, Map<String, byte[]>> undecoded = waiting;
            if (!caughtUp || undecoded == null) {
                return;
            }
            waiting = null;
            List<Topic<?>> order = new ArrayList<>(undecoded.keySet());
            for (Topic<?> topic : order) {
                undecoded.getOrDefault(topic, Map.of()).forEach((key, value) -> take(topic, key, value));
                undecoded.remove(topic);
            }
            ready = true;
        }
    }

    private final class Past implements TopicTail.Sink {
        @Override
        public void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp) {
            listener.read(topic);
            if (value != null) {
                decoder.decode(Topics.COVERAGE_DAILY, value).ifPresent(history::put);
            }
        }

        @Override
        public void polled(boolean caughtUp) {
            // isHistoryReady asks the tail.
        }
    }
}
