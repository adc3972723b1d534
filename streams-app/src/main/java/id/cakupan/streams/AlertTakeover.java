package id.cakupan.streams;

import cakupan.records.AlertState;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the alerts of the app that ran before to a new application id.
 *
 * <p>An alert is resolved only if it was published before, and each app knows that from its own ledger. A new application
 * id starts with an empty one: without this, alerts that the old app left open, and that the facts no longer call for,
 * would stay open for ever, and a resolution that changes later would never be told. The alerts are keyed by worker
 * and hire, the ledger is keyed by worker: so they are copied to an internal topic, keyed by worker. Copying twice does no harm.
 */
final class AlertTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(AlertTakeover.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Settings settings;
    private final AvroSerdes serdes;
    private final String prefix;

    AlertTakeover(Settings settings, AvroSerdes serdes, String prefix) {
        this.settings = settings;
        this.serdes = serdes;
        this.prefix = prefix;
    }

    /**
     * Copies the alerts to the topic; returns when all have arrived.
     *
     * @throws FailedException when one did not arrive
     */
    void copyTo(String topic) throws InterruptedException {
        Map<String, UncoveredHire> alerts = published();
        if (alerts.isEmpty()) {
            return;
        }
        Serializer<UncoveredHire> serializer = serdes.serializer(Topics.UNCOVERED_HIRES);
        String published = Topics.UNCOVERED_HIRES.name(prefix);
        try (KafkaProducer<String, UncoveredHire> producer = new KafkaProducer<>(
                KafkaClients.producer(settings),
                new StringSerializer(),
                (name, alert) -> serializer.serialize(published, alert))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (UncoveredHire alert : alerts.values()) {
                sent.add(producer.send(new ProducerRecord<>(topic, alert.getWorkerId(), alert)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new FailedException("Cannot take over the alerts: " + e.getCause(), e);
        }
        LOG.info("Took over {} alerts", alerts.size());
    }

    private Map<String, UncoveredHire> published() {
        Map<String, UncoveredHire> alerts = new HashMap<>();
        try (KafkaConsumer<String, UncoveredHire> consumer = new KafkaConsumer<>(
                KafkaClients.consumer(settings), new StringDeserializer(), serdes.deserializer(UncoveredHire.class))) {
            String topic = Topics.UNCOVERED_HIRES.name(prefix);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, UncoveredHire> record : consumer.poll(POLL)) {
                    UncoveredHire alert = record.value();
                    if (alert == null || isOfANewerVersion(alert)) {
                        alerts.remove(record.key());
                    } else {
                        alerts.put(record.key(), alert);
                    }
                }
            }
        }
        return alerts;
    }

    private static boolean isOfANewerVersion(UncoveredHire alert) {
        return alert.getState() == AlertState.UNKNOWN
                || alert.getReason() == UncoveredReason.UNKNOWN
                || alert.getResolution() == Resolution.UNKNOWN;
    }
}
