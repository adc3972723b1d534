package id.cakupan.streams;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import id.cakupan.coverage.oracle.OracleEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events as a source would say them, from facts. */
final class EventRecords {
    private static final String SOURCE = "test";

    private EventRecords() {}

    static SpecificRecord of(OracleEvent event) {
        return of(event.key(), event.fact(), event.formerWorkerId());
    }

    static SpecificRecord of(String key, Fact fact) {
        return of(key, fact, null);
    }

    static SpecificRecord of(String key, Fact fact, @Nullable String former) {
        String eventId = fact.stamp().eventId();
        Instant recordedAt = Instant.EPOCH.plus(fact.stamp().recordedAt(), ChronoUnit.MICROS);
        if (fact instanceof Hire f) {
            return new WorkerHired(
                    eventId,
                    SOURCE,
                    recordedAt,
                    key,
                    f.id(),
                    f.projectId(),
                    f.contractorId(),
                    Days.date(f.startsOn()),
                    end(f.endsOn()),
                    former);
        } else if (fact instanceof Release f) {
            ReleaseReason reason = f.voided() ? ReleaseReason.VOIDED : ReleaseReason.FINISHED;
            return new WorkerReleased(eventId, SOURCE, recordedAt, key, f.id(), Days.date(f.endedOn()), reason, former);
        } else if (fact instanceof Enrolment f) {
            return new WorkerEnrolled(
                    eventId,
                    SOURCE,
                    recordedAt,
                    key,
                    f.id(),
                    Segment.valueOf(f.segment().name()),
                    f.projectId(),
                    f.contractorId(),
                    Arrays.stream(id.cakupan.coverage.Programme.values())
                            .filter(p -> (f.programmes() & 1 << p.ordinal()) != 0)
                            .map(p -> Programme.valueOf(p.name()))
                            .toList(),
                    Days.date(f.effectiveFrom()),
                    end(f.effectiveTo()),
                    former);
        } else if (fact instanceof EnrolmentEnd f) {
            EndReason reason = f.voided() ? EndReason.VOIDED : EndReason.LAPSED;
            return new EnrolmentEnded(eventId, SOURCE, recordedAt, key, f.id(), Days.date(f.endedOn()), reason, former);
        } else if (fact instanceof Registration f) {
            ProjectRegistered event = new ProjectRegistered();
            event.setEventId(eventId);
            event.setSource(SOURCE);
            event.setRecordedAt(recordedAt);
            event.setProjectId(f.projectId());
            event.setName(f.name());
            event.setDistrictCode(f.districtCode());
            event.setContractorId(f.contractorId());
            event.setContractorName(f.contractorName());
            event.setFunding(Funding.valueOf(f.funding().name()));
            event.setContractValue(f.contractValue());
            event.setStartsOn(start(f.startsOn()));
            event.setEndsOn(end(f.endsOn()));
            return event;
        } else if (fact instanceof Insurance f) {
            ProjectInsured event = new ProjectInsured();
            event.setEventId(eventId);
            event.setSource(SOURCE);
            event.setRecordedAt(recordedAt);
            event.setProjectId(f.projectId());
            event.setStatus(InsuranceStatus.valueOf(f.status().name()));
            event.setEffectiveFrom(start(f.effectiveFrom()));
            event.setEffectiveTo(end(f.effectiveTo()));
            return event;
        }
        throw new IllegalArgumentException(fact.getClass().getName());
    }

    private static @Nullable LocalDate end(int day) {
        return day == Days.OPEN ? null : Days.date(day);
    }

    private static @Nullable LocalDate start(int day) {
        return day == Days.NONE ? null : Days.date(day);
    }
}
