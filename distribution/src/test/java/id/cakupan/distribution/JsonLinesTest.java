package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.AlertState;
import cakupan.records.CoverageTimeline;
import cakupan.records.Level;
import cakupan.records.TimelinePoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void shouldWriteEveryFieldOfAFigureInOrder() {
        var figure = Samples.figure(Level.CITY, "35.73", "Kota \"Malang\"", 100, 8);
        figure.setTarget(Samples.target());
        figure.setRecordedThrough(Instant.parse("2026-03-01T17:00:00Z"));

        assertThat(JsonLines.line(figure))
                .isEqualTo(
                        "{\"level\":\"CITY\",\"id\":\"35.73\",\"name\":\"Kota \\\"Malang\\\"\",\"asOf\":\"2026-03-02\","
                                + "\"hires\":100,\"coveredHires\":8,\"overdueHires\":92,\"workers\":100,\"coveredWorkers\":8,"
                                + "\"coveredByGrace\":0,\"ratio\":0.08,\"workerDays30\":3000,\"coveredWorkerDays30\":240,"
                                + "\"projects\":2,\"insuredProjects\":1,\"contractValue\":1500000000,"
                                + "\"insuredContractValue\":500000000,\"target\":{\"ratio\":0.413,\"dueOn\":\"2026-12-31\","
                                + "\"workersToTarget\":33},\"recordedThrough\":\"2026-03-01T17:00:00Z\","
                                + "\"updatedAt\":\"2026-03-02T03:04:05.000006Z\"}");
    }

    @Test
    void shouldWriteWhatIsAbsentAsNull() {
        String line = JsonLines.line(Samples.figure(Level.DISTRICT, "UNASSIGNED", null, 0, 0));

        assertThat(line)
                .contains("\"name\":null")
                .contains("\"ratio\":null")
                .contains("\"target\":null")
                .contains("\"recordedThrough\":null");
    }

    @Test
    void shouldWriteAnAlert() {
        assertThat(JsonLines.line(Samples.alert("h1", AlertState.OVERDUE, LocalDate.of(2026, 2, 20))))
                .isEqualTo(
                        "{\"hireId\":\"h1\",\"workerId\":\"k1.AAAAAAAAAAAAAAAAAAAAAA\",\"projectId\":\"spse:tender:1\","
                                + "\"contractorId\":\"npwp:0317037091445000\",\"districtCode\":null,\"startsOn\":\"2026-02-02\","
                                + "\"dueOn\":\"2026-02-20\",\"uncoveredSince\":\"2026-02-02\",\"overdueSince\":\"2026-02-21\","
                                + "\"state\":\"OVERDUE\",\"reason\":\"NOT_REGISTERED\",\"resolution\":null,\"backdated\":false,"
                                + "\"asOf\":\"2026-03-02\",\"currentWorkerId\":null}");
    }

    @Test
    void shouldWriteThePointsOfATimeline() {
        var point = new TimelinePoint(LocalDate.of(2025, 1, 1), 3L, 2L, 1L, 3L, 2L, 0L, 1L, 1L, 10L, 10L);

        assertThat(JsonLines.line(new CoverageTimeline(Level.PROJECT, "p", List.of(point))))
                .isEqualTo("{\"level\":\"PROJECT\",\"id\":\"p\",\"points\":[{\"from\":\"2025-01-01\",\"hires\":3,"
                        + "\"coveredHires\":2,\"overdueHires\":1,\"workers\":3,\"coveredWorkers\":2,\"coveredByGrace\":0,"
                        + "\"projects\":1,\"insuredProjects\":1,\"contractValue\":10,\"insuredContractValue\":10}]}");
    }
}
