package id.cakupan.streams;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Health;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.runtime.TopicProvisioning.Plan;
import id.cakupan.runtime.UserFolders;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance of the streams app. It waits for brokers and registry to be there, creates its internal topics,
 * and runs until it is closed or cannot go on.
 */
public final class StreamsService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(8);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final List<Topic<?>> WORKER_EVENTS =
            List.of(Topics.WORKER_HIRED, Topics.WORKER_RELEASED, Topics.WORKER_ENROLLED, Topics.ENROLMENT_ENDED);

    private final Settings settings;
    private final Clock clock;
    private final StreamsMeters meters;
    private final MeterRegistry meterRegistry;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final StateDirectory stateDirectory;
    private volatile boolean closing;
    private volatile Readiness readiness = Readiness.starting();
    private volatile Optional<KafkaStreams> running = Optional.empty();
    private volatile Optional<KafkaStreamsMetrics> streamsMetrics = Optional.empty();

    /**
     * @param settings {@link StreamsSettings#ALL}
     * @param clock the only source of time
     * @param meterRegistry where the meters go
     * @param environment for the default of the state folder
     * @throws FailedException when the state folder cannot be used
     */
    public StreamsService(
            Settings settings, Clock clock, MeterRegistry meterRegistry, Map<String, String> environment) {
        this.settings = settings;
        this.clock = clock;
        this.meterRegistry = meterRegistry;
        this.meters = new StreamsMeters(meterRegistry);
        this.stateDirectory = StateDirectory.lock(
                settings.find(StreamsSettings.STATE_DIR),
                settings.get(CommonSettings.APPLICATION_ID),
                UserFolders.data(environment));
        this.admin = KafkaClients.admin(settings);
        this.registry = KafkaClients.registry(settings);
    }

    /**
     * Starts. Returns once the stream threads are running; what it needs and is not there is waited for.
     *
     * @throws FailedException when topics are missing or do not fit together
     */
    public void start() throws InterruptedException {
        TopologySettings topologySettings = StreamsSettings.topology(settings, clock);
        AvroSerdes serdes =
                new AvroSerdes(registry, Duration.ofSeconds(settings.get(StreamsSettings.REGISTRY_PATIENCE)));
        String clusterId = awaitBroker();
        awaitSchemas(serdes);
        createInternalTopics(serdes);
        if (closing) {
            return;
        }
        StreamsConfig config = new StreamsConfig(configuration());
        Topology topology = new CoverageTopology(config, topologySettings, serdes, meters).get();
        KafkaStreams streams = new KafkaStreams(topology, config);
        if (stateDirectory.moveTo(clusterId)) {
            LOG.warn("The state in {} is of another cluster: it is thrown away", stateDirectory.path());
            streams.cleanUp();
        }
        streams.setUncaughtExceptionHandler(this::onUncaught);
        streams.setStateListener((now, before) -> {
            LOG.info("{} (was {})", now, before);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        running = Optional.of(streams);
        readiness = new Readiness(settings, admin, streams);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meterRegistry);
        streamsMetrics = Optional.of(metrics);
        streams.start();
    }

    /** Blocks until it has ended. Returns true when it was closed, false when it could not go on. */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return closing;
    }

    /** What it says of itself. */
    public Health health() {
        return new Health(this::notLive, () -> readiness.reasons());
    }

    private List<String> notLive() {
        return running.map(streams -> {
                    KafkaStreams.State state = streams.state();
                    boolean dead = state == KafkaStreams.State.ERROR || state.hasCompletedShutdown();
                    boolean noThread =
                            streams.metadataForLocalThreads().isEmpty() && state != KafkaStreams.State.CREATED;
                    return dead || noThread ? List.of("Kafka Streams is " + state) : List.<String>of();
                })
                .orElse(List.of());
    }

    private StreamThreadExceptionResponse onUncaught(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof MissingSourceTopicException || t instanceof UnreadableStateException) {
                LOG.error("Cannot go on", exception);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        meters.threadReplaced();
        LOG.error("A stream thread ended and is replaced; nothing is skipped", exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private interface Attempt<T> {
        T run() throws ExecutionException, InterruptedException, IOException;
    }

    /** Tries until brokers answer. */
    private <T> T await(String what, Attempt<T> attempt) throws InterruptedException {
        while (true) {
            try {
                return attempt.run();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)
                        || e.getCause() instanceof UnknownTopicOrPartitionException) {
                    throw new FailedException(what + ": " + String.valueOf(e.getCause()), e);
                }
                LOG.warn("Waiting for {}", what);
            } catch (KafkaException | IOException e) {
                LOG.warn("Waiting for {}: {}", what, e.getMessage());
            }
            if (ended.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FailedException("Stopped while waiting for " + what);
            }
        }
    }

    private String awaitBroker() throws InterruptedException {
        return await(
                "a Kafka broker at " + settings.get(CommonSettings.BOOTSTRAP) + " (setting bootstrap)",
                () -> admin.describeCluster().clusterId().get());
    }

    private void awaitSchemas(AvroSerdes serdes) throws InterruptedException {
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        await("the schema registry at " + settings.get(CommonSettings.REGISTRY) + " (setting registry)", () -> {
            for (Topic<?> topic : Topics.OUTPUTS) {
                serdes.prefetch(topic, prefix);
            }
            return true;
        });
    }

    /** The internal topics take their numbers of partitions from the public topics that they are read together with. */
    private void createInternalTopics(AvroSerdes serdes) throws InterruptedException {
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        String applicationId = settings.get(CommonSettings.APPLICATION_ID);
        List<String> needed = Stream.concat(Topics.EVENTS.stream(), Topics.OUTPUTS.stream())
                .map(topic -> topic.name(prefix))
                .toList();
        Map<String, Integer> partitions = await("topics", () -> {
            Map<String, Integer> found = new HashMap<>();
            for (String topic : needed) {
                found.put(topic, partitionsOf(topic));
            }
            return found;
        });
        int workers = partitions.getOrDefault(Topics.WORKER_HIRED.name(prefix), 0);
        for (Topic<?> topic : WORKER_EVENTS) {
            int own = partitions.getOrDefault(topic.name(prefix), 0);
            if (own != workers) {
                throw new FailedException("Topics of worker events must have equally many partitions: "
                        + Topics.WORKER_HIRED.name(prefix) + " has " + workers + ", " + topic.name(prefix) + " has "
                        + own);
            }
        }
        String registered = Topics.PROJECT_REGISTERED.name(prefix);
        String insured = Topics.PROJECT_INSURED.name(prefix);
        if (!partitions.getOrDefault(registered, 0).equals(partitions.getOrDefault(insured, 0))) {
            throw new FailedException(
                    "Topics of project events must have equally many partitions: " + registered + ", " + insured);
        }
        int targets = partitions.getOrDefault(Topics.COVERAGE_TARGETS.name(prefix), 0);
        String partials = CoverageTopology.partialsTopic(applicationId);
        String alerts = CoverageTopology.alertsTopic(applicationId);
        boolean isNew = await("topics", () -> !admin.listTopics().names().get().contains(partials));
        create(
                internal(CoverageTopology.directoryTopic(applicationId), workers, Topic.Cleanup.KEEP_LATEST),
                internal(CoverageTopology.relocatedTopic(applicationId), workers, Topic.Cleanup.KEEP_ALL),
                internal(alerts, workers, Topic.Cleanup.KEEP_LATEST));
        if (isNew) {
            new AlertTakeover(settings, serdes, prefix).copyTo(alerts);
        }
        // Last: while it is missing, the application id counts as new.
        create(internal(partials, targets, Topic.Cleanup.KEEP_LATEST));
    }

    private void create(Plan... plans) throws InterruptedException {
        new TopicProvisioning(settings, admin, List.of(plans)).create();
    }

    private int partitionsOf(String topic) throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new FailedException("There is no topic " + topic + ": run 'cakupan setup' first", e);
            }
            throw e;
        }
    }

    private Plan internal(String name, int partitions, Topic.Cleanup cleanup) {
        return TopicProvisioning.plan(name, partitions, settings.get(CommonSettings.REPLICATION), cleanup);
    }

    /** What may be tuned, then what the file of {@code client-config} says, then what correctness rests on. */
    private Map<String, Object> configuration() {
        Map<String, Object> config = new HashMap<>();
        config.put(
                StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, Duration.ofDays(1).toMillis());
        config.put(
                StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG,
                Duration.ofMinutes(1).toMillis());
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                Math.toIntExact(Duration.ofMinutes(10).toMillis()));
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                TopicProvisioning.MAX_RECORD_BYTES);

        config.putAll(KafkaClients.common(settings));

        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.get(CommonSettings.APPLICATION_ID));
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.path().toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(StreamsSettings.THREADS));
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.get(StreamsSettings.STANDBYS));
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.get(CommonSettings.REPLICATION));
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, UsePartitionTimeOnInvalidTimestamp.class);
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        config.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                settings.get(CommonSettings.TOPIC_PREFIX) + Topics.DEAD_LETTERS);
        config.put(DeadLetterHandler.METERS, meters);
        return config;
    }

    /** Stops within about ten seconds; what is not committed by then is done again by the next instance. */
    @Override
    public void close() {
        closing = true;
        // Leaving the group at once spares the next start, or the other instances, the wait for its session to expire.
        running.ifPresent(
                streams -> streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(CLOSE_WITHIN)));
        streamsMetrics.ifPresent(KafkaStreamsMetrics::close);
        ended.countDown();
        admin.close(Duration.ofSeconds(1));
        try {
            registry.close();
        } catch (IOException e) {
            LOG.debug("The registry client did not close", e);
        }
        stateDirectory.close();
    }
}
