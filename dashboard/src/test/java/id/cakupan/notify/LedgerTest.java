package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.NotifiedAlert;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of a long history. */
class LedgerTest {
    private static final Instant START = Instant.parse("2024-07-10T00:00:00Z");
    private static final int DAYS = 365;
    private static final int ALERTS = 4_100;

    /** Records of ours can be built once the serdes have told Avro that they are trusted. */
    @BeforeAll
    static void trustOurRecords() {
        assertThat(new AvroSerdes(RegistryClients.create("http://127.0.0.1:1"), Duration.ZERO))
                .isNotNull();
    }

    private static Notification digest(String receiver, int day, List<NotifiedAlert> alerts) {
        Instant at = START.plus(Duration.ofDays(day));
        return Notification.newBuilder()
                .setNotificationId("digest/" + receiver + "/" + at.toString().substring(0, 10) + "/07:00")
                .setReceiver(receiver)
                .setRoutes(List.of("city"))
                .setChannel(NotificationChannel.EMAIL)
                .setKind(NotificationKind.DIGEST)
                .setAlerts(alerts)
                .setTotal(alerts.size())
                .setStatus(NotificationStatus.PLANNED)
                .setPlannedAt(at)
                .setAttempts(0)
                .build();
    }

    private static List<NotifiedAlert> alerts(int from, int count) {
        List<NotifiedAlert> alerts = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            alerts.add(new NotifiedAlert("k1.worker/h-" + i, AlertState.ESCALATED, Samples.TODAY));
        }
        return alerts;
    }

    private static long usedMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    /** The reviewer's year: kept whole it would take some 450 MB. */
    @Test
    void shouldKeepLittleOfAYearOfLongDigests() {
        Ledger ledger = new Ledger();
        long before = usedMegabytes();
        for (int day = 0; day < DAYS; day++) {
            for (String receiver : List.of("a", "b", "c")) {
                Notification digest = digest(receiver, day, alerts(0, ALERTS));
                ledger.applyPast(digest);
                ledger.applyPast(Notification.newBuilder(digest)
                        .setStatus(NotificationStatus.SENT)
                        .build());
            }
        }
        assertThat(usedMegabytes() - before).isLessThan(60);
        assertThat(ledger.toldTo("a")).hasSize(ALERTS);

        Instant now = START.plus(Duration.ofDays(DAYS));
        Set<String> expired = ledger.expired(now.minus(Duration.ofDays(35)), key -> true);
        assertThat(expired).hasSize(3 * (DAYS - 35)).contains("digest/a/2024-07-10/07:00");
        ledger.forget(expired);
        assertThat(ledger.toldTo("a")).hasSize(ALERTS);
        assertThat(ledger.expired(now.minus(Duration.ofDays(35)), key -> true)).isEmpty();
    }

    @Test
    void shouldForgetNothingThatIsStillNeeded() {
        Ledger ledger = new Ledger();
        Notification waiting = digest("a", 0, alerts(0, 1));
        Notification last = Notification.newBuilder(digest("a", 1, alerts(1, 1)))
                .setStatus(NotificationStatus.SENT)
                .build();
        ledger.applyPast(waiting);
        ledger.applyPast(last);
        Instant later = START.plus(Duration.ofDays(100));
        assertThat(ledger.expired(later, key -> true)).isEmpty();
        assertThat(ledger.expired(later, key -> false)).containsExactly(last.getNotificationId());
    }

    /** Partitions are read one after the other, so what is older may come later. */
    @Test
    void shouldKnowTheNewestWhateverComesFirst() {
        Ledger ledger = new Ledger();
        Notification newer = Notification.newBuilder(digest("a", 2, alerts(0, 1)))
                .setStatus(NotificationStatus.SENT)
                .build();
        Notification older = Notification.newBuilder(digest("a", 1, alerts(0, 2)))
                .setStatus(NotificationStatus.SENT)
                .build();
        ledger.applyPast(newer);
        ledger.applyPast(older);
        assertThat(ledger.toldTo("a").values())
                .extracting(Ledger.Told::by)
                .containsExactlyInAnyOrder(newer.getNotificationId(), older.getNotificationId());
        assertThat(ledger.lastDigest("a", "07:00"))
                .hasValueSatisfying(day -> assertThat(day).isEqualTo("2024-07-12"));
    }
}
