package id.cakupan.notify;

import static org.awaitility.Awaitility.await;

import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationStatus;
import id.cakupan.localstack.LocalStack;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of its own on a real broker, and the notifiers that work on them. */
final class NotifySpace implements Closeable {
    static final Duration SOON = Duration.ofSeconds(40);

    private static final AtomicInteger SPACES = new AtomicInteger();

    private final LocalStack stack;
    private final SchemaRegistryClient registry;
    private final AvroSerdes serdes;
    private final String prefix = "notify" + SPACES.getAndIncrement() + ".";
    private final Path folder;
    private final SettableClock clock;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Notifier> notifiers = new ArrayList<>();
    private final Map<String, String> flags = new HashMap<>();

    NotifySpace(LocalStack stack, Path folder, SettableClock clock) throws Exception {
        this.stack = stack;
        this.folder = folder;
        this.clock = clock;
        registry = RegistryClients.create(stack.registryUrl());
        serdes = new AvroSerdes(registry);
        Settings settings = Settings.of(
                List.of(
                        CommonSettings.BOOTSTRAP,
                        CommonSettings.CLIENT_CONFIG,
                        CommonSettings.TOPIC_PREFIX,
                        CommonSettings.PARTITIONS,
                        CommonSettings.REPLICATION),
                Map.of("bootstrap", stack.bootstrap(), "topic-prefix", prefix, "partitions", "2"));
        try (Admin admin = KafkaClients.admin(settings)) {
            new TopicProvisioning(settings, admin, TopicProvisioning.publicTopics(settings)).create();
        }
        new SchemaRegistration(registry, prefix).register();
        producer =
                new KafkaProducer<>(KafkaClients.producer(settings), new StringSerializer(), new ByteArraySerializer());
        Path fast = folder.resolve("client.properties");
        Files.writeString(fast, "session.timeout.ms=6000\n");
        flags.put("client-config", fast.toString());
    }

    SettableClock clock() {
        return clock;
    }

    Path folder() {
        return folder;
    }

    String bootstrap() {
        return stack.bootstrap();
    }

    /** Changes a setting of the notifiers that are started from now on. */
    NotifySpace with(String key, String value) {
        flags.put(key, value);
        return this;
    }

    /** Writes records, at the time of the clock. */
    <V extends SpecificRecord> void put(Topic<V> topic, V value) throws Exception {
        putAll(topic, List.of(value));
    }

    /** Writes records, at the time of the clock. */
    <V extends SpecificRecord> void putAll(Topic<V> topic, List<V> values) throws Exception {
        putAll(topic, values, clock.instant());
    }

    /** Writes a record at another time. */
    <V extends SpecificRecord> void put(Topic<V> topic, V value, Instant at) throws Exception {
        putAll(topic, List.of(value), at);
    }

    AvroSerdes serdes() {
        return serdes;
    }

    private <V extends SpecificRecord> void putAll(Topic<V> topic, List<V> values, Instant at) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (V value : values) {
            byte[] bytes = serdes.serializer(topic).serialize(topic.name(prefix), value);
            sent.add(producer.send(new ProducerRecord<>(
                    topic.name(prefix), null, at.toEpochMilli(), topic.key().apply(value), bytes)));
        }
        for (Future<?> one : sent) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    /** Gives a group its display name. */
    void name(Level level, String id, String name) throws Exception {
        put(Objects.requireNonNull(Topics.COVERAGE_BY.get(level)), Samples.named(level, id, name));
    }

    /** Settings of a notifier. */
    Settings settings(String routes) throws Exception {
        Path file = folder.resolve("routes.yml");
        Files.writeString(file, routes);
        Map<String, String> all = new HashMap<>(Map.of(
                "bootstrap",
                stack.bootstrap(),
                "registry",
                stack.registryUrl(),
                "topic-prefix",
                prefix,
                "routes",
                file.toString(),
                "mail-from",
                "cakupan@example.org",
                "smtp-security",
                "none",
                "delivery-timeout",
                "2s",
                "dashboard-url",
                "https://cakupan.example.org"));
        all.putAll(flags);
        return Settings.of(NotifySettings.ALL, all);
    }

    /** Arguments of a command that works on these topics. */
    List<String> arguments(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(
                List.of("--bootstrap", stack.bootstrap(), "--registry", stack.registryUrl(), "--topic-prefix", prefix));
        return arguments;
    }

    /** Starts a notifier. */
    Notifier start(String routes) throws Exception {
        return start(routes, clock, new SimpleMeterRegistry());
    }

    Notifier start(String routes, Clock itsClock, SimpleMeterRegistry meters) throws Exception {
        Settings settings = settings(routes);
        Routing routing = RoutesFile.read(settings.get(NotifySettings.ROUTES));
        Notifier notifier = new Notifier(settings, routing, itsClock, meters);
        notifiers.add(notifier);
        notifier.start();
        return notifier;
    }

    /** Starts a notifier and waits until it delivers. */
    Notifier startActive(String routes) throws Exception {
        Notifier notifier = start(routes);
        awaitActive(notifier);
        return notifier;
    }

    static void awaitActive(Notifier notifier) {
        await().atMost(SOON).until(notifier::isActive);
    }

    /** Moves the clock in steps, each seen by the notifier. */
    void pass(Notifier notifier, Duration time, int steps) {
        for (int step = 0; step < steps; step++) {
            clock.forward(time.dividedBy(steps));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(SOON)
                    .until(() -> !notifier.tickedAt().isBefore(clock.instant()));
        }
    }

    /** The newest record of each notification, in the order in which they were planned. */
    List<Notification> notifications() {
        Map<String, Notification> newest = new LinkedHashMap<>();
        history().forEach(one -> newest.put(one.getNotificationId(), one));
        return newest.values().stream()
                .sorted((a, b) -> a.getPlannedAt().compareTo(b.getPlannedAt()))
                .toList();
    }

    List<Notification> notifications(NotificationStatus status) {
        return notifications().stream().filter(n -> n.getStatus() == status).toList();
    }

    /** All records of notifications that were committed. */
    List<Notification> history() {
        List<Notification> all = new ArrayList<>();
        String topic = Topics.NOTIFICATIONS.name(prefix);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                all.add(serdes.deserializer(Notification.class).deserialize(topic, record.value())));
            }
        }
        return all;
    }

    /** Waits until so many notifications are sent. */
    List<Notification> awaitSent(int count) {
        await().pollInterval(Duration.ofMillis(250))
                .atMost(SOON)
                .until(() -> notifications(NotificationStatus.SENT).size() >= count);
        return notifications(NotificationStatus.SENT);
    }

    @Override
    public void close() throws IOException {
        notifiers.forEach(Notifier::close);
        producer.close();
        registry.close();
    }
}
