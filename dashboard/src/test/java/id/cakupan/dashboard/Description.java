package id.cakupan.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/** The served description of the API, to check answers against. */
final class Description {
    static final String FILE = "/id/cakupan/dashboard/web/openapi.json";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode root;

    Description() {
        try (InputStream in = Description.class.getResourceAsStream(FILE)) {
            root = DashboardUnderTest.JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** What is wrong with an answer to a path below the base. */
    Set<ValidationMessage> faults(String path, int status, JsonNode answer) {
        String schema = status >= 400 ? "Problem" : schema(path.replaceAll("\\?.*", ""));
        return schema.isEmpty() ? Set.of() : faults(schema, answer);
    }

    Set<ValidationMessage> faults(String schema, JsonNode answer) {
        JsonNode reference = DashboardUnderTest.JSON
                .createObjectNode()
                .put("$ref", "#/components/schemas/" + schema)
                .set("components", root.path("components"));
        return SCHEMAS.getSchema(reference).validate(answer);
    }

    private static String schema(String path) {
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts[0]) {
            case "status" -> "Status";
            case "overview" -> "Overview";
            case "hires" -> "Hires";
            case "decisions" -> "Decisions";
            case "groups" -> parts.length == 1 ? "Groups" : parts.length == 3 ? "Group" : "Timeline";
            default -> "";
        };
    }
}
