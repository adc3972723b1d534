package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KpjTest {
    private static final String NUMBER = "12345678901";

    @ParameterizedTest
    @ValueSource(strings = {NUMBER, "'12345678901", " 123 4567 8901\u00a0", "12.345.678.901"})
    void shouldReadElevenDigitsAsPeopleWriteThem(String text) {
        assertThat(kpj(text).digits()).isEqualTo(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1234567890", "123456789012", "1234567890A", "1,23E+10", "١٢٣٤٥٦٧٨٩٠١", "3573014506900001"})
    void shouldTakeNothingElseForAKpj(String text) {
        assertThat(Kpj.parse(text)).isNull();
    }

    @Test
    void shouldHideItsNumber() {
        assertThat(kpj(NUMBER)).asString().doesNotContain("1234");
    }

    @Test
    void shouldHaveACodeForEachValidKeyThatIsNoIdOfAWorker() {
        // printf kpj:12345678901 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f -binary
        //     | head -c 16 | base64 | tr +/ -_
        assertThat(EventSamples.pseudonyms().codesOf(kpj(NUMBER))).containsExactly("k1.OT9NfcbssT2RjmBLPqMKqQ");
        assertThat(EventSamples.rotating().codesOf(kpj(NUMBER)))
                .hasSize(2)
                .endsWith("k1.OT9NfcbssT2RjmBLPqMKqQ")
                .startsWith(EventSamples.rotated().codesOf(kpj(NUMBER)).get(0));
    }

    private static Kpj kpj(String text) {
        return Objects.requireNonNull(Kpj.parse(text));
    }
}
