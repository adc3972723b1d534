package id.cakupan.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description against the code. What a running gateway answers is checked against it in {@link GatewayTest}. */
class OpenApiTest {
    private static final Path PAGE = Path.of("..", "docs", "gateway-openapi.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldBeThePageInDocs() throws Exception {
        if (Boolean.getBoolean("cakupan.write")) {
            Files.writeString(PAGE, OpenApi.text());
        }
        assertThat(PAGE)
                .as("written by: mvn -pl producers -am test -Dtest=OpenApiTest -Dcakupan.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .content()
                .isEqualTo(OpenApi.text());
    }

    @Test
    void shouldHaveEveryPathStatusTypeAndReason() throws Exception {
        JsonNode root = JSON.readTree(OpenApi.text());
        assertThat(names(root.path("paths"))).containsExactly(GatewayHandler.EVENTS, GatewayHandler.OPENAPI);
        Set<String> statuses = new TreeSet<>(Set.of("202"));
        for (ProblemKind kind : ProblemKind.values()) {
            statuses.add(String.valueOf(kind.status()));
        }
        assertThat(names(root.at("/paths/~1v1~1events/post/responses"))).containsExactlyElementsOf(statuses);
        assertThat(texts(root.at("/components/schemas/Result/properties/reason/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(BadEventReason.values()).map(Enum::name).toList());
        assertThat(texts(root.at("/components/schemas/Problem/properties/type/enum")))
                .containsExactlyElementsOf(Arrays.stream(ProblemKind.values())
                        .map(ProblemKind::type)
                        .toList());
        assertThat(names(root.at("/components/schemas/Event/discriminator/mapping")))
                .containsExactlyElementsOf(EventForm.ALL.keySet());
        for (EventForm form : EventForm.ALL.values()) {
            List<String> fields = new ArrayList<>(List.of("type"));
            form.fields().stream()
                    .map(EventForm.Field::name)
                    .filter(field -> !field.equals("formerWorkerId"))
                    .forEach(fields::add);
            if (form.place("workerId") >= 0) {
                fields.add("nik");
            }
            assertThat(names(root.at("/components/schemas/" + form.name() + "/properties")))
                    .containsExactlyElementsOf(fields);
        }
    }

    @Test
    void shouldReferOnlyToWhatItHas() throws Exception {
        JsonNode root = JSON.readTree(OpenApi.text());
        assertThat(root.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(root.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
