package id.cakupan.dashboard.export;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.DecisionReason;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Resolution;
import cakupan.records.UncoveredReason;
import id.cakupan.dashboard.view.GroupSort;
import id.cakupan.dashboard.view.Parameters;
import id.cakupan.dashboard.view.ViewQuery.GroupState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void shouldHaveTheSameKeysInBothLanguages() {
        Set<Object> indonesian = Texts.read(Language.ID).keySet();
        assertThat(Texts.read(Language.EN).keySet()).isEqualTo(indonesian);
        for (Language language : Language.values()) {
            assertThat(Texts.read(language).values())
                    .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
        }
    }

    @Test
    void shouldNameEveryColumnAndEverySymbol() {
        Texts texts = Texts.of(Language.ID);
        Set<String> keys = Stream.of(
                        Columns.groups(texts, true, true).stream().map(Column::key),
                        Columns.hires(texts, true).stream().map(Column::key),
                        Columns.timeline(texts, true).stream().map(Column::key),
                        symbols("funding", Funding.values()),
                        symbols("insurance", InsuranceStatus.values()),
                        symbols("reason", UncoveredReason.values()),
                        symbols("resolution", Resolution.values()),
                        symbols("decision", DecisionKind.values()),
                        symbols("decisionReason", DecisionReason.values()),
                        symbols("state", AlertState.values()).filter(key -> !key.endsWith("UNKNOWN")),
                        Stream.of(GroupSort.values()).map(sort -> "sort." + Parameters.small(sort)),
                        Stream.of(GroupState.values()).map(state -> "groupState." + Parameters.small(state)))
                .flatMap(all -> all)
                .collect(Collectors.toSet());
        assertThat(Texts.read(Language.ID).keySet()).containsAll(keys);
    }

    private static Stream<String> symbols(String kind, Enum<?>[] symbols) {
        return Stream.of(symbols).map(symbol -> kind + "." + symbol.name());
    }

    @Test
    void shouldDefuseWhatASpreadsheetMayRun() {
        for (String text :
                List.of("=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20a")) {
            assertThat(SafeText.cell(text)).isEqualTo("'" + text);
        }
        assertThat(Texts.of(Language.ID).funding("35.73:PRIVATE")).isEqualTo("35.73:swasta");
        assertThat(SafeText.cell(SafeText.xml("\u0000=1"))).isEqualTo("'=1");
        assertThat(SafeText.cell("PT A = B")).isEqualTo("PT A = B");
        assertThat(SafeText.cell("")).isEmpty();
        assertThat(SafeText.xml("a\u0000\u0008b\ufffe")).isEqualTo("ab");
        assertThat(SafeText.html("<a href='x'>\"&")).isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
