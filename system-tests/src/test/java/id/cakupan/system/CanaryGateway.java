package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway as a door for marked persons, with all that it answers. */
final class CanaryGateway implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Gateway: (http://\\S+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Canaries PERSONS = Canaries.FIRST;

    private final StreamsProcess process;
    private final URI address;
    private final String key;
    private final BiConsumer<String, String> answers;

    /**
     * Starts it, with a source {@code hr}.
     *
     * @param hands folder of the key file and the sources file
     * @param answers is told of everything that it answers
     */
    CanaryGateway(Space space, Path hands, Path keyFile, BiConsumer<String, String> answers) throws IOException {
        this.answers = answers;
        String sources = hands.resolve("sources.json").toString();
        key = Commands.succeed(List.of("sources", "add", "hr", "--types", "all", "--sources-file", sources))
                .lines()
                .get(0);
        process = StreamsProcess.start(
                space.arguments(
                        "gateway",
                        "--gateway-port",
                        "0",
                        "--http-port",
                        "0",
                        "--sources-file",
                        sources,
                        "--key-file",
                        keyFile.toString(),
                        "--log-level",
                        "trace"),
                space.folder().resolve("gateway.log"));
        process.awaitReady();
        Matcher printed = ADDRESS.matcher(process.log());
        assertThat(printed.find()).as(process.log()).isTrue();
        address = URI.create(printed.group(1));
    }

    /** Sends events and requests, good and bad. */
    void send(CanaryFiles files, int from, int to) throws IOException, InterruptedException {
        assertThat(post("application/x-ndjson", String.join("\n", files.goodEvents("gateway", from, to))))
                .isEqualTo(202);
        assertThat(post("application/json", "[" + String.join(",", files.badEvents(from)) + "]"))
                .isEqualTo(422);
        for (String event : files.badEvents(from)) {
            assertThat(post("application/json", event)).as(event).isBetween(400, 422);
        }
        for (String text : files.brokenEvents(from)) {
            assertThat(post("application/json", text)).as(text).isBetween(400, 422);
            assertThat(post("application/x-ndjson", text)).as(text).isBetween(400, 422);
        }
        String nik = PERSONS.nik(from);
        assertThat(post("text/" + PERSONS.nameStart(), nik)).isEqualTo(415);
        assertThat(send(request("/v1/events/" + nik).GET())).isEqualTo(404);
        assertThat(send(request("/v1/events?nik=" + nik).GET())).isEqualTo(405);
        assertThat(send(request("/v1/events?nik=" + nik).POST(HttpRequest.BodyPublishers.ofString("{}"))))
                .isEqualTo(400);
        assertThat(send(request("/v1/events")
                        .setHeader("Authorization", "Bearer " + nik)
                        .header("X-" + PERSONS.nameStart(), nik)
                        .POST(HttpRequest.BodyPublishers.ofString(nik))))
                .isEqualTo(401);
        raw(PERSONS.name(from) + " /" + nik + " HTTP/9.9\r\nX: " + nik + "\r\n\r\n");
        raw("POST /v1/events HTTP/1.1\r\nContent-Length: " + nik + "x\r\nHost: " + nik + "\r\n\r\n");
        raw("POST http://" + nik + ":" + nik + "/ HTTP/1.1\r\nHost: \0" + PERSONS.name(from) + "\r\n\r\n");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + key);
    }

    private int post(String type, String body) throws IOException, InterruptedException {
        return send(request("/v1/events").header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.accept("answer of the gateway", response.headers().map() + response.body());
        return response.statusCode();
    }

    /** Sends what no client library would send, and reads to the end. */
    private void raw(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(CanaryFiles.utf8(request));
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 4");
                answers.accept("answer of the gateway to " + request.length() + " characters", answer);
            }
        }
    }

    /** The process, for its metrics. */
    StreamsProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
