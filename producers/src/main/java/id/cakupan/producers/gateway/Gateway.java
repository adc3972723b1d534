package id.cakupan.producers.gateway;

import id.cakupan.producers.ProducerSettings;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.KeyFile;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Health;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.UserFolders;
import id.cakupan.schemas.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: an HTTP server in front of a publisher. Close it to end it in order: what was taken is finished, within about
 * ten seconds.
 */
public final class Gateway implements AutoCloseable {
    /** The settings that this needs. */
    public static final List<Setting<?>> SETTINGS = settings();

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int HTTP_THREADS = 8;
    private static final int WORKERS = 4;
    private static final int WAITING = 256;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** An answer, good or bad, comes within two seconds; the sum of blocking and delivering is below that. */
    private static final Map<String, Object> IMPATIENT = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            400,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            1_200,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            1_000,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            250L);

    private final SchemaRegistryClient registry;
    private final Admin admin;
    private final EventPublisher publisher;
    private final Sources sources;
    private final KeyFile keyFile;
    private final Availability availability;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService looking =
            Executors.newScheduledThreadPool(2, task -> daemon(task, "gateway-look"));
    private final Server server;
    private final ConnectionGuard connector;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    private static List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
        settings.add(ProducerSettings.KEY_FILE);
        settings.add(GatewaySettings.SOURCES_FILE);
        settings.add(GatewaySettings.HOST);
        settings.add(GatewaySettings.PORT);
        settings.add(GatewaySettings.MOST_CONNECTIONS);
        settings.add(GatewaySettings.MOST_CONNECTIONS_PER_ADDRESS);
        settings.add(GatewaySettings.REQUEST_DEADLINE);
        return List.copyOf(settings);
    }

    /**
     * A gateway that does not listen yet.
     *
     * @param settings {@link #SETTINGS}
     * @param clock gives the timestamps of the records, and says what is in the future
     * @param registry of meters
     */
    public Gateway(Settings settings, Clock clock, MeterRegistry registry) {
        this(settings, Limits.of(settings), clock, registry);
    }

    Gateway(Settings settings, Limits limits, Clock clock, MeterRegistry registry) {
        GatewayMeters meters = new GatewayMeters(registry);
        String prefix = settings.get(CommonSettings.TOPIC_PREFIX);
        Map<String, Object> config = new HashMap<>(IMPATIENT);
        config.putAll(KafkaClients.producer(settings));
        this.registry = KafkaClients.registry(settings);
        AvroSerdes serdes = new AvroSerdes(this.registry, Duration.ZERO);
        admin = KafkaClients.admin(settings);
        publisher = EventPublisher.open(config, serdes, prefix, clock, registry);
        sources = new Sources(UserFolders.expand(settings.get(GatewaySettings.SOURCES_FILE)), System::nanoTime);
        availability = new Availability(admin, serdes, prefix);
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> daemon(task, "gateway-worker"));

        QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS);
        threads.setName("gateway-http");
        server = new Server(threads);
        server.setErrorHandler(new ProblemPages());
        server.setStopTimeout(Limits.STOP.toMillis());
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(Limits.HEADER_BYTES);
        http.setSendServerVersion(false);
        connector = new ConnectionGuard(server, new HttpConnectionFactory(http), limits, meters);
        connector.setHost(settings.get(GatewaySettings.HOST));
        connector.setPort(settings.get(GatewaySettings.PORT));
        connector.setIdleTimeout(Limits.IDLE.toMillis());
        server.addConnector(connector);
        keyFile = new KeyFile(UserFolders.expand(settings.get(ProducerSettings.KEY_FILE)));
        Intake intake = new Intake(publisher, keyFile, sources, availability, meters, threads);
        GatewayHandler handler = new GatewayHandler(limits, sources, availability, intake, meters, workers);
        server.setHandler(new GracefulHandler(handler));
        meters.watch(
                connector::connections,
                handler::heldBytes,
                () -> sources.fault().isPresent() ? 1 : 0,
                () -> keysFault().isPresent() ? 1 : 0);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Listens. Brokers and registry need not be there yet; events are refused until then.
     *
     * @throws FailedException if the port is taken or the address is not of this machine
     */
    public void start() {
        every("sources", sources::look);
        every("availability", availability::probe);
        every("slow connections", connector::closeSlowOnes);
        try {
            server.start();
        } catch (Exception e) {
            throw new FailedException(
                    "Cannot listen on " + connector.getHost() + ":" + connector.getPort()
                            + " (settings gateway-host, gateway-port): " + e.getMessage(),
                    e);
        }
        LOG.info("Events are taken on http://{}:{}{}", connector.getHost(), port(), GatewayHandler.EVENTS);
    }

    private void every(String what, Runnable work) {
        var unused = looking.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.error("Looking after {} failed", what, e);
                    }
                },
                0,
                LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The port that is served, also when the setting was 0. */
    public int port() {
        return connector.getLocalPort();
    }

    /** What it says of itself. */
    public Health health() {
        return new Health(
                List::of,
                this::notReady,
                () -> Stream.of(sources.fault(), keysFault())
                        .flatMap(Optional::stream)
                        .toList());
    }

    private List<String> notReady() {
        if (closing) {
            return List.of("Stopping");
        }
        List<String> reasons = new ArrayList<>(availability.fault().stream().toList());
        if (!sources.isLoaded()) {
            sources.fault().ifPresent(reasons::add);
        }
        return reasons;
    }

    /** Why events with a NIK are refused, if they are. */
    private Optional<String> keysFault() {
        try {
            keyFile.get();
            return Optional.empty();
        } catch (IOException | PseudonymKeys.KeyFileException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Blocks until it was closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Stops to listen, finishes what was taken, and closes everything. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not end in order: {}", e.getClass().getSimpleName());
        }
        workers.shutdown();
        looking.shutdownNow();
        publisher.close();
        admin.close(Duration.ofSeconds(1));
        try {
            registry.close();
        } catch (IOException e) {
            LOG.debug("The registry client did not close", e);
        }
        ended.countDown();
    }
}
