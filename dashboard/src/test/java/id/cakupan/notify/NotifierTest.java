package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationStatus;
import cakupan.records.UncoveredHire;
import id.cakupan.localstack.LocalStack;
import id.cakupan.schemas.Topics;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifier on a real broker and registry, with real receivers; each test has topics of its own. */
class NotifierTest {
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
                .isEqualTo("CV Arba Jaya: Rekap cakupan 10 Juli 2025: 3 pekerja belum terlindungi");
        assertThat(owner.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(owner.getHeader("Message-ID"))
                .isEqualTo(mails.to("hr@arba.example").get(0).getHeader("Message-ID"));
        assertThat(Mails.text(owner))
                .contains("Per 10 Juli 2025, 3 pekerja konstruksi")
                .contains("1 eskalasi, 1 lewat tenggat, 1 segera jatuh tempo")
                .contains("1. Revitalisasi Pasar Blimbing")
                .contains("Kecamatan: Blimbing", "Pekerja: k1·…", "Tenggat: 30 Juni 2025", "Lewat tenggat: 10 hari")
                .contains("Sebab: proyek belum terdaftar")
                .contains("https://cakupan.example.org/hires?lang=id&contractor=npwp%3A0317037091445000")
                .doesNotContain("5mTDyC8h", "Bumi", "b-1");
        assertThat(Mails.html(owner))
                .contains("<td", "Revitalisasi Pasar Blimbing")
                .doesNotContain("Bumi");

        MimeMessage officer = mails.to("officer@example.org").get(0);
        assertThat(Mails.text(officer))
                .contains("Kontraktor: PT Bumi Karya", "4 pekerja")
                .contains("Contractor: PT Bumi Karya", "the 4 construction workers", "Due: 30 June 2025");
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
}
