package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A Kafka broker in this process: KRaft with broker and controller in one, replication factor 1, plaintext on 127.0.0.1.
 * Topics are never created by use. Its threads keep the process alive until {@link #close}.
 */
public final class LocalBroker implements AutoCloseable {
    private static final int NODE = 1;

    private final int port;
    private final KafkaRaftServer server;
    private boolean closed;

    private LocalBroker(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    /**
     * Starts a broker with the settings of a local stack. Same as {@link #start(int, Path, Map)} without changed settings.
     *
     * @param port port to listen on, 0 = a free one
     * @param directory the broker's own folder; formatted if empty, else its data is taken over
     * @return a broker that accepts clients
     */
    public static LocalBroker start(int port, Path directory) {
        return start(port, directory, Map.of());
    }

    /**
     * Starts a broker.
     *
     * @param port port to listen on, 0 = a free one
     * @param directory the broker's own folder; formatted if empty, else its data is taken over
     * @param settings broker settings by Kafka's names that add to or replace those of the local stack
     * @return a broker that accepts clients
     * @throws FailedException if something listens on the port, the folder cannot be used or the broker does not start
     */
    public static LocalBroker start(int port, Path directory, Map<String, String> settings) {
        hideExpectedWarnings();
        int clients = Ports.reserve(port, "--kafka-port");
        try {
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory);
            }
        } catch (Exception e) {
            throw DataDirectory.failure(directory, e);
        }
        Map<String, String> all = settings(clients, Ports.reserve(0, "--kafka-port"), directory);
        all.putAll(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(all), Time.SYSTEM);
        LocalBroker broker = new LocalBroker(clients, server);
        try {
            server.startup();
        } catch (RuntimeException e) {
            broker.close();
            if (!Ports.isFree(clients)) {
                throw Ports.taken(clients, "--kafka-port");
            }
            throw DataDirectory.failure(directory, e);
        }
        return broker;
    }

    /**
     * The first start of every broker warns that its log is empty, each later one that its controller becomes active. And
     * an error is logged for each batch that a transactional producer sends before its last transaction has ended, and
     * then sends again; a disk that fails is told of elsewhere.
     */
    private static void hideExpectedWarnings() {
        quieten("org.apache.kafka.controller.QuorumController", Level.ERROR);
        quieten("kafka.server.ReplicaManager", Level.OFF);
    }

    private static void quieten(String logger, Level level) {
        if (!LogManager.getLogger(logger).isInfoEnabled()) {
            Configurator.setLevel(logger, level);
        }
    }

    private static void format(Path directory) throws Exception {
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .run();
    }

    private static Map<String, String> settings(int clients, int controller, Path directory) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put("listeners", "CLIENTS://127.0.0.1:" + clients + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + clients);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
        settings.put("log.dirs", directory.toString());

        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "4");

        settings.put("group.initial.rebalance.delay.ms", "0");
        // How soon the transaction of a killed process is given up once its time is over; Kafka's own pace is 10 s.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A stack that was off for more than a week must not forget how far its consumers were.
        settings.put("offsets.retention.minutes", String.valueOf(365 * 24 * 60));

        // A start after a kill waits until the session of the killed broker is over; Kafka's own 9 s are meant for
        // networks.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");

        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        settings.put("metric.reporters", "");
        return settings;
    }

    /**
     * Where clients connect.
     *
     * @return host and port, such as {@code 127.0.0.1:9092}
     */
    public String bootstrap() {
        return Ports.LOOPBACK + ":" + port;
    }

    /**
     * The port that clients connect to.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /** Shuts the broker down in order, which keeps the next start short. May be called more than once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
    }
}
