package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.UncoveredHire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.localstack.LocalStack;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The notifier on a real broker and registry, with real receivers; each test has topics of its own. */
class NotifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** 07:00 in Jakarta is 00:00 in UTC. */
    private static final String BEFORE_DIGEST = "2025-07-09T23:59:00Z";

    private static final String AFTER_DIGEST = "2025-07-10T00:00:30Z";

    private static LocalStack stack;

    @TempDir
    Path folder;

    private NotifySpace space;
    private Mails mails;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.start(LocalStack.Options.throwAway());
    }

    @AfterAll
    static void stopStack() throws Exception {
        stack.close();
    }

    @BeforeEach
    void open() throws Exception {
        mails = new Mails();
        space = new NotifySpace(stack, folder, new SettableClock(BEFORE_DIGEST))
                .with("smtp-host", "127.0.0.1")
                .with("smtp-port", String.valueOf(mails.port()));
        space.name(Level.PROJECT, Samples.MARKET, "Revitalisasi Pasar Blimbing");
        space.name(Level.CONTRACTOR, Samples.ARBA, "CV Arba Jaya");
        space.name(Level.CONTRACTOR, Samples.BUMI, "PT Bumi Karya");
        space.name(Level.DISTRICT, Samples.BLIMBING, "Blimbing");
    }

    @AfterEach
    void close() throws Exception {
        space.close();
        mails.close();
    }

    private void alerts(UncoveredHire... hires) throws Exception {
        space.putAll(Topics.UNCOVERED_HIRES, List.of(hires));
    }

    private static final String OFFICER_AND_CONTRACTORS = """
            version: 1
            receivers:
              - name: officer
                email: {to: [officer@example.org], language: both}
              - name: arba
                contractor: npwp:0317037091445000
                email: {to: [owner@arba.example, hr@arba.example]}
              - name: bumi
                contractor: npwp:0211111111445000
                email: {to: [office@bumi.example], language: en}
            routes:
              - {name: city, receivers: [officer], digest: "07:00", escalation: PT15M}
              - {name: own, receivers: contractors, digest: "07:00", escalation: PT15M}
            """;

    @Test
    void shouldMailADigestToEachAtItsTimeAndNotAgain() throws Exception {
        alerts(
                Samples.hire("a-1", AlertState.OVERDUE),
                Samples.hire("a-2", AlertState.DUE_SOON),
                Samples.hire("a-3", AlertState.ESCALATED),
                Samples.hire("b-1", AlertState.OVERDUE, Samples.BUMI, Samples.SCHOOL, Samples.KLOJEN),
                Samples.resolved(Samples.hire("a-4", AlertState.OVERDUE)));
        Notifier first = space.startActive(OFFICER_AND_CONTRACTORS);
        assertThat(space.notifications()).isEmpty();
        assertThat(first.health().ready().get()).isEmpty();
        assertThat(first.health().live().get()).isEmpty();

        space.clock().set(AFTER_DIGEST);
        List<Notification> sent = space.awaitSent(3);
        assertThat(sent)
                .extracting(Notification::getNotificationId)
                .containsExactlyInAnyOrder(
                        "digest/officer/2025-07-10/07:00",
                        "digest/arba/2025-07-10/07:00",
                        "digest/bumi/2025-07-10/07:00");
        assertThat(mails.all()).hasSize(4);

        MimeMessage owner = mails.to("owner@arba.example").get(0);
        assertThat(owner.getSubject())
                .isEqualTo("CV Arba Jaya: Rekap cakupan 10 Juli 2025: 3 penugasan belum terlindungi");
        assertThat(owner.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(owner.getHeader("Message-ID"))
                .isEqualTo(mails.to("hr@arba.example").get(0).getHeader("Message-ID"));
        assertThat(Mails.text(owner))
                .contains("Per 10 Juli 2025, 3 penugasan pekerja konstruksi")
                .contains("1 dieskalasi, 1 terlambat, 1 segera jatuh tempo")
                .contains("1. Revitalisasi Pasar Blimbing")
                .contains("Kecamatan: Blimbing", "Pekerja: k1·…", "Tenggat: 30 Juni 2025", "Terlambat: 10 hari")
                .contains("Sebab: proyek belum terdaftar")
                .contains("https://cakupan.example.org/hires?lang=id&contractor=npwp%3A0317037091445000")
                .doesNotContain("5mTDyC8h", "Bumi", "b-1");
        assertThat(Mails.html(owner))
                .contains("<td", "Revitalisasi Pasar Blimbing")
                .doesNotContain("Bumi");

        MimeMessage officer = mails.to("officer@example.org").get(0);
        assertThat(Mails.text(officer))
                .contains("Kontraktor: PT Bumi Karya", "4 penugasan")
                .contains("Contractor: PT Bumi Karya", "4 hires of construction workers", "Due: 30 June 2025");
        assertThat(Mails.text(mails.to("office@bumi.example").get(0)))
                .contains("3 days")
                .doesNotContain("Arba");

        first.close();
        space.clock().set("2025-07-10T05:00:00Z");
        space.startActive(OFFICER_AND_CONTRACTORS);
        space.clock().set("2025-07-11T00:00:01Z");
        space.awaitSent(6);
        assertThat(mails.all()).hasSize(8);
        assertThat(space.notifications(NotificationStatus.PLANNED)).isEmpty();
    }

    @Test
    void shouldLoseNothingWhileTheMailServerIsAwayAndTheNotifierEnds() throws Exception {
        alerts(
                Samples.hire("a-1", AlertState.OVERDUE),
                Samples.hire("b-1", AlertState.ESCALATED, Samples.BUMI, Samples.SCHOOL, Samples.KLOJEN));
        mails.down();
        Notifier first = space.startActive(OFFICER_AND_CONTRACTORS);
        space.clock().set(AFTER_DIGEST);
        await().atMost(NotifySpace.SOON)
                .until(() -> space.notifications().stream().anyMatch(n -> n.getAttempts() > 0));
        space.pass(first, Duration.ofMinutes(5), 5);
        first.close();
        assertThat(space.notifications()).hasSize(3).allMatch(n -> n.getStatus() == NotificationStatus.PLANNED);
        assertThat(space.notifications()).extracting(Notification::getLastError).contains("SMTP_CONNECT");

        Notifier second = space.startActive(OFFICER_AND_CONTRACTORS);
        space.pass(second, Duration.ofMinutes(5), 5);
        mails.up();
        space.pass(second, Duration.ofMinutes(10), 5);
        List<Notification> sent = space.awaitSent(3);
        assertThat(sent).hasSize(3).allMatch(n -> n.getLastError() == null && n.getSentAt() != null);
        assertThat(mails.all()).hasSize(4);
        space.pass(second, Duration.ofHours(2), 4);
        assertThat(mails.all()).as("nothing is repeated").hasSize(4);
    }

    @Test
    void shouldDeliverToAWebhookOnceItIsBackAndHoldNobodyUpMeanwhile() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        Files.writeString(folder.resolve("secret"), secret);
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        try (Hook hook = new Hook();
                Hook quick = new Hook()) {
            String routes = """
                    version: 1
                    receivers:
                      - {name: hr, webhook: {url: "%s", secret-file: secret}}
                      - {name: quick, webhook: {url: "%s", secret-file: secret}}
                    routes:
                      - {name: all, receivers: [hr, quick], window: PT5S}
                    """.formatted(hook.url(), quick.url());
            UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE);
            alerts(hire, Samples.hire("a-2", AlertState.DUE_SOON));
            hook.answer(503);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            Notifier notifier = space.start(routes, space.clock(), meters);
            NotifySpace.awaitActive(notifier);
            space.pass(notifier, Duration.ofSeconds(6), 2);
            await().atMost(NotifySpace.SOON)
                    .until(() -> !hook.requests.isEmpty() && !quick.taken().isEmpty());
            space.pass(notifier, Duration.ofMinutes(5), 5);
            hook.down();
            space.pass(notifier, Duration.ofMinutes(5), 5);
            alerts(Samples.resolved(hire));
            space.pass(notifier, Duration.ofSeconds(20), 2);
            await().atMost(NotifySpace.SOON).until(() -> quick.taken().size() == 2);
            await().atMost(NotifySpace.SOON)
                    .until(() -> meters.get("cakupan.notify.waiting").gauge().value() == 1);
            assertThat(notifier.health().warnings().get()).isEmpty();
            space.pass(notifier, Duration.ofMinutes(51), 1);
            assertThat(notifier.health().warnings().get())
                    .singleElement()
                    .asString()
                    .contains("has waited for 61 min");
            assertThat(meters.get("cakupan.notify.waiting.oldest").gauge().value())
                    .isGreaterThan(590);

            hook.answer(200);
            hook.up();
            space.pass(notifier, Duration.ofMinutes(12), 6);
            await().atMost(NotifySpace.SOON).until(() -> hook.taken().size() == 2);
            assertThat(hook.requests).hasSizeGreaterThan(3);
            Hook.Request first = hook.taken().get(0);
            assertThat(hook.requests.subList(0, hook.requests.size() - 1))
                    .extracting(request -> request.header(WebhookChannel.KEY))
                    .containsOnly(first.header(WebhookChannel.KEY));
            assertThat(first.header(WebhookChannel.SIGNATURE))
                    .isEqualTo("v1="
                            + WebhookChannel.sign(
                                    secret.getBytes(StandardCharsets.UTF_8),
                                    first.header(WebhookChannel.TIMESTAMP),
                                    first.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(Long.parseLong(first.header(WebhookChannel.TIMESTAMP)))
                    .isLessThanOrEqualTo(space.clock().instant().getEpochSecond());
            JsonNode body = JSON.readTree(first.body());
            assertThat(body.path("id").asText()).isEqualTo(first.header(WebhookChannel.KEY));
            assertThat(body.path("alerts").findValuesAsText("state")).containsExactly("OVERDUE", "DUE_SOON");
            JsonNode alert = body.path("alerts").get(0);
            assertThat(alert.path("hireId").asText()).isEqualTo("a-1");
            assertThat(alert.path("contractorName").asText()).isEqualTo("CV Arba Jaya");
            assertThat(alert.path("severity").asText()).isEqualTo("warning");
            assertThat(first.body()).doesNotContain(hire.getWorkerId());
            JsonNode end = JSON.readTree(hook.taken().get(1).body()).path("alerts");
            assertThat(end.findValuesAsText("state")).containsExactly("RESOLVED");
            assertThat(end.findValuesAsText("resolution")).containsExactly("COVERED");

            hook.answer(400);
            alerts(Samples.hire("a-3", AlertState.OVERDUE));
            space.pass(notifier, Duration.ofSeconds(20), 2);
            await().atMost(NotifySpace.SOON)
                    .until(() ->
                            space.notifications(NotificationStatus.GIVEN_UP).size() == 1);
            assertThat(space.notifications(NotificationStatus.GIVEN_UP).get(0).getLastError())
                    .isEqualTo("HTTP_400");
            assertThat(meters.get("cakupan.notify.given.up").counter().count()).isEqualTo(1);
            int requests = hook.requests.size();
            space.pass(notifier, Duration.ofMinutes(30), 3);
            assertThat(hook.requests).as("given up").hasSize(requests);
            assertThat(meters.get("cakupan.notify.sent").counter().count()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void shouldKeepAlertsFiringAtAlertmanagerUntilTheyEnd() throws Exception {
        try (AlertmanagerProcess alertmanager = new AlertmanagerProcess(folder)) {
            String routes = """
                    version: 1
                    receivers:
                      - {name: watch, alertmanager: {url: "%s"}}
                    routes:
                      - {name: all, receivers: [watch], window: PT0S}
                    sources:
                      - {source: hr.arba, silent-after: PT1H, receivers: [watch]}
                    """.formatted(alertmanager.url());
            UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE);
            UncoveredHire other =
                    Samples.hire("b-1", AlertState.DUE_SOON, Samples.BUMI, Samples.SCHOOL, Samples.KLOJEN);
            alerts(hire, other);
            space.with("alertmanager-interval", "1s");
            Notifier notifier = space.start(routes, Clock.systemUTC(), new SimpleMeterRegistry());
            NotifySpace.awaitActive(notifier);
            await().atMost(NotifySpace.SOON)
                    .until(() -> alertmanager.labels("severity").equals(List.of("info", "warning", "warning")));
            JsonNode alert = alertmanager.alerts().stream()
                    .filter(one ->
                            one.path("labels").path("contractor").asText().equals(Samples.ARBA))
                    .findFirst()
                    .orElseThrow();
            assertThat(alert.path("labels").properties().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder("alertname", "severity", "alert", "district", "contractor", "project");
            assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("CakupanUncoveredHire");
            assertThat(alert.path("startsAt").asText()).startsWith("2025-06-16T17:00:00");
            assertThat(alert.path("annotations").path("project_name").asText())
                    .isEqualTo("Revitalisasi Pasar Blimbing");
            assertThat(alert.toString()).doesNotContain(hire.getWorkerId(), "a-1");

            alerts(Samples.in(hire, AlertState.ESCALATED));
            await().atMost(NotifySpace.SOON)
                    .until(() -> alertmanager.labels("severity").equals(List.of("critical", "info", "warning")));
            Instant later = Instant.now().plusSeconds(5);
            await().atMost(NotifySpace.SOON).until(() -> {
                assertThat(alertmanager.alerts())
                        .as("sent again before it ends by itself")
                        .hasSize(3);
                return Instant.now().isAfter(later);
            });
            alertmanager.forget();
            await().atMost(NotifySpace.SOON).until(() -> alertmanager.alerts().size() == 3);

            AlertDecision silence = Samples.decision(
                    DecisionKind.SILENCED,
                    "d-1",
                    Instant.now().toString(),
                    Instant.now().plusSeconds(600).toString());
            silence.setContractorId(Samples.BUMI);
            space.put(Topics.ALERT_DECISIONS, silence);
            alerts(Samples.resolved(hire));
            space.put(Topics.PROJECT_REGISTERED, Samples.project("hr.arba"), Instant.now());
            await().atMost(NotifySpace.SOON).until(() -> alertmanager.alerts().isEmpty());
            assertThat(space.notifications())
                    .extracting(Notification::getKind)
                    .contains(NotificationKind.SOURCE_SILENT, NotificationKind.SOURCE_BACK);
        }
    }

    @Test
    void shouldGoOnAfterItWasFencedAndLetAnotherTakeOver() throws Exception {
        alerts(Samples.hire("a-1", AlertState.OVERDUE));
        Notifier first = space.startActive(OFFICER_AND_CONTRACTORS);
        Notifier second = space.start(OFFICER_AND_CONTRACTORS);
        AvroSerdes serdes = space.serdes();
        try (NotificationLog stranger = new NotificationLog(space.settings(OFFICER_AND_CONTRACTORS), serdes)) {
            space.clock().set(AFTER_DIGEST);
            assertThat(space.awaitSent(2)).hasSize(2);
            Notification late = Notification.newBuilder(space.notifications().get(0))
                    .setStatus(NotificationStatus.PLANNED)
                    .build();
            assertThatThrownBy(() -> stranger.record(List.of(late)))
                    .as("who comes later fences who came before")
                    .isInstanceOf(KafkaException.class);
        }
        assertThat(mails.all()).hasSize(3);
        await().atMost(NotifySpace.SOON).until(() -> first.isActive() != second.isActive());

        Notifier active = first.isActive() ? first : second;
        Notifier standby = first.isActive() ? second : first;
        active.close();
        space.clock().set("2025-07-11T00:00:30Z");
        await().atMost(NotifySpace.SOON).until(standby::isActive);
        space.awaitSent(4);
        assertThat(mails.all()).hasSize(6);
    }

    /** A process that stood still may have been replaced: what it knows is old, whatever it believes. */
    @Test
    void shouldBeSureOfNothingAfterAStandstill() throws Exception {
        AtomicLong stoodStill = new AtomicLong();
        Leadership leadership =
                new Leadership(space.settings(OFFICER_AND_CONTRACTORS), () -> System.nanoTime() + stoodStill.get());
        try {
            leadership.start();
            await().atMost(NotifySpace.SOON).until(leadership::isLeading);
            long term = leadership.term();
            assertThat(leadership.isSure(term)).isTrue();
            stoodStill.set(Duration.ofSeconds(6).toNanos());
            assertThat(leadership.isSure(term)).isFalse();
            await().atMost(NotifySpace.SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
                assertThat(leadership.isSure(term)).as("never again").isFalse();
                return leadership.isLeading() && leadership.term() > term;
            });
            assertThat(leadership.isSure(leadership.term())).isTrue();
        } finally {
            leadership.close();
        }
    }

    /** The record of what the receiver has taken fails, for somebody else has become the active one meanwhile. */
    @Test
    void shouldRepeatOnlyUnderTheSameKeyWhatItCouldNotRecord() throws Exception {
        Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        try (Hook hook = new Hook()) {
            String routes = """
                    version: 1
                    receivers:
                      - {name: hr, webhook: {url: "%s", secret-file: secret}}
                    routes:
                      - {name: all, receivers: [hr], window: PT0S}
                    """.formatted(hook.url());
            Settings settings = space.settings(routes);
            Runnable fence = () -> new NotificationLog(settings, space.serdes()).close();
            Notifier first = space.startActive(routes);
            hook.beforeAnswer(fence);
            alerts(Samples.hire("a-1", AlertState.OVERDUE));
            await().atMost(NotifySpace.SOON).until(() -> hook.requests.size() == 1);
            hook.beforeAnswer(() -> {});
            space.awaitSent(1);
            assertThat(hook.requests).as("it remembers what was taken").hasSize(1);

            hook.beforeAnswer(fence);
            alerts(Samples.hire("a-2", AlertState.OVERDUE));
            await().atMost(NotifySpace.SOON).until(() -> hook.requests.size() == 2);
            first.close();
            hook.beforeAnswer(() -> {});
            space.startActive(routes);
            space.awaitSent(2);
            assertThat(hook.requests.stream()
                            .skip(1)
                            .map(request -> request.header(WebhookChannel.KEY))
                            .distinct())
                    .hasSize(1);
            assertThat(hook.requests.stream().skip(1).map(Hook.Request::body).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void shouldTellWhenASourceGoesSilentAndWhenItIsBack() throws Exception {
        String routes = """
                version: 1
                receivers:
                  - {name: officer, email: {to: [officer@example.org], language: both}}
                sources:
                  - {source: hr.arba, silent-after: PT26H, receivers: [officer]}
                  - {source: long.ago, silent-after: PT2H, receivers: [officer]}
                  - {source: steady, silent-after: P3D, receivers: [officer]}
                """;
        space.put(Topics.PROJECT_REGISTERED, Samples.project("long.ago"), Instant.parse("2025-07-05T12:00:00Z"));
        space.put(Topics.PROJECT_REGISTERED, Samples.project("hr.arba"), Instant.parse("2025-07-08T12:00:00Z"));
        space.put(Topics.PROJECT_REGISTERED, Samples.project("steady"), Instant.parse("2025-07-08T12:00:00Z"));
        Notifier notifier = space.startActive(routes);
        assertThat(space.awaitSent(2))
                .as("what came before the longest time is not read")
                .extracting(Notification::getKind, Notification::getSource, Notification::getLastEventAt)
                .containsExactlyInAnyOrder(
                        tuple(NotificationKind.SOURCE_SILENT, "hr.arba", Instant.parse("2025-07-08T12:00:00Z")),
                        tuple(NotificationKind.SOURCE_SILENT, "long.ago", null));
        space.pass(notifier, Duration.ofHours(3), 3);
        space.put(
                Topics.PROJECT_REGISTERED,
                Samples.project("hr.arba"),
                space.clock().instant());
        assertThat(space.awaitSent(3)).extracting(Notification::getKind).contains(NotificationKind.SOURCE_BACK);
        assertThat(mails.all())
                .extracting(MimeMessage::getSubject)
                .contains(
                        "Sumber data hr.arba tidak mengirim / Data source hr.arba is silent",
                        "Sumber data hr.arba mengirim kembali / Data source hr.arba is back");
        space.pass(notifier, Duration.ofHours(27), 3);
        assertThat(space.awaitSent(4)).hasSize(4);

        notifier.close();
        Notifier again = space.startActive(routes);
        space.pass(again, Duration.ofHours(1), 3);
        assertThat(space.notifications()).as("told once").hasSize(4);
    }

    @Test
    void shouldDefuseForgedNames() throws Exception {
        String evil = "PT Jahat\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>\u202e\u0000\"'&";
        space.name(Level.CONTRACTOR, Samples.ARBA, evil);
        space.name(Level.PROJECT, Samples.MARKET, "<img src=x onerror=alert(1)>" + "x".repeat(500));
        alerts(Samples.hire("a-1<b>", AlertState.OVERDUE));
        space.startActive(OFFICER_AND_CONTRACTORS);
        space.clock().set(AFTER_DIGEST);
        space.awaitSent(2);
        assertThat(mails.all()).hasSize(3);
        for (MimeMessage mail : mails.all()) {
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getSubject()).doesNotContain("\r", "\n", "\u202e");
            String html = Mails.html(mail);
            assertThat(html).doesNotContain("<script", "<img", "\u202e").contains("&lt;img src=x");
            assertThat(Mails.text(mail)).doesNotContain("x".repeat(150)).doesNotContain("\u0000");
        }
        assertThat(mails.to("owner@arba.example").get(0).getSubject())
                .startsWith("PT Jahat Bcc: all@example.org <script>a…: ");
        assertThat(mails.to("officer@example.org").get(0).getContent())
                .isInstanceOf(jakarta.mail.internet.MimeMultipart.class);
    }

    @Test
    void shouldDecideAndCheckByCommand() throws Exception {
        UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE);
        alerts(hire, Samples.hire("a-2", AlertState.DUE_SOON));
        String key = Topics.UNCOVERED_HIRES.key().apply(hire);
        String until = LocalDate.now(ZoneId.of("Asia/Jakarta")).plusDays(3).toString();
        List<String> wrong = run(
                new DecisionsCommand(),
                space.arguments(
                        "silence", "--reason", "no", "--until", "2020-01-01", "--note", "NIK 3573-0112-3456-7891"));
        assertThat(run(
                        new DecisionsCommand(),
                        space.arguments(
                                "silence",
                                "--district",
                                "35.73",
                                "--reason",
                                "other",
                                "--until",
                                until,
                                "--by",
                                "me\nID  SILENCED  all")))
                .containsExactly(
                        "2",
                        "--district is the code of one district, such as 35.73.01",
                        "--by is one line of at most 100 characters");
        assertThat(wrong)
                .containsExactly(
                        "2",
                        "--until is not a day from today to a year ahead, yyyy-mm-dd",
                        "--reason is none of registration-under-way, payment-under-way, data-being-corrected,"
                                + " worker-leaving, disputed, other",
                        "Say of which alerts: --alert, --project, --contractor or --district",
                        "--note must hold no NIK");
        List<String> silenced = run(
                new DecisionsCommand(),
                space.arguments("silence", "--alert", key, "--reason", "disputed", "--until", until, "--by", "tester"));
        assertThat(silenced).hasSize(3).endsWith("SILENCED, open alerts that it is about: 1");
        run(
                new DecisionsCommand(),
                space.arguments(
                        "acknowledge",
                        "--contractor",
                        Samples.ARBA,
                        "--reason",
                        "payment-under-way",
                        "--until",
                        until));
        assertThat(run(new DecisionsCommand(), space.arguments("list")))
                .hasSize(3)
                .anyMatch(line -> line.matches(".*SILENCED  alert of hire a-1  disputed  by tester on .*"))
                .noneMatch(line -> line.contains(hire.getWorkerId()));

        space.settings(OFFICER_AND_CONTRACTORS);
        List<String> check = space.arguments(
                "--check", "--routes", folder.resolve("routes.yml").toString(), "--mail-from", "c@example.org");
        assertThat(run(new NotifyCommand(), check))
                .contains(
                        "0",
                        "officer (email): DUE_SOON 1, of them acknowledged 1, besides silenced 1",
                        "  by route city: digest at 07:00, escalations gathered for PT15M",
                        "bumi (email, only " + Samples.BUMI + "): no open alert")
                .noneMatch(line -> line.contains("@"));

        assertThat(run(new DecisionsCommand(), space.arguments("end", silenced.get(1))))
                .containsExactly("0");
        assertThat(run(new DecisionsCommand(), space.arguments("end", silenced.get(1))))
                .containsExactly("1", "The decision has ended already");
        assertThat(run(new DecisionsCommand(), space.arguments("list"))).hasSize(2);
        assertThat(run(new DecisionsCommand(), space.arguments("list", "--all")))
                .hasSize(3);
    }

    /** Exit code, lines of standard output, lines of standard error. */
    private static List<String> run(Object command, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        List<String> lines = new ArrayList<>(List.of(String.valueOf(exitCode)));
        out.toString().lines().forEach(lines::add);
        err.toString().lines().forEach(lines::add);
        return lines;
    }
}
