package id.cakupan.dashboard.web;

import id.cakupan.dashboard.export.Exports;
import id.cakupan.dashboard.view.Views;
import id.cakupan.runtime.FailedException;
import java.time.Clock;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the dashboard. Close it at the end. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS = 16;
    private static final int FEWEST_THREADS = 4;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int IDLE_MILLIS = 30_000;
    private static final int CONNECTIONS_BESIDE_STREAMS = 200;
    private static final int STOP_MILLIS = 1_000;

    private final Server server;
    private final ServerConnector connector;
    private final LiveHub hub;
    private final SessionCalls sessions;

    /**
     * Where it listens; port 0 = any free one.
     *
     * @param https whether people open it with https, which ends before it
     */
    public record Address(String host, int port, boolean https) {}

    /**
     * Most live streams at once.
     *
     * @param all of everybody
     * @param ofOne of one network
     */
    public record Streams(int all, int ofOne) {}

    /**
     * A server that does not listen yet.
     */
    public WebServer(
            Address address,
            Streams streams,
            Views views,
            DecisionSink decisions,
            Doorman doorman,
            Clock clock,
            DashboardMeters meters) {
        Renderer renderer = new Renderer(views, meters);
        sessions = new SessionCalls(doorman);
        hub = new LiveHub(renderer, doorman, meters, streams.all(), streams.ofOne());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, FEWEST_THREADS);
        threads.setName("dashboard-http");
        server = new Server(threads);
        server.setErrorHandler(new ProblemPages());
        server.setStopTimeout(STOP_MILLIS);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.DEFAULT);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(streams.all() + CONNECTIONS_BESIDE_STREAMS, server));
        server.setHandler(new SiteHandler(
                renderer,
                hub,
                PageFiles.load(),
                new Exports(views, clock),
                new DecisionCalls(views, decisions, clock),
                sessions,
                doorman,
                meters,
                address.https()));
    }

    /**
     * Listens.
     *
     * @throws FailedException if the port is taken or the address is not of this machine
     */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new FailedException(
                    "Cannot listen on " + connector.getHost() + ":" + connector.getPort()
                            + " (settings dashboard-host, dashboard-port): " + e.getMessage(),
                    e);
        }
        hub.start();
        LOG.info("Dashboard on http://{}:{}", connector.getHost(), port());
    }

    /** The port that is served, also when another was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Open live streams. */
    public int streams() {
        return hub.open();
    }

    @Override
    public void close() {
        hub.close();
        sessions.close();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not end in order: {}", e.getClass().getSimpleName());
        }
    }
}
