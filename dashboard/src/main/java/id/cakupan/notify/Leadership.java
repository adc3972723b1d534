package id.cakupan.notify;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Loop;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of several notifiers is the active one: the member of a consumer group that holds partition 0 of the topic of
 * notifications. The group reads nothing and commits nothing. Whoever becomes active then fences the one before with a
 * transactional producer, so that a leader that hung and wakes up records nothing. Close it at the end.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int SESSION_MILLIS = 10_000;

    /** Half a session: whoever stood still for longer may have been replaced and must not go on as if nothing were. */
    private static final Duration STANDSTILL = Duration.ofMillis(SESSION_MILLIS / 2);

    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int DECIDING_PARTITION = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final String topic;
    private final LongSupplier nanos;
    private final Loop loop = new Loop("notify-leadership", this::lead, CLOSE_LIMIT);
    private volatile boolean leading;
    private volatile boolean resigned;
    private final AtomicLong terms = new AtomicLong();
    private volatile long confirmedNanos;
    private volatile String fault = "Not started";

    /**
     * A member that has not joined yet.
     *
     * @param nanos time that goes on while the process stands still, from any start
     */
    Leadership(Settings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        topic = Topics.NOTIFICATIONS.name(settings.get(CommonSettings.TOPIC_PREFIX));
    }

    void start() {
        loop.start();
    }

    /** Whether this notifier is the active one, as far as it knows. */
    boolean isLeading() {
        return leading;
    }

    /** Grows each time this notifier becomes the active one: what it knew in an earlier term may be out of date. */
    long term() {
        return terms.get();
    }

    /** Whether this notifier leads in a term and has not been standing still so long that another may lead by now. */
    boolean isSure(long inTerm) {
        return leading && terms.get() == inTerm && nanos.getAsLong() - confirmedNanos < STANDSTILL.toNanos();
    }

    /** Why it takes no part, for people; empty while it does. */
    String fault() {
        return fault;
    }

    /** Gives the lead back and joins again, after a failure that only a fresh start mends. */
    void resign() {
        leading = false;
        resigned = true;
    }

    private void lead() {
        resigned = false;
        try (Consumer<byte[], byte[]> consumer = open()) {
            consumer.subscribe(List.of(topic), new Listener());
            fault = "";
            long before = nanos.getAsLong();
            while (!loop.isClosing() && !resigned) {
                consumer.poll(POLL);
                consumer.pause(consumer.assignment());
                long now = nanos.getAsLong();
                if (leading && now - before > STANDSTILL.toNanos()) {
                    LOG.warn("This notifier stood still for {} s and joins anew", (now - before) / NANOS_PER_SECOND);
                    resign();
                } else {
                    confirmedNanos = now;
                }
                before = now;
            }
        } catch (WakeupException | InterruptException e) {
            loop.end();
        } catch (KafkaException e) {
            fault = "The group of notifiers cannot be joined: " + e.getClass().getSimpleName();
            LOG.warn("{}", fault, e);
        }
        leading = false;
    }

    private Consumer<byte[], byte[]> open() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        // A notifier that comes later must not take the lead from the one that has it.
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.putAll(KafkaClients.consumer(settings));
        config.put(
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.get(CommonSettings.TOPIC_PREFIX) + settings.get(NotifySettings.NOTIFY_ID));
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(new TopicPartition(topic, DECIDING_PARTITION))) {
                confirmedNanos = nanos.getAsLong();
                terms.incrementAndGet();
                leading = true;
                LOG.info("This notifier is the active one");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(new TopicPartition(topic, DECIDING_PARTITION))) {
                leading = false;
                LOG.info("This notifier stands by");
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
