package id.cakupan.streams;

import cakupan.records.CoverageFigure;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.Rules;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import id.cakupan.streams.TopologySettings.Storage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The graph: directory, ledger, figures.
 *
 * <p>Two internal topics join the stages. Both are at the same time the changelog of what their readers keep, so that
 * nothing is written twice: the <em>directory</em> topic carries each project to every partition of the ledger, the
 * <em>partials</em> topic carries the newest sum per group and task. A third one, <em>relocated</em>, joins the ledger
 * with itself: it carries facts to the ledger of an older id of the same person.
 */
public final class CoverageTopology {
    static final String DIRECTORY_STORE = "directory";
    static final String DIRECTORY_GROUPS_STORE = "directory-groups";
    static final String DIRECTORY_COPY_STORE = "directory-copy";
    static final String LEDGER_STORE = "ledger";
    static final String LEDGER_GROUPS_STORE = "ledger-groups";
    static final String PARTIALS_STORE = "partials";
    static final String TARGETS_STORE = "targets";
    static final String PUBLISHED_STORE = "published";

    static final String DIRECTORY_SINK = "sink-directory";
    static final String RELOCATED_SINK = "sink-relocated";
    static final String ALERTS_SINK = "sink-uncovered-hires";
    static final String TIMELINE_SINK = "sink-coverage-timeline";
    static final String DAILY_SINK = "sink-coverage-daily";

    private static final String DIRECTORY_SOURCE = "source-directory";
    private static final String RELOCATED_SOURCE = "source-relocated";
    private static final String ALERTS_SOURCE = "source-alerts";
    private static final String PARTIALS_SOURCE = "source-partials";

    private final TopologySettings settings;
    private final AvroSerdes serdes;
    private final StageContext stage;
    private final Topology topology;

    /**
     * @param config configuration of Kafka Streams, as far as it shapes the graph
     * @param settings what the stages need
     * @param serdes serdes of the public topics
     * @param meters where the stages count
     */
    public CoverageTopology(StreamsConfig config, TopologySettings settings, AvroSerdes serdes, StreamsMeters meters) {
        this.settings = settings;
        this.serdes = serdes;
        this.stage = new StageContext(settings.applicationId(), meters);
        this.topology = new Topology(new TopologyConfig(config));
    }

    /** Name of the internal topic that carries projects to the ledger; it has the partitions of the worker events. */
    public static String directoryTopic(String applicationId) {
        return applicationId + "-directory";
    }

    /** Name of the internal topic that carries partials to the figures; it has the partitions of the targets. */
    public static String partialsTopic(String applicationId) {
        return applicationId + "-partials";
    }

    /** Name of the internal topic with the alerts that a new application id takes over, keyed by worker. */
    public static String alertsTopic(String applicationId) {
        return applicationId + "-alerts";
    }

    /**
     * Name of the internal topic that carries facts to the ledger of the id that the worker had before; it has the
     * partitions of the worker events, and keeps all records, for several of one key may wait to be read.
     */
    public static String relocatedTopic(String applicationId) {
        return applicationId + "-relocated";
    }

    static String partialsSink(Stage stage) {
        return "sink-partials-" + stage.id();
    }

    static String progressSink(Stage stage) {
        return "sink-progress-" + stage.id();
    }

    static String figureSink(Level level) {
        return "sink-" + figures(level).suffix();
    }

    private static Topic<CoverageFigure> figures(Level level) {
        return Objects.requireNonNull(Topics.COVERAGE_BY.get(cakupan.records.Level.valueOf(level.name())));
    }

    /** Builds the graph. */
    public Topology get() {
        addDirectory();
        addLedger();
        addFigures();
        addReferenceFigures();
        return topology;
    }

    private void addDirectory() {
        String name = Stage.DIRECTORY.id();
        Rules rules = settings.rules();
        Pulse pulse = settings.pulse();
        topology.addProcessor(
                name,
                () -> new DirectoryProcessor(rules, pulse, stage),
                source(Topics.PROJECT_REGISTERED),
                source(Topics.PROJECT_INSURED));
        topology.addStateStore(logged(DIRECTORY_STORE, Serdes.String()), name);
        topology.addStateStore(logged(DIRECTORY_GROUPS_STORE, Serdes.String()), name);
        topology.addSink(
                DIRECTORY_SINK,
                directoryTopic(settings.applicationId()),
                new StringSerializer(),
                new ByteArraySerializer(),
                toAllPartitions(),
                name);
        addPartialsSink(Stage.DIRECTORY);
        addProgressSink(Stage.DIRECTORY);
    }

    private void addLedger() {
        String name = Stage.LEDGER.id();
        Rules rules = settings.rules();
        Pulse pulse = settings.pulse();
        addCopy(DIRECTORY_COPY_STORE, DIRECTORY_SOURCE, directoryTopic(settings.applicationId()));
        topology.addSource(
                ALERTS_SOURCE, new StringDeserializer(), publishedAlerts(), alertsTopic(settings.applicationId()));
        String relocated = relocatedTopic(settings.applicationId());
        topology.addSource(
                RELOCATED_SOURCE, new StringDeserializer(), (topic, bytes) -> Relocated.decode(bytes), relocated);
        topology.addProcessor(
                name,
                () -> new LedgerProcessor(rules, pulse, stage),
                DIRECTORY_SOURCE,
                ALERTS_SOURCE,
                RELOCATED_SOURCE,
                source(Topics.WORKER_HIRED),
                source(Topics.WORKER_RELEASED),
                source(Topics.WORKER_ENROLLED),
                source(Topics.ENROLMENT_ENDED));
        topology.connectProcessorAndStateStores(name, DIRECTORY_COPY_STORE);
        topology.addStateStore(logged(ledgerSupplier(), Serdes.Bytes()), name);
        topology.addStateStore(logged(LEDGER_GROUPS_STORE, Serdes.String()), name);
        addPartialsSink(Stage.LEDGER);
        addProgressSink(Stage.LEDGER);
        addSink(ALERTS_SINK, Topics.UNCOVERED_HIRES, name);
        Serializer<Relocated> serializer = (topic, value) -> value.encode();
        topology.addSink(RELOCATED_SINK, relocated, new StringSerializer(), serializer, name);
    }

    private void addFigures() {
        String name = Stage.FIGURES.id();
        AreaNames areaNames = settings.areaNames();
        Pulse pulse = settings.pulse();
        addCopy(PARTIALS_STORE, PARTIALS_SOURCE, partialsTopic(settings.applicationId()));
        topology.addProcessor(
                name,
                () -> new FiguresProcessor(areaNames, pulse, stage),
                PARTIALS_SOURCE,
                source(Topics.COVERAGE_TARGETS));
        topology.connectProcessorAndStateStores(name, PARTIALS_STORE);
        topology.addStateStore(logged(TARGETS_STORE, Serdes.String()), name);
        topology.addStateStore(logged(PUBLISHED_STORE, Serdes.String()), name);
        Level.ALL.forEach(level -> addSink(figureSink(level), figures(level), name));
        addSink(TIMELINE_SINK, Topics.COVERAGE_TIMELINE, name);
        addSink(DAILY_SINK, Topics.COVERAGE_DAILY, name);
        addProgressSink(Stage.FIGURES);
    }

    /** Reference figures are shown beside ours and go into none; they are read to find those that break the contract. */
    private void addReferenceFigures() {
        topology.addProcessor("reference-figures", () -> new Checked(stage), source(Topics.REFERENCE_FIGURES));
    }

    /** Adds the source of a public topic and returns its name. */
    private <V extends SpecificRecord> String source(Topic<V> topic) {
        String name = "source-" + topic.suffix();
        topology.addSource(
                name, new StringDeserializer(), serdes.deserializer(topic.type()), topic.name(settings.topicPrefix()));
        return name;
    }

    private <V extends SpecificRecord> void addSink(String name, Topic<V> topic, String parent) {
        topology.addSink(
                name, topic.name(settings.topicPrefix()), new StringSerializer(), serdes.serializer(topic), parent);
    }

    private void addProgressSink(Stage from) {
        addSink(progressSink(from), Topics.PROGRESS, from.id());
    }

    private void addPartialsSink(Stage from) {
        topology.addSink(
                partialsSink(from),
                partialsTopic(settings.applicationId()),
                new StringSerializer(),
                new ByteArraySerializer(),
                byGroup(),
                from.id());
    }

    /** Alerts are copied in the form in which they were published, with the schema of the public topic. */
    private Deserializer<UncoveredHire> publishedAlerts() {
        Deserializer<UncoveredHire> deserializer = serdes.deserializer(UncoveredHire.class);
        String published = Topics.UNCOVERED_HIRES.name(settings.topicPrefix());
        return (topic, bytes) -> deserializer.deserialize(published, bytes);
    }

    /** A store that is filled from an internal topic, which serves as its changelog. */
    private void addCopy(String store, String source, String topic) {
        topology.addReadOnlyStateStore(
                Stores.keyValueStoreBuilder(supplier(store), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                source,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                "copy-" + store,
                () -> new Copy(store));
    }

    private <K> StoreBuilder<KeyValueStore<K, byte[]>> logged(String name, Serde<K> keys) {
        return logged(supplier(name), keys);
    }

    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> logged(
            KeyValueBytesStoreSupplier supplier, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(supplier, keys, Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    private KeyValueBytesStoreSupplier ledgerSupplier() {
        return settings.storage() == Storage.MEMORY ? HashLedgerStore.supplier(LEDGER_STORE) : supplier(LEDGER_STORE);
    }

    private KeyValueBytesStoreSupplier supplier(String name) {
        return switch (settings.storage()) {
            case MEMORY -> Stores.inMemoryKeyValueStore(name);
            case ROCKSDB -> Stores.persistentKeyValueStore(name);
        };
    }

    private static StreamPartitioner<String, Object> toAllPartitions() {
        return (topic, key, value, partitions) ->
                Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }

    /** The partition that a producer gives a record with the group as its key. */
    private static StreamPartitioner<String, Object> byGroup() {
        StringSerializer serializer = new StringSerializer();
        Function<String, byte[]> groupOf = key -> serializer.serialize("", PartialCodec.groupKey(key));
        return (topic, key, value, partitions) ->
                Optional.of(Set.of(BuiltInPartitioner.partitionForKey(groupOf.apply(key), partitions)));
    }

    /** Rejects events that break a rule of the contract, and does nothing with the others. */
    private static final class Checked implements Processor<String, SpecificRecord, Void, Void> {
        private final StageContext stage;

        Checked(StageContext stage) {
            this.stage = stage;
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            var unused = stage.accepted(record);
        }
    }

    /** Writes what comes from an internal topic into the store that copies it. */
    private static final class Copy implements Processor<String, byte[], Void, Void> {
        private final String name;
        private KeyValueStore<String, byte[]> store;

        @SuppressWarnings("NullAway.Init")
        Copy(String name) {
            this.name = name;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(name);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            store.put(record.key(), record.value());
        }
    }
}
