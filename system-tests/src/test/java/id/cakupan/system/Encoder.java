package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Makes Kafka records of events, down to the bytes and the partition, so that tests can spoil them. */
final class Encoder {
    private static final int HEADER_BYTES = 5;

    private final Space space;
    private final int partitions;
    private final Map<Topic<?>, Serializer<SpecificRecord>> serializers = new HashMap<>();
    private final EventJson json = new EventJson(
            () -> {
                throw new IOException("No event of the tests bears a NIK");
            },
            null);

    @SuppressWarnings("unchecked")
    Encoder(Space space, int partitions) {
        this.space = space;
        this.partitions = partitions;
        AvroSerdes serdes = space.cluster().serdes();
        Topics.EVENTS.forEach(
                topic -> serializers.put(topic, (Serializer<SpecificRecord>) (Serializer<?>) serdes.serializer(topic)));
    }

    /** The record that stands for an event. */
    SpecificRecord record(OracleEvent event) {
        byte[] line = Wire.line(event).getBytes(StandardCharsets.UTF_8);
        try {
            return json.read(line, 0, line.length);
        } catch (BadEvent | IOException | PseudonymKeys.KeyFileException e) {
            throw new AssertionError(event.toString(), e);
        }
    }

    /** The topic of an event. */
    static Topic<?> topic(SpecificRecord event) {
        return Topics.EVENTS.stream()
                .filter(topic -> topic.type() == event.getClass())
                .findFirst()
                .orElseThrow();
    }

    /** The key of an event. */
    @SuppressWarnings("unchecked")
    static String key(SpecificRecord event) {
        return ((Topic<SpecificRecord>) topic(event)).key().apply(event);
    }

    /** The partition that every producer gives a key. */
    int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** The bytes of an event. */
    byte[] bytes(SpecificRecord event) {
        Topic<?> topic = topic(event);
        return Objects.requireNonNull(
                Objects.requireNonNull(serializers.get(topic)).serialize(space.topic(topic), event));
    }

    /** The bytes of an event as another version of its schema would have it. */
    byte[] bytes(SpecificRecord event, Schema version, int id) throws IOException {
        byte[] written = bytes(event);
        GenericRecord generic = new GenericDatumReader<GenericRecord>(event.getSchema(), version)
                .read(
                        null,
                        DecoderFactory.get().binaryDecoder(written, HEADER_BYTES, written.length - HEADER_BYTES, null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(version).write(generic, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** An event ready to be sent to the partition of its key. */
    ProducerRecord<byte[], byte[]> produce(SpecificRecord event) {
        return produce(event, bytes(event));
    }

    /** An event ready to be sent, with other bytes for its value. */
    ProducerRecord<byte[], byte[]> produce(SpecificRecord event, byte[] value) {
        String key = key(event);
        assertThat(key).isNotEmpty();
        return new ProducerRecord<>(
                space.topic(topic(event)), partition(key), key.getBytes(StandardCharsets.UTF_8), value);
    }
}
