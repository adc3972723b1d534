package id.cakupan.producers.gateway;

import static id.cakupan.producers.gateway.GatewayUnderTest.bytes;
import static id.cakupan.producers.gateway.GatewayUnderTest.head;
import static id.cakupan.producers.gateway.GatewayUnderTest.hired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.localstack.LocalBroker;
import id.cakupan.producers.gateway.GatewayUnderTest.Reply;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.Pseudonyms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway over HTTP, with a real broker and a real registry behind it. Each test has topics of its own. */
class GatewayTest {
    private static final String NIK = "3573014506900001";
    private static final String JSON_TYPE = "application/json";
    private static final String[] ALL = EventForm.ALL.keySet().toArray(String[]::new);

    private static GatewayStack stack;

    @TempDir
    private Path folder;

    private final List<GatewayUnderTest> open = new ArrayList<>();
    private String prefix = "";

    @BeforeAll
    static void startStack() {
        stack = GatewayStack.start();
    }

    @AfterAll
    static void stopStack() throws IOException {
        stack.close();
    }

    @AfterEach
    void closeGateways() {
        open.forEach(GatewayUnderTest::close);
    }

    @Test
    void shouldAcceptOneEventOfEachTypeOnceTheyAreInTheirTopics() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", ALL);
        gateway.start();
        List<String> ids = new ArrayList<>();
        for (SpecificRecord event : EventSamples.oneOfEach()) {
            ObjectNode json = (ObjectNode) GatewayUnderTest.JSON.readTree(EventSamples.write(event));
            json.put("source", "hr.arba");
            json.remove("formerWorkerId");
            if (json.remove("workerId") != null) {
                json.put("nik", NIK);
            }
            assertThat(GatewayUnderTest.validate("#/components/schemas/Event", json))
                    .isEmpty();
            Reply reply = gateway.post(key, json.toString());
            assertThat(reply.status()).as(reply.body()).isEqualTo(202);
            assertThat(reply.json().path("accepted").asInt()).isEqualTo(1);
            ids.add(reply.json().path("eventIds").path(0).asText());
        }

        assertThat(ids).containsExactly("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8");
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldTakeBatchesInEveryFormAndPseudonymiseEachNik() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        String one = hired("a", "\"nik\":\"" + NIK + "\"");
        String two = hired("b", "\"nik\":\"" + NIK + "\"");

        Reply array = gateway.post(key, " [ " + one + " ,\n" + two + "]\n");
        Reply lines = gateway.post(key, "application/x-ndjson; charset=utf-8", bytes(one + "\r\n\n" + two));
        Reply zipped =
                gateway.post(key, JSON_TYPE, gzip(bytes("[" + one + "," + two + "]")), "Content-Encoding", "gzip");

        assertThat(array.status()).as(array.body()).isEqualTo(202);
        assertThat(array.body()).doesNotContain(NIK);
        assertThat(array.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(array.json().path("eventIds").path(0).asText()).startsWith("content-");
        assertThat(lines.body()).isEqualTo(array.body());
        assertThat(zipped.body()).isEqualTo(array.body());
        List<SpecificRecord> stored = stack.stored(stack.bootstrap(), prefix);
        assertThat(stored).hasSize(6);
        String worker = new Pseudonyms(PseudonymKeys.read(gateway.keyFile)).of(Nik.parse(NIK));
        assertThat(stored).allSatisfy(event -> {
            assertThat(event.get(EventForm.of(event).place("workerId"))).isEqualTo(worker);
            assertThat(event.get(EventForm.of(event).place("source"))).isEqualTo("hr.arba");
        });
    }

    @Test
    void shouldKeepTheGoodEventsOfABatchAndExplainTheBadOnes() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired", "WorkerReleased");
        gateway.start();
        String good = hired("good", "\"nik\":\"" + NIK + "\",\"eventId\":\"kept\"");
        String badNik = hired("x", "\"nik\":\"3573013206900001\"");
        String foreign = hired("x", "\"nik\":\"" + NIK + "\",\"source\":\"hr.other\"");
        String notAllowed = EventSamples.write(EventSamples.oneOfEach().get(1));
        String misplaced = hired("x", "\"nik\":\"" + NIK + "\",\"" + NIK + "\":1");

        Reply reply = gateway.post(
                key, "[" + String.join(",", badNik, good, foreign, notAllowed, misplaced, "{oops Budi}", "7") + "]");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).doesNotContain("3573013206900001", NIK, "Budi", "hr.other");
        JsonNode json = reply.json();
        assertThat(json.path("accepted").asInt()).isEqualTo(1);
        assertThat(json.path("rejected").asInt()).isEqualTo(6);
        assertThat(json.path("results").findValuesAsText("reason"))
                .containsExactly(
                        "NIK_DATE", "SOURCE_FOREIGN", "TYPE_NOT_ALLOWED", "FIELD_UNKNOWN", "NOT_JSON", "NOT_AN_OBJECT");
        assertThat(json.path("results").path(0).path("pesan").asText()).contains("Tanggal lahir");
        assertThat(json.path("results").path(0).path("message").asText()).contains("birth date");
        assertThat(json.path("results").path(1).path("eventId").asText()).isEqualTo("kept");
        assertThat(json.path("results").path(4).path("field").asText()).isEqualTo("?");
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).containsExactly("kept");

        Reply single = gateway.post(key, badNik);
        assertThat(single.status()).isEqualTo(422);
        assertThat(single.json().path("accepted").asInt()).isZero();
        assertThat(single.json().path("results").path(0).path("field").asText()).isEqualTo("nik");
        assertThat(gateway.meters
                        .get("cakupan.gateway.events.rejected")
                        .tag("reason", "NIK_DATE")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseASourceThatSpeaksAsAnotherOrOfWhatIsNotItsOwn() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.source("hr.other", "WorkerHired");
        gateway.start();
        String foreign = hired("x", "\"nik\":\"" + NIK + "\",\"source\":\"hr.other\"");
        String notAllowed = EventSamples.write(EventSamples.oneOfEach().get(1));

        Reply reply = gateway.post(key, "[" + foreign + "," + notAllowed + "]");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("results").findValuesAsText("reason"))
                .containsExactly("SOURCE_FOREIGN", "TYPE_NOT_ALLOWED");
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).isEmpty();
    }

    @Test
    void shouldRefuseWhoHasNoValidKey() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        for (String header : List.of(
                "",
                "Authorization: Bearer " + key + "x\r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Basic " + key + "\r\n",
                "Authorization: Bearer " + "k".repeat(4_000) + "\r\n")) {
            Reply reply = gateway.raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + header + "Content-Length: 2\r\n\r\n{}");
            assertThat(reply.status()).as(header).isEqualTo(401);
            assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer realm=\"cakupan\"");
        }
        assertThat(gateway.meters
                        .get("cakupan.gateway.requests")
                        .tags("source", "none", "status", "401")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatIsNoProperRequest() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        byte[] event = bytes(hired("x", "\"nik\":\"" + NIK + "\""));

        assertProblem(
                gateway.send(
                        "GET", HttpRequest.newBuilder(gateway.uri("/v1/event")).build()),
                404,
                "not-found");
        Reply method = gateway.send(
                "GET", HttpRequest.newBuilder(gateway.uri("/v1/events")).build());
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.headers()).containsEntry("allow", "POST");
        assertThat(gateway.send(
                                "POST",
                                HttpRequest.newBuilder(gateway.uri("/openapi.json"))
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build())
                        .headers())
                .containsEntry("allow", "GET, HEAD");
        assertProblem(gateway.post(key, "text/plain", event), 415, "media-type");
        assertProblem(gateway.post(key, "application/json; charset=utf-16", event), 415, "media-type");
        assertProblem(gateway.post(key, JSON_TYPE, event, "Content-Encoding", "br"), 415, "content-encoding");
        assertProblem(gateway.post(key, JSON_TYPE, event, "Content-Encoding", "gzip"), 400, "not-json");
        assertProblem(gateway.post(key, ""), 400, "not-json");
        assertProblem(gateway.post(key, " [ ] "), 400, "not-json");
        assertProblem(gateway.post(key, "[{}"), 400, "not-json");
        assertProblem(gateway.post(key, "[{}]{}"), 400, "not-json");
        assertProblem(gateway.post(key, "[{},]"), 400, "not-json");
        assertProblem(gateway.raw(head(key, "/v1/events?nik=" + NIK) + "\r\n"), 400, "query-not-allowed");
        assertProblem(gateway.raw(head(key, "/" + "u".repeat(2_100)) + "\r\n"), 414, "url-too-long");
        assertProblem(gateway.raw(head(key, "/" + "u".repeat(9_000)) + "\r\n"), 414, "url-too-long");
        assertProblem(
                gateway.raw(head(key, "/v1/events") + "X-Long: " + "h".repeat(8_200) + "\r\n\r\n"),
                431,
                "headers-too-large");
        assertProblem(gateway.raw("what is this\r\n\r\n"), 400, "bad-request");
        assertProblem(
                gateway.raw(
                        head(key, "/v1/events") + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                400,
                "bad-request");
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsTooMuch() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        String event = hired("x", "\"nik\":\"" + NIK + "\"");

        assertProblem(gateway.post(key, " ".repeat(Limits.BATCH_BYTES + 1)), 413, "body-too-large");
        byte[] endless = new byte[Limits.BATCH_BYTES + 1];
        HttpRequest chunked = HttpRequest.newBuilder(gateway.uri("/v1/events"))
                .header("Content-Type", JSON_TYPE)
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(endless)))
                .build();
        assertProblem(gateway.send("POST", chunked), 413, "body-too-large");
        assertProblem(gateway.post(key, "{" + " ".repeat(Limits.EVENT_BYTES) + "}"), 413, "body-too-large");
        assertProblem(
                gateway.post(key, "[" + (event + ",").repeat(Limits.EVENTS) + event + "]"), 413, "too-many-events");
        byte[] bomb = gzip(new byte[200 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(Limits.BATCH_BYTES);
        assertProblem(gateway.post(key, JSON_TYPE, bomb, "Content-Encoding", "gzip"), 413, "body-too-large");

        for (String large : List.of(
                hired("x", "\"nik\":" + "[".repeat(100) + "]".repeat(100)),
                hired("x", "\"nik\":" + "[".repeat(100_000) + "]".repeat(100_000)),
                hired("x", "\"nik\":\"" + "1".repeat(5_000) + "\""))) {
            Reply reply = gateway.post(key, large);
            assertProblem(reply, 422, "bad-events");
            assertThat(reply.json().path("results").findValuesAsText("reason")).containsExactly("JSON_TOO_LARGE");
        }
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).isEmpty();
    }

    @Test
    void shouldCutOffSlowClients() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("request-deadline", "1s"));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();

        assertProblem(gateway.raw(head(key, "/v1/events") + "Content-Length: 10\r\n\r\n{"), 408, "too-slow");
        try (Socket slow = gateway.connect()) {
            OutputStream out = slow.getOutputStream();
            out.write(bytes("POST /v1/ev"));
            AtomicBoolean dripping = new AtomicBoolean(true);
            long start = System.nanoTime();
            await("closed")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        try {
                            out.write('x');
                            return false;
                        } catch (IOException e) {
                            return dripping.getAndSet(false);
                        }
                    });
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(Duration.ofMillis(900).toNanos());
        }
        await().untilAsserted(() -> assertThat(gateway.meters
                        .get("cakupan.gateway.connections.refused")
                        .tag("reason", "slow-headers")
                        .counter()
                        .count())
                .isEqualTo(1));
    }

    @Test
    void shouldLimitTheConnectionsOfAnAddress() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("most-connections", "4", "most-connections-per-address", "2"));
        gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        InetAddress attacker = InetAddress.getByName("127.0.0.2");
        try (Socket one = gateway.connect(attacker);
                Socket two = gateway.connect(attacker);
                Socket three = gateway.connect(attacker)) {
            await().until(() ->
                    gateway.meters.get("cakupan.gateway.connections").gauge().value() == 2);
            await("one of them is closed")
                    .until(() -> List.of(one, two, three).stream()
                                    .filter(GatewayTest::isClosedByTheOtherSide)
                                    .count()
                            == 1);
            assertThat(gateway.raw("GET /openapi.json HTTP/1.0\r\nConnection: close\r\nHost: x\r\n\r\n", false)
                            .status())
                    .isEqualTo(200);
        }
        await().until(() ->
                gateway.meters.get("cakupan.gateway.connections").gauge().value() == 0);
    }

    @Test
    void shouldSlowDownASourceThatSendsTooFast() throws Exception {
        GatewayUnderTest gateway = gateway();
        String requests = gateway.source("requests", 1, 1_000, "WorkerHired");
        String events = gateway.source("events", 100, 1, "WorkerHired");
        gateway.start();
        String event = hired("x", "\"nik\":\"" + NIK + "\"");

        assertThat(gateway.post(requests, event).status()).isEqualTo(202);
        assertThat(gateway.post(requests, event).status()).isEqualTo(202);
        Reply reply = gateway.post(requests, event);
        assertProblem(reply, 429, "too-many-requests");
        assertThat(Integer.parseInt(reply.headers().get("retry-after"))).isBetween(1, 2);

        String batch = "[" + (event + ",").repeat(Limits.EVENTS - 1) + event + "]";
        assertThat(gateway.post(events, batch).status()).isEqualTo(202);
        Reply second = gateway.post(events, batch);
        assertProblem(second, 429, "too-many-requests");
        assertThat(Integer.parseInt(second.headers().get("retry-after"))).isBetween(900, 1_000);
        assertThat(gateway.post(requests, event).status()).isIn(202, 429);
    }

    @Test
    void shouldTakeOverKeysAndSourcesWithoutARestart() throws Exception {
        GatewayUnderTest gateway = gateway();
        String first = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        String event = hired("x", "\"nik\":\"" + NIK + "\"");
        assertThat(gateway.post(first, event).status()).isEqualTo(202);

        String second = SourcesFile.rotate(gateway.sourcesFile, "hr.arba", new SecureRandom(), Clock.systemUTC())
                .key();
        await().atMost(Duration.ofSeconds(3))
                .until(() -> gateway.post(second, event).status() == 202);
        assertThat(gateway.post(first, event).status()).isEqualTo(202);

        String firstId = SourcesFile.read(gateway.sourcesFile)
                .sources()
                .get(0)
                .keys()
                .get(0)
                .id();
        SourcesFile.revoke(gateway.sourcesFile, "hr.arba", firstId);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> gateway.post(first, event).status() == 401);
        assertThat(gateway.post(second, event).status()).isEqualTo(202);

        String good = Files.readString(gateway.sourcesFile);
        assertThat(good).doesNotContain(first, second);
        Files.writeString(gateway.sourcesFile, "{\"version\":1,");
        await().until(() -> !gateway.gateway.health().warnings().get().isEmpty());
        assertThat(gateway.gateway.health().ready().get()).isEmpty();
        assertThat(gateway.post(second, event).status()).isEqualTo(202);
        Files.writeString(gateway.sourcesFile, good);
        await().until(() -> gateway.gateway.health().warnings().get().isEmpty());
    }

    @Test
    void shouldRefuseEventsWhileTheBrokerIsAwayAndLoseNone() throws Exception {
        Path data = Files.createDirectories(folder.resolve("broker"));
        LocalBroker broker = LocalBroker.start(0, data);
        int port = broker.port();
        try {
            prefix = stack.topics(broker.bootstrap());
            GatewayUnderTest gateway =
                    new GatewayUnderTest(folder, broker.bootstrap(), stack.registryUrl(), prefix, Map.of());
            open.add(gateway);
            String key = gateway.source("hr.arba", "WorkerHired");
            gateway.start();
            Set<String> accepted = new HashSet<>();
            AtomicBoolean going = new AtomicBoolean(true);
            List<Long> slowest = new ArrayList<>();
            List<Integer> statuses = new ArrayList<>();
            CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> {
                int n = 0;
                while (going.get()) {
                    long start = System.nanoTime();
                    Reply reply =
                            post(gateway, key, hired("h" + n, "\"nik\":\"" + NIK + "\",\"eventId\":\"id" + n + "\""));
                    slowest.add(System.nanoTime() - start);
                    statuses.add(reply.status());
                    if (reply.status() == 202) {
                        accepted.add("id" + n);
                    } else {
                        assertThat(reply.headers()).containsKey("retry-after");
                    }
                    n++;
                }
                return n;
            });
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            gateway.meters.find("cakupan.gateway.requests").tag("status", "202").counters().stream()
                                    .anyMatch(counter -> counter.count() > 20));
            broker.close();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> post(gateway, key, hired("h", "\"nik\":\"" + NIK + "\""))
                                    .status()
                            == 503);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !gateway.gateway.health().ready().get().isEmpty());
            long before = System.nanoTime();
            assertThat(post(gateway, key, hired("h", "\"nik\":\"" + NIK + "\"")).status())
                    .isEqualTo(503);
            assertThat(System.nanoTime() - before)
                    .as("refused at once")
                    .isLessThan(Duration.ofMillis(500).toNanos());

            broker = LocalBroker.start(port, data);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> post(gateway, key, hired("after", "\"nik\":\"" + NIK + "\",\"eventId\":\"after\""))
                                    .status()
                            == 202);
            going.set(false);
            sending.join();

            assertThat(statuses).contains(202, 503).allMatch(status -> status == 202 || status == 503 || status == 429);
            assertThat(slowest)
                    .allMatch(nanos -> nanos < Duration.ofMillis(2_500).toNanos());
            assertThat(stack.storedIds(broker.bootstrap(), prefix))
                    .containsAll(accepted)
                    .contains("after");
        } finally {
            open.forEach(GatewayUnderTest::close);
            broker.close();
        }
    }

    @Test
    void shouldRefuseEventsUntilThereAreTopicsAndSchemas() throws Exception {
        GatewayUnderTest gateway =
                new GatewayUnderTest(folder, stack.bootstrap(), stack.registryUrl(), "nothing.", Map.of());
        open.add(gateway);
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.gateway.start();
        await().untilAsserted(() -> assertThat(gateway.gateway.health().ready().get())
                .containsExactly("A topic is missing: run `cakupan setup`"));

        Reply reply = gateway.post(key, hired("x", "\"nik\":\"" + NIK + "\""));
        assertProblem(reply, 503, "unavailable");
        assertThat(reply.headers()).containsEntry("retry-after", "2");
    }

    @Test
    void shouldRefuseEventsWithANikWhenThereIsNoKeyFile() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        Files.delete(gateway.keyFile);
        gateway.start();

        assertThat(gateway.post(key, hired("x", "\"nik\":\"" + NIK + "\"")).status())
                .isEqualTo(503);
        assertThat(gateway.post(key, hired("x", "\"workerId\":\"" + EventSamples.WORKER + "\""))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void shouldFinishWhatItTookBeforeItEnds() throws Exception {
        GatewayUnderTest gateway = gateway();
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        byte[] body = bytes(hired("x", "\"nik\":\"" + NIK + "\",\"eventId\":\"last\""));
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(bytes(head(key, "/v1/events") + "Content-Length: " + body.length + "\r\n\r\n"));
            socket.getOutputStream().write(body, 0, 10);
            await().until(() ->
                    gateway.meters.get("cakupan.gateway.body.bytes").gauge().value() > 0);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway::close);
            await().until(() -> gateway.gateway.health().ready().get().contains("Stopping"));
            await().until(() -> {
                try (Socket late = gateway.connect()) {
                    return !late.isConnected();
                } catch (IOException e) {
                    return true;
                }
            });
            socket.getOutputStream().write(body, 10, body.length - 10);

            Reply reply = GatewayUnderTest.reply(socket.getInputStream());
            assertThat(reply.status()).as(reply.body()).isEqualTo(202);
            closing.get(15, java.util.concurrent.TimeUnit.SECONDS);
        }
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).containsExactly("last");
    }

    @Test
    void shouldServeItsDescription() throws Exception {
        GatewayUnderTest gateway = gateway();
        gateway.source("hr.arba", "WorkerHired");
        gateway.start();

        Reply reply = gateway.send(
                "GET", HttpRequest.newBuilder(gateway.uri("/openapi.json")).build());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.body()).isEqualTo(OpenApi.text());
        assertThatThrownBy(() -> GatewayUnderTest.reply(java.io.InputStream.nullInputStream()))
                .isInstanceOf(IOException.class);
    }

    private GatewayUnderTest gateway() throws Exception {
        return gateway(Map.of());
    }

    private GatewayUnderTest gateway(Map<String, String> settings) throws Exception {
        prefix = stack.topics(stack.bootstrap());
        GatewayUnderTest gateway =
                new GatewayUnderTest(folder, stack.bootstrap(), stack.registryUrl(), prefix, settings);
        open.add(gateway);
        return gateway;
    }

    private static boolean isClosedByTheOtherSide(Socket socket) {
        try {
            socket.setSoTimeout(100);
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    private static Reply post(GatewayUnderTest gateway, String key, String json) {
        try {
            return gateway.post(key, json);
        } catch (Exception e) {
            throw new AssertionError(
                    "Connections closed without an answer: "
                            + gateway.meters
                                    .get("cakupan.gateway.connections.refused")
                                    .tag("reason", "limit")
                                    .counter()
                                    .count(),
                    e);
        }
    }

    private static void assertProblem(Reply reply, int status, String slug) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:cakupan:problem:" + slug);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("pesan").asText()).isNotEmpty();
        assertThat(reply.body()).doesNotContain(NIK);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
