package id.cakupan.dashboard.board;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTarget;
import cakupan.records.CoverageTimeline;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.Progress;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.Resolution;
import cakupan.records.TimelinePoint;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;

/** Records for tests. */
public final class Records {
    public static final LocalDate TODAY = LocalDate.of(2025, 7, 1);
    public static final Instant NOW = Instant.parse("2025-07-01T02:00:00Z");

    private Records() {}

    /** A figure of today, each worker with one hire, in one project of 1,000,000 rupiah that is insured. */
    public static CoverageFigure figure(Level level, String id, long workers, long covered) {
        return figure(level, id, TODAY, workers, covered);
    }

    public static CoverageFigure figure(Level level, String id, LocalDate day, long workers, long covered) {
        return CoverageFigure.newBuilder()
                .setLevel(level)
                .setId(id)
                .setName(level + " " + id)
                .setAsOf(day)
                .setHires(workers)
                .setCoveredHires(covered)
                .setOverdueHires(Math.min(1, workers - covered))
                .setWorkers(workers)
                .setCoveredWorkers(covered)
                .setCoveredByGrace(Math.min(2, covered))
                .setRatio(workers == 0 ? null : covered / (double) workers)
                .setWorkerDays30(30 * workers)
                .setCoveredWorkerDays30(30 * covered)
                .setProjects(1)
                .setInsuredProjects(1)
                .setContractValue(1_000_000)
                .setInsuredContractValue(1_000_000)
                .setRecordedThrough(NOW.minusSeconds(60))
                .setUpdatedAt(NOW)
                .build();
    }

    public static ProjectRegistered project(String id, String district, String contractor) {
        return project(id, district, contractor, NOW.minusSeconds(3_600));
    }

    public static ProjectRegistered project(String id, String district, String contractor, Instant recordedAt) {
        return ProjectRegistered.newBuilder()
                .setEventId("registered-" + id + "-" + recordedAt)
                .setSource("spse")
                .setRecordedAt(recordedAt)
                .setProjectId(id)
                .setName("Project " + id)
                .setDistrictCode(district)
                .setContractorId(contractor)
                .setContractorName("PT " + contractor)
                .setOwnerName("Dinas")
                .setFunding(Funding.APBD)
                .setContractNumber("600/" + id)
                .setContractValue(1_000_000L)
                .setStartsOn(TODAY.minusDays(40))
                .setEndsOn(TODAY.plusDays(40))
                .setDeclaredWorkers(3L)
                .build();
    }

    public static ProjectInsured insured(String id, InsuranceStatus status, LocalDate from, Instant recordedAt) {
        return ProjectInsured.newBuilder()
                .setEventId("insured-" + id + "-" + recordedAt)
                .setSource("sipp")
                .setRecordedAt(recordedAt)
                .setProjectId(id)
                .setStatus(status)
                .setEffectiveFrom(from)
                .build();
    }

    public static UncoveredHire alert(String worker, String project, String contractor, AlertState state) {
        return UncoveredHire.newBuilder()
                .setHireId("hire-" + worker.charAt(0))
                .setWorkerId("k1." + worker)
                .setProjectId(project)
                .setContractorId(contractor)
                .setDistrictCode("35.73.01")
                .setStartsOn(TODAY.minusDays(30))
                .setDueOn(TODAY.minusDays(10))
                .setUncoveredSince(TODAY.minusDays(30))
                .setOverdueSince(TODAY.minusDays(9))
                .setState(state)
                .setReason(UncoveredReason.UNLISTED)
                .setResolution(state == AlertState.RESOLVED ? Resolution.COVERED : null)
                .setBackdated(false)
                .setAsOf(TODAY)
                .build();
    }

    public static CoverageTarget target(Level level, String id) {
        return CoverageTarget.newBuilder()
                .setEventId("target-" + id)
                .setSource("rpjmd")
                .setRecordedAt(NOW.minusSeconds(7_200))
                .setLevel(level)
                .setId(id)
                .setBaselineRatio(0.33)
                .setBaselineOn(LocalDate.of(2025, 1, 1))
                .setRatio(0.413)
                .setDueOn(LocalDate.of(2025, 12, 31))
                .build();
    }

    public static ReferenceFigure reference() {
        return ReferenceFigure.newBuilder()
                .setEventId("reference")
                .setSource("bps")
                .setRecordedAt(NOW.minusSeconds(7_200))
                .setArea("35.73")
                .setConcept("ucj-all-sectors")
                .setParticipants(154_440L)
                .setWorkforce(468_000L)
                .setRatio(0.33)
                .setValidOn(LocalDate.of(2025, 1, 1))
                .build();
    }

    public static CoverageTimeline timeline(Level level, String id, TimelinePoint... points) {
        return CoverageTimeline.newBuilder()
                .setLevel(level)
                .setId(id)
                .setPoints(Arrays.asList(points))
                .build();
    }

    public static TimelinePoint point(LocalDate from, long workers, long covered) {
        return TimelinePoint.newBuilder()
                .setFrom(from)
                .setHires(workers)
                .setCoveredHires(covered)
                .setOverdueHires(0)
                .setWorkers(workers)
                .setCoveredWorkers(covered)
                .setCoveredByGrace(0)
                .setProjects(1)
                .setInsuredProjects(0)
                .setContractValue(5)
                .setInsuredContractValue(0)
                .build();
    }

    public static Progress progress(Instant at) {
        return Progress.newBuilder()
                .setApplicationId("cakupan-streams")
                .setStage("figures")
                .setPartition(0)
                .setOffsets(Map.of())
                .setAt(at)
                .build();
    }
}
