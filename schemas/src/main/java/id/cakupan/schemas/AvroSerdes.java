package id.cakupan.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values on the wire: Confluent's format, read and written by Confluent's own classes over one registry client.
 *
 * <p>Schemas are only looked up, never registered. When the registry cannot answer, the calling thread waits and asks
 * again until the patience is over; then {@link RegistryUnavailableException} is thrown. A registry that is away
 * therefore never looks like a bad record.
 */
public final class AvroSerdes {
    /** How long a call waits for a registry that does not answer. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final String RECORDS = "cakupan.records";
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    private static final Map<String, ?> SERIALIZER_CONFIG = Map.of(
            AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, "unused",
            AbstractKafkaSchemaSerDeConfig.AUTO_REGISTER_SCHEMAS, false,
            AbstractKafkaSchemaSerDeConfig.USE_LATEST_VERSION, false,
            KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
    private static final Map<String, ?> DESERIALIZER_CONFIG = Map.of(
            AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG,
            "unused",
            KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG,
            true);

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> RECORDS.equals(type.getPackageName())));
    }

    private final SchemaRegistryClient registry;
    private final Duration patience;

    /** Serdes over this client, with {@link #DEFAULT_PATIENCE}. The caller closes the client, after the serdes. */
    public AvroSerdes(SchemaRegistryClient registry) {
        this(registry, DEFAULT_PATIENCE);
    }

    /**
     * @param registry client that all serdes share; the caller closes it, after the serdes
     * @param patience how long a call waits for a registry that does not answer; zero = one attempt. Kafka's
     *     {@code max.poll.interval.ms} must be longer
     */
    public AvroSerdes(SchemaRegistryClient registry, Duration patience) {
        this.registry = registry;
        this.patience = patience;
    }

    /**
     * Writes values of a topic. Throws {@link SerializationException} when the schema is not registered under the
     * topic's subject, {@link RegistryUnavailableException} when the registry stays away.
     */
    public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        return new RegisteredSerializer<>(topic.type());
    }

    /**
     * Reads values of one type, whatever version they were written with. Null bytes become null. Throws
     * {@link UndecodableException} for bytes that can never be read, {@link RegistryUnavailableException} when the
     * registry stays away.
     */
    public <V extends SpecificRecord> Deserializer<V> deserializer(Class<V> type) {
        return new StrictDeserializer<>(type);
    }

    /** {@link #serializer(Topic)} and {@link #deserializer(Class)} in one. */
    public <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
        return Serdes.serdeFrom(serializer(topic), deserializer(topic.type()));
    }

    /**
     * Looks the schema of a topic up, so that writing it later needs no registry. Throws as {@link #serializer(Topic)}.
     *
     * @param prefix prefix of the topics
     */
    public void prefetch(Topic<?> topic, String prefix) {
        lookUp(topic.subject(prefix), registered(topic.type()));
    }

    private void lookUp(String subject, AvroSchema schema) {
        try {
            ask(() -> registry.getId(subject, schema));
        } catch (RestClientException e) {
            throw new SerializationException(
                    "The schema of " + schema.name() + " is not registered under " + subject
                            + " (cakupan schemas register)",
                    e);
        }
    }

    /** Schema of a record as it is registered: without what only Java's generated classes need. */
    static AvroSchema registered(Class<? extends SpecificRecord> type) {
        return new AvroSchema(SchemaVersions.plain(SpecificData.get().getSchema(type)));
    }

    /** True when the registry itself says that it lacks what was asked for (as opposed to any other 404). */
    static boolean isMissing(RestClientException answer) {
        return answer.getStatus() == 404 && answer.getErrorCode() / 100 == 404;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    /** Asks until the registry answers; only "missing" comes back as {@link RestClientException}. */
    private <T> T ask(Question<T> question) throws RestClientException {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Exception failure;
            try {
                return question.ask();
            } catch (RestClientException e) {
                if (isMissing(e)) {
                    throw e;
                }
                failure = e;
            } catch (IOException e) {
                failure = e;
            }
            long left = patience.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                throw new RegistryUnavailableException(
                        "The schema registry gave no usable answer for " + patience.toSeconds() + " s: "
                                + failure.getMessage(),
                        failure);
            }
            LockSupport.parkNanos(Math.min(left, pause.toNanos()));
            if (Thread.interrupted()) {
                throw new InterruptException("Interrupted while waiting for the schema registry");
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private final class RegisteredSerializer<V extends SpecificRecord> implements Serializer<V> {
        private final KafkaAvroSerializer genuine = new KafkaAvroSerializer(registry, SERIALIZER_CONFIG);
        private final AvroSchema schema;
        private final Set<String> lookedUp = ConcurrentHashMap.newKeySet();

        RegisteredSerializer(Class<V> type) {
            schema = registered(type);
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable V value) {
            if (value == null) {
                return null;
            }
            if (!lookedUp.contains(topic)) {
                // Fills the client's cache, from which the genuine serializer is then served.
                lookUp(topic + "-value", schema);
                lookedUp.add(topic);
            }
            return genuine.serialize(topic, value);
        }

        @Override
        public void close() {
            // The client belongs to the one who made it, and the genuine serializer would close it.
        }
    }

    private final class StrictDeserializer<V extends SpecificRecord> implements Deserializer<V> {
        private final KafkaAvroDeserializer genuine = new KafkaAvroDeserializer(registry, DESERIALIZER_CONFIG);
        private final Class<V> type;
        private final Schema readerSchema;
        private final Set<SubjectAndId> checked = ConcurrentHashMap.newKeySet();

        StrictDeserializer(Class<V> type) {
            this.type = type;
            this.readerSchema = SpecificData.get().getSchema(type);
        }

        @Override
        public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
                throw new UndecodableException(
                        UndecodableException.Reason.UNDECODABLE,
                        "Not Confluent's wire format (" + bytes.length + " bytes)");
            }
            int id = ByteBuffer.wrap(bytes).getInt(1);
            SubjectAndId source = new SubjectAndId(topic, id);
            if (!checked.contains(source)) {
                checkWriter(source);
            }
            try {
                return type.cast(genuine.deserialize(topic, bytes, readerSchema));
            } catch (SerializationException e) {
                throw new UndecodableException(
                        UndecodableException.Reason.UNDECODABLE,
                        "Bytes do not fit schema " + id + " or cannot be read as " + type.getSimpleName(),
                        e);
            } catch (KafkaException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new UndecodableException(
                        UndecodableException.Reason.UNDECODABLE, "Bytes do not fit schema " + id, e);
            }
        }

        /** Fetches the writer's schema into the client's cache, from which the genuine deserializer is then served. */
        private void checkWriter(SubjectAndId source) {
            ParsedSchema writer;
            try {
                writer = ask(() -> registry.getSchemaBySubjectAndId(source.topic() + "-value", source.id()));
            } catch (RestClientException e) {
                throw new UndecodableException(
                        UndecodableException.Reason.UNKNOWN_SCHEMA, "The registry knows no schema " + source.id(), e);
            }
            if (!(writer instanceof AvroSchema) || !readerSchema.getFullName().equals(writer.name())) {
                throw new UndecodableException(
                        UndecodableException.Reason.WRONG_RECORD,
                        "Schema " + source.id() + " is " + writer.name() + " instead of " + readerSchema.getFullName());
            }
            checked.add(source);
        }

        @Override
        public void close() {
            // The client belongs to the one who made it, and the genuine deserializer would close it.
        }
    }

    private record SubjectAndId(String topic, int id) {}
}
