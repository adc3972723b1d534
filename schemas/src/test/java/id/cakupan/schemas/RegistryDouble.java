package id.cakupan.schemas;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/**
 * A registry over HTTP that can be made to fail in the ways a real one does. The real one is used in the system tests; it
 * cannot be told to answer 503.
 */
final class RegistryDouble implements AutoCloseable {
    /** How it answers. */
    enum Mood {
        WELL,
        BUSY,
        SILENT,
        NOT_A_REGISTRY
    }

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Mood mood = Mood.WELL;
    private final AtomicInteger failuresLeft = new AtomicInteger();

    RegistryDouble(int id, Schema schema) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String found = "{\"schema\":" + quoted(schema.toString()) + "}";
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                Mood now = mood;
                if (now != Mood.WELL && failuresLeft.getAndDecrement() > 0) {
                    failures.incrementAndGet();
                } else {
                    now = Mood.WELL;
                }
                if (now == Mood.SILENT) {
                    return;
                }
                boolean known = exchange.getRequestURI().getPath().equals("/schemas/ids/" + id);
                int status = now == Mood.BUSY ? 503 : now == Mood.NOT_A_REGISTRY || !known ? 404 : 200;
                String body = now == Mood.WELL
                        ? known ? found : "{\"error_code\":40403,\"message\":\"Schema not found\"}"
                        : "<html>";
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** The next requests fail like this, as many as said, then all goes well. */
    void fail(Mood kind, int times) {
        failuresLeft.set(times);
        mood = kind;
    }

    SchemaRegistryClient client() {
        return RegistryClients.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A registry in memory with all schemas registered, by Confluent's own test client. */
    static SchemaRegistryClient inMemory() throws Exception {
        SchemaRegistryClient client = new MockSchemaRegistryClient();
        new SchemaRegistration(client, Topics.DEFAULT_PREFIX).register();
        return client;
    }
}
