package id.cakupan.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the commands that look at figures and alerts print, read with the field names of semantics.md. */
final class Looking {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME_OUT_SECONDS = "180";

    private Looking() {}

    /** {@code figures --json --wait}: returns when everything that was sent is in the figures of an app. */
    static Map<Group, Outcome.Shown> awaitFigures(Space space, String applicationId) {
        return figures(space.arguments(
                "figures", "--json", "--wait", "--timeout", TIME_OUT_SECONDS, "--application-id", applicationId));
    }

    /** The same where the command finds out by itself which app runs. */
    static Map<Group, Outcome.Shown> awaitFigures(Space space) {
        return figures(space.arguments("figures", "--json", "--wait", "--timeout", TIME_OUT_SECONDS));
    }

    private static Map<Group, Outcome.Shown> figures(List<String> arguments) {
        Map<Group, Outcome.Shown> figures = new TreeMap<>();
        for (JsonNode figure : json(arguments)) {
            figures.put(
                    new Group(
                            Level.valueOf(figure.path("level").asText()),
                            figure.path("id").asText()),
                    figure(figure));
        }
        return figures;
    }

    /** {@code alerts --json} with the open states. */
    static Map<String, Outcome.ShownAlert> openAlerts(Space space) {
        Map<String, Outcome.ShownAlert> alerts = new TreeMap<>();
        for (JsonNode alert : json(space.arguments("alerts", "--json", "--state", "due_soon,overdue,escalated"))) {
            alerts.put(
                    alert.path("workerId").asText() + "/" + alert.path("hireId").asText(), alert(alert));
        }
        return alerts;
    }

    /** Runs a command and reads its output as one JSON object a line. */
    static List<JsonNode> json(List<String> arguments) {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Commands.succeed(arguments).lines()) {
            try {
                objects.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(line, e);
            }
        }
        return objects;
    }

    private static Outcome.Shown figure(JsonNode figure) {
        return new Outcome.Shown(
                day(figure, "asOf"),
                new Counts(
                        whole(figure, "hires"),
                        whole(figure, "coveredHires"),
                        whole(figure, "overdueHires"),
                        whole(figure, "workers"),
                        whole(figure, "coveredWorkers"),
                        whole(figure, "coveredByGrace"),
                        whole(figure, "projects"),
                        whole(figure, "insuredProjects"),
                        whole(figure, "contractValue"),
                        whole(figure, "insuredContractValue")),
                figure.required("ratio").isNull()
                        ? null
                        : (Double) figure.required("ratio").asDouble(),
                whole(figure, "workerDays30"),
                whole(figure, "coveredWorkerDays30"),
                figure.required("recordedThrough").isNull()
                        ? null
                        : Instant.parse(figure.required("recordedThrough").asText()));
    }

    private static Outcome.ShownAlert alert(JsonNode alert) {
        return new Outcome.ShownAlert(
                alert.required("workerId").asText(),
                text(alert, "currentWorkerId"),
                alert.required("projectId").asText(),
                alert.required("contractorId").asText(),
                text(alert, "districtCode"),
                day(alert, "startsOn"),
                day(alert, "dueOn"),
                day(alert, "uncoveredSince"),
                day(alert, "overdueSince"),
                alert.required("state").asText(),
                alert.required("reason").asText(),
                alert.required("backdated").asBoolean());
    }

    private static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.required(field);
        return value.isNull() ? null : value.asText();
    }

    private static long whole(JsonNode object, String field) {
        return object.required(field).asLong();
    }

    private static LocalDate day(JsonNode object, String field) {
        return LocalDate.parse(object.required(field).asText());
    }
}
