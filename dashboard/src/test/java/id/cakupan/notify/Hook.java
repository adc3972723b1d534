package id.cakupan.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that takes webhooks. */
final class Hook implements AutoCloseable {
    /**
     * One request.
     *
     * @param status what was answered
     */
    record Request(Map<String, List<String>> headers, String body, int status) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;
    private volatile int status = 200;
    private volatile Runnable beforeAnswer = () -> {};

    Hook() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        made.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(Map.copyOf(exchange.getRequestHeaders()), body, status));
            beforeAnswer.run();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        made.start();
        return made;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    /** Does something when it has a request and has not answered yet. */
    void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    /** Refuses connections until {@link #up}. */
    void down() {
        server.stop(0);
    }

    void up() throws IOException {
        server = listen(port);
    }

    List<Request> taken() {
        return requests.stream().filter(request -> request.status() == 200).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
