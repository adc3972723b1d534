package id.cakupan.producers.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.tables.DateTexts.Order;
import id.cakupan.publisher.BadEventReason;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-07-16",
                "2025/07/16",
                "2025.7.16",
                "2025-7-16",
                "2025-07-16T00:00:00.000000Z",
                "2025-07-16T23:59:59+07:00",
                "2025-07-16T00:30:00-0800",
                "2025-07-16 00:00:00",
                "2025-07-16 00:00:00+07",
                "2025-07-16 24:00",
                "16-07-2025",
                "16/07/2025",
                "16.7.25",
                "16 07 2025",
                "16 / 07 / 2025",
                "16/07/2025 08:30",
                "16/07/2025 08.30 WIB",
                "16/07/2025, pukul 08.30",
                "07/16/2025",
                "7/16/25 12:00:00 AM",
                "16-JUL-25",
                "16JUL2025",
                "16 Juli 2025",
                "16 juli  2025",
                "16. Juli 2025",
                "16-Jul-2025",
                "16 Jul '25",
                "16th July, 2025",
                "Jul 16, 2025",
                "Jul 16, 2025, 12:00:00AM",
                "July 16 2025 11:59 p.m.",
                "JULI 16, 2025",
                "Juli-16-2025",
                "2025-Jul-16",
                "Rabu, 16 Juli 2025",
                "rabu 16/07/2025",
                "Wed, 16 Jul 2025 00:00:00 GMT",
                "Wednesday, July 16, 2025",
                "'2025-07-16",
                " \u00a016\u00a0Juli\u202f2025\r\n",
                "<p>16 Juli&nbsp;2025</p>"
            })
    void shouldReadEveryForm(String text) throws BadValue {
        assertThat(DateTexts.parse(text, null)).isEqualTo(LocalDate.of(2025, 7, 16));
        assertThat(DateTexts.isAmbiguous(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "01, Januari Jan January",
        "02, Februari Pebruari Feb Peb February",
        "03, Maret Mar Mrt March",
        "04, April Apr",
        "05, Mei May",
        "06, Juni Jun June",
        "07, Juli Jul July",
        "08, Agustus Agu Ags Agt Aug August",
        "09, September Sep Sept",
        "10, Oktober Okt Oct October",
        "11, November Nopember Nov Nop",
        "12, Desember Des Dec December",
    })
    void shouldKnowMonthsInBothLanguages(String month, String names) throws BadValue {
        LocalDate day = LocalDate.parse("2025-" + month + "-03");
        for (String name : names.split(" ", -1)) {
            for (String cased : new String[] {name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)}) {
                assertThat(DateTexts.parse("3 " + cased + " 2025", null)).isEqualTo(day);
                assertThat(DateTexts.parse("03-" + cased + "-25", null)).isEqualTo(day);
                assertThat(DateTexts.parse(cased + ". 3, 2025", null)).isEqualTo(day);
            }
        }
    }

    @Test
    void shouldKnowWeekdaysInBothLanguages() throws BadValue {
        for (String name : ("Senin Selasa Rabu Kamis Jumat Jum'at Sabtu Minggu Ahad Monday Tuesday Wednesday Thursday"
                        + " Friday Saturday Sunday Sen Sel Rab Kam Jum Sab Min Mon Tue Wed Thu Fri Sat Sun")
                .split(" ", -1)) {
            assertThat(DateTexts.parse(name + ", 3 Mei 2025", null)).isEqualTo(LocalDate.of(2025, 5, 3));
        }
    }

    @ParameterizedTest
    @CsvSource({"22.9.89, 2089-09-22", "22.9.90, 1990-09-22", "22.9.99, 1999-09-22", "19.9.00, 2000-09-19"})
    void shouldPlaceYearsOfTwoDigits(String text, LocalDate day) throws BadValue {
        assertThat(DateTexts.parse(text, null)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05/06/2025", "5-6-25", "05.06.2025 08:00", "12/11/2025"})
    void shouldRefuseToGuessTheOrder(String text) throws BadValue {
        assertThat(DateTexts.isAmbiguous(text)).isTrue();
        assertThat(DateTexts.evidence(text)).isNull();
        assertRefused(text, null, BadEventReason.DATE_AMBIGUOUS);
        LocalDate dayFirst = DateTexts.parse(text, Order.DAY_FIRST);
        LocalDate monthFirst = DateTexts.parse(text, Order.MONTH_FIRST);
        assertThat(dayFirst.getDayOfMonth()).isEqualTo(monthFirst.getMonthValue());
        assertThat(dayFirst.getMonthValue()).isEqualTo(monthFirst.getDayOfMonth());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "13/05/2025, DAY_FIRST",
                "31.12.99 10:00, DAY_FIRST",
                "05/13/2025, MONTH_FIRST",
                "05/05/2025, -",
                "05/06/2025, -",
                "13/13/2025, -",
                "2025-12-13, -",
                "13 Mei 2025, -",
                "'', -",
                "x, -"
            })
    void shouldTellWhichOrderATextProves(String text, @Nullable Order order) {
        assertThat(DateTexts.evidence(text)).isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "31/02/2025, DATE_IMPOSSIBLE",
        "2025-02-29, DATE_IMPOSSIBLE",
        "2025-13-01, DATE_IMPOSSIBLE",
        "0/5/2025, DATE_AMBIGUOUS",
        "00/00/2025, DATE_IMPOSSIBLE",
        "13/13/2025, DATE_IMPOSSIBLE",
        "32 Mei 2025, DATE_IMPOSSIBLE",
        "45854, DATE_SERIAL",
        "45854.5, DATE_SERIAL",
        "'45854,5', DATE_SERIAL",
        "20250716, DATE_FORM",
        "25-07-14, DATE_FORM",
        "25/7/14, DATE_FORM",
        "2025, DATE_FORM",
        "Juli 2025, DATE_FORM",
        "07/2025, DATE_FORM",
        "07-2025, DATE_FORM",
        "16 Juli, DATE_FORM",
        "16 Xyz 2025, DATE_FORM",
        "16-07-2025 sampai 17-07-2025, DATE_FORM",
        "16-07/2025, DATE_FORM",
        "16-07-2025 25:00, DATE_FORM",
        "besok, DATE_FORM",
        "-, DATE_FORM",
        "'', DATE_FORM",
        "' ', DATE_FORM",
        "٠١/٠٢/٢٠٢٥, DATE_FORM",
    })
    void shouldRefuseWhatIsNoWholeDate(String text, BadEventReason reason) {
        assertRefused(text, null, reason);
    }

    @Test
    void shouldKeepToTheOrderThatIsSaid() {
        assertRefused("07/16/2025", Order.DAY_FIRST, BadEventReason.DATE_IMPOSSIBLE);
        assertRefused("16/07/2025", Order.MONTH_FIRST, BadEventReason.DATE_IMPOSSIBLE);
    }

    @Test
    void shouldRefuseLongTextsAtOnce() {
        assertRefused("1 ".repeat(1_000_000), null, BadEventReason.DATE_FORM);
        assertRefused(" ".repeat(70) + "x", null, BadEventReason.DATE_FORM);
    }

    private static void assertRefused(String text, @Nullable Order order, BadEventReason reason) {
        assertThatThrownBy(() -> DateTexts.parse(text, order)).isInstanceOfSatisfying(BadValue.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessage(reason.name());
        });
    }
}
