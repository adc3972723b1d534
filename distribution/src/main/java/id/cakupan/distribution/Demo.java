package id.cakupan.distribution;

import id.cakupan.dashboard.Dashboard;
import id.cakupan.dashboard.DashboardSettings;
import id.cakupan.localstack.LocalStack;
import id.cakupan.producers.simulator.CityPlan;
import id.cakupan.producers.simulator.LiveTail;
import id.cakupan.producers.simulator.Simulation;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Meters;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsException;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.streams.StreamsService;
import id.cakupan.streams.StreamsSettings;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/** The parts of the demo: started one after the other, stopped in the opposite order. */
final class Demo implements AutoCloseable {
    private static final int SEED = 1;
    private static final int LIVE_PER_SECOND = 2;
    private static final int FAST_WORKERS = 2_000;
    private static final int FAST_PROJECTS = 60;
    private static final int FAST_CONTRACTORS = 25;
    private static final int FAST_LIVE_PER_SECOND = 20;
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;
    private static final long FULL_DISK_BYTES = 20_000_000;

    /**
     * How to run.
     *
     * @param port first of {@link DemoCommand#PORTS}, 0 = free ones
     * @param zone where a day begins and ends
     * @param registryHome folder of the registry program; null = the one that was built
     * @param fast a smaller city, more live events
     */
    record Options(int port, ZoneId zone, @Nullable Path registryHome, boolean fast) {}

    /** Events sent so far and to be sent in all before the live ones; live events sent. */
    record Counts(long loaded, long toLoad, long live) {}

    /** Told of each step that is done. */
    interface Steps {
        /** Takes what was done, with what was found out. */
        void done(String what, Duration took);
    }

    private final Options options;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicLong loaded = new AtomicLong();
    private final AtomicLong toLoad = new AtomicLong();
    private final AtomicLong live = new AtomicLong();
    /** The last one started first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private volatile @Nullable Path data;
    private Supplier<List<String>> health = List::of;
    private @Nullable Settings settings;
    private int dashboardPort;

    /**
     * @param options how to run
     * @param clock the only source of time
     */
    Demo(Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Starts all, or as much as was started when {@link #stop} is called. Events go on being sent in a thread.
     *
     * @throws FailedException if a part does not start
     */
    void start(Steps steps) throws InterruptedException {
        long begin = System.nanoTime();
        int port = options.port();
        requireFree(port);
        LocalStack stack = part(LocalStack.start(
                new LocalStack.Options(port, port == 0 ? 0 : port + 1, null, options.registryHome(), Map.of())));
        data = stack.data();
        watch(stack);
        settings = settings(stack, port);
        steps.done("broker " + stack.bootstrap() + ", schema registry " + stack.registryUrl(), since(begin));

        begin = System.nanoTime();
        if (!isStopping()) {
            steps.done(setUp(settings), since(begin));
        }
        begin = System.nanoTime();
        if (!isStopping()) {
            int http = startStreams(settings);
            steps.done("streams app, health and metrics http://127.0.0.1:" + http, since(begin));
        }
        begin = System.nanoTime();
        if (!isStopping()) {
            dashboardPort = startDashboard(settings);
            steps.done("dashboard " + page(), since(begin));
        }
        if (!isStopping()) {
            startEvents(settings);
        }
    }

    /** The settings of a client of this demo's cluster. */
    Settings settings() {
        if (settings == null) {
            throw new IllegalStateException("not started");
        }
        return settings;
    }

    private Settings settings(LocalStack stack, int port) {
        Map<String, String> flags = new HashMap<>();
        flags.put(CommonSettings.BOOTSTRAP.key(), stack.bootstrap());
        flags.put(CommonSettings.REGISTRY.key(), stack.registryUrl());
        flags.put(CommonSettings.ZONE.key(), options.zone().getId());
        flags.put(CommonSettings.HTTP_PORT.key(), String.valueOf(port == 0 ? 0 : port + 2));
        flags.put(DashboardSettings.PORT.key(), String.valueOf(port == 0 ? 0 : port + 3));
        flags.put(DashboardSettings.SIMULATED.key(), "true");
        flags.put(StreamsSettings.STORAGE.key(), "memory");
        flags.put(StreamsSettings.STANDBYS.key(), "0");
        flags.put(
                StreamsSettings.STATE_DIR.key(), stack.data().resolve("streams").toString());
        Set<Setting<?>> all = new LinkedHashSet<>(StreamsSettings.ALL);
        all.addAll(DashboardSettings.ALL);
        all.add(CommonSettings.PARTITIONS);
        all.add(CommonSettings.REPLICATION);
        try {
            return Settings.of(List.copyOf(all), flags);
        } catch (SettingsException e) {
            throw new FailedException(String.join("; ", e.faults()), e);
        }
    }

    private String setUp(Settings settings) throws InterruptedException {
        int topics;
        try (Admin admin = KafkaClients.admin(settings)) {
            topics = new TopicProvisioning(settings, admin).create().size();
        }
        return topics + " topics, " + register(settings) + " schemas";
    }

    /** A machine that is busy with starting all this may need more than one attempt. */
    private int register(Settings settings) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (SchemaRegistryClient registry = KafkaClients.registry(settings)) {
                return new SchemaRegistration(registry, settings.get(CommonSettings.TOPIC_PREFIX))
                        .register()
                        .size();
            } catch (RestClientException e) {
                throw new FailedException("The schema registry refuses: " + e.getMessage(), e);
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0 || awaitStop(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw KafkaClients.noRegistry(settings, e);
                }
            }
        }
    }

    private int startStreams(Settings settings) throws InterruptedException {
        Meters meters = part(new Meters("demo"));
        StreamsService service = part(new StreamsService(settings, clock, meters.registry(), Map.of()));
        HttpEndpoints http = part(HttpEndpoints.start(settings, service.health(), meters.registry()));
        health = service.health().ready();
        service.start();
        inThread("demo-streams-watch", () -> {
            if (!service.awaitEnd() && !isStopping()) {
                fail(new FailedException("The streams app ended by itself (see --log-level warn)."));
            }
        });
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!behind().isEmpty()) {
            if (awaitStop(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new FailedException(
                        "The streams app is not ready after " + START_LIMIT.toSeconds() + " s: " + behind());
            }
        }
        return http.port();
    }

    private int startDashboard(Settings settings) {
        Meters meters = part(new Meters("demo-dashboard"));
        Dashboard dashboard = part(new Dashboard(settings, clock, meters.registry()));
        dashboard.start();
        return dashboard.port();
    }

    /** Address of the page, once it is served. */
    String page() {
        return "http://127.0.0.1:" + dashboardPort + "/";
    }

    private void startEvents(Settings settings) {
        SchemaRegistryClient registry = KafkaClients.registry(settings);
        parts.push(registry);
        Meters meters = part(new Meters("demo-producer"));
        EventPublisher publisher = part(EventPublisher.open(
                KafkaClients.producer(settings),
                new AvroSerdes(registry, REGISTRY_PATIENCE),
                settings.get(CommonSettings.TOPIC_PREFIX),
                clock,
                meters.registry()));
        Thread sender = inThread("demo-events", () -> send(publisher));
        parts.push(sender::join);
    }

    private void send(EventPublisher publisher) throws InterruptedException {
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), options.zone()).minusDays(1);
        Simulation simulation = new Simulation(new CityPlan(
                SEED,
                yesterday.minusYears(1).plusDays(1),
                yesterday,
                options.fast() ? FAST_PROJECTS : CityPlan.PROJECTS,
                options.fast() ? FAST_CONTRACTORS : CityPlan.CONTRACTORS,
                options.fast() ? FAST_WORKERS : CityPlan.WORKERS,
                options.zone()));
        toLoad.set(simulation.size());
        for (SpecificRecord event : simulation) {
            if (isStopping()) {
                return;
            }
            publish(publisher, event, loaded);
        }
        LiveTail tail = new LiveTail(simulation, clock);
        int perSecond = options.fast() ? FAST_LIVE_PER_SECOND : LIVE_PER_SECOND;
        while (!awaitStop(TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS)) {
            publish(publisher, tail.next(), live);
        }
    }

    private void publish(EventPublisher publisher, SpecificRecord event, AtomicLong count) {
        var unused = publisher.publish(event).whenComplete((place, problem) -> {
            if (problem == null) {
                count.incrementAndGet();
            } else if (!isStopping()) {
                fail(new FailedException("An event cannot be sent: " + problem.getMessage(), problem));
            }
        });
    }

    /** Ends the demo when broker or registry ends. */
    private void watch(LocalStack stack) {
        Exit.Procedure broken = (code, message) -> fail(new FailedException(
                isFull(stack.data())
                        ? "The disk is full: the broker cannot write to " + stack.data()
                                + "; free some space and start again."
                        : "The broker ended: " + message));
        Exit.setHaltProcedure(broken);
        Exit.setExitProcedure(broken);
        inThread("demo-registry-watch", () -> {
            int code = stack.registry().await();
            if (!isStopping()) {
                fail(new FailedException("The schema registry ended by itself with code " + code + "."));
            }
        });
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < FULL_DISK_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why the figures are not up to date, for people; empty if they are. */
    List<String> behind() {
        return health.get();
    }

    /** How many events were sent. */
    Counts counts() {
        return new Counts(loaded.get(), toLoad.get(), live.get());
    }

    /** Ends the demo because of a failure; the first one counts. */
    void fail(Exception problem) {
        failure.compareAndSet(null, problem);
        stop();
    }

    /** Why it ended, if not because it was told to. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Tells it to end; {@link #close} does it. */
    void stop() {
        stop.countDown();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Waits, and returns true as soon as it is to end. */
    boolean awaitStop(long time, TimeUnit unit) throws InterruptedException {
        return stop.await(time, unit);
    }

    /** Stops what was started. */
    @Override
    public void close() {
        stop();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failure.compareAndSet(null, new FailedException("A part did not stop in order: " + e.getMessage(), e));
            }
        }
    }

    /** Deletes the data although something may still use it, for an end that is not in order. */
    void discard() {
        Path folder = data;
        if (folder == null) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                var unused = path.toFile().delete();
            });
        } catch (IOException | RuntimeException e) {
            // What is left lies in the temporary folder.
        }
    }

    private <P extends AutoCloseable> P part(P part) {
        parts.push(part);
        return part;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread inThread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        if (!isStopping()) {
                            fail(e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void requireFree(int first) {
        for (int port = first; first != 0 && port < first + DemoCommand.PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new FailedException(
                        "Port " + port + " on 127.0.0.1 is in use by another program: choose another"
                                + " --port; the demo takes it and the three after it.",
                        e);
            }
        }
    }
}
