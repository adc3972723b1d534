package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import id.cakupan.producers.simulator.CityPlan;
import id.cakupan.producers.simulator.LiveTail;
import id.cakupan.producers.simulator.Simulation;
import id.cakupan.publisher.EventJson;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan simulate}: events of an invented city. */
@Command(
        name = "simulate",
        description = {
            "Send the events of an invented Malang, or write them as JSON Lines: building sites, contractors, workers and"
                    + " their cover, with late, repeated and corrected events. No person in it is real.",
            "The share of covered workers goes from about 33 %% on the first day to about 41 %% a year later.",
            "The same seed, period and size give the same events."
        })
public final class SimulateCommand extends SettingsCommand {
    private static final String STANDARD_OUTPUT = "-";
    private static final int LIVE_RATE = 5;
    private static final int BUFFER = 1 << 16;
    private static final int STOP_SECONDS = 8;
    private static final long NANOS = 1_000_000_000L;

    @Option(names = "--seed", paramLabel = "N", description = "Everything follows from it (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--from", paramLabel = "DAY", description = "First day (default: a year before --to)")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day (default: yesterday)")
    private @Nullable LocalDate to;

    @Option(names = "--projects", paramLabel = "N", description = "Building sites (default: ${DEFAULT-VALUE})")
    private int projects = CityPlan.PROJECTS;

    @Option(names = "--contractors", paramLabel = "N", description = "Contractors (default: ${DEFAULT-VALUE})")
    private int contractors = CityPlan.CONTRACTORS;

    @Option(names = "--workers", paramLabel = "N", description = "Workers (default: 15000)")
    private @Nullable Integer workers;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "As many workers as give about this many events, instead of --workers")
    private @Nullable Long events;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write JSON Lines instead of sending; gzip if the name ends in .gz; - is standard output")
    private @Nullable String out;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events per second, of the live tail if there is one (default: as fast as possible; live: 5)")
    private @Nullable Integer rate;

    @Option(names = "--live", description = "After the period go on with events of today, until stopped (Ctrl-C)")
    private boolean live;

    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Runs by the system's clock. */
    public SimulateCommand() {
        this(Clock.systemUTC());
    }

    /** Runs by another clock: it says what today is and gives the times of live events. */
    public SimulateCommand(Clock clock) {
        this.clock = clock;
    }

    /** Ends the command soon, in order; for programs that run it in a thread. */
    public void stop() {
        stop.countDown();
    }

    @Override
    protected List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
        settings.add(CommonSettings.ZONE);
        return settings;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        CityPlan plan = plan(settings);
        if (plan == null) {
            return ExitCodes.USAGE;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> endInOrder(ended), "simulate-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Target target = target(settings)) {
            send(plan, target);
        } finally {
            ended.countDown();
            remove(hook);
        }
        return ExitCodes.DONE;
    }

    private @Nullable CityPlan plan(Settings settings) {
        var zone = settings.get(CommonSettings.ZONE);
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate last = to == null ? today.minusDays(1) : to;
        LocalDate first = from == null ? last.minusYears(1).plusDays(1) : from;
        try {
            require(workers == null || events == null, "Give --workers or --events, not both");
            require(rate == null || rate >= 1, "--rate must be 1 or more");
            require(events == null || events >= 1, "--events must be 1 or more");
            require(out != null || !last.isAfter(today), "Events of the future would be rejected: --to is after today");
            int size = workers == null ? CityPlan.WORKERS : workers;
            CityPlan plan = new CityPlan(seed, first, last, projects, contractors, size, zone);
            if (events == null) {
                return plan;
            }
            long needed = Math.max(1, Math.round(events / Simulation.eventsPerWorker(plan)));
            int capped = (int) Math.min(Integer.MAX_VALUE, needed);
            return new CityPlan(seed, first, last, projects, contractors, capped, zone);
        } catch (IllegalArgumentException e) {
            err().println(e.getMessage());
            return null;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private void send(CityPlan plan, Target target) throws IOException, InterruptedException {
        Simulation simulation = new Simulation(plan);
        long start = System.nanoTime();
        long sent = 0;
        try (ProgressBar bar = bar(simulation.size())) {
            Pace pace = new Pace(live || rate == null ? 0 : rate);
            for (SpecificRecord event : simulation) {
                if (!pace.await(stop)) {
                    break;
                }
                target.accept(event);
                sent++;
                if (bar != null) {
                    bar.step();
                }
            }
        }
        target.flush();
        double seconds = Math.max(1, System.nanoTime() - start) / (double) NANOS;
        err().printf(
                        Locale.ROOT,
                        "%,d events of %,d workers on %,d projects, %s to %s, in %.1f s (%,.0f/s)%n",
                        sent,
                        plan.workers(),
                        plan.projects(),
                        plan.from(),
                        plan.to(),
                        seconds,
                        sent / seconds);
        err().flush();
        if (live) {
            sendLive(new LiveTail(simulation, clock), target);
        }
    }

    private void sendLive(LiveTail tail, Target target) throws IOException, InterruptedException {
        Pace pace = new Pace(rate == null ? LIVE_RATE : rate);
        long sent = 0;
        while (pace.await(stop)) {
            target.accept(tail.next());
            sent++;
        }
        target.flush();
        err().printf(Locale.ROOT, "%,d live events%n", sent);
    }

    private @Nullable ProgressBar bar(long events) {
        if (!Terminal.isStandardError() || STANDARD_OUTPUT.equals(out)) {
            return null;
        }
        return new ProgressBarBuilder()
                .setTaskName("simulate")
                .setInitialMax(events)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
    }

    private void endInOrder(CountDownLatch ended) {
        stop.countDown();
        try {
            boolean unused = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook itself waits for this thread.
        }
    }

    private Target target(Settings settings) throws IOException {
        return out == null
                ? new KafkaTarget(Connection.open(settings, clock, new SimpleMeterRegistry()))
                : new JsonTarget(open(out));
    }

    private static OutputStream open(String out) throws IOException {
        if (out.equals(STANDARD_OUTPUT)) {
            return new Unclosed(System.out);
        }
        OutputStream file = Files.newOutputStream(Path.of(out));
        return out.endsWith(".gz") ? new GZIPOutputStream(file, BUFFER) : file;
    }

    /** When the next event is due at a steady rate. */
    private static final class Pace {
        private final long perSecond;
        private final long start = System.nanoTime();
        private long passed;

        /** @param perSecond events per second, 0 = no limit */
        Pace(long perSecond) {
            this.perSecond = perSecond;
        }

        /** Waits until the next event is due; false if it is time to stop. */
        boolean await(CountDownLatch stop) throws InterruptedException {
            long wait = perSecond == 0 ? 0 : start + (long) (passed * ((double) NANOS / perSecond)) - System.nanoTime();
            passed++;
            return wait > 0 ? !stop.await(wait, TimeUnit.NANOSECONDS) : stop.getCount() > 0;
        }
    }

    private interface Target extends AutoCloseable {
        void accept(SpecificRecord event) throws IOException;

        void flush() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static final class KafkaTarget implements Target {
        private final Connection connection;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        KafkaTarget(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void accept(SpecificRecord event) {
            check();
            var unused = connection.publisher().publish(event).whenComplete((done, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
            });
        }

        @Override
        public void flush() {
            connection.publisher().flush();
            check();
        }

        private void check() {
            Throwable problem = failure.get();
            if (problem != null) {
                throw new FailedException("Cannot send: " + problem.getMessage(), problem);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    private static final class JsonTarget implements Target {
        private final JsonGenerator json;

        JsonTarget(OutputStream out) throws IOException {
            json = new JsonFactory().createGenerator(new BufferedOutputStream(out, BUFFER));
            json.setRootValueSeparator(null);
        }

        @Override
        public void accept(SpecificRecord event) throws IOException {
            EventJson.write(event, json);
            json.writeRaw('\n');
        }

        @Override
        public void flush() throws IOException {
            json.flush();
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }

    /** Standard output stays open for whoever else writes to it. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
