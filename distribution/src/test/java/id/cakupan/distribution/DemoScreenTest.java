package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.Level;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
    private static final String PAGE = "http://127.0.0.1:8090/";
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);
    private final DemoScreen screen = new DemoScreen(
            new Screen(out),
            out,
            Clock.fixed(Instant.parse("2026-03-02T03:04:05Z"), ZoneOffset.UTC),
            ZoneId.of("Asia/Jakarta"));

    @Test
    void shouldShowStepsThenTheCityAndItsDistrictsWithWhatChanged() {
        var city = Samples.figure(Level.CITY, "35.73", "Kota Malang", 1234, 510);
        screen.step("broker", Duration.ofMillis(2_940));
        screen.show(
                List.of(Samples.figure(Level.DISTRICT, "35.73.01", "Blimbing", 7, 7), city),
                new Demo.Counts(1_500, 2_000, 0),
                List.of("Catching up: 400 events behind"),
                PAGE);
        screen.show(
                List.of(Samples.figure(Level.DISTRICT, "35.73.01", "Blimbing", 8, 7), city),
                new Demo.Counts(2_000, 2_000, 3),
                List.of(),
                PAGE);

        assertThat(text.toString().lines().toList())
                .containsExactly(
                        "Cakupan demo. Data simulasi / simulated data: no person, site or company in it is real.",
                        "✓ broker (2.9 s)",
                        "… a year of Malang: 1,500 of 2,000 events",
                        "… figures: Catching up: 400 events behind",
                        "",
                        "               workers  covered    ratio  overdue hires  projects  insured",
                        "  Kota Malang    1,234      510   41.3 %            724         2        1",
                        "    Blimbing         7        7  100.0 %              0         2        1",
                        "",
                        "10:04:05  * = changed. Data simulasi / simulated data.",
                        "Open http://127.0.0.1:8090/ in a browser.",
                        "",
                        "✓ a year of Malang: 2,000 events; since then 3 live ones",
                        "",
                        "                workers  covered   ratio  overdue hires  projects  insured",
                        "   Kota Malang    1,234      510  41.3 %            724         2        1",
                        "*    Blimbing         8        7  87.5 %              1         2        1",
                        "",
                        "10:04:05  * = changed. Data simulasi / simulated data.",
                        "Open http://127.0.0.1:8090/ in a browser.",
                        "");
    }

    @Test
    void shouldWaitForFigures() {
        screen.show(List.of(), new Demo.Counts(0, 0, 0), List.of(), PAGE);

        assertThat(text.toString())
                .contains("… a year of Malang: 0 of 0 events")
                .doesNotContain("workers");
    }
}
