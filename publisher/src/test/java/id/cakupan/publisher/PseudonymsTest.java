package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
    @Test
    void shouldBeTheFirst16BytesOfTheHmacAsOpensslComputesIt() throws Exception {
        // printf nik:3573014506900001 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f -binary
        //     | head -c 16 | base64 | tr +/ -_
        assertThat(EventSamples.pseudonyms().of(Nik.parse(EventSamples.NIK))).isEqualTo("k1.5mTDyC8hKeCeUjp86slaNg");
    }

    @Test
    void shouldGiveAnyWritingOfANikTheSameId() throws Exception {
        Pseudonyms pseudonyms = EventSamples.pseudonyms();

        assertThat(pseudonyms.of(Nik.parse("' 3573.0145.0690.0001")))
                .isEqualTo(pseudonyms.of(Nik.parse(EventSamples.NIK)));
        assertThat(pseudonyms.of(Nik.parse("3573014506900002")))
                .isNotEqualTo(pseudonyms.of(Nik.parse(EventSamples.NIK)));
    }

    @Test
    void shouldKnowItsOwnForm() throws Exception {
        assertThat(Pseudonyms.isPseudonym(EventSamples.pseudonyms().of(Nik.parse(EventSamples.NIK))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EventSamples.NIK,
                "k1.5mTDyC8hKeCeUjp86slaN",
                "k1.5mTDyC8hKeCeUjp86slaNgg",
                "5mTDyC8hKeCeUjp86slaNg",
                ".5mTDyC8hKeCeUjp86slaNg",
                "k1.5mTDyC8hKeCeUjp86sla+g",
                "k3573014506900001.5mTDyC8hKeCeUjp86slaNg",
                "k1.3573014506900001slaNgg"
            })
    void shouldNotTakeAnythingElseForAPseudonym(String text) {
        assertThat(Pseudonyms.isPseudonym(text)).isFalse();
    }
}
