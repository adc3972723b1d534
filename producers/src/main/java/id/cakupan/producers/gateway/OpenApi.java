package id.cakupan.producers.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The description of the gateway's interface, OpenAPI 3.1, made from the forms of events and the kinds of problems. */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "1.0.0";
    private static final long MOST = 1_000_000_000_000_000L;
    private static final int LONGEST_TEXT = 2_000;
    private static final String WORKER_ID = "workerId";
    private static final String FORMER_WORKER_ID = "formerWorkerId";
    private static final String NIK = "nik";

    /** Fields that the gateway fills when they are absent. */
    private static final Set<String> FILLED = Set.of("eventId", "source", WORKER_ID);

    private OpenApi() {}

    /** The document, as it is served. */
    static String text() {
        ObjectNode root = JSON.createObjectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Cakupan gateway")
                .put("version", VERSION)
                .put(
                        "description",
                        "Takes events of project systems. An event is accepted once the brokers have it; sending it again"
                                + " changes no figure.");
        ObjectNode paths = root.putObject("paths");
        post(paths.putObject(GatewayHandler.EVENTS).putObject("post"));
        ObjectNode get = paths.putObject(GatewayHandler.OPENAPI).putObject("get");
        get.put("operationId", "describe").put("summary", "This document").putArray("security");
        get.putObject("responses")
                .putObject("200")
                .put("description", "OpenAPI 3.1")
                .set("content", object());
        ObjectNode components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key of the source, as `cakupan sources add` printed it");
        schemas(components.putObject("schemas"));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
    }

    private static ObjectNode object() {
        ObjectNode content = JSON.createObjectNode();
        content.putObject(Answer.JSON_TYPE).putObject("schema").put("type", "object");
        return content;
    }

    private static void post(ObjectNode post) {
        post.put("operationId", "postEvents")
                .put("summary", "Send one event or a batch of up to " + Limits.EVENTS)
                .put(
                        "description",
                        "Content-Encoding may be gzip. At most " + Limits.EVENT_BYTES + " bytes an event, "
                                + Limits.BATCH_BYTES + " a batch, " + EventJson.LONGEST_TEXT
                                + " characters a text, " + EventJson.DEEPEST + " levels.");
        post.putArray("security").addObject().putArray("key");
        ObjectNode body = post.putObject("requestBody").put("required", true);
        ObjectNode content = body.putObject("content");
        ArrayNode forms =
                content.putObject(Answer.JSON_TYPE).putObject("schema").putArray("oneOf");
        forms.add(reference("Event"));
        forms.addObject()
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", Limits.EVENTS)
                .set("items", reference("Event"));
        content.putObject("application/x-ndjson")
                .putObject("schema")
                .put("type", "string")
                .put("description", "One event a line");
        ObjectNode responses = post.putObject("responses");
        responses
                .putObject("202")
                .put("description", "All events are stored")
                .putObject("content")
                .putObject(Answer.JSON_TYPE)
                .set("schema", JSON.createObjectNode().setAll(reference("Accepted")));
        Map<Integer, List<ProblemKind>> byStatus = new TreeMap<>();
        for (ProblemKind kind : ProblemKind.values()) {
            byStatus.computeIfAbsent(kind.status(), status -> new ArrayList<>()).add(kind);
        }
        byStatus.forEach((status, kinds) -> problem(responses.putObject(String.valueOf(status)), kinds));
    }

    private static void problem(ObjectNode response, List<ProblemKind> kinds) {
        response.put(
                "description",
                String.join(
                        " / ",
                        kinds.stream()
                                .map(kind -> kind.title() + ": " + kind.detail())
                                .toList()));
        boolean withResults = kinds.contains(ProblemKind.BAD_EVENTS) || kinds.contains(ProblemKind.NOT_ALLOWED);
        ProblemKind first = kinds.get(0);
        if (first.status() == 429 || first.status() == 503) {
            header(response, "Retry-After", "integer");
        } else if (first.status() == 401) {
            header(response, "WWW-Authenticate", "string");
        } else if (first.status() == 405) {
            header(response, "Allow", "string");
        }
        response.putObject("content")
                .putObject(Answer.PROBLEM_TYPE)
                .set("schema", reference(withResults ? "PartialProblem" : "Problem"));
    }

    private static void header(ObjectNode response, String name, String type) {
        response.putObject("headers").putObject(name).putObject("schema").put("type", type);
    }

    private static ObjectNode reference(String schema) {
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private static void schemas(ObjectNode schemas) {
        ObjectNode event = schemas.putObject("Event");
        ArrayNode types = event.putArray("oneOf");
        EventForm.ALL.keySet().forEach(name -> types.add(reference(name)));
        ObjectNode discriminator = event.putObject("discriminator").put("propertyName", "type");
        ObjectNode mapping = discriminator.putObject("mapping");
        EventForm.ALL.keySet().forEach(name -> mapping.put(name, "#/components/schemas/" + name));
        EventForm.ALL.values().forEach(form -> event(schemas.putObject(form.name()), form));

        ObjectNode accepted = object(schemas, "Accepted", "accepted", "eventIds");
        count(accepted, "accepted");
        accepted.putObject("eventIds")
                .put("type", "array")
                .put("description", "Ids in the order of the request")
                .putObject("items")
                .put("type", "string");

        ObjectNode problem = object(schemas, "Problem", "type", "title", "status", "detail", "pesan");
        problem(problem);
        ObjectNode partial = object(
                schemas,
                "PartialProblem",
                "type",
                "title",
                "status",
                "detail",
                "pesan",
                "accepted",
                "rejected",
                "results");
        problem(partial);
        count(partial, "accepted");
        count(partial, "rejected");
        partial.putObject("results").put("type", "array").set("items", reference("Result"));

        ObjectNode result = object(schemas, "Result", "index", "status");
        count(result, "index");
        result.putObject("status")
                .put("type", "string")
                .putArray("enum")
                .add("accepted")
                .add("rejected");
        text(result, "eventId", "Id of an accepted event");
        ArrayNode reasons = text(result, "reason", "Why it is rejected").putArray("enum");
        for (BadEventReason reason : BadEventReason.values()) {
            reasons.add(reason.name());
        }
        text(result, "field", "Name of the field, or ? where the name may be personal data");
        text(result, "kind", "JSON kind of what stands there");
        text(result, "pesan", "Reason in Indonesian");
        text(result, "message", "Reason in English");
    }

    /** A schema of an object that has nothing but its properties, which are returned. */
    private static ObjectNode object(ObjectNode schemas, String name, String... required) {
        ObjectNode schema = schemas.putObject(name).put("type", "object").put("additionalProperties", false);
        ArrayNode names = schema.putArray("required");
        for (String field : required) {
            names.add(field);
        }
        return schema.putObject("properties");
    }

    private static void problem(ObjectNode properties) {
        ArrayNode types = text(properties, "type", "Kind of the problem").putArray("enum");
        for (ProblemKind kind : ProblemKind.values()) {
            types.add(kind.type());
        }
        text(properties, "title", "The kind for people");
        count(properties, "status");
        text(properties, "detail", "What to do, in English");
        text(properties, "pesan", "What to do, in Indonesian");
    }

    private static void count(ObjectNode properties, String name) {
        properties.putObject(name).put("type", "integer").put("minimum", 0);
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }

    private static void event(ObjectNode schema, EventForm form) {
        schema.put("type", "object").put("additionalProperties", false);
        ArrayNode required = schema.putArray("required").add("type");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("const", form.name());
        for (EventForm.Field field : form.fields()) {
            if (field.name().equals(FORMER_WORKER_ID)) {
                continue; // nobody outside can say it
            }
            boolean mandatory = field.required() && !FILLED.contains(field.name());
            if (mandatory) {
                required.add(field.name());
            }
            field(properties.putObject(field.name()), field);
        }
        if (form.place(WORKER_ID) >= 0) {
            properties
                    .putObject(NIK)
                    .put("type", "string")
                    .put(
                            "description",
                            "16 digits; instead of workerId, and replaced by a pseudonym before anything else is done");
            ArrayNode either = schema.putArray("oneOf");
            either.addObject().putArray("required").add(WORKER_ID);
            either.addObject().putArray("required").add(NIK);
        }
    }

    private static void field(ObjectNode schema, EventForm.Field field) {
        String type = switch (field.kind()) {
            case TEXT, DATE, INSTANT, SYMBOL -> "string";
            case WHOLE -> "integer";
            case RATIO -> "number";
            case SYMBOLS -> "array";
        };
        if (field.required()) {
            schema.put("type", type);
        } else {
            schema.putArray("type").add(type).add("null");
        }
        switch (field.kind()) {
            case TEXT -> schema.put("maxLength", LONGEST_TEXT);
            case DATE -> schema.put("format", "date");
            case INSTANT -> schema.put("format", "date-time");
            case WHOLE -> schema.put("minimum", 0).put("maximum", MOST);
            case RATIO -> schema.put("minimum", 0).put("maximum", 1);
            case SYMBOL -> symbols(schema.putArray("enum"), field);
            case SYMBOLS ->
                symbols(schema.putObject("items").put("type", "string").putArray("enum"), field);
        }
    }

    private static void symbols(ArrayNode choices, EventForm.Field field) {
        field.symbols().keySet().forEach(choices::add);
        if (!field.required() && field.kind() == EventForm.Kind.SYMBOL) {
            choices.addNull();
        }
    }
}
