package id.cakupan.producers.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadingsTest {
    @ParameterizedTest
    @CsvSource({
        "TGL_AWAL_BEKERJA, tglawalbekerja",
        "Tgl. Awal  Bekerja *, tglawalbekerja",
        "tanggal (dd/mm/yyyy), tanggalddmmyyyy",
        "Pékérja, pekerja",
        "ＮＩＫ, nik",
        "No., no",
        "'', ''",
        "'***', ''",
    })
    void shouldLeaveLettersAndDigits(String heading, String normal) {
        assertThat(Headings.normal(heading)).isEqualTo(normal);
    }
}
