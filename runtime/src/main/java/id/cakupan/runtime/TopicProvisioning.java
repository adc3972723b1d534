package id.cakupan.runtime;

import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and tells in what the others differ. It never changes a topic that exists: another
 * number of partitions would send the events of a worker elsewhere than before.
 */
public final class TopicProvisioning {
    /**
     * A topic as it should be.
     *
     * @param name whole name
     * @param partitions 1 or more
     * @param replication copies, 1 or more
     * @param config topic settings that must hold
     */
    public record Plan(String name, int partitions, short replication, Map<String, String> config) {}

    /** Largest batch of a topic of ours: a timeline of many years, or a dead letter with all that was in it. */
    public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private static final String COMPACTED_SEGMENT_BYTES = Integer.toString(32 * 1024 * 1024);
    private static final String DIRTY_RATIO = "0.3";
    /** Longest time that a reader may be away without missing that a key was deleted. */
    private static final String TOMBSTONE_MILLIS =
            Long.toString(Duration.ofDays(7).toMillis());

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);
    private static final long VISIBLE_POLL_MILLIS = 50;
    private static final String FOR_EVER = "-1";

    private final Settings settings;
    private final Admin admin;
    private final List<Plan> plans;

    /**
     * All public topics and the dead letters.
     *
     * @param settings {@link CommonSettings#BOOTSTRAP}, {@link CommonSettings#TOPIC_PREFIX}, {@link
     *     CommonSettings#PARTITIONS}, {@link CommonSettings#REPLICATION}
     * @param admin client; the caller closes it
     */
    public TopicProvisioning(Settings settings, Admin admin) {
        this(settings, admin, publicTopics(settings));
    }

    /** Other topics, such as the internal ones of an app. */
    public TopicProvisioning(Settings settings, Admin admin, List<Plan> plans) {
        this.settings = settings;
        this.admin = admin;
        this.plans = List.copyOf(plans);
    }

    /** The public topics and the dead letters, as they should be. */
    public static List<Plan> publicTopics(Settings settings) {
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        int partitions = settings.get(CommonSettings.PARTITIONS);
        int replication = settings.get(CommonSettings.REPLICATION);
        List<Plan> plans = new ArrayList<>();
        for (Topic<?> topic : Topics.ALL) {
            plans.add(plan(topic.name(prefix), partitions, replication, topic.cleanup()));
        }
        plans.add(plan(prefix + Topics.DEAD_LETTERS, partitions, replication, Topic.Cleanup.KEEP_ALL));
        return plans;
    }

    /**
     * A topic that keeps its records for ever.
     *
     * @param name whole name
     * @param partitions number of partitions, at least 1
     * @param replication number of copies, at least 1
     * @param cleanup whether all records are kept or the last of each key
     */
    public static Plan plan(String name, int partitions, int replication, Topic.Cleanup cleanup) {
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy());
        config.put(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
        config.put(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_RECORD_BYTES));
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication > 2 ? "2" : "1");
        if (cleanup == Topic.Cleanup.KEEP_LATEST) {
            // Only closed segments are compacted: small ones keep what a reader from the start has to pass short.
            config.put(TopicConfig.SEGMENT_BYTES_CONFIG, COMPACTED_SEGMENT_BYTES);
            config.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, DIRTY_RATIO);
            config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, TOMBSTONE_MILLIS);
        }
        return new Plan(name, partitions, (short) replication, config);
    }

    /**
     * Creates the topics that are missing.
     *
     * @return the names of those that were created, sorted
     * @throws FailedException when no broker answers or a broker refuses
     * @throws InterruptedException when interrupted while waiting
     */
    public List<String> create() throws InterruptedException {
        Set<String> existing = existing();
        List<NewTopic> missing = plans.stream()
                .filter(plan -> !existing.contains(plan.name()))
                .map(plan -> new NewTopic(plan.name(), plan.partitions(), plan.replication()).configs(plan.config()))
                .toList();
        List<String> created = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> topic :
                admin.createTopics(missing).values().entrySet()) {
            try {
                topic.getValue().get();
                created.add(topic.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw refused("create topic " + topic.getKey(), e);
                }
            }
        }
        created.sort(null);
        awaitVisible(created);
        return created;
    }

    /** Brokers learn of a new topic, and of the partitions they lead, one after the other, shortly after it was created. */
    private void awaitVisible(List<String> created) throws InterruptedException {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (!existing().containsAll(created)) {
            if (System.nanoTime() > deadline) {
                throw new FailedException("Created topics do not show after " + VISIBLE_WITHIN.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(VISIBLE_POLL_MILLIS);
        }
        awaitLed(created);
    }

    private void awaitLed(List<String> created) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
        for (Plan plan : plans) {
            for (int i = 0; i < plan.partitions() && created.contains(plan.name()); i++) {
                starts.put(new TopicPartition(plan.name(), i), OffsetSpec.earliest());
            }
        }
        try {
            // The client asks a leader again until it is one.
            admin.listOffsets(starts, new ListOffsetsOptions().timeoutMs((int) VISIBLE_WITHIN.toMillis()))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw refused("use the created topics", e);
        }
    }

    /**
     * Compares the cluster with the plans.
     *
     * @return one line for people per difference, empty when there is none
     * @throws FailedException when no broker answers or a broker refuses
     * @throws InterruptedException when interrupted while waiting
     */
    public List<String> check() throws InterruptedException {
        Set<String> existing = existing();
        List<Plan> present =
                plans.stream().filter(plan -> existing.contains(plan.name())).toList();
        Map<String, TopicDescription> topics = describe(present);
        Map<String, Config> configs = configs(present);
        List<String> differences = new ArrayList<>();
        for (Plan plan : plans) {
            TopicDescription topic = topics.get(plan.name());
            Config config = configs.get(plan.name());
            if (topic == null || config == null) {
                differences.add(plan.name() + ": no such topic");
            } else {
                compare(plan, topic, config, differences);
            }
        }
        return differences;
    }

    private static void compare(Plan plan, TopicDescription topic, Config config, List<String> differences) {
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        expected.put("partitions", String.valueOf(plan.partitions()));
        found.put("partitions", String.valueOf(topic.partitions().size()));
        expected.put("replication", String.valueOf(plan.replication()));
        found.put(
                "replication",
                topic.partitions().stream()
                        .map(partition -> String.valueOf(partition.replicas().size()))
                        .distinct()
                        .collect(Collectors.joining("/")));
        plan.config().forEach((key, value) -> {
            ConfigEntry entry = config.get(key);
            expected.put(key, value);
            found.put(key, entry == null ? "not set" : String.valueOf(entry.value()));
        });
        expected.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                differences.add(plan.name() + ": " + key + " is " + found.get(key) + " instead of " + value);
            }
        });
    }

    private Set<String> existing() throws InterruptedException {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw refused("list the topics", e);
        }
    }

    private Map<String, TopicDescription> describe(Collection<Plan> present) throws InterruptedException {
        try {
            return admin.describeTopics(present.stream().map(Plan::name).toList())
                    .allTopicNames()
                    .get();
        } catch (ExecutionException e) {
            throw refused("describe the topics", e);
        }
    }

    private Map<String, Config> configs(Collection<Plan> present) throws InterruptedException {
        List<ConfigResource> resources = present.stream()
                .map(plan -> new ConfigResource(ConfigResource.Type.TOPIC, plan.name()))
                .toList();
        try {
            return admin.describeConfigs(resources).all().get().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        } catch (ExecutionException e) {
            throw refused("read the settings of the topics", e);
        }
    }

    private FailedException refused(String what, ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof TimeoutException
                ? KafkaClients.noBroker(settings, e)
                : new FailedException("Kafka refuses to " + what + ": " + (cause == null ? e : cause).getMessage(), e);
    }
}
