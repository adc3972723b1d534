package id.cakupan.producers.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.tables.AmountTexts.Mark;
import id.cakupan.publisher.BadEventReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTextsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "1375000;1375000;-",
                "0;0;-",
                "007;7;-",
                "Rp 1.375.000,00;1375000;COMMA",
                "rp1.375.000;1375000;COMMA",
                "Rp. 1.375.000,-;1375000;COMMA",
                "Rp1.375.000.-;1375000;COMMA",
                "IDR 1,375,000.00;1375000;POINT",
                "1,375,000;1375000;POINT",
                "1 375 000;1375000;-",
                "Rp\u00a01.375.000,50;1375001;COMMA",
                "1.375.000,49;1375000;COMMA",
                "5380803707.15;5380803707;POINT",
                "5380803707,5;5380803708;COMMA",
                "1.375,00;1375;COMMA",
                "1,375.00;1375;POINT",
                "1,375.000;1375;POINT",
                "1375000.000;1375000;POINT",
                "0.500;1;POINT",
                "0,4;0;COMMA",
                "12,5;13;COMMA",
                "1375000,-;1375000;-",
                "999999999999999999;999999999999999999;-"
            })
    void shouldReadEveryForm(String text, long amount, @Nullable Mark mark) throws BadValue {
        assertThat(AmountTexts.parse(text, null)).isEqualTo(amount);
        assertThat(AmountTexts.evidence(text)).isEqualTo(mark);
        assertThat(AmountTexts.isAmbiguous(text)).isFalse();
        if (mark != null) {
            assertThat(AmountTexts.parse(text, mark)).isEqualTo(amount);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1.375;1;1375", "1,375;1375;1", "999.500;1000;999500", "Rp 12,500;12500;13"})
    void shouldRefuseToGuessWhatOneMarkMeans(String text, long withPoint, long withComma) throws BadValue {
        assertThat(AmountTexts.isAmbiguous(text)).isTrue();
        assertThat(AmountTexts.evidence(text)).isNull();
        assertRefused(text, null, BadEventReason.AMOUNT_AMBIGUOUS);
        assertThat(AmountTexts.parse(text, Mark.POINT)).isEqualTo(withPoint);
        assertThat(AmountTexts.parse(text, Mark.COMMA)).isEqualTo(withComma);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "Rp",
                "-5",
                "(5)",
                "1.37E9",
                "1,37,500",
                "1.375.00",
                "1.375,000,00",
                "1.375.000.000,0,0",
                "1234.567.890",
                "1..5",
                ".5",
                "5.",
                "lima ribu",
                "5 juta",
                "1000000000000000000",
                "１２３"
            })
    void shouldRefuseWhatIsNoAmount(String text) {
        assertRefused(text, null, BadEventReason.AMOUNT_FORM);
        assertThat(AmountTexts.evidence(text)).isNull();
        assertThat(AmountTexts.isAmbiguous(text)).isFalse();
    }

    @Test
    void shouldKeepToTheMarkThatIsSaid() {
        assertRefused("1.375.000,00", Mark.POINT, BadEventReason.AMOUNT_FORM);
        assertRefused("1,375,000", Mark.COMMA, BadEventReason.AMOUNT_FORM);
    }

    @Test
    void shouldTakeThePointOfANumberOfTheFileWhateverIsSaid() throws BadValue {
        assertThat(AmountTexts.parse(new Cell(Cell.Kind.NUMBER, "1.375"), Mark.COMMA))
                .isEqualTo(1);
        assertThat(AmountTexts.parse(new Cell(Cell.Kind.TEXT, "1.375"), Mark.COMMA))
                .isEqualTo(1375);
    }

    private static void assertRefused(String text, @Nullable Mark mark, BadEventReason reason) {
        assertThatThrownBy(() -> AmountTexts.parse(text, mark))
                .isInstanceOfSatisfying(
                        BadValue.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
