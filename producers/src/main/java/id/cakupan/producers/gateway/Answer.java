package id.cakupan.producers.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param reason tag of meters: why it is no success, else empty
 * @param body JSON
 */
record Answer(int status, String contentType, Map<String, String> headers, String reason, String body) {
    static final String JSON_TYPE = "application/json";
    static final String PROBLEM_TYPE = "application/problem+json";

    /** Seconds after which a gateway that cannot store events may be asked again. */
    static final long RETRY_SECONDS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer problem(ProblemKind kind) {
        return problem(kind, 0);
    }

    static Answer problem(ProblemKind kind, long retryAfterSeconds) {
        long retry = retryAfterSeconds > 0 ? retryAfterSeconds : kind.status() == 503 ? RETRY_SECONDS : 0;
        Map<String, String> headers = kind == ProblemKind.KEY_REQUIRED
                ? Map.of("WWW-Authenticate", "Bearer realm=\"cakupan\"")
                : retry > 0 ? Map.of("Retry-After", String.valueOf(retry)) : Map.of();
        return new Answer(
                kind.status(),
                PROBLEM_TYPE,
                headers,
                kind.slug(),
                problemNode(kind).toString());
    }

    /** All events are in. */
    static Answer accepted(List<Result> results) {
        ObjectNode node = JSON.createObjectNode().put("accepted", results.size());
        ArrayNode ids = node.putArray("eventIds");
        results.forEach(result -> ids.add(result.eventId()));
        return new Answer(202, JSON_TYPE, Map.of(), "", node.toString());
    }

    /** Some events are refused, the others are in. */
    static Answer rejected(ProblemKind kind, List<Result> results) {
        ObjectNode node = problemNode(kind);
        long accepted = results.stream().filter(Result::isAccepted).count();
        node.put("accepted", accepted).put("rejected", results.size() - accepted);
        ArrayNode entries = node.putArray("results");
        results.forEach(result -> result.write(entries.addObject()));
        return new Answer(kind.status(), PROBLEM_TYPE, Map.of(), kind.slug(), node.toString());
    }

    /** The same answer with one header more. */
    Answer with(String header, String value) {
        return new Answer(status, contentType, Map.of(header, value), reason, body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode problemNode(ProblemKind kind) {
        return JSON.createObjectNode()
                .put("type", kind.type())
                .put("title", kind.title())
                .put("status", kind.status())
                .put("detail", kind.detail())
                .put("pesan", kind.pesan());
    }
}
