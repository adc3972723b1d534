package id.cakupan.dashboard.board;

import cakupan.records.Progress;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events of workers and projects the streams app has not worked off: what it tells of its progress, held against
 * the ends of the topics, which are asked for every two seconds. Thread-safe. Close it at the end.
 */
public final class PipelineLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineLag.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Settings settings;
    private final Set<String> inputs;
    private final ConcurrentMap<TopicPartition, Long> processed = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dashboard-lag");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Admin admin;
    private volatile long behind = -1;

    /** @param settings {@link CommonSettings#CLUSTER} */
    public PipelineLag(Settings settings) {
        this.settings = settings;
        inputs = Stream.of(
                        Topics.PROJECT_REGISTERED,
                        Topics.PROJECT_INSURED,
                        Topics.WORKER_HIRED,
                        Topics.WORKER_RELEASED,
                        Topics.WORKER_ENROLLED,
                        Topics.ENROLMENT_ENDED)
                .map(topic -> topic.name(settings.get(CommonSettings.TOPIC_PREFIX)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Begins to look. */
    void start() {
        var unused = looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes what a task of the streams app tells. */
    void told(Progress progress) {
        progress.getOffsets().forEach((topic, offset) -> {
            if (inputs.contains(topic)) {
                processed.merge(new TopicPartition(topic, progress.getPartition()), offset, Math::max);
            }
        });
    }

    /** Events that wait; empty while it is not known. */
    public OptionalLong behind() {
        long now = behind;
        return now < 0 ? OptionalLong.empty() : OptionalLong.of(now);
    }

    private void look() {
        Map<TopicPartition, Long> told = Map.copyOf(processed);
        if (told.isEmpty()) {
            return;
        }
        try {
            behind = waiting(told, ends(List.copyOf(told.keySet())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | FailedException e) {
            behind = -1;
            LOG.debug("The ends of the topics are not known", e);
        } catch (RuntimeException e) {
            behind = -1;
            LOG.warn(
                    "Looking after the streams app's progress failed: {}",
                    e.getClass().getSimpleName());
        }
    }

    /**
     * Records between what was processed and the ends.
     *
     * @param processed last offset worked off, by partition
     * @param ends offset after the last record, by partition
     */
    static long waiting(Map<TopicPartition, Long> processed, Map<TopicPartition, Long> ends) {
        return processed.entrySet().stream()
                .mapToLong(each -> Math.max(0, ends.getOrDefault(each.getKey(), 0L) - 1 - each.getValue()))
                .sum();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        Admin client = admin;
        if (client == null) {
            client = KafkaClients.admin(settings);
            admin = client;
        }
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        client.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        looking.shutdownNow();
        Admin client = admin;
        if (client != null) {
            client.close(Duration.ofSeconds(1));
        }
    }
}
