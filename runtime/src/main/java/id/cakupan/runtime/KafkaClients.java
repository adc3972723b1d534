package id.cakupan.runtime;

import id.cakupan.schemas.RegistryClients;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Properties of Kafka clients and the registry client, from {@link CommonSettings#CLUSTER}. What the file of {@code
 * client-config} says wins over the values here, except for the brokers' addresses.
 */
public final class KafkaClients {
    /** Keys of the file that are meant for the registry client and not for Kafka's. */
    private static final List<String> REGISTRY_KEYS = List.of("schema.registry.", "basic.auth.", "bearer.auth.");

    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final int API_TIMEOUT_MILLIS = 10_000;

    private KafkaClients() {}

    /**
     * What all Kafka clients share.
     *
     * @throws FailedException if the file of {@code client-config} cannot be read
     */
    public static Map<String, Object> common(Settings settings) {
        Map<String, Object> properties = file(settings);
        properties.keySet().removeIf(KafkaClients::isForRegistry);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.get(CommonSettings.BOOTSTRAP));
        return properties;
    }

    /**
     * A producer that loses and doubles nothing: idempotent, acknowledged by all in-sync copies, one request in flight (with
     * more, KAFKA-15591 loses the first batch to a new partition). No serializers.
     */
    public static Map<String, Object> producer(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(common(settings));
        return properties;
    }

    /** A consumer of committed records, from the beginning, that commits nothing by itself. No deserializers. */
    public static Map<String, Object> consumer(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.putAll(common(settings));
        return properties;
    }

    /**
     * An admin client that gives up after about ten seconds. The caller closes it.
     *
     * @throws FailedException if the settings are no use, such as a host that has no address
     */
    public static Admin admin(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        properties.putAll(common(settings));
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FailedException("Cannot make a Kafka client (setting bootstrap): " + cause.getMessage(), e);
        }
    }

    /**
     * All partitions of some topics.
     *
     * @throws FailedException if one of the topics does not exist
     */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new FailedException("There is no topic " + topic + ": run 'cakupan setup' first");
            }
            found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /** Whether a consumer has passed these offsets, marks of transactions included. */
    public static boolean isAt(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What to tell people when no broker answered. */
    public static FailedException noBroker(Settings settings, Throwable cause) {
        return new FailedException(
                "No Kafka broker answers at " + settings.get(CommonSettings.BOOTSTRAP) + " (setting bootstrap)", cause);
    }

    /** What to tell people when the registry did not answer. */
    public static FailedException noRegistry(Settings settings, Throwable cause) {
        return new FailedException(
                "No schema registry answers at " + settings.get(CommonSettings.REGISTRY) + " (setting registry)",
                cause);
    }

    /** The registry client of the process. The caller closes it. */
    public static SchemaRegistryClient registry(Settings settings) {
        Map<String, Object> properties = file(settings);
        properties.keySet().removeIf(key -> !isForRegistry(key));
        return RegistryClients.create(settings.get(CommonSettings.REGISTRY).toString(), properties);
    }

    private static boolean isForRegistry(String key) {
        return REGISTRY_KEYS.stream().anyMatch(key::startsWith);
    }

    private static Map<String, Object> file(Settings settings) {
        Map<String, Object> all = new HashMap<>();
        settings.find(CommonSettings.CLIENT_CONFIG).ifPresent(path -> {
            Properties properties = read(path);
            properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        });
        return all;
    }

    private static Properties read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (NoSuchFileException e) {
            throw new FailedException("There is no file " + path + " (setting client-config)", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new FailedException("Cannot read " + path + " (setting client-config)", e);
        }
    }
}
