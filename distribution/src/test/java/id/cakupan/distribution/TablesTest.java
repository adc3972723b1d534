package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void shouldShowFiguresByLevelFromTheCityDown() {
        CoverageFigure city = Samples.figure(Level.CITY, "35.73", "Kota Malang", 1234, 510);
        city.setTarget(Samples.target());
        List<CoverageFigure> figures = List.of(
                        Samples.figure(Level.DISTRICT, "35.73.02", "Klojen", 0, 0),
                        city,
                        Samples.figure(Level.DISTRICT, "35.73.01", "Blimbing", 7, 7))
                .stream()
                .sorted(FigureTables.Sort.ID.withinLevels())
                .toList();

        assertThat(FigureTables.lines(figures))
                .containsExactly(
                        "city, as of 2026-03-02",
                        "id     name         workers  covered  by grace   ratio  overdue hires  projects  insured"
                                + "                target  workers to target",
                        "35.73  Kota Malang    1,234      510         0  41.3 %            724         2        1"
                                + "  41.3 % by 2026-12-31                 33",
                        "",
                        "district, as of 2026-03-02",
                        "id        name      workers  covered  by grace    ratio  overdue hires  projects  insured"
                                + "  target  workers to target",
                        "35.73.01  Blimbing        7        7         0  100.0 %              0         2        1",
                        "35.73.02  Klojen          0        0         0        -              0         2        1",
                        "",
                        FigureTables.LEGEND);
    }

    @Test
    void shouldSayThatThereAreNoFigures() {
        assertThat(FigureTables.lines(List.of())).containsExactly("There are no figures yet.");
    }

    @Test
    void shouldSortGroupsWithoutWorkersLastByRatio() {
        List<CoverageFigure> figures = List.of(
                Samples.figure(Level.DISTRICT, "none", null, 0, 0),
                Samples.figure(Level.DISTRICT, "good", null, 10, 9),
                Samples.figure(Level.DISTRICT, "bad", null, 10, 1));

        assertThat(figures.stream()
                        .sorted(FigureTables.Sort.RATIO.withinLevels())
                        .map(CoverageFigure::getId))
                .containsExactly("bad", "good", "none");
        assertThat(figures.stream()
                        .sorted(FigureTables.Sort.WORKERS.withinLevels())
                        .map(CoverageFigure::getId))
                .containsExactly("bad", "good", "none");
    }

    @Test
    void shouldShortenLongNamesAndKeepThemOnOneLine() {
        String long50 = "x".repeat(30) + "\n" + "y".repeat(19);

        assertThat(FigureTables.lines(List.of(Samples.figure(Level.PROJECT, "p", long50, 1, 1)))
                        .get(2))
                .startsWith("p   " + "x".repeat(30) + " " + "y".repeat(12) + "…  ");
    }

    @Test
    void shouldShowTheMostUrgentAlertsFirstAndCountTheRest() {
        UncoveredHire resolved = Samples.alert("h4", AlertState.RESOLVED, LocalDate.of(2026, 2, 20));
        resolved.setResolution(Resolution.COVERED);
        List<UncoveredHire> all = List.of(
                        Samples.alert("h1", AlertState.DUE_SOON, LocalDate.of(2026, 3, 4)),
                        resolved,
                        Samples.alert("h2", AlertState.OVERDUE, LocalDate.of(2026, 2, 27)),
                        Samples.alert("h3", AlertState.ESCALATED, LocalDate.of(2026, 2, 20)))
                .stream()
                .sorted(AlertTable.ORDER)
                .toList();

        assertThat(all.stream().map(UncoveredHire::getHireId)).containsExactly("h3", "h2", "h1", "h4");
        assertThat(AlertTable.lines(all.subList(0, 1), all))
                .containsExactly(
                        "hire  worker                     project        contractor             district  state"
                                + "      reason          started     due         backdated",
                        "h3    k1.AAAAAAAAAAAAAAAAAAAAAA  spse:tender:1  npwp:0317037091445000            ESCALATED"
                                + "  NOT_REGISTERED  2026-02-02  2026-02-20",
                        "",
                        "1 shown; 3 open, 1 resolved in all.");
    }

    @Test
    void shouldShowTheIdThatTheWorkerHasNow() {
        UncoveredHire alert = Samples.alert("h1", AlertState.OVERDUE, LocalDate.of(2026, 2, 27));
        alert.setCurrentWorkerId("k2.BBBBBBBBBBBBBBBBBBBBBB");

        assertThat(AlertTable.lines(List.of(alert), List.of(alert)).get(1))
                .startsWith("h1    k2.BBBBBBBBBBBBBBBBBBBBBB  spse:tender:1");
    }
}
