package id.cakupan.distribution;

import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import id.cakupan.localstack.StackCommand;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Logs;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan demo}: the whole pipeline with an invented city, in one terminal, until Ctrl-C. */
@Command(
        name = "demo",
        description = {
            "Run all of it until Ctrl-C: a broker, a schema registry, the streams app, a year of events of an invented"
                    + " Malang, then live ones; show the coverage by district. Nothing of it is kept.",
            DemoScreen.SIMULATED
        })
public final class DemoCommand extends SettingsCommand {
    /** Ports that the demo takes, one after the other: broker, registry, health and metrics, dashboard. */
    static final int PORTS = 4;

    private static final Setting<Integer> PORT = Setting.of(
                    "port",
                    Integer.class,
                    "0",
                    "First of four ports on 127.0.0.1: broker, registry, health and metrics, dashboard; 0 = any free ones")
            .where(port -> port == 0 || (port > 0 && port <= 65_535 - PORTS + 1));

    private static final List<String> LIBRARIES = List.of("org.apache.kafka", "kafka", "state.change.logger");
    private static final Duration STOP_LIMIT = Duration.ofSeconds(9);
    private static final long REFRESH_MILLIS = 1_000;
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    @Option(names = "--fast", description = "A smaller city and more live events a second")
    private boolean fast;

    private final Clock clock;

    /** On the system's clock. */
    public DemoCommand() {
        this(Clock.systemUTC());
    }

    /** On another clock. */
    DemoCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        return List.of(PORT, CommonSettings.ZONE, StackCommand.REGISTRY_HOME);
    }

    @Override
    protected int run(Settings settings) throws Exception {
        if (settings.origin(CommonSettings.LOG_LEVEL).equals("default")) {
            // What ends the demo is told in one line; --log-level shows what is behind it.
            Logs.configure(Logs.Level.ERROR, Logs.Level.ERROR, settings.get(CommonSettings.LOG_FORMAT));
            LIBRARIES.forEach(name -> Configurator.setAllLevels(name, org.apache.logging.log4j.Level.OFF));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Demo demo = new Demo(
                new Demo.Options(
                        settings.get(PORT),
                        settings.get(CommonSettings.ZONE),
                        settings.find(StackCommand.REGISTRY_HOME).orElse(null),
                        fast),
                clock);
        Thread hook = new Thread(() -> endInOrder(demo, ended), "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        DemoScreen screen = new DemoScreen(new Screen(out()), out(), clock, settings.get(CommonSettings.ZONE));
        try {
            demo.start(screen::step);
            show(demo, screen);
        } catch (FailedException | InterruptedException e) {
            demo.fail(e);
        } finally {
            haltWhenStuck(demo, ended);
            demo.close();
            ended.countDown();
            remove(hook);
        }
        demo.failure().ifPresent(failure -> {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        });
        return ExitCodes.DONE;
    }

    private void show(Demo demo, DemoScreen screen) throws InterruptedException {
        if (demo.isStopping()) {
            return;
        }
        try (Viewer viewer = new Viewer(demo.settings())) {
            LatestRecords<CoverageFigure> records = viewer.latest(List.of(
                    Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.CITY)),
                    Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.DISTRICT))));
            long pause = screen.isTerminal() ? REFRESH_MILLIS : PLAIN_PAUSE.toMillis();
            while (!demo.awaitStop(pause, TimeUnit.MILLISECONDS)) {
                records.readTo(records.ends(), System.nanoTime() + LONGEST_READ.toNanos());
                screen.show(records.values(), demo.counts(), demo.behind(), demo.page());
            }
        }
    }

    /** Ctrl-C: tells the command to stop and gives it the time to do so in order. */
    private static void endInOrder(Demo demo, CountDownLatch ended) {
        demo.stop();
        try {
            if (!ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                demo.discard();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A broken part must not keep the process: after the limit it ends as it is. */
    private static void haltWhenStuck(Demo demo, CountDownLatch ended) {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        if (!ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                            demo.failure().ifPresent(failure -> System.err.println(failure.getMessage()));
                            demo.discard();
                            Runtime.getRuntime().halt(ExitCodes.FAILED);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "demo-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook waits for this thread.
        }
    }
}
