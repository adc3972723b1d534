package id.cakupan.streams;

import cakupan.records.AlertState;
import cakupan.records.UncoveredHire;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the open alerts of the app that ran before to a new application id.
 *
 * <p>An alert is resolved only if it was published before, and each app knows that from its own ledger. A new application
 * id starts with an empty one: without this, alerts that the old app left open, and that the facts no longer call for,
 * would stay open for ever. The alerts are keyed by hire; the ledger is keyed by worker: so they are copied to an internal
 * topic, keyed by worker. Copying twice does no harm.
 */
final class AlertTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(AlertTakeover.class);
    private static final Set<AlertState> OPEN =
            EnumSet.of(AlertState.DUE_SOON, AlertState.OVERDUE, AlertState.ESCALATED);
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
     * Copies the open alerts to the topic; returns when all have arrived.
     *
     * @throws FailedException when one did not arrive
     */
    void copyTo(String topic) throws InterruptedException {
        Map<String, UncoveredHire> open = open();
        if (open.isEmpty()) {
            return;
        }
        try (KafkaProducer<String, UncoveredHire> producer = new KafkaProducer<>(
                KafkaClients.producer(settings),
                new StringSerializer(),
                (name, alert) -> serdes.serializer(Topics.UNCOVERED_HIRES)
                        .serialize(Topics.UNCOVERED_HIRES.name(prefix), alert))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (UncoveredHire alert : open.values()) {
                sent.add(producer.send(new ProducerRecord<>(topic, alert.getWorkerId(), alert)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new FailedException("Cannot take over the open alerts: " + e.getCause(), e);
        }
        LOG.info("Took over {} open alerts", open.size());
    }

    private Map<String, UncoveredHire> open() {
        Map<String, UncoveredHire> open = new HashMap<>();
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
                    if (alert != null && OPEN.contains(alert.getState())) {
                        open.put(record.key(), alert);
                    } else {
                        open.remove(record.key());
                    }
                }
            }
        }
        return open;
    }
}
