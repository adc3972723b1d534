package id.cakupan.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cakupan.records.CoverageTimeline;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Level;
import cakupan.records.Progress;
import cakupan.records.WorkerHired;
import id.cakupan.schemas.UndecodableException.Reason;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AvroSerdesTest {
    private static final String TOPIC = Topics.WORKER_HIRED.name(Topics.DEFAULT_PREFIX);
    private static final int ID = 7;

    private static byte[] hiredBytes() throws Exception {
        try (Serializer<WorkerHired> serializer =
                new AvroSerdes(RegistryDouble.inMemory()).serializer(Topics.WORKER_HIRED)) {
            byte[] bytes = serializer.serialize(TOPIC, SampleEvents.hired());
            ByteBuffer.wrap(bytes).putInt(1, ID);
            return bytes;
        }
    }

    private static void assertUndecodable(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UndecodableException.class)
                .satisfies(e -> assertThat(((UndecodableException) e).reason()).isEqualTo(reason));
    }

    @Test
    void shouldReadWhatItWroteWithoutAnySystemProperty() throws Exception {
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.startsWith("org.apache.avro"));
        AvroSerdes serdes = new AvroSerdes(RegistryDouble.inMemory());
        try (Serde<WorkerHired> serde = serdes.serde(Topics.WORKER_HIRED)) {
            byte[] bytes = serde.serializer().serialize(TOPIC, SampleEvents.hired());
            assertThat(bytes[0]).isZero();
            WorkerHired read = serde.deserializer().deserialize(TOPIC, bytes);
            assertThat(read).isEqualTo(SampleEvents.hired());
            assertThat((Object) read.getWorkerId()).isInstanceOf(String.class);
        }
    }

    @Test
    void shouldReadNestedRecordsAndMaps() throws Exception {
        AvroSerdes serdes = new AvroSerdes(RegistryDouble.inMemory());
        CoverageTimeline timeline = new CoverageTimeline(
                Level.CITY,
                "35.73",
                List.of(new cakupan.records.TimelinePoint(SampleEvents.DAY, 1L, 1L, 0L, 1L, 1L, 0L, 1L, 1L, 5L, 5L)));
        try (Serde<CoverageTimeline> serde = serdes.serde(Topics.COVERAGE_TIMELINE)) {
            String topic = Topics.COVERAGE_TIMELINE.name(Topics.DEFAULT_PREFIX);
            byte[] bytes = serde.serializer().serialize(topic, timeline);
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(timeline);
        }
        Progress progress = new Progress("app", "ledger", 3, Map.of(TOPIC, 9L), SampleEvents.RECORDED);
        try (Serde<Progress> serde = serdes.serde(Topics.PROGRESS)) {
            String topic = Topics.PROGRESS.name(Topics.DEFAULT_PREFIX);
            byte[] bytes = serde.serializer().serialize(topic, progress);
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(progress);
        }
    }

    @Test
    void shouldPassNullThrough() throws Exception {
        AvroSerdes serdes = new AvroSerdes(RegistryDouble.inMemory());
        try (Serde<WorkerHired> serde = serdes.serde(Topics.WORKER_HIRED)) {
            assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
            assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
        }
    }

    @Test
    void shouldRefuseToWriteWhatIsNotRegisteredAndSayWhatToDo() {
        AvroSerdes serdes = new AvroSerdes(new MockSchemaRegistryClient(), Duration.ZERO);
        try (Serializer<WorkerHired> serializer = serdes.serializer(Topics.WORKER_HIRED)) {
            assertThatThrownBy(() -> serializer.serialize(TOPIC, SampleEvents.hired()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(TOPIC + "-value")
                    .hasMessageContaining("schemas register");
        }
    }

    @Test
    void shouldReadAnOlderVersionOfTheRecord() throws Exception {
        Schema now = Topics.WORKER_HIRED.schema();
        List<Schema.Field> kept = now.getFields().stream()
                .filter(field -> !field.name().equals("formerWorkerId"))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema older = Schema.createRecord(now.getName(), "", now.getNamespace(), false, kept);
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        int id = registry.register(TOPIC + "-value", new AvroSchema(SchemaVersions.plain(older)));
        byte[] bytes = hiredBytes();
        // The older version does not have the last field: a union branch, a length and a text.
        byte[] written = Arrays.copyOf(bytes, bytes.length - 2 - SampleEvents.FORMER_WORKER.length());
        ByteBuffer.wrap(written).putInt(1, id);
        try (Deserializer<WorkerHired> deserializer = new AvroSerdes(registry).deserializer(WorkerHired.class)) {
            WorkerHired read = deserializer.deserialize(TOPIC, written);
            assertThat(read.getHireId()).isEqualTo("h-1");
            assertThat(read.getEndsOn()).isEqualTo(SampleEvents.DAY);
            assertThat(read.getFormerWorkerId()).isNull();
        }
    }

    @Test
    void shouldReadASymbolThatIsNewerAsUnknown() throws Exception {
        Schema newer = new SchemaParser()
                .parse(Topics.ENROLMENT_ENDED.schema().toString().replace("[\"LAPSED\"", "[\"BRAND_NEW\",\"LAPSED\""))
                .mainSchema();
        SchemaRegistryClient registry = RegistryDouble.inMemory();
        String topic = Topics.ENROLMENT_ENDED.name(Topics.DEFAULT_PREFIX);
        int id = registry.register(topic + "-value", new AvroSchema(SchemaVersions.plain(newer)));
        AvroSerdes serdes = new AvroSerdes(registry);
        try (Serde<EnrolmentEnded> serde = serdes.serde(Topics.ENROLMENT_ENDED)) {
            // LAPSED is symbol 0 for us and BRAND_NEW is symbol 0 for the newer writer.
            byte[] bytes = serde.serializer().serialize(topic, SampleEvents.ended());
            ByteBuffer.wrap(bytes).putInt(1, id);
            assertThat(serde.deserializer().deserialize(topic, bytes).getReason())
                    .isEqualTo(cakupan.records.EndReason.UNKNOWN);
        }
    }

    @Test
    void shouldCallBytesUndecodableThatAreNotAvro() throws Exception {
        byte[] good = hiredBytes();
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = 1;
        byte[] hugeString = new byte[] {0, 0, 0, 0, ID, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] gigabyteString = new byte[] {0, 0, 0, 0, ID, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x0e};
        byte[] negativeString = new byte[] {0, 0, 0, 0, ID, 1};
        List<byte[]> bad = List.of(
                new byte[0],
                new byte[] {0, 0, 0, 0},
                "not avro at all".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                wrongMagic,
                Arrays.copyOf(good, 5),
                Arrays.copyOf(good, good.length - 6),
                hugeString,
                gigabyteString,
                negativeString);
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer = new AvroSerdes(client).deserializer(WorkerHired.class)) {
            for (byte[] bytes : bad) {
                assertUndecodable(Reason.UNDECODABLE, () -> deserializer.deserialize(TOPIC, bytes));
                assertThat(deserializer.deserialize(TOPIC, good)).isEqualTo(SampleEvents.hired());
            }
        }
    }

    @Test
    void shouldTellAnUnknownSchemaFromBadBytes() throws Exception {
        byte[] bytes = hiredBytes();
        ByteBuffer.wrap(bytes).putInt(1, 99);
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer = new AvroSerdes(client).deserializer(WorkerHired.class)) {
            assertUndecodable(Reason.UNKNOWN_SCHEMA, () -> deserializer.deserialize(TOPIC, bytes));
        }
    }

    @Test
    void shouldTellAnotherRecordFromBadBytes() throws Exception {
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_RELEASED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer = new AvroSerdes(client).deserializer(WorkerHired.class)) {
            assertUndecodable(Reason.WRONG_RECORD, () -> deserializer.deserialize(TOPIC, hiredBytes()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WELL")
    void shouldWaitForARegistryThatIsAwayForAWhile(RegistryDouble.Mood mood) throws Exception {
        byte[] bytes = hiredBytes();
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer = new AvroSerdes(client).deserializer(WorkerHired.class)) {
            registry.fail(mood, 3);
            assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(SampleEvents.hired());
            assertThat(registry.failures()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WELL")
    void shouldNotBlameTheRecordForARegistryThatStaysAway(RegistryDouble.Mood mood) throws Exception {
        byte[] bytes = hiredBytes();
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer =
                        new AvroSerdes(client, Duration.ofMillis(300)).deserializer(WorkerHired.class)) {
            registry.fail(mood, Integer.MAX_VALUE);
            assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
            registry.fail(RegistryDouble.Mood.WELL, 0);
            assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(SampleEvents.hired());
        }
    }

    @Test
    void shouldNotBlameTheRecordForARegistryThatDoesNotListen() throws Exception {
        byte[] bytes = hiredBytes();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (SchemaRegistryClient client = RegistryClients.create("http://127.0.0.1:" + port);
                Serde<WorkerHired> serde = new AvroSerdes(client, Duration.ZERO).serde(Topics.WORKER_HIRED)) {
            assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, SampleEvents.hired()))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void shouldAskTheRegistryOncePerSchemaAndNotAtAllWhileItIsAway() throws Exception {
        byte[] bytes = hiredBytes();
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client();
                Deserializer<WorkerHired> deserializer =
                        new AvroSerdes(client, Duration.ZERO).deserializer(WorkerHired.class)) {
            for (int i = 0; i < 10; i++) {
                deserializer.deserialize(TOPIC, bytes);
            }
            assertThat(registry.requests()).isEqualTo(1);
            registry.fail(RegistryDouble.Mood.BUSY, Integer.MAX_VALUE);
            assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(SampleEvents.hired());
        }
    }

    @Test
    void shouldLeaveTheClientOpenForTheOthers() throws Exception {
        byte[] bytes = hiredBytes();
        try (RegistryDouble registry = new RegistryDouble(ID, Topics.WORKER_HIRED.schema());
                SchemaRegistryClient client = registry.client()) {
            AvroSerdes serdes = new AvroSerdes(client, Duration.ZERO);
            serdes.deserializer(WorkerHired.class).close();
            try (Deserializer<WorkerHired> second = serdes.deserializer(WorkerHired.class)) {
                assertThat(second.deserialize(TOPIC, bytes)).isEqualTo(SampleEvents.hired());
            }
        }
    }
}
