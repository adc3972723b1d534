package id.cakupan.streams;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReleaseReason;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns accepted events into facts. */
public final class EventFacts {
    private EventFacts() {}

    /**
     * The fact of an event about a worker.
     *
     * @throws IllegalArgumentException when the record is no event about a worker
     */
    public static WorkerFact workerFact(SpecificRecord event) {
        if (event instanceof WorkerHired e) {
            return new Hire(
                    e.getHireId(),
                    e.getProjectId(),
                    e.getContractorId(),
                    Days.day(e.getStartsOn()),
                    end(e.getEndsOn()),
                    stamp(e.getRecordedAt(), e.getEventId()));
        } else if (event instanceof WorkerReleased e) {
            return new Release(
                    e.getHireId(),
                    Days.day(e.getEndedOn()),
                    e.getReason() == ReleaseReason.VOIDED,
                    stamp(e.getRecordedAt(), e.getEventId()));
        } else if (event instanceof WorkerEnrolled e) {
            return new Enrolment(
                    e.getEnrolmentId(),
                    Segment.valueOf(e.getSegment().name()),
                    e.getProjectId(),
                    e.getContractorId(),
                    programmes(e.getProgrammes()),
                    Days.day(e.getEffectiveFrom()),
                    end(e.getEffectiveTo()),
                    stamp(e.getRecordedAt(), e.getEventId()));
        } else if (event instanceof EnrolmentEnded e) {
            return new EnrolmentEnd(
                    e.getEnrolmentId(),
                    Days.day(e.getEndedOn()),
                    e.getReason() == EndReason.VOIDED,
                    stamp(e.getRecordedAt(), e.getEventId()));
        }
        throw new IllegalArgumentException(event.getSchema().getName() + " is no event about a worker");
    }

    /** The id that the worker of an event had before; null where nothing is said of that. */
    static @Nullable String formerWorkerId(SpecificRecord event) {
        if (event instanceof WorkerHired e) {
            return e.getFormerWorkerId();
        } else if (event instanceof WorkerReleased e) {
            return e.getFormerWorkerId();
        } else if (event instanceof WorkerEnrolled e) {
            return e.getFormerWorkerId();
        }
        return event instanceof EnrolmentEnded e ? e.getFormerWorkerId() : null;
    }

    /**
     * The fact of an event about a project.
     *
     * @throws IllegalArgumentException when the record is no event about a project
     */
    public static ProjectFact projectFact(SpecificRecord event) {
        if (event instanceof ProjectRegistered e) {
            Long value = e.getContractValue();
            LocalDate first = e.getStartsOn() == null ? e.getContractDate() : e.getStartsOn();
            return new Registration(
                    e.getProjectId(),
                    e.getName(),
                    e.getDistrictCode(),
                    e.getContractorId(),
                    e.getContractorName(),
                    Funding.valueOf(e.getFunding().name()),
                    value == null ? 0 : value,
                    start(first),
                    end(e.getEndsOn()),
                    stamp(e.getRecordedAt(), e.getEventId()));
        } else if (event instanceof ProjectInsured e) {
            return new Insurance(
                    e.getProjectId(),
                    InsuranceStatus.valueOf(e.getStatus().name()),
                    start(e.getEffectiveFrom()),
                    end(e.getEffectiveTo()),
                    stamp(e.getRecordedAt(), e.getEventId()));
        }
        throw new IllegalArgumentException(event.getSchema().getName() + " is no event about a project");
    }

    static Stamp stamp(Instant recordedAt, String eventId) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt), eventId);
    }

    private static int programmes(List<Programme> programmes) {
        int bits = 0;
        for (Programme programme : programmes) {
            if (programme != Programme.UNKNOWN) {
                bits |= 1
                        << id.cakupan.coverage.Programme.valueOf(programme.name())
                                .ordinal();
            }
        }
        return bits;
    }

    private static int start(@Nullable LocalDate day) {
        return day == null ? Days.NONE : Days.day(day);
    }

    private static int end(@Nullable LocalDate day) {
        return day == null ? Days.OPEN : Days.day(day);
    }
}
