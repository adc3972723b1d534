package id.cakupan.notify;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Prometheus Alertmanager itself, the program of the machine. */
final class AlertmanagerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private Process process;

    AlertmanagerProcess(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        Files.writeString(
                folder.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        process = launch();
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data-" + UUID.randomUUID()),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        await().atMost(NotifySpace.SOON).ignoreExceptions().until(() -> alerts().isEmpty());
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The alerts that fire. */
    List<JsonNode> alerts() throws IOException, InterruptedException {
        String body = http.send(
                        HttpRequest.newBuilder(URI.create(url() + "/api/v2/alerts"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        List<JsonNode> alerts = new ArrayList<>();
        JSON.readTree(body).forEach(alerts::add);
        return alerts;
    }

    /** A label of each alert that fires, in order. */
    List<String> labels(String name) throws IOException, InterruptedException {
        return alerts().stream()
                .map(alert -> alert.path("labels").path(name).asText())
                .sorted()
                .toList();
    }

    /** Ends it and starts it without what it knew. */
    void forget() throws IOException {
        close();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
