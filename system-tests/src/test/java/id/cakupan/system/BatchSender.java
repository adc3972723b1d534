package id.cakupan.system;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends bytes. What is sent to one partition in one call arrives as one batch. */
final class BatchSender implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int LINGER_MILLIS = 60_000;

    private final KafkaProducer<byte[], byte[]> producer;

    BatchSender(Cluster cluster) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrap(),
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends all and returns where each of them is. */
    List<RecordMetadata> send(Collection<ProducerRecord<byte[], byte[]>> batch)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        batch.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        List<RecordMetadata> places = new ArrayList<>();
        for (Future<RecordMetadata> place : sent) {
            places.add(place.get());
        }
        return places;
    }

    @Override
    public void close() {
        producer.close();
    }
}
