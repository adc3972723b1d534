package id.cakupan.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.runtime.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A gateway with topics of its own, and a client that checks every answer against the served description. */
final class GatewayUnderTest implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonNode OPENAPI = read(OpenApi.text());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /**
     * An answer.
     *
     * @param headers names in small letters
     */
    record Reply(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return read(body);
        }
    }

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Path sourcesFile;
    final Path keyFile;
    final Gateway gateway;
    private int port;

    GatewayUnderTest(Path folder, String bootstrap, String registry, String prefix, Map<String, String> more)
            throws Exception {
        this(folder, bootstrap, registry, prefix, more, limits -> limits);
    }

    GatewayUnderTest(
            Path folder,
            String bootstrap,
            String registry,
            String prefix,
            Map<String, String> more,
            UnaryOperator<Limits> limits)
            throws Exception {
        sourcesFile = folder.resolve("sources.json");
        keyFile = folder.resolve("pseudonym.key");
        PseudonymKeys.create(keyFile, new SecureRandom(), Clock.systemUTC());
        Map<String, String> flags = new HashMap<>(Map.of(
                "bootstrap",
                bootstrap,
                "registry",
                registry,
                "topic-prefix",
                prefix,
                "gateway-port",
                "0",
                "sources-file",
                sourcesFile.toString(),
                "key-file",
                keyFile.toString()));
        flags.putAll(more);
        Settings settings = Settings.of(Gateway.SETTINGS, flags);
        gateway = new Gateway(settings, limits.apply(Limits.of(settings)), Clock.systemUTC(), meters);
    }

    /** Adds a source and gives its key. */
    String source(String name, String... types) throws Exception {
        return source(name, Source.REQUESTS_PER_SECOND, Source.EVENTS_PER_SECOND, types);
    }

    String source(String name, int requests, int events, String... types) throws Exception {
        return SourcesFile.add(
                        sourcesFile,
                        new Source(name, Set.of(types), requests, events, List.of()),
                        new SecureRandom(),
                        Clock.systemUTC())
                .key();
    }

    GatewayUnderTest start() {
        gateway.start();
        port = gateway.port();
        awaitReady();
        return this;
    }

    void awaitReady() {
        await("ready")
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.health().ready().get().isEmpty());
    }

    /** Value of a meter of its own. */
    double gauge(String name) {
        return meters.get("cakupan.gateway." + name).gauge().value();
    }

    int port() {
        return port == 0 ? gateway.port() : port;
    }

    Reply post(String key, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(GatewayHandler.EVENTS))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send("POST", request.build());
    }

    Reply post(String key, String json) throws Exception {
        return post(key, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Reply send(String method, HttpRequest request) throws Exception {
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        Reply reply = new Reply(response.statusCode(), headers, response.body());
        if (request.uri().getPath().equals(GatewayHandler.EVENTS) && method.equals("POST")) {
            assertDescribed(reply);
        }
        return reply;
    }

    /** A connection for requests that no client library would send. */
    Socket connect() throws IOException {
        return connect(InetAddress.getLoopbackAddress());
    }

    Socket connect(InetAddress from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends text as it is and reads one answer, which must be one that the description of posting has. */
    Reply raw(String request) throws IOException {
        return raw(request, true);
    }

    Reply raw(String request, boolean described) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            Reply reply = reply(socket.getInputStream());
            if (described) {
                assertDescribed(reply);
            }
            return reply;
        }
    }

    static Reply reply(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + head);
            }
            head.write(b);
        }
        String[] lines = head.toString(StandardCharsets.US_ASCII).split("\r\n", 0);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Reply(
                Integer.parseInt(lines[0].substring(9, 12)), headers, new String(body, StandardCharsets.UTF_8));
    }

    /** A hire without a worker; more fields make it whole. */
    static String hired(String hire, String more) {
        return "{\"type\":\"WorkerHired\",\"recordedAt\":\"2025-07-01T08:30:00+07:00\",\"hireId\":\"" + hire
                + "\",\"projectId\":\"p\",\"contractorId\":\"npp:15070955\",\"startsOn\":\"2025-07-01\"," + more + "}";
    }

    /** Request line and headers of a post, but for the length and the empty line. */
    static String head(String key, String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " + key
                + "\r\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    /** Status, media type, headers and content are what the description says. */
    static void assertDescribed(Reply reply) {
        JsonNode response = OPENAPI.at("/paths/~1v1~1events/post/responses/" + reply.status());
        assertThat(response.isMissingNode()).as("%s is described", reply).isFalse();
        String type = response.path("content").fieldNames().next();
        assertThat(reply.headers().get("content-type")).isEqualTo(type);
        response.path("headers")
                .fieldNames()
                .forEachRemaining(
                        name -> assertThat(reply.headers()).containsKey(name.toLowerCase(java.util.Locale.ROOT)));
        JsonNode reference = response.path("content").path(type).path("schema").path("$ref");
        assertThat(validate(reference.asText(), reply.json())).isEmpty();
    }

    /** What is wrong with a value by a schema of the description. */
    static Set<com.networknt.schema.ValidationMessage> validate(String reference, JsonNode value) {
        JsonNode document = OPENAPI.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) document).put("$ref", reference);
        JsonSchema schema = SCHEMAS.getSchema(document);
        return schema.validate(value);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
