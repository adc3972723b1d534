package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.Notification;
import cakupan.records.NotificationChannel;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Language;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is tried when. */
class DeliveriesTest {
    private static final Instant NOW = Instant.parse("2025-07-10T05:00:00Z");
    private static final Receiver OFFICER =
            new Receiver("officer", null, 10, new Email(List.of("officer@example.org"), Language.ID));

    private final World world =
            new World(new AvroSerdes(RegistryClients.create("http://127.0.0.1:1"), Duration.ZERO), "");
    private final SettableClock clock = new SettableClock(NOW.toString());
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), new Random(1));

    private static Notification waiting(String id) {
        return Notification.newBuilder()
                .setNotificationId(id)
                .setReceiver("officer")
                .setRoutes(List.of())
                .setChannel(NotificationChannel.EMAIL)
                .setKind(NotificationKind.DIGEST)
                .setAlerts(List.of())
                .setTotal(0)
                .setStatus(NotificationStatus.PLANNED)
                .setPlannedAt(NOW)
                .setAttempts(0)
                .build();
    }

    private static List<String> ids(List<Notification> notifications) {
        return notifications.stream().map(Notification::getNotificationId).toList();
    }

    /** Makes attempts until one has ended, and says which. */
    private List<String> round(Deliveries deliveries, List<Notification> waiting) {
        List<String> ended = new ArrayList<>();
        deliveries.inTurn(waiting).forEach(one -> deliveries.offer(one, OFFICER, world));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            deliveries
                    .drain(Map.of("officer", OFFICER))
                    .forEach(done -> ended.add(done.notification().getNotificationId()));
            return waiting.stream().noneMatch(deliveries::isRunning);
        });
        return ended;
    }

    @Test
    void shouldProbeASuspectServerWithAnotherNotificationEachTime() {
        Channel down = (notification, receiver, aWorld, now) -> () -> Outcome.unreachable("SMTP_451");
        List<Notification> waiting = List.of(waiting("a"), waiting("b"), waiting("c"));
        try (Deliveries deliveries =
                new Deliveries(Map.of(NotificationChannel.EMAIL, down), clock, backoff, () -> true, () -> {})) {
            assertThat(round(deliveries, waiting)).containsExactlyInAnyOrder("a", "b", "c");
            List<String> order = ids(deliveries.inTurn(waiting));
            for (int i = 0; i < 6; i++) {
                clock.forward(Duration.ofMinutes(6));
                assertThat(round(deliveries, waiting)).containsExactly(order.get(i % 3));
            }
        }
    }
}
