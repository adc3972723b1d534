package id.cakupan.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health/live}, {@code /health/ready} (200, or 503 with the reasons, as JSON) and {@code /metrics} in
 * Prometheus' text format. Close it at the end.
 */
public final class HttpEndpoints implements AutoCloseable {
    /** The settings that this needs. */
    public static final List<Setting<?>> SETTINGS = List.of(CommonSettings.HTTP_HOST, CommonSettings.HTTP_PORT);

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads;

    private HttpEndpoints(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param settings {@link #SETTINGS}
     * @param health what the process says of itself
     * @param meters what {@code /metrics} shows; the caller closes it
     * @throws FailedException if the port is taken or the address is not of this machine
     */
    public static HttpEndpoints start(Settings settings, Health health, PrometheusMeterRegistry meters) {
        InetSocketAddress address =
                new InetSocketAddress(settings.get(CommonSettings.HTTP_HOST), settings.get(CommonSettings.HTTP_PORT));
        HttpServer server = bind(address);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http-endpoints");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", get("/", exchange -> send(exchange, 404, "text/plain", "")));
        server.createContext(
                "/health/live", get("/health/live", exchange -> answer(exchange, health.live(), List::of)));
        server.createContext(
                "/health/ready", get("/health/ready", exchange -> answer(exchange, health.ready(), health.warnings())));
        server.createContext("/metrics", get("/metrics", exchange -> {
            send(exchange, 200, METRICS_TYPE, meters.scrape());
        }));
        server.start();
        HttpEndpoints endpoints = new HttpEndpoints(server, threads);
        LOG.info("Health and metrics on http://{}:{}", address.getHostString(), endpoints.port());
        return endpoints;
    }

    private static HttpServer bind(InetSocketAddress address) {
        String where = address.getHostString() + ":" + address.getPort();
        if (address.isUnresolved()) {
            throw new FailedException("There is no address " + address.getHostString() + " (setting http-host)");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new FailedException(
                    "Cannot listen on " + where + " (settings http-host, http-port): " + e.getMessage(), e);
        } catch (IOException e) {
            throw new FailedException("Cannot listen on " + where + ": " + e.getMessage(), e);
        }
    }

    /** The port that is served, also when the setting was 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers only GET and HEAD, only on exactly this path, and tells a failure without its details. */
    private static HttpHandler get(String path, HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                handle(path, handler, exchange);
            }
        };
    }

    private static void handle(String path, HttpHandler handler, HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, 405, "text/plain", "");
        } else if (!exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, 404, "text/plain", "");
        } else {
            try {
                handler.handle(exchange);
            } catch (RuntimeException e) {
                LOG.warn("{} failed", path, e);
                send(exchange, 500, "text/plain", "");
            }
        }
    }

    private static void answer(HttpExchange exchange, Supplier<List<String>> reasons, Supplier<List<String>> warnings)
            throws IOException {
        List<String> found = reasons.get();
        List<String> warned = warnings.get();
        String body = "{\"status\":\"" + (found.isEmpty() ? "UP" : "DOWN") + "\",\"reasons\":" + list(found)
                + (warned.isEmpty() ? "" : ",\"warnings\":" + list(warned)) + "}\n";
        send(exchange, found.isEmpty() ? 200 : 503, "application/json", body);
    }

    private static String list(List<String> texts) {
        return texts.stream().map(HttpEndpoints::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
