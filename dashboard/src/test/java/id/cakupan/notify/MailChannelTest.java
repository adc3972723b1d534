package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertState;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.NotifiedAlert;
import cakupan.records.UncoveredHire;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Language;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mail server's answers mean, over real connections. */
class MailChannelTest {
    private static final Instant NOW = Instant.parse("2025-07-10T05:00:00Z");
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    /** In place of an answer: the server ends the connection. */
    private static final String BREAK = "break";

    /** Speaks enough SMTP to refuse what a test wants refused. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final Map<String, String> answers = new HashMap<>();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();

        Server() throws IOException {
            Thread thread = new Thread(this::serve, "smtp-test");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    speak(client);
                } catch (IOException e) {
                    // The next client.
                }
            }
        }

        private void speak(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            say(out, "220 test");
            String recipient = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (line.startsWith("RCPT")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    String answer = answers.getOrDefault(recipient, "250 ok");
                    if (answer.equals(BREAK)) {
                        return;
                    }
                    say(out, answer);
                } else if (line.equals("DATA")) {
                    say(out, "354 go");
                    for (String data = in.readLine(); data != null && !data.equals("."); data = in.readLine()) {
                        lines.add(data);
                    }
                    String answer = answers.getOrDefault("DATA", "250 taken");
                    if (answer.startsWith("250")) {
                        taken.add(recipient);
                    }
                    say(out, answer);
                } else {
                    say(
                            out,
                            answers.getOrDefault(line.substring(0, 4), line.startsWith("QUIT") ? "221 bye" : "250 ok"));
                }
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final World world =
            new World(new AvroSerdes(RegistryClients.create("http://127.0.0.1:1"), Duration.ZERO), "");
    private final Receiver receiver =
            new Receiver("officer", null, 10, new Email(List.of("one@example.org", "two@example.org"), Language.BOTH));
    private Server server;
    private MailChannel channel;

    @BeforeEach
    void open() throws Exception {
        server = new Server();
        channel = channel("none");
    }

    private MailChannel channel(String security) throws Exception {
        Map<String, String> flags = new HashMap<>(Map.of(
                "routes", "unused",
                "smtp-host", "127.0.0.1",
                "smtp-port", String.valueOf(server.socket.getLocalPort()),
                "smtp-security", security,
                "mail-from", "cakupan@example.org",
                "delivery-timeout", "2s"));
        if (!security.equals("none")) {
            flags.put("smtp-user", "cakupan");
            flags.put("smtp-password", "very-secret");
        }
        Settings settings = Settings.of(NotifySettings.ALL, flags);
        return new MailChannel(settings, new Links(Optional.empty()), JAKARTA);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private Notification digest(int hires) {
        List<NotifiedAlert> alerts = new ArrayList<>();
        for (int i = 0; i < hires; i++) {
            UncoveredHire hire = Samples.hire("a-" + i, AlertState.OVERDUE);
            String key = Topics.UNCOVERED_HIRES.key().apply(hire);
            world.take(Topics.UNCOVERED_HIRES, key, hire);
            alerts.add(new NotifiedAlert(key, AlertState.OVERDUE, hire.getUncoveredSince()));
        }
        return Notification.newBuilder()
                .setNotificationId("digest/officer/2025-07-10/07:00")
                .setReceiver("officer")
                .setRoutes(List.of("city"))
                .setChannel(NotificationChannel.EMAIL)
                .setKind(NotificationKind.DIGEST)
                .setAlerts(alerts)
                .setTotal(hires)
                .setStatus(NotificationStatus.PLANNED)
                .setPlannedAt(NOW)
                .setAttempts(0)
                .build();
    }

    private Outcome send(Notification notification) throws Exception {
        return channel.prepare(notification, receiver, world, NOW).call();
    }

    @Test
    void shouldTryAgainOnlyTheAddressThatHasNoMailYet() throws Exception {
        server.answers.put("two@example.org", "450 later");
        Notification digest = digest(1);
        Outcome first = send(digest);
        assertThat(first).isEqualTo(Outcome.failed("SMTP_450", null).reached(first.reached()));
        assertThat(first.reached()).singleElement().asString().matches("[0-9a-f]{6}");
        server.answers.clear();
        digest.setReached(first.reached());
        channel = channel("none");
        assertThat(send(digest)).as("by another process").isEqualTo(Outcome.TAKEN);
        assertThat(server.taken).containsExactly("one@example.org", "two@example.org");
        assertThat(server.lines.stream()
                        .filter(line -> line.startsWith("Message-ID"))
                        .distinct())
                .singleElement()
                .asString()
                .endsWith(".cakupan@example.org>");
    }

    @Test
    void shouldGiveUpOnlyWhatIsRefusedForGood() throws Exception {
        server.answers.put("one@example.org", "550 no such user");
        assertThat(send(digest(1)).kind()).as("the other has it").isEqualTo(Outcome.Kind.TAKEN);
        server.answers.put("two@example.org", "550 no such user");
        assertThat(send(digest(1))).isEqualTo(Outcome.refused("SMTP_550"));
        server.answers.clear();
        server.answers.put("DATA", "554 spam");
        assertThat(send(digest(1))).isEqualTo(Outcome.refused("SMTP_554"));
        server.answers.put("DATA", "451 try later");
        assertThat(send(digest(1))).isEqualTo(Outcome.failed("SMTP_451", null));
        server.answers.put("MAIL", "550 sender refused");
        assertThat(send(digest(1))).as("our fault, not the receiver's").isEqualTo(Outcome.unreachable("SMTP_550"));
        server.close();
        assertThat(send(digest(1))).isEqualTo(Outcome.unreachable("SMTP_CONNECT"));
    }

    @Test
    void shouldHoldABrokenConnectionAgainstTheAddressAlone() throws Exception {
        server.answers.put("one@example.org", BREAK);
        assertThat(send(digest(1))).matches(outcome -> outcome.kind() == Outcome.Kind.FAILED && !outcome.unreachable());
        assertThat(server.taken).as("over a connection of its own").containsExactly("two@example.org");
        server.answers.put("MAIL", "421 going down");
        assertThat(send(digest(1)).unreachable()).isTrue();
    }

    @Test
    void shouldDeliverToOthersWhileOneAddressAlwaysBreaksTheConnection() throws Exception {
        server.answers.put("bad@example.org", BREAK);
        Receiver bad = new Receiver("bad", null, 10, new Email(List.of("bad@example.org"), Language.ID));
        Receiver good = new Receiver("good", null, 10, new Email(List.of("good@example.org"), Language.ID));
        Map<String, Receiver> receivers = Map.of("bad", bad, "good", good);
        List<Notification> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(Notification.newBuilder(digest(1))
                    .setNotificationId("digest/" + i)
                    .setReceiver(i % 2 == 0 ? "bad" : "good")
                    .build());
        }
        SettableClock clock = new SettableClock(NOW.toString());
        Backoff backoff = new Backoff(Duration.ofMinutes(5), Duration.ofMinutes(5), new Random(1));
        List<String> sent = new ArrayList<>();
        try (Deliveries deliveries =
                new Deliveries(Map.of(NotificationChannel.EMAIL, channel), clock, backoff, () -> true, () -> {})) {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                deliveries.inTurn(waiting).stream()
                        .filter(one -> !sent.contains(one.getNotificationId()))
                        .forEach(one -> deliveries.offer(one, one.getReceiver().equals("bad") ? bad : good, world));
                deliveries.drain(receivers).stream()
                        .filter(done -> Outcome.TAKEN.equals(done.outcome()))
                        .forEach(done -> sent.add(done.notification().getNotificationId()));
                return sent.size() == 4;
            });
        }
        assertThat(sent).containsExactlyInAnyOrder("digest/1", "digest/3", "digest/5", "digest/7");
    }

    @Test
    void shouldGiveUpOnlyTheAddressThatCannotBeWritten() throws Exception {
        Receiver receiver =
                new Receiver("officer", null, 10, new Email(List.of("a@example..org", "two@example.org"), Language.ID));
        Outcome outcome = channel.prepare(digest(1), receiver, world, NOW).call();
        assertThat(outcome.kind()).as("the other has it").isEqualTo(Outcome.Kind.TAKEN);
        assertThat(server.taken).containsExactly("two@example.org");
    }

    @Test
    void shouldSendNothingBeforeTheConnectionIsProtected() throws Exception {
        channel = channel("starttls");
        assertThat(send(digest(1)).unreachable()).isTrue();
        assertThat(server.taken).isEmpty();
        assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @Test
    void shouldBoundTheLengthOfAMail() {
        Notification digest = digest(12_431);
        MailText text = MailText.of(digest, receiver, world, new Links(Optional.empty()), JAKARTA, NOW)
                .orElseThrow();
        assertThat(text.subject()).contains("12.431 penugasan").contains("12,431 hires");
        assertThat(text.text())
                .contains("dan 12.231 lagi", "and 12,231 more")
                .contains("\n200. ")
                .doesNotContain("\n201. ");
        assertThat(text.text().length()).isLessThan(150_000);
        assertThat(text.html().length()).isLessThan(150_000);
        assertThat(text.html().split("<tr>")).hasSize(2 * 201 + 1);
    }

    /** Between planning and sending a correction may move a hire to another contractor. */
    @Test
    void shouldTellAContractorNothingOfAHireThatHasMoved() throws Exception {
        Notification digest = digest(2);
        world.take(
                Objects.requireNonNull(Topics.COVERAGE_BY.get(Level.PROJECT)),
                Samples.MARKET,
                Samples.named(Level.PROJECT, Samples.MARKET, "Pasar\u202e\r\nBlimbing"));
        UncoveredHire moved = UncoveredHire.newBuilder(Samples.hire("a-0", AlertState.OVERDUE))
                .setContractorId(Samples.BUMI)
                .setProjectId(Samples.SCHOOL)
                .build();
        world.take(Topics.UNCOVERED_HIRES, Topics.UNCOVERED_HIRES.key().apply(moved), moved);
        Links links = new Links(Optional.of(URI.create("https://cakupan.example.org/")));
        Receiver own = new Receiver("arba", Samples.ARBA, 10, receiver.target());
        MailText text = MailText.of(digest, own, world, links, JAKARTA, NOW).orElseThrow();
        assertThat(text.text()).contains("1. Pasar Blimbing").doesNotContain("2. ", Samples.SCHOOL, Samples.BUMI);
        assertThat(text.html()).doesNotContain(Samples.SCHOOL, Samples.BUMI);

        try (Hook hook = new Hook()) {
            Receiver system = new Receiver(
                    "arba-hr",
                    Samples.ARBA,
                    10,
                    new Routing.Webhook(URI.create(hook.url()), "s".repeat(32).getBytes(StandardCharsets.UTF_8)));
            Notification ends = Notification.newBuilder(digest)
                    .setAlerts(digest.getAlerts().stream()
                            .map(alert -> new NotifiedAlert(
                                    alert.getAlertKey(), AlertState.RESOLVED, alert.getUncoveredSince()))
                            .toList())
                    .build();
            new WebhookChannel(new Http(Duration.ofSeconds(2)), Clock.fixed(NOW, JAKARTA), links)
                    .prepare(ends, system, world, NOW)
                    .call();
            assertThat(hook.taken())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body())
                            .contains("a-1", "RESOLVED", "\"Pasar Blimbing\"")
                            .doesNotContain("a-0", Samples.SCHOOL, Samples.BUMI));
        }
    }

    /** The contractor knows its hires by their numbers; the masked worker alone tells nobody whom to enrol. */
    @Test
    void shouldSayOfWhomItIsAndWhatToDo() {
        Notification digest = digest(2);
        Links links = new Links(Optional.of(URI.create("https://cakupan.example.org/")));
        Receiver own = new Receiver("arba", Samples.ARBA, 10, receiver.target());
        MailText text = MailText.of(digest, own, world, links, JAKARTA, NOW).orElseThrow();
        String page = links.project(Samples.MARKET).orElseThrow();
        assertThat(text.text())
                .contains("Nomor penugasan: a-0", "Hire number: a-1", "paling lambat pada tanggal tenggat", page)
                .contains("enrol the worker and pay the contribution by the due day");
        assertThat(text.html()).contains("<td>a-0</td>", "<a href=\"" + page + "\">");
    }

    @Test
    void shouldSayNothingWhenNothingIsLeft() throws Exception {
        Notification digest = digest(1);
        UncoveredHire over = Samples.resolved(Samples.hire("a-0", AlertState.OVERDUE));
        world.take(Topics.UNCOVERED_HIRES, Topics.UNCOVERED_HIRES.key().apply(over), over);
        assertThat(send(digest)).isEqualTo(Outcome.NOTHING_LEFT);
        assertThat(server.lines).isEmpty();
    }

    @Test
    void shouldHaveEachTextInBothLanguages() {
        assertThat(Words.INDONESIAN.keys()).containsExactlyInAnyOrderElementsOf(Words.ENGLISH.keys());
        String[] values = {"n", "<1>", "day", "<2>", "source", "<3>", "time", "<4>"};
        for (String key : Words.ENGLISH.keys()) {
            for (int i = 1; i < values.length; i += 2) {
                assertThat(Words.INDONESIAN.get(key, values).contains(values[i]))
                        .as(key)
                        .isEqualTo(Words.ENGLISH.get(key, values).contains(values[i]));
            }
        }
    }
}
