package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
    static final String NIK = "3573014506900001";

    static PseudonymKey key() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return new PseudonymKey("k1", bytes);
    }

    @Test
    void shouldBeTheFirst16BytesOfTheHmacAsOpensslComputesIt() throws Exception {
        // printf nik:3573014506900001 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f -binary
        //     | head -c 16 | base64 | tr +/ -_
        assertThat(new Pseudonyms(key()).of(Nik.parse(NIK))).isEqualTo("k1.5mTDyC8hKeCeUjp86slaNg");
    }

    @Test
    void shouldGiveAnyWritingOfANikTheSameId() throws Exception {
        Pseudonyms pseudonyms = new Pseudonyms(key());

        assertThat(pseudonyms.of(Nik.parse("' 3573.0145.0690.0001"))).isEqualTo(pseudonyms.of(Nik.parse(NIK)));
        assertThat(pseudonyms.of(Nik.parse("3573014506900002"))).isNotEqualTo(pseudonyms.of(Nik.parse(NIK)));
    }

    @Test
    void shouldKnowItsOwnForm() throws Exception {
        assertThat(Pseudonyms.isPseudonym(new Pseudonyms(key()).of(Nik.parse(NIK))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NIK,
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
