package id.cakupan.producers.gateway;

import static id.cakupan.producers.gateway.GatewayUnderTest.bytes;
import static id.cakupan.producers.gateway.GatewayUnderTest.head;
import static id.cakupan.producers.gateway.GatewayUnderTest.hired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.localstack.LocalBroker;
import id.cakupan.producers.TcpProxy;
import id.cakupan.producers.gateway.GatewayUnderTest.Reply;
import id.cakupan.publisher.EventSamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway when it is full, when what is behind it hangs or is away, and when clients do not behave. */
class GatewayFaultsTest {
    private static final String WORKER = "\"nik\":\"" + EventSamples.NIK + "\"";
    private static final String GOOD = hired("h", WORKER);
    private static final String NO_BODY = "Content-Length: 0\r\n\r\n";

    /** What the gateway works on at once, and lets wait besides; so many more are refused. */
    private static final int AT_WORK = 4;

    private static final int WAITING = 256;
    private static final int TOO_MANY = 10;

    /** What an answer takes at most, with a while for a busy machine. */
    private static final Duration PROMPT = Duration.ofMillis(2_500);

    private static GatewayStack stack;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
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
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldRefuseWhatTheProducerHasNoRoomForWhileTheBrokerHangs() throws Exception {
        TcpProxy proxy = keep(TcpProxy.start(0, 0));
        LocalBroker broker = keep(LocalBroker.start(
                0, folder.resolve("broker"), Map.of("advertised.listeners", "CLIENTS://127.0.0.1:" + proxy.port())));
        proxy.target(broker.port());
        String bootstrap = "127.0.0.1:" + proxy.port();
        prefix = stack.topics(bootstrap);
        Path client = Files.writeString(
                folder.resolve("client.properties"), "buffer.memory=32768\nbatch.size=16384\ncompression.type=none\n");
        GatewayUnderTest gateway = keep(new GatewayUnderTest(
                folder, bootstrap, stack.registryUrl(), prefix, Map.of("client-config", client.toString())));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        assertThat(gateway.post(key, batch("before-", 1)).status()).isEqualTo(202);

        proxy.stall();
        long start = System.nanoTime();
        Reply full = gateway.post(key, batch("full-", 500));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        assertUnavailable(full);
        assertThat(gateway.meters
                        .get("kafka.producer.buffer.exhausted.total")
                        .functionCounter()
                        .count())
                .isPositive();
        start = System.nanoTime();
        assertUnavailable(gateway.post(key, GOOD));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);

        proxy.resume();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.post(key, batch("after-", 20)).status() == 202);
        assertThat(stack.storedIds(bootstrap, prefix)).contains("before-0").contains(ids("after-", 20));
    }

    @Test
    void shouldRefuseBodiesThatThereIsNoRoomFor() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of(), limits -> limits.withHeldBytes(60_000));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        byte[] large = bytes(" ".repeat(20_000) + GOOD);
        try (Socket first = gateway.connect()) {
            first.getOutputStream().write(bytes(withLength(key, large.length)));
            first.getOutputStream().write(large, 0, 18_000);
            await().until(() -> gateway.gauge("body.bytes") >= 18_000);

            Reply refused = gateway.post(key, " ".repeat(20_000) + GOOD);
            assertBusy(refused);
            assertThat(gateway.post(key, GOOD).status()).as("a small one fits").isEqualTo(202);

            first.getOutputStream().write(large, 18_000, large.length - 18_000);
            assertThat(GatewayUnderTest.reply(first.getInputStream()).status()).isEqualTo(202);
        }
        await().until(() -> gateway.gauge("body.bytes") == 0);
        assertThat(gateway.post(key, " ".repeat(20_000) + GOOD).status()).isEqualTo(202);
    }

    @Test
    void shouldRefuseWhatWouldWaitTooLongAndSpendNothingOnWhoHasNoKey() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("most-connections", "1000", "most-connections-per-address", "1000"));
        String key = gateway.source("hr.arba", 10_000, 10_000, "WorkerHired");
        // Whoever needs the key file waits until somebody writes to the pipe that it is.
        Path keys = Files.move(gateway.keyFile, folder.resolve("keys"));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createLink(gateway.keyFile, pipe);
        gateway.start();
        byte[] request = bytes(request(key, hired("h", "\"nik\":\"3573014506900001\"")));
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < AT_WORK + WAITING + TOO_MANY; i++) {
            Socket socket = keep(gateway.connect());
            waiting.add(socket);
            socket.getOutputStream().write(request);
        }
        try {
            List<Socket> answered = new ArrayList<>();
            await().until(() -> {
                for (Socket socket : waiting) {
                    if (socket.getInputStream().available() > 0 && !answered.contains(socket)) {
                        answered.add(socket);
                    }
                }
                return answered.size() == TOO_MANY;
            });
            for (Socket socket : answered) {
                Reply reply = GatewayUnderTest.reply(socket.getInputStream());
                assertBusy(reply);
                waiting.remove(socket);
            }

            double held = gateway.gauge("body.bytes");
            long start = System.nanoTime();
            try (Socket socket = gateway.connect()) {
                for (int i = 0; i < 500; i++) {
                    socket.getOutputStream().write(bytes(request("none", " ".repeat(8_000))));
                    assertThat(GatewayUnderTest.reply(socket.getInputStream()).status())
                            .isEqualTo(401);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("500 requests without a key while nobody else gets through")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(gateway.gauge("body.bytes")).isEqualTo(held);
        } finally {
            Files.move(keys, gateway.keyFile, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes("no key")));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Socket socket : waiting) {
            statuses.add(GatewayUnderTest.reply(socket.getInputStream()).status());
        }
        assertThat(statuses).contains(202).containsOnly(202, 503);
        assertThat(gateway.gauge("body.bytes")).isZero();
    }

    @Test
    void shouldForgetConnectionsThatHaveEnded() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("most-connections-per-address", "3"));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = gateway.connect()) {
                socket.getOutputStream().write(bytes(request(key, GOOD)));
                assertThat(GatewayUnderTest.reply(socket.getInputStream()).status())
                        .as("connection %s", i)
                        .isEqualTo(202);
            }
            await().until(() -> gateway.gauge("connections") == 0);
        }
    }

    @Test
    void shouldDropTheIdlestConnectionForOneThatComes() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("most-connections", "3", "most-connections-per-address", "10"));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        try (Socket first = gateway.connect();
                Socket second = gateway.connect();
                Socket third = gateway.connect()) {
            await().until(() -> gateway.gauge("connections") == 3);
            try (Socket good = gateway.connect()) {
                good.getOutputStream().write(bytes(request(key, GOOD)));

                assertThat(GatewayUnderTest.reply(good.getInputStream()).status())
                        .isEqualTo(202);
                await().until(() -> gateway.gauge("connections") == 3);
            }
            assertThat(List.of(first, second, third)).allMatch(Socket::isConnected);
        }
    }

    @Test
    void shouldAnswerWhoHasNoKeyBeforeALongBodyIsSent() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of());
        gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        try (Socket socket = gateway.connect()) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(bytes(withLength("none", Limits.BATCH_BYTES)));
            Reply reply = GatewayUnderTest.reply(socket.getInputStream());
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.headers()).containsEntry("connection", "close");
        }
    }

    @Test
    void shouldStartWithoutTheRegistryAndNeedItOnlyOnce() throws Exception {
        URI registry = URI.create(stack.registryUrl());
        TcpProxy proxy = TcpProxy.start(0, registry.getPort());
        int port = proxy.port();
        proxy.close();
        prefix = stack.topics(stack.bootstrap());
        GatewayUnderTest gateway = keep(new GatewayUnderTest(
                folder, stack.bootstrap(), "http://127.0.0.1:" + port + registry.getPath(), prefix, Map.of()));
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.gateway.start();
        awaitNoRegistry(gateway);
        assertUnavailable(gateway.post(key, GOOD));

        TcpProxy hanging = keep(TcpProxy.start(port, registry.getPort()));
        hanging.stall();
        awaitNoRegistry(gateway);
        long start = System.nanoTime();
        assertUnavailable(gateway.post(key, GOOD));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);

        hanging.resume();
        gateway.awaitReady();
        hanging.close();
        assertThat(gateway.post(key, batch("later-", 3)).status()).isEqualTo(202);
        assertThat(gateway.gateway.health().ready().get()).isEmpty();
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).contains(ids("later-", 3));
    }

    @Test
    void shouldForgetRequestsWhoseClientGoesAway() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of());
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        byte[] body = bytes(hired("never", WORKER + ",\"eventId\":\"never\""));
        for (String way : List.of("close", "reset", "half")) {
            for (int sent : new int[] {0, 10, body.length - 1}) {
                try (Socket socket = gateway.connect()) {
                    socket.getOutputStream().write(bytes(withLength(key, body.length)));
                    socket.getOutputStream().write(body, 0, sent);
                    await().until(() -> gateway.gauge("connections") == 1);
                    if (way.equals("reset")) {
                        socket.setSoLinger(true, 0);
                    } else if (way.equals("half")) {
                        socket.shutdownOutput();
                        assertThat(status(socket.getInputStream())).isIn(0, 400);
                    }
                }
                await(way + " after " + sent)
                        .until(() -> gateway.gauge("connections") == 0 && gateway.gauge("body.bytes") == 0);
            }
        }
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write(bytes(request(key, hired("h", WORKER + ",\"eventId\":\"unheard\""))));
            socket.setSoLinger(true, 0);
        }
        assertThat(gateway.post(key, batch("last-", 1)).status()).isEqualTo(202);
        assertThat(stack.storedIds(stack.bootstrap(), prefix))
                .doesNotContain("never")
                .contains("last-0");
    }

    /** Each kind of error, on a connection that is then used once more, if the answer does not say that it ends. */
    @Test
    void shouldKeepConnectionsOrEndThemInOrderAfterEachKindOfError() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of("request-deadline", "1s"));
        String key = gateway.source("hr.arba", 10_000, 1_000, "WorkerHired");
        String slowedDown = gateway.source("slow", 1, 1, "WorkerHired");
        gateway.start();
        String expecting = head(key, "/v1/events").replace("application/json", "text/plain")
                + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
        Map<String, List<String>> kept = Map.of(
                "401", List.of(request("none", GOOD), request("none", " ".repeat(60_000))),
                "400",
                        List.of(
                                request(key, "["),
                                head(key, "/v1/events") + NO_BODY,
                                head(key, "/v1/events?a=1") + NO_BODY),
                "403", List.of(request(key, hired("h", WORKER + ",\"source\":\"other\""))),
                "404", List.of(request(key, GOOD).replace("/v1/events", "/v1/other")),
                "405", List.of(request(key, GOOD).replace("POST", "PUT")),
                "413", List.of(request(key, "[" + (GOOD + ",").repeat(1_000) + GOOD + "]")),
                "415", List.of(request(key, GOOD).replace("application/json", "text/plain")),
                "422", List.of(request(key, hired("h", "\"workerId\":\"nobody\""))),
                "429", List.of(request(slowedDown, GOOD)));
        while (gateway.post(slowedDown, GOOD).status() != 429) {
            assertThat(gateway.gauge("connections")).isNotNegative();
        }
        for (Map.Entry<String, List<String>> status : kept.entrySet()) {
            for (String request : status.getValue()) {
                assertThat(useTwice(gateway, request, key))
                        .as(request.substring(0, Math.min(300, request.length())))
                        .isEqualTo(status.getKey() + " and 202");
            }
        }
        Map<String, List<String>> ended = Map.of(
                "400", List.of("what is this\r\n\r\n"),
                "401", List.of(withLength("none", 100_000), chunked("none", GOOD)),
                "408", List.of(withLength(key, 100) + "{"),
                "413", List.of(withLength(key, Limits.BATCH_BYTES + 1)),
                "414", List.of(head(key, "/" + "u".repeat(9_000)) + NO_BODY),
                "415", List.of(expecting),
                "431", List.of(head(key, "/v1/events") + "X-Long: " + "h".repeat(8_200) + "\r\n\r\n"));
        for (Map.Entry<String, List<String>> status : ended.entrySet()) {
            for (String request : status.getValue()) {
                assertThat(useTwice(gateway, request, key))
                        .as(request.substring(0, Math.min(300, request.length())))
                        .isEqualTo(status.getKey() + " and ended");
            }
        }
        await().until(() -> gateway.gauge("body.bytes") == 0);
    }

    @Test
    void shouldAnswerRequestsOfAPipelineInTheirOrder() throws Exception {
        GatewayUnderTest gateway = gateway(Map.of());
        String key = gateway.source("hr.arba", "WorkerHired");
        gateway.start();
        StringBuilder pipeline = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            pipeline.append(request(key, hired("h", WORKER + ",\"eventId\":\"p" + i + "\"")))
                    .append(request("none", GOOD))
                    .append(request(key, "{}"))
                    .append(chunked(key, hired("h", WORKER + ",\"eventId\":\"c" + i + "\"")));
        }
        pipeline.append(request(key, GOOD).replace("Host: x", "Host: x\r\nConnection: close"));
        try (Socket socket = gateway.connect()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(bytes(pipeline.toString()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 20; i++) {
                assertThat(GatewayUnderTest.reply(in)
                                .json()
                                .path("eventIds")
                                .path(0)
                                .asText())
                        .isEqualTo("p" + i);
                assertThat(GatewayUnderTest.reply(in).status()).isEqualTo(401);
                assertThat(GatewayUnderTest.reply(in).status()).isEqualTo(422);
                assertThat(GatewayUnderTest.reply(in)
                                .json()
                                .path("eventIds")
                                .path(0)
                                .asText())
                        .isEqualTo("c" + i);
            }
            assertThat(GatewayUnderTest.reply(in).status()).isEqualTo(202);
            assertThat(in.read()).isNegative();
            writing.get(10, TimeUnit.SECONDS);
        }
        assertThat(stack.storedIds(stack.bootstrap(), prefix)).hasSize(41);
    }

    /** Statuses of a request and of a good one after it. */
    private static String useTwice(GatewayUnderTest gateway, String request, String key) {
        try (Socket socket = gateway.connect()) {
            socket.setSoTimeout(8_000);
            socket.getOutputStream().write(bytes(request));
            Reply reply = GatewayUnderTest.reply(socket.getInputStream());
            assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
            if ("close".equals(reply.headers().get("connection"))) {
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isNegative();
                return reply.status() + " and ended";
            }
            socket.getOutputStream().write(bytes(request(key, GOOD)));
            return reply.status() + " and "
                    + GatewayUnderTest.reply(socket.getInputStream()).status();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void awaitNoRegistry(GatewayUnderTest gateway) {
        await().untilAsserted(() -> assertThat(gateway.gateway.health().ready().get())
                .singleElement()
                .asString()
                .contains("schema registry"));
    }

    private static void assertUnavailable(Reply reply) {
        assertRefused(reply, "unavailable");
    }

    private static void assertBusy(Reply reply) {
        assertRefused(reply, "busy");
    }

    private static void assertRefused(Reply reply, String slug) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:cakupan:problem:" + slug);
        assertThat(reply.headers()).containsEntry("retry-after", "2");
    }

    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        String text = all.toString(StandardCharsets.US_ASCII);
        return text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12));
    }

    private static String request(String key, String body) {
        return withLength(key, bytes(body).length) + body;
    }

    private static String withLength(String key, int length) {
        return head(key, "/v1/events") + "Content-Length: " + length + "\r\n\r\n";
    }

    private static String chunked(String key, String body) {
        return head(key, "/v1/events") + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes(body).length)
                + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static String batch(String id, int count) {
        List<String> events = new ArrayList<>();
        for (String each : ids(id, count)) {
            events.add(hired("h", WORKER + ",\"eventId\":\"" + each + "\""));
        }
        return "[" + String.join(",", events) + "]";
    }

    private static String[] ids(String id, int count) {
        String[] ids = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = id + i;
        }
        return ids;
    }

    private GatewayUnderTest gateway(Map<String, String> settings) throws Exception {
        return gateway(settings, limits -> limits);
    }

    private GatewayUnderTest gateway(Map<String, String> settings, UnaryOperator<Limits> limits) throws Exception {
        prefix = stack.topics(stack.bootstrap());
        return keep(new GatewayUnderTest(folder, stack.bootstrap(), stack.registryUrl(), prefix, settings, limits));
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(opened);
        return opened;
    }
}
