package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertState;
import cakupan.records.Notification;
import cakupan.records.NotificationStatus;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import id.cakupan.schemas.Topics;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The notifier as processes that are killed and that hang, with receivers that are away meanwhile. */
@ExtendWith(Cluster.Shared.class)
class NotifyProcessTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Pattern ACTIVE = Pattern.compile("cakupan_notify_active\\{[^}]*} ([01])");
    private static final LocalDate STARTED = LocalDate.parse("2025-03-03");
    private static final String ROUTES = """
            version: 1
            receivers:
              - {name: officer, email: {to: [officer@example.org]}}
              - {name: arba, contractor: npp:15070955, email: {to: [owner@arba.example]}}
              - {name: hr, webhook: {url: "http://127.0.0.1:%d/hook", secret-file: secret}}
            routes:
              - {name: city, receivers: [officer, arba], digest: "00:00"}
              - {name: system, receivers: [hr], window: PT0S}
            """;

    private final List<String> hookKeys = new CopyOnWriteArrayList<>();

    @Test
    void shouldDeliverEverythingOnceWhileNotifiersAreKilledAndReceiversAreAway(Cluster cluster) throws Exception {
        int mailPort = freePort();
        int hookPort = freePort();
        try (Space space = Space.setUp(cluster, "notify", 2)) {
            write(space, hire("h-1"), hire("h-2"));
            try (StreamsProcess first = notifier(space, "first", mailPort, hookPort)) {
                first.awaitReady();
                await().atMost(SOON)
                        .until(() -> newest(space).values().stream()
                                        .filter(n -> n.getAttempts() > 0)
                                        .count()
                                == 3);
                first.kill();
            }
            GreenMail mails = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            HttpServer hook = hook(hookPort);
            try (StreamsProcess second = notifier(space, "second", mailPort, hookPort);
                    StreamsProcess third = notifier(space, "third", mailPort, hookPort)) {
                mails.start();
                hook.start();
                awaitSent(space, 3);
                assertThat(subjects(mails)).hasSize(2).allMatch(subject -> subject.contains("2 penugasan"));
                assertThat(hookKeys).hasSize(1);

                StreamsProcess active = isActive(second) ? second : third;
                StreamsProcess standby = active == second ? third : second;
                active.suspend();
                write(space, hire("h-3"));
                awaitSent(space, 4);
                assertThat(isActive(standby)).isTrue();
                active.resume();
                await().atMost(SOON).until(() -> !isActive(active));
                write(space, hire("h-4"));
                awaitSent(space, 5);
                standby.kill();
                write(space, hire("h-5"));
                awaitSent(space, 6);

                assertThat(hookKeys).as("each change once").hasSize(4).doesNotHaveDuplicates();
                assertThat(subjects(mails)).as("no digest is repeated").hasSize(2);
                assertThat(active.stop()).isLessThan(Duration.ofSeconds(20));
                assertThat(active.log() + standby.log()).doesNotContain("@example.org", "@arba", "Exception:");
            } finally {
                mails.stop();
                hook.stop(0);
            }
            assertThat(newest(space).values()).allMatch(n -> n.getStatus() == NotificationStatus.SENT);
            assertThat(newest(space).toString()).as("no address in Kafka").doesNotContain("@");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private HttpServer hook(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/hook", exchange -> {
            hookKeys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        return server;
    }

    private static List<String> subjects(GreenMail mails) throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    private static UncoveredHire hire(String id) {
        return UncoveredHire.newBuilder()
                .setHireId(id)
                .setWorkerId("k1.5mTDyC8hKeCeUjp86slaNg")
                .setProjectId("spse:tender:101")
                .setContractorId("npp:15070955")
                .setDistrictCode("35.73.01")
                .setStartsOn(STARTED)
                .setDueOn(STARTED.plusDays(20))
                .setUncoveredSince(STARTED)
                .setOverdueSince(STARTED.plusDays(21))
                .setState(AlertState.ESCALATED)
                .setReason(UncoveredReason.NOT_REGISTERED)
                .setBackdated(false)
                .setAsOf(STARTED.plusDays(60))
                .build();
    }

    private static void write(Space space, UncoveredHire... hires) throws Exception {
        try (KafkaProducer<String, UncoveredHire> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", space.cluster().bootstrap()),
                new StringSerializer(),
                space.cluster().serdes().serializer(Topics.UNCOVERED_HIRES))) {
            for (UncoveredHire hire : hires) {
                producer.send(new ProducerRecord<>(
                                space.topic(Topics.UNCOVERED_HIRES),
                                Topics.UNCOVERED_HIRES.key().apply(hire),
                                hire))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static StreamsProcess notifier(Space space, String name, int mailPort, int hookPort) throws IOException {
        Path routes = space.folder().resolve("routes.yml");
        Path secret = space.folder().resolve("secret");
        Path quick = space.folder().resolve("client.properties");
        if (!Files.exists(routes)) {
            Files.writeString(routes, ROUTES.formatted(hookPort));
            Files.writeString(secret, "0123456789abcdef0123456789abcdef");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(quick, "session.timeout.ms=6000\n");
        }
        return StreamsProcess.start(
                space.arguments(
                        "notify",
                        "--routes",
                        routes.toString(),
                        "--client-config",
                        quick.toString(),
                        "--mail-from",
                        "cakupan@example.org",
                        "--smtp-port",
                        String.valueOf(mailPort),
                        "--smtp-security",
                        "none",
                        "--retry-first",
                        "300ms",
                        "--retry-longest",
                        "2s",
                        "--http-port",
                        "0"),
                space.folder().resolve("notify-" + name + ".log"));
    }

    private static boolean isActive(StreamsProcess notifier) throws Exception {
        Matcher active = ACTIVE.matcher(notifier.get("/metrics").body());
        return active.find() && active.group(1).equals("1");
    }

    private static Map<String, Notification> newest(Space space) {
        Map<String, Notification> newest = new LinkedHashMap<>();
        space.read(Topics.NOTIFICATIONS)
                .forEach(entry -> newest.merge(
                        entry.value().getNotificationId(),
                        entry.value(),
                        (a, b) -> b.getAttempts() >= a.getAttempts() ? b : a));
        return newest;
    }

    private static void awaitSent(Space space, int count) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> newest(space).values().stream()
                                .filter(n -> n.getStatus() == NotificationStatus.SENT)
                                .count()
                        >= count);
    }
}
