package id.cakupan.schemas;

import cakupan.records.CoverageTarget;
import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One acceptable event of each kind, with every optional field set. */
final class SampleEvents {
    static final Instant RECORDED = Instant.parse("2025-07-16T03:04:05.000006Z");
    static final LocalDate DAY = LocalDate.of(2025, 7, 16);
    static final String WORKER = "k1.AAAAAAAAAAAAAAAAAAAAAA";
    static final String FORMER_WORKER = "k0.AAAAAAAAAAAAAAAAAAAAAA";
    static final String PROJECT = "spse:nontender:10099782000";
    static final String CONTRACTOR = "npwp:0317037091445000";

    private SampleEvents() {}

    static WorkerHired hired() {
        return WorkerHired.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setWorkerId(WORKER)
                .setFormerWorkerId(FORMER_WORKER)
                .setHireId("h-1")
                .setProjectId(PROJECT)
                .setContractorId(CONTRACTOR)
                .setStartsOn(DAY)
                .setEndsOn(DAY)
                .build();
    }

    static WorkerReleased released() {
        return WorkerReleased.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setWorkerId(WORKER)
                .setFormerWorkerId(FORMER_WORKER)
                .setHireId("h-1")
                .setEndedOn(DAY)
                .setReason(ReleaseReason.FINISHED)
                .build();
    }

    static WorkerEnrolled enrolled() {
        return WorkerEnrolled.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setWorkerId(WORKER)
                .setFormerWorkerId(FORMER_WORKER)
                .setEnrolmentId("n-1")
                .setSegment(Segment.JAKON)
                .setProjectId(PROJECT)
                .setContractorId(CONTRACTOR)
                .setProgrammes(List.of(Programme.JKK, Programme.JKM))
                .setEffectiveFrom(DAY)
                .setEffectiveTo(DAY)
                .build();
    }

    static EnrolmentEnded ended() {
        return EnrolmentEnded.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setWorkerId(WORKER)
                .setFormerWorkerId(FORMER_WORKER)
                .setEnrolmentId("n-1")
                .setEndedOn(DAY)
                .setReason(EndReason.LAPSED)
                .build();
    }

    static ProjectRegistered registered() {
        return ProjectRegistered.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setProjectId(PROJECT)
                .setName("Jembatan")
                .setDistrictCode("35.73.01")
                .setContractorId(CONTRACTOR)
                .setContractorName("CV. ARBA")
                .setOwnerName("Dinas PU")
                .setFunding(Funding.APBD)
                .setContractNumber("SPK/1")
                .setContractDate(DAY)
                .setContractValue(1_000_000L)
                .setStartsOn(DAY)
                .setEndsOn(DAY)
                .setMaintenanceEndsOn(DAY)
                .setDeclaredWorkers(12L)
                .build();
    }

    static ProjectInsured insured() {
        return ProjectInsured.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setProjectId(PROJECT)
                .setStatus(InsuranceStatus.PAID)
                .setEffectiveFrom(DAY)
                .setEffectiveTo(DAY)
                .setParticipantNumber("123")
                .build();
    }

    static CoverageTarget target() {
        return CoverageTarget.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setLevel(Level.CITY)
                .setId("35.73")
                .setBaselineRatio(0.33)
                .setBaselineOn(DAY)
                .setRatio(0.41)
                .setDueOn(DAY)
                .build();
    }

    static ReferenceFigure reference() {
        return ReferenceFigure.newBuilder()
                .setEventId("e-1")
                .setSource("test")
                .setRecordedAt(RECORDED)
                .setArea("35.73")
                .setConcept("all-sectors")
                .setParticipants(10L)
                .setWorkforce(20L)
                .setRatio(0.5)
                .setValidOn(DAY)
                .build();
    }
}
