package id.cakupan.notify;

import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotifiedAlert;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.notify.Routing.Alertmanager;
import id.cakupan.notify.Routing.Receiver;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Alerts to Prometheus Alertmanager, version 2 of its API. An alert there is its labels, so sending it again changes nothing.
 * Labels and annotations are public: docs/alerts.md.
 */
final class AlertmanagerChannel implements Channel {
    private static final String PATH = "/api/v2/alerts";
    private static final String HIRE = "CakupanUncoveredHire";
    private static final String SOURCE = "CakupanSourceSilent";
    private static final String UNASSIGNED = "UNASSIGNED";
    private static final int MOST_IN_REQUEST = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final ZoneId zone;
    private final Duration life;
    private final Links links;

    /**
     * The channel.
     *
     * @param life how long an open alert lives there when it is not sent again; longer than the longest pause between attempts
     */
    AlertmanagerChannel(Http http, ZoneId zone, Duration life, Links links) {
        this.http = http;
        this.zone = zone;
        this.life = life;
        this.links = links;
    }

    @Override
    public Callable<Outcome> prepare(Notification notification, Receiver receiver, World world, Instant now) {
        List<ObjectNode> alerts = new ArrayList<>();
        if (notification.getSource() != null) {
            boolean silent = notification.getKind() == NotificationKind.SOURCE_SILENT;
            alerts.add(source(notification, now, silent));
        }
        for (NotifiedAlert told : notification.getAlerts()) {
            world.alert(told.getAlertKey()).ifPresent(alert -> {
                Severity severity = Severity.of(told.getState());
                // The severity is a label, and with another label it is another alert: the others end.
                for (Severity each : Severity.values()) {
                    alerts.add(hire(alert, each, told.getUncoveredSince(), world, now, each == severity));
                }
            });
        }
        return post(receiver, alerts);
    }

    /** Everything that is open at the receiver, sent again so that it does not resolve by itself. */
    Callable<Outcome> refresh(Receiver receiver, World world, Ledger ledger, Instant now) {
        List<ObjectNode> alerts = new ArrayList<>();
        ledger.toldTo(receiver.name()).forEach((key, told) -> {
            Severity severity = Severity.of(told.state());
            if (severity != null) {
                world.alert(key)
                        .filter(Alert::isOpen)
                        .ifPresent(alert -> alerts.add(hire(alert, severity, told.since(), world, now, true)));
            }
        });
        for (Notification silent : ledger.silentSources(receiver.name())) {
            alerts.add(source(silent, now, true));
        }
        return post(receiver, alerts);
    }

    private Callable<Outcome> post(Receiver receiver, List<ObjectNode> alerts) {
        URI url = URI.create(((Alertmanager) receiver.target()).url().toString().replaceAll("/+$", "") + PATH);
        List<byte[]> bodies = new ArrayList<>();
        for (int from = 0; from < alerts.size(); from += MOST_IN_REQUEST) {
            ArrayNode array = JSON.createArrayNode();
            alerts.subList(from, Math.min(alerts.size(), from + MOST_IN_REQUEST))
                    .forEach(array::add);
            try {
                bodies.add(JSON.writeValueAsBytes(array));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A tree is always JSON", e);
            }
        }
        return () -> {
            Outcome worst = Outcome.TAKEN;
            for (byte[] body : bodies) {
                Outcome outcome = http.post(url, body, Map.of());
                if (outcome.unreachable()) {
                    return outcome;
                }
                // What is wrong with some alerts must not end the others.
                if (worst.kind() == Outcome.Kind.TAKEN || outcome.kind() == Outcome.Kind.FAILED) {
                    worst = outcome;
                }
            }
            return worst;
        };
    }

    private ObjectNode hire(Alert alert, Severity severity, LocalDate since, World world, Instant now, boolean open) {
        String district = alert.district() == null ? UNASSIGNED : alert.district();
        ObjectNode node = alert(since.atStartOfDay(zone).toInstant(), now, open);
        node.putObject("labels")
                .put("alertname", HIRE)
                .put("severity", severity.label())
                .put("alert", alert.publicId())
                .put("district", district)
                .put("contractor", alert.contractor())
                .put("project", alert.project());
        ObjectNode annotations = node.putObject("annotations")
                .put(
                        "summary",
                        "Worker without cover at " + MailText.clean(world.name(Level.CONTRACTOR, alert.contractor()))
                                + ", due " + alert.dueOn())
                .put("worker", alert.maskedWorker())
                .put("reason", alert.reason().name())
                .put("starts_on", alert.startsOn().toString())
                .put("due_on", alert.dueOn().toString())
                .put("district_name", MailText.clean(world.name(Level.DISTRICT, district)))
                .put("contractor_name", MailText.clean(world.name(Level.CONTRACTOR, alert.contractor())))
                .put("project_name", MailText.clean(world.name(Level.PROJECT, alert.project())));
        Optional<String> link = links.project(alert.project());
        link.ifPresent(url -> annotations.put("link", url));
        link.ifPresent(url -> node.put("generatorURL", url));
        return node;
    }

    private ObjectNode source(Notification told, Instant now, boolean silent) {
        String source = String.valueOf(told.getSource());
        Instant last = told.getLastEventAt();
        ObjectNode node = alert(last == null || !silent ? told.getPlannedAt() : last, now, silent);
        node.putObject("labels")
                .put("alertname", SOURCE)
                .put("severity", Severity.WARNING.label())
                .put("source", source);
        node.putObject("annotations")
                .put("summary", "No event from " + source + (last == null ? "" : " since " + last));
        return node;
    }

    private ObjectNode alert(Instant start, Instant now, boolean open) {
        // An end must not lie before its start.
        Instant startsAt = start.isBefore(now) ? start : now;
        Instant endsAt = open ? now.plus(life) : now;
        return JSON.createObjectNode().put("startsAt", startsAt.toString()).put("endsAt", endsAt.toString());
    }
}
