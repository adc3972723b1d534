package id.cakupan.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the Schema Registry client of a process; one is enough, it is thread-safe and keeps what it has fetched. */
public final class RegistryClients {
    /** Longest wait for a connection and for an answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final int SCHEMAS_PER_SUBJECT = 1000;

    private RegistryClients() {}

    /**
     * A client that fails after about two seconds and does not retry by itself ({@link AvroSerdes} does).
     *
     * @param url where Confluent's REST API is, e.g. {@code http://127.0.0.1:8081/apis/ccompat/v7}
     */
    public static SchemaRegistryClient create(String url) {
        return create(url, Map.of());
    }

    /**
     * As {@link #create(String)}, with further settings of the client.
     *
     * @param config Confluent's client settings, such as {@code basic.auth.user.info} or {@code schema.registry.ssl.…};
     *     they win over the defaults above
     */
    public static SchemaRegistryClient create(String url, Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>();
        all.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, (int) TIMEOUT.toMillis());
        all.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, (int) TIMEOUT.toMillis());
        all.put(SchemaRegistryClientConfig.MAX_RETRIES_CONFIG, 0);
        all.putAll(config);
        return new CachedSchemaRegistryClient(
                List.of(url.split(",")), SCHEMAS_PER_SUBJECT, List.of(new AvroSchemaProvider()), all);
    }
}
