package id.cakupan.producers.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Jalan Ijen 5~Jalan Ijen 5",
                " a \u00a0\t b\u2007~a b",
                "<p>Pembangunan<br/>Gedung&nbsp;&amp; Jalan</p>~Pembangunan Gedung & Jalan",
                "<b class=\"x\">a</b>~a",
                "<!-- x -->a~a",
                "3 < 4 > 2~3 < 4 > 2",
                "a <b~a <b",
                "&#65;&#x42;&quot;&lt;b&gt;~AB\"<b>",
                "R&D; S & T &xyz; &#xfffffff;~R&D; S & T &xyz; &#xfffffff;",
                "a\u0000b\u0007c~a b c",
                "\u202eabc\u200b\ufeffd~abcd",
            })
    void shouldLeaveTheText(String text, String clean) {
        assertThat(PlainText.clean(text)).isEqualTo(clean);
    }

    @Test
    void shouldJoinLines() {
        assertThat(PlainText.clean("a\r\n b\u2028c\n")).isEqualTo("a b c");
        assertThat(PlainText.clean(" \n ")).isEmpty();
    }

    @Test
    void shouldStandLongTexts() {
        assertThat(PlainText.clean("<a".repeat(500_000))).hasSize(1_000_000);
        assertThat(PlainText.clean("&".repeat(500_000))).hasSize(500_000);
        assertThat(PlainText.clean("< ".repeat(500_000) + ">")).hasSize(1_000_001);
    }
}
