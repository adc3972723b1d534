package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NikTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3573014506900001",
                "'3573014506900001",
                "\u20193573014506900001",
                " 3573 0145 0690 0001 ",
                "35.73.01.450690.0001",
                "\u00a03573014506900001\u00a0",
                "`3573014506900001\t",
                "\u200b3573014506\u200d900001\ufeff"
            })
    void shouldReadANikAsPeopleWriteIt(String text) throws Exception {
        assertThat(Nik.parse(text).digits()).isEqualTo("3573014506900001");
    }

    @ParameterizedTest
    @CsvSource({
        "3.57301E+15, SCIENTIFIC",
        "'3,57301E+15', SCIENTIFIC",
        "3.573014506900001e15, SCIENTIFIC",
        "357301450690000, LENGTH",
        "35730145069000011, LENGTH",
        "'', LENGTH",
        "357301450690000A, CHARACTERS",
        "3573-0145-0690-0001, CHARACTERS",
        "3573010006900001, DATE",
        "3573013206900001, DATE",
        "3573014006900001, DATE",
        "3573017206900001, DATE",
        "3573014500900001, DATE",
        "3573014513900001, DATE",
        "3573013102900001, DATE",
        "3573017002900001, DATE",
        "3573012902900001, DATE",
        "3573017106900001, DATE",
        "0073014506900001, PROVINCE",
        "2273014506900001, PROVINCE",
        "9973014506900001, PROVINCE",
        "3573014506900000, SERIAL"
    })
    void shouldSayWhyATextIsNoNik(String text, Nik.Fault fault) {
        Nik.NikException e = catchThrowableOfType(Nik.NikException.class, () -> Nik.parse(text));

        assertThat(e.fault()).isEqualTo(fault);
        assertThat(e.getMessage()).doesNotContainPattern("\\d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3573010106900001",
                "3573013112900001",
                "3573014101900001",
                "3573017112909999",
                "3573012902880001",
                "9673016902000001"
            })
    void shouldTakeTheFirstAndLastDaysOfMenAndWomen(String text) throws Exception {
        assertThat(Nik.parse(text)).hasToString("NIK (hidden)");
    }

    @ParameterizedTest
    @CsvSource({
        "3573014506900001, true",
        "h-3573014506900001-1, true",
        "9999999999999999, false",
        "evt-0000000000000123, false",
        "3573.0145.0690.0001, true",
        "35730145069000011, true",
        "357301450690000101, true",
        "evt-013573014506900001, true",
        "3573-0145-0690-0001, true",
        "NIK 3573_0145_0690_0001 Budi, true",
        "357301/450690/0001, true",
        "'3,573,014,506,900,001', true",
        "3573|014506900001, true",
        "35:73:01:450690:0001, true",
        "３５７３０１４５０６９００００１, true",
        "3573014506\u200b900001, true",
        "3201-20250714-0001, false",
        "2025-07-14-00012345, false",
        "20250714083000123456, false",
        "00357301450690000100, false",
        "1735689600123456789, false",
        "10099782000, false",
        "602.1/09/KTR/2025, false",
        "hire 1, false"
    })
    void shouldSuspectWhatMayBeANikInFreeText(String text, boolean suspect) {
        assertThat(Nik.mayBeIn(text)).isEqualTo(suspect);
    }
}
