package id.cakupan.notify;

import cakupan.records.AlertState;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotifiedAlert;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.notify.Routing.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Signed JSON to a system. Field names and headers are public: docs/alerts.md. */
final class WebhookChannel implements Channel {
    static final String TIMESTAMP = "X-Cakupan-Timestamp";
    static final String SIGNATURE = "X-Cakupan-Signature";
    static final String KEY = "Idempotency-Key";

    private static final String SIGNATURE_VERSION = "v1=";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final Clock clock;
    private final Links links;

    WebhookChannel(Http http, Clock clock, Links links) {
        this.http = http;
        this.clock = clock;
        this.links = links;
    }

    @Override
    public Callable<Outcome> prepare(Notification notification, Receiver receiver, World world, Instant now) {
        Webhook target = (Webhook) receiver.target();
        byte[] body = body(notification, receiver, world);
        return () -> {
            String timestamp = String.valueOf(clock.instant().getEpochSecond());
            Map<String, String> headers = Map.of(
                    TIMESTAMP,
                    timestamp,
                    SIGNATURE,
                    SIGNATURE_VERSION + sign(target.secret(), timestamp, body),
                    KEY,
                    notification.getNotificationId());
            return http.post(target.url(), body, headers);
        };
    }

    /** HMAC-SHA-256 of {@code timestamp.body}, in hex. */
    static String sign(byte[] secret, String timestamp, byte[] body) {
        byte[] head = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return Hashes.hmac(secret, message);
    }

    private byte[] body(Notification notification, Receiver receiver, World world) {
        ObjectNode root = JSON.createObjectNode()
                .put("version", VERSION)
                .put("id", notification.getNotificationId())
                .put("kind", notification.getKind().name())
                .put("receiver", notification.getReceiver())
                .put("plannedAt", notification.getPlannedAt().toString());
        root.put("source", notification.getSource());
        root.put(
                "lastEventAt",
                Optional.ofNullable(notification.getLastEventAt())
                        .map(Instant::toString)
                        .orElse(null));
        ArrayNode alerts = root.putArray("alerts");
        for (NotifiedAlert told : notification.getAlerts()) {
            ObjectNode entry = alerts.addObject();
            entry.put("alert", Hashes.shortHash("alert:" + told.getAlertKey()));
            entry.put("state", told.getState().name());
            Severity severity = Severity.of(told.getState());
            entry.put("severity", severity == null ? null : severity.label());
            entry.put("uncoveredSince", told.getUncoveredSince().toString());
            // Of an alert that is no longer meant for the receiver nothing is told but its end.
            world.alert(told.getAlertKey()).filter(receiver::maySee).ifPresent(alert -> add(entry, alert, told, world));
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always JSON", e);
        }
    }

    private void add(ObjectNode entry, Alert alert, NotifiedAlert told, World world) {
        entry.put("hireId", alert.hireId());
        entry.put("worker", alert.maskedWorker());
        entry.put("projectId", alert.project());
        entry.put("projectName", MailText.clean(world.name(Level.PROJECT, alert.project())));
        entry.put("contractorId", alert.contractor());
        entry.put("contractorName", MailText.clean(world.name(Level.CONTRACTOR, alert.contractor())));
        entry.put("districtCode", alert.district());
        entry.put("startsOn", alert.startsOn().toString());
        entry.put("dueOn", alert.dueOn().toString());
        entry.put("overdueSince", alert.overdueSince().toString());
        entry.put("reason", alert.reason().name());
        boolean over = told.getState() == AlertState.RESOLVED && alert.resolution() != null;
        entry.put("resolution", over ? String.valueOf(alert.resolution()) : null);
        entry.put("link", links.project(alert.project()).orElse(null));
    }
}
