package id.cakupan.notify;

import id.cakupan.notify.Routing.SourceRule;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Loop;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import id.cakupan.schemas.UndecodableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when each source was last heard, from the topics of events. It begins to read at the longest time of all rules before
 * now, not at the beginning. Close it at the end.
 */
final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** An empty answer does not say that there is nothing: brokers may be away. So it is asked where the topics end. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final String SOURCE = "source";

    private final Settings settings;
    private final Duration longest;
    private final Clock clock;
    private final SourceTimes times;
    private final Map<String, Deserializer<? extends SpecificRecord>> deserializers = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Loop loop = new Loop("notify-sources", this::watch, CLOSE_LIMIT);
    private volatile String fault = "";

    /**
     * A watch that does not read yet.
     *
     * @param rules what is asked; without any, nothing is read
     */
    SourceWatch(Settings settings, AvroSerdes serdes, List<SourceRule> rules, Clock clock, SourceTimes times) {
        this.settings = settings;
        this.clock = clock;
        this.times = times;
        longest = rules.stream()
                .map(SourceRule::silentAfter)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        for (Topic<? extends SpecificRecord> topic : Topics.EVENTS) {
            Schema.Field field = topic.schema().getField(SOURCE);
            if (field != null) {
                String name = topic.name(settings.get(CommonSettings.TOPIC_PREFIX));
                deserializers.put(name, serdes.deserializer(topic.type()));
                places.put(name, field.pos());
            }
        }
    }

    void start() {
        if (longest.isZero()) {
            times.caughtUp(System.nanoTime());
        } else {
            loop.start();
        }
    }

    /** Why it does not read, for people; empty while it does. */
    String fault() {
        return fault;
    }

    private void watch() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            read(consumer);
        } catch (WakeupException | InterruptException e) {
            loop.end();
        } catch (KafkaException | FailedException e) {
            fault = "The topics of events cannot be read: " + e.getMessage();
            LOG.warn("{}", fault);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = KafkaClients.partitions(consumer, deserializers.keySet());
        consumer.assign(partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        long start = clock.instant().minus(longest).toEpochMilli();
        partitions.forEach(partition -> from.put(partition, start));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(from);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = found.get(partition);
            consumer.seek(partition, offset == null ? Objects.requireNonNull(ends.get(partition)) : offset.offset());
        }
        fault = "";
        long askedNanos = System.nanoTime();
        while (!loop.isClosing()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                note(record);
            }
            if (System.nanoTime() - askedNanos > ASK_AGAIN.toNanos()) {
                askedNanos = System.nanoTime();
                ends = consumer.endOffsets(partitions);
            }
            if (KafkaClients.isAt(consumer, ends)) {
                times.caughtUp(askedNanos);
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        try {
            SpecificRecord event = Objects.requireNonNull(deserializers.get(record.topic()))
                    .deserialize(record.topic(), record.value());
            if (event != null) {
                Instant at = Instant.ofEpochMilli(record.timestamp());
                Instant now = clock.instant();
                times.seen(
                        String.valueOf(event.get(Objects.requireNonNull(places.get(record.topic())))),
                        at.isAfter(now) ? now : at);
            }
        } catch (UndecodableException e) {
            LOG.debug("An event that cannot be read says nothing of its source");
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
