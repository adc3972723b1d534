package id.cakupan.dashboard;

import static id.cakupan.dashboard.board.Records.NOW;
import static id.cakupan.dashboard.board.Records.TODAY;
import static id.cakupan.dashboard.board.Records.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertDecision;
import cakupan.records.CoverageFigure;
import cakupan.records.DecisionKind;
import cakupan.records.DecisionReason;
import cakupan.records.Level;
import id.cakupan.dashboard.board.DecisionWriter;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard when what it needs is away, and when its readers misbehave. */
class DashboardFaultsTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LONG_NAME = "x".repeat(2_000);

    private static DashboardStack stack;

    @BeforeAll
    static void startStack() {
        stack = new DashboardStack();
    }

    @AfterAll
    static void stopStack() throws Exception {
        stack.close();
    }

    @Test
    void shouldDropAReaderThatDoesNotReadAndKeepTheOthers() throws Exception {
        String prefix = stack.topics("slow.");
        stack.figure(prefix, figure(Level.CITY, "35.73", 5, 3));
        for (int i = 0; i < 500; i++) {
            CoverageFigure figure = figure(Level.PROJECT, "p" + i, 5, 3);
            figure.setName(LONG_NAME + i);
            var unused = stack.send(prefix, Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.PROJECT)), figure);
        }
        stack.flush();
        try (DashboardUnderTest dashboard = new DashboardUnderTest(stack.settings(prefix, Map.of()), CLOCK).start()) {
            dashboard.awaitReady();
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), dashboard.dashboard.port());
                    EventStream good = dashboard.live("", "/groups?level=project&limit=500")) {
                slow.setReceiveBufferSize(1_024);
                slow.getOutputStream()
                        .write("GET /api/v1/live/groups?level=project&limit=500 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                await("both are open").atMost(SOON).until(() -> streams(dashboard) == 2);
                int[] workers = {6};
                await("the slow one is dropped")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> {
                            stack.figure(prefix, figure(Level.PROJECT, "p1", workers[0]++, 3));
                            return dashboard.count("streams.dropped") == 1;
                        });
                int before = good.events("snapshot").size();
                assertThat(before).isGreaterThan(5);
                stack.figure(prefix, figure(Level.PROJECT, "p1", workers[0]++, 3));
                await("the other goes on")
                        .atMost(SOON)
                        .until(() -> good.events("snapshot").size() > before);
                assertThat(streams(dashboard)).isEqualTo(1);
            }
            await("a reader that is gone is noticed").atMost(SOON).until(() -> streams(dashboard) == 0);
        }
    }

    private static int streams(DashboardUnderTest dashboard) {
        return (int) dashboard.meters.get("cakupan.dashboard.streams").gauge().value();
    }

    @Test
    void shouldRefuseMoreStreamsThanTheSettingAllows() throws Exception {
        String prefix = stack.topics("most.");
        stack.figure(prefix, figure(Level.CITY, "35.73", 5, 3));
        try (DashboardUnderTest dashboard =
                new DashboardUnderTest(stack.settings(prefix, Map.of("most-streams", "2")), CLOCK).start()) {
            dashboard.awaitReady();
            try (EventStream one = dashboard.live("", "/overview");
                    EventStream two = dashboard.live("", "/status")) {
                assertThat(List.of(one.status(), two.status())).containsExactly(200, 200);
                assertThat(dashboard.get("/live/overview").status()).isEqualTo(503);
                assertThat(dashboard.get("/overview").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldWaitForARegistryThatIsAway() throws Exception {
        String prefix = stack.topics("registry.");
        stack.figure(prefix, figure(Level.CITY, "35.73", 5, 3));
        int port = freePort();
        String away = stack.registryUrl().replaceFirst(":\\d+/", ":" + port + "/");
        try (DashboardUnderTest dashboard =
                new DashboardUnderTest(stack.settings(prefix, Map.of("registry", away)), CLOCK).start()) {
            await("it says so")
                    .atMost(SOON)
                    .until(() -> dashboard
                            .dashboard
                            .health()
                            .ready()
                            .get()
                            .toString()
                            .contains("registry"));
            assertThat(dashboard.get("/status").json().path("state").asText()).isEqualTo("rebuilding");
            try (ServerSocket door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                Thread forwarder = new Thread(() -> forward(door), "forwarder");
                forwarder.setDaemon(true);
                forwarder.start();
                dashboard.awaitReady();
                assertThat(dashboard.get("/overview").json().at("/city/workers").asInt())
                        .isEqualTo(5);
                assertThat(dashboard.count("undecodable")).isZero();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void forward(ServerSocket door) {
        int target = Integer.parseInt(stack.registryUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
        try {
            while (true) {
                Socket from = door.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                copy(from, to);
                copy(to, from);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread thread = new Thread(
                () -> {
                    try (from;
                            to) {
                        from.getInputStream().transferTo(to.getOutputStream());
                    } catch (IOException e) {
                        // One of both is closed.
                    }
                },
                "copy");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void shouldFailADecisionSoonWhenNoBrokerAnswers() throws Exception {
        String prefix = stack.topics("broker.");
        AlertDecision decision = AlertDecision.newBuilder()
                .setDecisionId("d")
                .setKind(DecisionKind.SILENCED)
                .setProjectId("p")
                .setReason(DecisionReason.OTHER)
                .setDecidedBy("siti")
                .setDecidedAt(NOW)
                .setExpiresAt(TODAY.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .build();
        try (DecisionWriter writer = new DecisionWriter(stack.settings(prefix, Map.of("bootstrap", "127.0.0.1:1")))) {
            long start = System.nanoTime();
            assertThat(writer.write(decision))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableOfType(ExecutionException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        try (DecisionWriter writer = new DecisionWriter(stack.settings(prefix, Map.of()))) {
            assertThat(writer.write(decision)).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
