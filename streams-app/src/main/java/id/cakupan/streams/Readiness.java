package id.cakupan.streams;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Whether the app is running and has caught up with its events: asked of the brokers, at most once a second. */
final class Readiness {
    private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int TIMEOUT_SECONDS = 3;

    private final @Nullable Settings settings;
    private final @Nullable Admin admin;
    private final @Nullable KafkaStreams streams;
    private List<String> lagReasons = List.of("Not asked yet");
    private long askedAt = System.nanoTime() - REFRESH_NANOS;

    private Readiness() {
        settings = null;
        admin = null;
        streams = null;
    }

    Readiness(Settings settings, Admin admin, KafkaStreams streams) {
        this.settings = settings;
        this.admin = admin;
        this.streams = streams;
    }

    /** Of an app that waits for what it needs. */
    static Readiness starting() {
        return new Readiness();
    }

    synchronized List<String> reasons() {
        if (settings == null || admin == null || streams == null) {
            return List.of("Starting");
        }
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.RUNNING) {
            return List.of("Kafka Streams is " + state);
        }
        if (System.nanoTime() - askedAt >= REFRESH_NANOS) {
            lagReasons = lagReasons(settings, admin);
            askedAt = System.nanoTime();
        }
        return lagReasons;
    }

    private static List<String> lagReasons(Settings settings, Admin admin) {
        try {
            long lag = lag(settings, admin);
            return lag <= settings.get(StreamsSettings.READY_LAG)
                    ? List.of()
                    : List.of("Catching up: " + lag + " events behind");
        } catch (ExecutionException | TimeoutException e) {
            return List.of("Brokers do not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("Interrupted");
        }
    }

    private static long lag(Settings settings, Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        Set<String> topics =
                Topics.EVENTS.stream().map(topic -> topic.name(prefix)).collect(Collectors.toCollection(HashSet::new));
        topics.add(CoverageTopology.relocatedTopic(settings.get(CommonSettings.APPLICATION_ID)));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(topics)
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .values()) {
            topic.partitions()
                    .forEach(p -> latest.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        settings.get(CommonSettings.APPLICATION_ID))
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata position = committed.get(end.getKey());
            lag += Math.max(0, end.getValue().offset() - (position == null ? 0 : position.offset()));
        }
        return lag;
    }
}
