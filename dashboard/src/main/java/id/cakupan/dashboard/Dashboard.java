package id.cakupan.dashboard;

import id.cakupan.dashboard.access.Access;
import id.cakupan.dashboard.access.AccessMode;
import id.cakupan.dashboard.access.AccessSettings;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.BoardFeed;
import id.cakupan.dashboard.board.DecisionWriter;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.view.Answers;
import id.cakupan.dashboard.view.PublicFigures;
import id.cakupan.dashboard.view.Views;
import id.cakupan.dashboard.web.AccessDoorman;
import id.cakupan.dashboard.web.DashboardMeters;
import id.cakupan.dashboard.web.Doorman;
import id.cakupan.dashboard.web.WebServer;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.Health;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard: a page and an API over the output topics, which it keeps in memory. Close it at the end. */
public final class Dashboard implements AutoCloseable {
    private static final Principal OFFICIAL = new Principal("local", Role.OFFICIAL, null);
    private static final double MILLIS = 1_000;

    private static final long LOOK_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    private final Access access;
    private final PublicFigures figures;
    /** Whether somebody else is at the door, who may let the public in. */
    private final boolean publicToo;

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dashboard-users");
        thread.setDaemon(true);
        return thread;
    });
    private final BoardFeed feed;
    private final DecisionWriter decisions;
    private final WebServer server;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * A dashboard that neither reads nor listens yet.
     *
     * @param settings {@link DashboardSettings#ALL}
     * @param clock says what day it is, and how old figures are
     * @param registry of meters
     */
    public Dashboard(Settings settings, Clock clock, MeterRegistry registry) {
        this(settings, null, clock, registry);
    }

    /** With somebody else at the door; null = by the settings. */
    Dashboard(Settings settings, @Nullable Doorman doorman, Clock clock, MeterRegistry registry) {
        access = Access.of(settings, settings.get(DashboardSettings.HOST), clock, System::nanoTime);
        publicToo = doorman != null;
        decisions = new DecisionWriter(settings);
        DashboardMeters meters = new DashboardMeters(registry);
        Board board = new Board();
        History history = new History();
        feed = new BoardFeed(settings, board, history, new BoardFeed.Listener() {
            @Override
            public void read(Topic<?> topic) {
                meters.read(topic);
            }

            @Override
            public void undecodable() {
                meters.undecodable();
            }
        });
        figures = new PublicFigures(
                board,
                history,
                () -> feed.isReady() && feed.isHistoryReady(),
                clock,
                settings.get(CommonSettings.ZONE),
                settings.get(AccessSettings.PUBLIC_THRESHOLD));
        Views views = new Views(
                board,
                history,
                feed::timeline,
                () -> new Views.Reading(feed.isReady(), feed.progress(), feed.isHistoryReady(), feed.behind()),
                figures,
                clock,
                new Views.Options(
                        settings.get(CommonSettings.ZONE),
                        settings.get(DashboardSettings.SIMULATED),
                        access.mode() == AccessMode.PUBLIC,
                        access.isLoginPossible(),
                        version()));
        server = new WebServer(
                new WebServer.Address(
                        settings.get(DashboardSettings.HOST),
                        settings.get(DashboardSettings.PORT),
                        settings.find(AccessSettings.DASHBOARD_URL)
                                .filter(url -> "https".equals(url.getScheme()))
                                .isPresent()),
                new WebServer.Streams(
                        settings.get(DashboardSettings.MOST_STREAMS),
                        settings.get(DashboardSettings.MOST_STREAMS_PER_ADDRESS)),
                views,
                decisions::write,
                doorman == null ? new AccessDoorman(access, meters) : doorman,
                clock,
                meters);
        meters.watch(
                server::streams,
                () -> age(views.status(OFFICIAL), clock.instant()),
                () -> views.status(OFFICIAL).state().equals("live") ? 0 : 1);
    }

    private static String version() {
        String version = Dashboard.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    private static double age(Answers.Status status, Instant now) {
        Instant updated = status.updatedAt();
        return updated == null ? Double.NaN : Duration.between(updated, now).toMillis() / MILLIS;
    }

    /**
     * Reads and listens. Brokers, registry, topics and figures need not be there yet.
     *
     * @throws id.cakupan.runtime.FailedException if the port is taken or the address is not of this machine
     */
    public void start() {
        server.start();
        feed.start();
        var unused = looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The port that is served, also when the setting was 0. */
    public int port() {
        return server.port();
    }

    /** What it says of itself. */
    public Health health() {
        return new Health(List::of, this::notReady, this::notes);
    }

    private void look() {
        try {
            access.look();
            if (publicToo || access.mode() == AccessMode.PUBLIC) {
                figures.look();
            }
        } catch (RuntimeException e) {
            LOG.error("Users or public figures: {}", e.getClass().getName(), e);
        }
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(feed.isReady() ? feed.faults() : List.of());
        access.fault().ifPresent(notes::add);
        return notes;
    }

    private List<String> notReady() {
        if (closing) {
            return List.of("Stopping");
        }
        if (feed.isReady()) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>(feed.faults());
        reasons.add("The figures are being read");
        return reasons;
    }

    /** Blocks until it was closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends all streams, stops to listen and to read. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        looking.shutdownNow();
        server.close();
        feed.close();
        decisions.close();
        ended.countDown();
    }
}
