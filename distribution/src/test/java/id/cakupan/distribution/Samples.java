package id.cakupan.distribution;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.FigureTarget;
import cakupan.records.Level;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Records as the streams app publishes them. */
final class Samples {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private Samples() {}

    static CoverageFigure figure(Level level, String id, @Nullable String name, long workers, long covered) {
        return CoverageFigure.newBuilder()
                .setLevel(level)
                .setId(id)
                .setName(name)
                .setAsOf(TODAY)
                .setHires(workers)
                .setCoveredHires(covered)
                .setOverdueHires(workers - covered)
                .setWorkers(workers)
                .setCoveredWorkers(covered)
                .setCoveredByGrace(0)
                .setRatio(workers == 0 ? null : (double) covered / workers)
                .setWorkerDays30(30 * workers)
                .setCoveredWorkerDays30(30 * covered)
                .setProjects(2)
                .setInsuredProjects(1)
                .setContractValue(1_500_000_000L)
                .setInsuredContractValue(500_000_000L)
                .setUpdatedAt(Instant.parse("2026-03-02T03:04:05.000006Z"))
                .build();
    }

    static FigureTarget target() {
        return new FigureTarget(0.413, LocalDate.of(2026, 12, 31), 33L);
    }

    static UncoveredHire alert(String hireId, AlertState state, LocalDate dueOn) {
        return UncoveredHire.newBuilder()
                .setHireId(hireId)
                .setWorkerId("k1.AAAAAAAAAAAAAAAAAAAAAA")
                .setProjectId("spse:tender:1")
                .setContractorId("npwp:0317037091445000")
                .setStartsOn(LocalDate.of(2026, 2, 2))
                .setDueOn(dueOn)
                .setUncoveredSince(LocalDate.of(2026, 2, 2))
                .setOverdueSince(dueOn.plusDays(1))
                .setState(state)
                .setReason(UncoveredReason.NOT_REGISTERED)
                .setBackdated(false)
                .setAsOf(TODAY)
                .build();
    }
}
