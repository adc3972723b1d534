package id.cakupan.runtime;

import id.cakupan.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from their start and goes on for ever, in one thread, as a consumer that belongs to no group: any number of
 * processes may do so side by side. Only committed records are read. Brokers that are away and topics that do not exist yet
 * are waited for. Close it at the end.
 */
public final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int FETCH_WAIT_MILLIS = 50;
    private static final int MOST_RECORDS = 20_000;
    private static final int FETCH_BYTES = 4 << 20;
    private static final int FETCHES_BYTES = 16 << 20;
    private static final int API_TIMEOUT_MILLIS = 10_000;

    /** Takes what is read, always in the thread of the tail. */
    public interface Sink {
        /**
         * Takes one record.
         *
         * @param topic where it stands
         * @param key its key; empty when it has none
         * @param value its bytes, in Confluent's Avro wire format; null = the key is deleted
         * @param timestamp milliseconds of the epoch at which it was written
         */
        void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp);

        /**
         * Called after each poll, whether it found records or not, at least ten times a second while brokers answer.
         *
         * @param caughtUp whether all that was there at the start has been read; once true, always true
         */
        void polled(boolean caughtUp);
    }

    private final Settings settings;
    private final Map<String, Topic<?>> topics = new HashMap<>();
    private final Sink sink;
    private final Loop loop;
    /** How far each partition has been taken: a consumer that is opened anew goes on from there. Of the thread alone. */
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    private volatile boolean caughtUp;
    private volatile double progress;
    private volatile @Nullable String fault = "Not started";
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * A tail that does not read yet.
     *
     * @param name name of the thread
     * @param settings {@link CommonSettings#CLUSTER}
     * @param topics what to read
     * @param sink what takes it
     */
    public TopicTail(String name, Settings settings, Collection<? extends Topic<?>> topics, Sink sink) {
        this.settings = settings;
        topics.forEach(topic -> this.topics.put(topic.name(settings.get(CommonSettings.TOPIC_PREFIX)), topic));
        this.sink = sink;
        loop = new Loop(name, this::tail, CLOSE_LIMIT);
    }

    /** Begins to read. */
    public void start() {
        loop.start();
    }

    /** Whether all that was there at the start has been read. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** How much of what was there at the start has been read, 0 to 1. */
    public double progress() {
        return caughtUp ? 1 : progress;
    }

    /** Why it does not read, for people; empty while it does. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    private void tail() {
        try (Consumer<byte[], byte[]> opened = open()) {
            consumer = opened;
            if (!loop.isClosing()) {
                read(opened);
            }
        } catch (WakeupException | InterruptException e) {
            // Closing; else the consumer is opened anew and goes on where it was.
        } catch (KafkaException | FailedException e) {
            fault = String.valueOf(e.getMessage());
            LOG.warn("{}: {}", loop.name(), fault);
        } catch (RuntimeException e) {
            fault = "Reading failed: " + e.getClass().getSimpleName();
            LOG.error("{}: reading failed", loop.name(), e);
        }
    }

    private Consumer<byte[], byte[]> open() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHES_BYTES);
        config.putAll(KafkaClients.consumer(settings));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read(Consumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = KafkaClients.partitions(opened, topics.keySet());
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        reached.forEach(opened::seek);
        Map<TopicPartition, Long> begins = opened.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
        fault = null;
        while (!loop.isClosing()) {
            ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                sink.record(
                        Objects.requireNonNull(topics.get(record.topic())),
                        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                        record.value(),
                        record.timestamp());
            }
            partitions.forEach(partition -> reached.put(partition, opened.position(partition)));
            if (!caughtUp) {
                measure(opened, begins, ends);
            }
            sink.polled(caughtUp);
        }
    }

    private void measure(
            Consumer<byte[], byte[]> opened, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        long all = 0;
        long left = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            all += end.getValue() - Objects.requireNonNull(begins.get(end.getKey()));
            left += Math.max(0, end.getValue() - opened.position(end.getKey()));
        }
        progress = all == 0 ? 1 : (all - left) / (double) all;
        caughtUp = left == 0;
    }

    @Override
    public void close() {
        loop.end();
        Consumer<byte[], byte[]> opened = consumer;
        if (opened != null) {
            opened.wakeup();
        }
        loop.close();
    }
}
