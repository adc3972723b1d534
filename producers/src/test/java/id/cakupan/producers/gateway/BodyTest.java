package id.cakupan.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyTest {
    @Test
    void shouldFindTheElementsOfAnArrayWhateverTheyHold() throws Exception {
        assertThat(json("{\"a\":1}")).containsExactly("{\"a\":1}");
        assertThat(json("\n [{\"a\":\"],}\\\"]\"} , [1,[2]],\"x,]\", 7 ]\t"))
                .containsExactly("{\"a\":\"],}\\\"]\"} ", "[1,[2]]", "\"x,]\"", "7 ");
    }

    @Test
    void shouldFindLines() throws Exception {
        assertThat(lines("{}\r\n\n  \n[1,\n2")).containsExactly("{}\r", "[1,", "2");
    }

    @Test
    void shouldRefuseWhatIsNoList() {
        for (String broken :
                List.of("", " \n", "[", "[]", "[1", "[1,", "[1,]", "[,1]", "[1]]", "[\"", "[{]", "[{]},{}]")) {
            assertThatThrownBy(() -> json(broken))
                    .as(broken)
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(ProblemKind.NOT_JSON));
        }
    }

    private static List<String> json(String text) throws Refusal {
        return spans(text, Body.Form.JSON);
    }

    private static List<String> lines(String text) throws Refusal {
        return spans(text, Body.Form.LINES);
    }

    private static List<String> spans(String text, Body.Form form) throws Refusal {
        Body body = Body.of(text.getBytes(StandardCharsets.UTF_8), false, form);
        return body.spans().stream()
                .map(span -> new String(body.bytes(), span.from(), span.to() - span.from(), StandardCharsets.UTF_8))
                .toList();
    }
}
