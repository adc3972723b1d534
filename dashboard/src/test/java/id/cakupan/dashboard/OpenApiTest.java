package id.cakupan.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.dashboard.view.Answers;
import id.cakupan.dashboard.view.DecisionRequest;
import id.cakupan.dashboard.view.ProblemKind;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description against the records that are answered. {@link DashboardTest} checks every real answer against it. */
class OpenApiTest {
    private static final Path RESOURCE = Path.of("src", "main", "resources").resolve(Description.FILE.substring(1));
    private static final List<String> LEVELS = List.of("city", "funding", "district", "contractor", "project");
    static final List<String> SORTS = List.of(
            "name",
            "id",
            "workers",
            "covered",
            "uncovered",
            "ratio",
            "overdue",
            "grace",
            "projects",
            "insured",
            "value",
            "due-soon",
            "escalated",
            "starts",
            "ends");

    @Test
    void shouldDescribeTheRecordsThatAreAnswered() throws Exception {
        String text = text();
        if (Boolean.getBoolean("cakupan.write")) {
            Files.writeString(RESOURCE, text);
        }
        assertThat(RESOURCE)
                .as("written by: mvn -pl dashboard -am test -Dtest=OpenApiTest -Dcakupan.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .content()
                .isEqualTo(text);
    }

    @Test
    void shouldReferOnlyToWhatItHas() {
        JsonNode root = new Description().root();
        assertThat(root.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(root.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
    }

    private static String text() throws Exception {
        ObjectNode root = DashboardUnderTest.JSON.createObjectNode();
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Cakupan dashboard")
                .put("version", "1")
                .put(
                        "description",
                        "Figures, alerts and decisions as the dashboard shows them. Each GET resource is also a stream of"
                                + " server-sent events at /api/v1/live/ and the same path and query: 'snapshot' holds the"
                                + " same JSON, with its entity tag as id, 'status' the answer of /status.");
        paths(root.putObject("paths"));
        ObjectNode schemas = root.putObject("components").putObject("schemas");
        for (Class<?> type : Answers.class.getDeclaredClasses()) {
            if (type.isRecord()) {
                schemas.putNull(type.getSimpleName());
            }
        }
        List<String> names = new ArrayList<>();
        schemas.fieldNames().forEachRemaining(names::add);
        schemas.removeAll();
        names.stream().sorted().forEach(name -> schema(schemas, of(name)));
        schema(schemas, ProblemKind.Problem.class);
        schema(schemas, DecisionRequest.class);
        return DashboardUnderTest.JSON
                        .writer(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(root)
                + "\n";
    }

    private static Class<?> of(String name) {
        return Arrays.stream(Answers.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void paths(ObjectNode paths) {
        Map<String, List<String>> enums = Map.of(
                "level", LEVELS,
                "sort", SORTS,
                "order", List.of("asc", "desc"),
                "language", List.of("id", "en"),
                "form", List.of("id", "international"));
        String groups = "level city district contractor funding state q sort order ids";
        String hires = "city district contractor project state reason decision q sort order";
        get(paths, enums, "/api/v1/status", "State of the dashboard", "", "Status");
        get(paths, enums, "/api/v1/overview", "A city and what holds it back", "city asOf", "Overview");
        get(paths, enums, "/api/v1/groups", "A page of groups", groups + " offset limit asOf", "Groups");
        get(paths, enums, "/api/v1/groups/{level}/{id}", "A group", "asOf", "Group");
        get(paths, enums, "/api/v1/groups/{level}/{id}/timeline", "A group over time", "from to", "Timeline");
        get(paths, enums, "/api/v1/hires", "A page of alerts on hires", hires + " offset limit", "Hires");
        get(paths, enums, "/api/v1/decisions", "What was decided about alerts", "", "Decisions");
        for (String form : List.of("csv", "xlsx")) {
            get(paths, enums, "/api/v1/export/groups." + form, "Groups as a table", groups + " asOf language form", "");
            get(paths, enums, "/api/v1/export/hires." + form, "Alerts as a table", hires + " language form", "");
            get(
                    paths,
                    enums,
                    "/api/v1/export/timeline." + form,
                    "A group over time as a table",
                    "level id from to language form",
                    "");
        }
        get(paths, enums, "/api/v1/letter", "A letter to a contractor, to print", "contractor language", "");
        get(paths, enums, "/api/v1/openapi.json", "This description", "", "");
        ObjectNode post = ((ObjectNode) paths.path("/api/v1/decisions")).putObject("post");
        post.put("summary", "Acknowledge or silence alerts");
        header(post.putArray("parameters"));
        json(post.putObject("requestBody").put("required", true), "DecisionRequest");
        ObjectNode responses = post.putObject("responses");
        json(responses.putObject("201").put("description", "Kept"), "Decided");
        problem(responses);
        session(paths.putObject("/api/v1/session"));
        ObjectNode delete = paths.putObject("/api/v1/decisions/{id}").putObject("delete");
        delete.put("summary", "End a decision");
        ArrayNode parameters = delete.putArray("parameters");
        parameter(parameters, "id", "path", List.of());
        header(parameters);
        ObjectNode ended = delete.putObject("responses");
        ended.putObject("204").put("description", "Ended");
        problem(ended);
    }

    private static void session(ObjectNode path) {
        ObjectNode post = path.putObject("post").put("summary", "Log in; the session is a cookie");
        header(post.putArray("parameters"));
        ObjectNode schema = post.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object")
                .put("additionalProperties", false);
        schema.putArray("required").add("name").add("password");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("name").put("type", "string");
        properties.putObject("password").put("type", "string");
        ObjectNode delete = path.putObject("delete").put("summary", "Log out");
        header(delete.putArray("parameters"));
        for (ObjectNode operation : List.of(post, delete)) {
            ObjectNode responses = operation.putObject("responses");
            responses.putObject("204").put("description", "Done");
            problem(responses);
        }
    }

    private static void header(ArrayNode parameters) {
        parameter(parameters, "X-Cakupan-Request", "header", List.of("page"));
    }

    private static void get(
            ObjectNode paths,
            Map<String, List<String>> enums,
            String path,
            String summary,
            String query,
            String schema) {
        ObjectNode get = paths.putObject(path).putObject("get").put("summary", summary);
        ArrayNode parameters = get.putArray("parameters");
        for (String part : path.split("/", -1)) {
            if (part.startsWith("{")) {
                String name = part.substring(1, part.length() - 1);
                parameter(parameters, name, "path", enums.getOrDefault(name, List.of()));
            }
        }
        for (String name : query.split(" ", -1)) {
            if (!name.isEmpty()) {
                List<String> choices = name.equals("sort") && path.contains("hires")
                        ? List.of("due", "since", "started", "project", "contractor", "state")
                        : enums.getOrDefault(name, List.of());
                parameter(parameters, name, "query", choices);
            }
        }
        ObjectNode responses = get.putObject("responses");
        ObjectNode good = responses.putObject("200").put("description", "Answer");
        if (!schema.isEmpty()) {
            json(good, schema);
            responses.putObject("304").put("description", "If-None-Match names the present entity tag");
        }
        problem(responses);
    }

    private static void parameter(ArrayNode parameters, String name, String in, List<String> choices) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        if (!in.equals("query")) {
            parameter.put("required", true);
        }
        ObjectNode schema = parameter.putObject("schema");
        switch (name) {
            case "offset" -> schema.put("type", "integer").put("minimum", 0);
            case "limit" -> schema.put("type", "integer").put("minimum", 1).put("maximum", 500);
            case "asOf", "from", "to" -> schema.put("type", "string").put("format", "date");
            default -> schema.put("type", "string").put("maxLength", 200);
        }
        if (!choices.isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            choices.forEach(values::add);
        }
    }

    private static void problem(ObjectNode responses) {
        ObjectNode content = responses
                .putObject("default")
                .put("description", "Why there is no success")
                .putObject("content");
        content.putObject("application/problem+json").putObject("schema").put("$ref", "#/components/schemas/Problem");
    }

    private static void json(ObjectNode node, String schema) {
        node.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private static void schema(ObjectNode schemas, Class<?> type) {
        ObjectNode schema =
                schemas.putObject(type.getSimpleName()).put("type", "object").put("additionalProperties", false);
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            if (type != DecisionRequest.class) {
                required.add(component.getName());
            }
            properties.set(component.getName(), value(component.getGenericType(), component.getAnnotatedType()));
        }
    }

    private static ObjectNode value(Type type, AnnotatedElement annotated) {
        ObjectNode plain = plain(type);
        if (!annotated.isAnnotationPresent(Nullable.class)) {
            return plain;
        }
        ObjectNode either = DashboardUnderTest.JSON.createObjectNode();
        either.putArray("anyOf").add(plain).addObject().put("type", "null");
        return either;
    }

    private static ObjectNode plain(Type type) {
        ObjectNode node = DashboardUnderTest.JSON.createObjectNode();
        if (type instanceof ParameterizedType list) {
            node.put("type", "array").set("items", plain(list.getActualTypeArguments()[0]));
        } else if (type == String.class) {
            node.put("type", "string");
        } else if (type == LocalDate.class) {
            node.put("type", "string").put("format", "date");
        } else if (type == Instant.class) {
            node.put("type", "string").put("format", "date-time");
        } else if (type == boolean.class) {
            node.put("type", "boolean");
        } else if (type == double.class || type == Double.class) {
            node.put("type", "number");
        } else if (type == long.class || type == Long.class || type == int.class) {
            node.put("type", "integer");
        } else if (type instanceof Class<?> symbols && symbols.isEnum()) {
            ArrayNode values = node.put("type", "string").putArray("enum");
            for (Object symbol : symbols.getEnumConstants()) {
                values.add(symbol.toString());
            }
        } else {
            node.put("$ref", "#/components/schemas/" + ((Class<?>) type).getSimpleName());
        }
        return node;
    }
}
