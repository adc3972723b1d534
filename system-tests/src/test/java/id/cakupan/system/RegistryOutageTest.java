package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.WorkerHired;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry is away for a minute while events flow whose schema the app has not seen yet. */
@ExtendWith(Cluster.Shared.class)
class RegistryOutageTest {
    private static final int PARTITIONS = 4;
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final int SLICE = 40;

    @Test
    void shouldLoseAndSkipNothingWhileTheRegistryIsAway(Cluster cluster)
            throws IOException, InterruptedException, ExecutionException, RestClientException {
        try (Space space = Space.setUp(cluster, "outage", PARTITIONS);
                BatchSender sender = new BatchSender(cluster)) {
            StreamsProcess patient = space.start("patient");
            StreamsProcess impatient = space.start("impatient", "--registry-patience", "5");
            List<OracleEvent> events = RandomWorlds.events(11, RandomWorlds.Size.of(4_000));
            List<OracleEvent> early = events.subList(0, 2_000);
            space.send(early);
            assertAgreement(space, early);

            Schema newer = withOneMoreField(WorkerHired.getClassSchema());
            int id = cluster.registryClient()
                    .register(Topics.WORKER_HIRED.subject(space.prefix()), new AvroSchema(newer));
            Encoder encoder = new Encoder(space, PARTITIONS);
            Deque<ProducerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
            for (OracleEvent event : events.subList(2_000, events.size())) {
                SpecificRecord record = encoder.record(event);
                boolean unseen = record instanceof WorkerHired && waiting.size() % 2 == 0;
                waiting.add(
                        unseen ? encoder.produce(record, encoder.bytes(record, newer, id)) : encoder.produce(record));
            }

            cluster.registry().stop();
            long stopped = System.nanoTime();
            try {
                await("outage")
                        .atMost(OUTAGE.multipliedBy(2))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            sender.send(take(waiting));
                            return System.nanoTime() - stopped >= OUTAGE.toNanos() && waiting.isEmpty();
                        });
                assertThat(Reader.raw(cluster, space.prefix() + Topics.DEAD_LETTERS))
                        .isEmpty();
            } finally {
                cluster.registry().start();
            }

            assertAgreement(space, events);
            assertThat(Reader.raw(cluster, space.prefix() + Topics.DEAD_LETTERS))
                    .isEmpty();
            assertThat(patient.isAlive()).isTrue();
            assertThat(impatient.isAlive()).isTrue();
            assertThat(impatient.log()).contains("The schema registry is away, nothing is skipped");
            Invariants.assertHeldByAll(space);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> take(Deque<ProducerRecord<byte[], byte[]>> waiting) {
        List<ProducerRecord<byte[], byte[]>> slice = new ArrayList<>();
        while (slice.size() < SLICE && !waiting.isEmpty()) {
            slice.add(waiting.remove());
        }
        return slice;
    }

    /** The next version of a record, as a producer that is ahead of the app would have it. */
    private static Schema withOneMoreField(Schema schema) {
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("shift", text, "Shift of the day.", Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static void assertAgreement(Space space, List<OracleEvent> events) {
        Looking.awaitFigures(space);
        Expected expected = new Expected(events);
        Outcome.onOneDay(today -> Outcome.assertEqual(space, expected, today));
    }
}
