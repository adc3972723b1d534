package id.cakupan.notify;

import cakupan.records.Notification;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import id.cakupan.schemas.UndecodableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of notifications in the hands of the one active notifier. Opening it fences every earlier one of the same name:
 * what they try to write afterwards fails. Used by one thread; close it at the end.
 */
final class NotificationLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationLog.class);
    private static final int BLOCK_MILLIS = 20_000;
    private static final int TRANSACTION_MILLIS = 30_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Settings settings;
    private final String topic;
    private final String notifyId;
    private final Deserializer<Notification> deserializer;
    private final KafkaProducer<String, Notification> producer;

    /**
     * Opens the topic and fences earlier owners.
     *
     * @throws KafkaException if brokers or the registry do not answer
     */
    NotificationLog(Settings settings, AvroSerdes serdes) {
        this.settings = settings;
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        notifyId = settings.get(NotifySettings.NOTIFY_ID);
        topic = Topics.NOTIFICATIONS.name(prefix);
        deserializer = serdes.deserializer(Notification.class);
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        config.putAll(KafkaClients.producer(settings));
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + notifyId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer(Topics.NOTIFICATIONS));
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * What follows from all that was ever recorded by notifiers of this name. The records themselves are not kept.
     *
     * @param goOn asked between polls; when it says no, reading ends with a {@link FailedException}
     */
    Ledger read(BooleanSupplier goOn) {
        Ledger ledger = new Ledger();
        try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(settings), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = KafkaClients.partitions(consumer, List.of(topic));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!KafkaClients.isAt(consumer, ends)) {
                if (!goOn.getAsBoolean()) {
                    throw new FailedException("Reading " + topic + " was stopped");
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    read(record, ledger);
                }
            }
        }
        return ledger;
    }

    private void read(ConsumerRecord<String, byte[]> record, Ledger ledger) {
        try {
            Notification notification = deserializer.deserialize(topic, record.value());
            if (notification != null && notification.getNotifyId().equals(notifyId)) {
                ledger.applyPast(notification);
            }
        } catch (UndecodableException e) {
            LOG.warn("A record of {} cannot be read and is passed over: {}", topic, e.getMessage());
        }
    }

    /**
     * Records all or nothing, under the name of this notifier, and returns when it is done.
     *
     * @throws KafkaException if it is not sure to be recorded; the log is of no more use then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a record that cannot be sent fails the commit
    void record(Collection<Notification> notifications) {
        producer.beginTransaction();
        for (Notification notification : notifications) {
            notification.setNotifyId(notifyId);
            producer.send(new ProducerRecord<>(topic, Topics.NOTIFICATIONS.key().apply(notification), notification));
        }
        producer.commitTransaction();
    }

    /**
     * Takes notifications out of the topic, all or nothing.
     *
     * @param ids of notifications that have ended
     * @throws KafkaException as {@link #record}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a record that cannot be sent fails the commit
    void forget(Collection<String> ids) {
        producer.beginTransaction();
        for (String id : ids) {
            producer.send(new ProducerRecord<>(topic, notifyId + "/" + id, null));
        }
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
