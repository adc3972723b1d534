package id.cakupan.schemas;

import cakupan.records.CoverageTarget;
import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which decoded events are acceptable. What an event says about other events (a release before its hire, a hire on an
 * unknown project) is no fault.
 *
 * <p>Required fields other than strings are expected to be set, as they always are in a record that was decoded or built
 * with its builder.
 */
public final class EventChecks {
    /** First acceptable day. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

    /** Last acceptable day. */
    public static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

    /** How far {@code recordedAt} may be after the record's own timestamp, in milliseconds: 24 hours. */
    public static final long MAX_AHEAD_MILLIS = Duration.ofHours(24).toMillis();

    /** Longest text or id, in characters. */
    public static final int MAX_TEXT = 2_000;

    /** Largest amount: 10^15 rupiah, so that the sum of thousands fits into a long. */
    public static final long MAX_AMOUNT = 1_000_000_000_000_000L;

    private static final Instant FIRST_INSTANT =
            FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();

    private EventChecks() {}

    /**
     * Finds the first fault of an event.
     *
     * @param key key of the Kafka record
     * @param value decoded value; null for a tombstone
     * @param recordTimestampMillis the Kafka record's own timestamp, milliseconds since 1970
     * @return the fault, or empty when the event is acceptable
     * @throws IllegalArgumentException if the value is a record that is no event, such as a figure
     */
    public static Optional<Rejection> check(
            @Nullable String key, @Nullable SpecificRecord value, long recordTimestampMillis) {
        if (value == null) {
            return Optional.of(new Rejection(RejectionReason.TOMBSTONE, "value"));
        }
        return Optional.ofNullable(own(value, key, recordTimestampMillis).texts(value).fault);
    }

    private static Check own(SpecificRecord value, @Nullable String key, long timestamp) {
        Check check = new Check(key, timestamp);
        if (value instanceof WorkerHired e) {
            return check.id("workerId", e.getWorkerId())
                    .former(e.getWorkerId(), e.getFormerWorkerId())
                    .id("hireId", e.getHireId())
                    .id("projectId", e.getProjectId())
                    .id("contractorId", e.getContractorId())
                    .days("startsOn", e.getStartsOn(), "endsOn", e.getEndsOn())
                    .envelope(e.getWorkerId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof WorkerReleased e) {
            return check.id("workerId", e.getWorkerId())
                    .former(e.getWorkerId(), e.getFormerWorkerId())
                    .id("hireId", e.getHireId())
                    .known("reason", e.getReason(), ReleaseReason.UNKNOWN)
                    .day("endedOn", e.getEndedOn())
                    .envelope(e.getWorkerId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof WorkerEnrolled e) {
            return check.id("workerId", e.getWorkerId())
                    .former(e.getWorkerId(), e.getFormerWorkerId())
                    .id("enrolmentId", e.getEnrolmentId())
                    .known("segment", e.getSegment(), Segment.UNKNOWN)
                    .project(e.getSegment(), e.getProjectId())
                    .optionalId("contractorId", e.getContractorId())
                    .programmes(e.getProgrammes())
                    .days("effectiveFrom", e.getEffectiveFrom(), "effectiveTo", e.getEffectiveTo())
                    .envelope(e.getWorkerId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof EnrolmentEnded e) {
            return check.id("workerId", e.getWorkerId())
                    .former(e.getWorkerId(), e.getFormerWorkerId())
                    .id("enrolmentId", e.getEnrolmentId())
                    .known("reason", e.getReason(), EndReason.UNKNOWN)
                    .day("endedOn", e.getEndedOn())
                    .envelope(e.getWorkerId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof ProjectRegistered e) {
            return check.id("projectId", e.getProjectId())
                    .id("districtCode", e.getDistrictCode())
                    .id("contractorId", e.getContractorId())
                    .amount("contractValue", e.getContractValue())
                    .amount("declaredWorkers", e.getDeclaredWorkers())
                    .day("contractDate", e.getContractDate())
                    .days("startsOn", e.getStartsOn(), "endsOn", e.getEndsOn())
                    .day("maintenanceEndsOn", e.getMaintenanceEndsOn())
                    .envelope(e.getProjectId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof ProjectInsured e) {
            return check.id("projectId", e.getProjectId())
                    .known("status", e.getStatus(), InsuranceStatus.UNKNOWN)
                    .days("effectiveFrom", e.getEffectiveFrom(), "effectiveTo", e.getEffectiveTo())
                    .envelope(e.getProjectId(), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof CoverageTarget e) {
            return check.known("level", e.getLevel(), Level.UNKNOWN)
                    .id("id", e.getId())
                    .ratio("baselineRatio", e.getBaselineRatio())
                    .day("baselineOn", e.getBaselineOn())
                    .ratio("ratio", e.getRatio())
                    .day("dueOn", e.getDueOn())
                    .envelope(Topics.COVERAGE_TARGETS.key().apply(e), e.getEventId(), e.getRecordedAt());
        } else if (value instanceof ReferenceFigure e) {
            return check.id("area", e.getArea())
                    .id("concept", e.getConcept())
                    .id("source", e.getSource())
                    .amount("participants", e.getParticipants())
                    .amount("workforce", e.getWorkforce())
                    .ratio("ratio", e.getRatio())
                    .day("validOn", e.getValidOn())
                    .envelope(Topics.REFERENCE_FIGURES.key().apply(e), e.getEventId(), e.getRecordedAt());
        }
        throw new IllegalArgumentException(value.getSchema().getFullName() + " is no event");
    }

    /** Keeps the first fault found; every further check is then skipped. */
    private static final class Check {
        private final @Nullable String key;
        private final long timestampMillis;
        private @Nullable Rejection fault;

        Check(@Nullable String key, long timestampMillis) {
            this.key = key;
            this.timestampMillis = timestampMillis;
        }

        private Check require(boolean holds, RejectionReason reason, String field) {
            if (!holds && fault == null) {
                fault = new Rejection(reason, field);
            }
            return this;
        }

        Check id(String field, @Nullable String id) {
            return require(id != null && !id.isBlank(), RejectionReason.MISSING_ID, field);
        }

        Check optionalId(String field, @Nullable String id) {
            return id == null ? this : id(field, id);
        }

        Check former(@Nullable String workerId, @Nullable String formerWorkerId) {
            return optionalId("formerWorkerId", formerWorkerId)
                    .require(
                            formerWorkerId == null || !formerWorkerId.equals(workerId),
                            RejectionReason.FORMER_ID_UNCHANGED,
                            "formerWorkerId");
        }

        Check project(Segment segment, @Nullable String projectId) {
            return require(
                            projectId != null || segment != Segment.JAKON,
                            RejectionReason.JAKON_WITHOUT_PROJECT,
                            "projectId")
                    .optionalId("projectId", projectId);
        }

        Check programmes(List<Programme> programmes) {
            return require(!programmes.isEmpty(), RejectionReason.NO_PROGRAMME, "programmes");
        }

        Check known(String field, Enum<?> symbol, Enum<?> unknown) {
            return require(symbol != unknown, RejectionReason.UNKNOWN_SYMBOL, field);
        }

        Check ratio(String field, @Nullable Double ratio) {
            return require(ratio == null || (ratio >= 0 && ratio <= 1), RejectionReason.RATIO_OUT_OF_RANGE, field);
        }

        Check amount(String field, @Nullable Long amount) {
            boolean holds = amount == null || (amount >= 0 && amount <= MAX_AMOUNT);
            return require(holds, RejectionReason.AMOUNT_OUT_OF_RANGE, field);
        }

        /** No text of the record is too long. */
        Check texts(SpecificRecord value) {
            List<Schema.Field> fields = value.getSchema().getFields();
            for (int i = 0; i < fields.size(); i++) {
                if (value.get(i) instanceof String text && text.length() > MAX_TEXT) {
                    return require(
                            false, RejectionReason.TEXT_TOO_LONG, fields.get(i).name());
                }
            }
            return this;
        }

        Check day(String field, @Nullable LocalDate day) {
            boolean holds = day == null || !(day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY));
            return require(holds, RejectionReason.DAY_OUT_OF_RANGE, field);
        }

        Check days(String firstField, @Nullable LocalDate first, String lastField, @Nullable LocalDate last) {
            boolean holds = first == null || last == null || !first.isAfter(last);
            return day(firstField, first).day(lastField, last).require(holds, RejectionReason.REVERSED_DAYS, lastField);
        }

        /** What every event has: its own id, a key that follows from it, and an instant at which it was recorded. */
        Check envelope(@Nullable String expectedKey, @Nullable String eventId, Instant recordedAt) {
            boolean recorded =
                    !recordedAt.isAfter(Instant.ofEpochMilli(timestampMillis).plusMillis(MAX_AHEAD_MILLIS));
            return id("eventId", eventId)
                    .require(Objects.equals(key, expectedKey), RejectionReason.KEY_MISMATCH, "key")
                    .require(!recordedAt.isBefore(FIRST_INSTANT), RejectionReason.DAY_OUT_OF_RANGE, "recordedAt")
                    .require(recorded, RejectionReason.RECORDED_IN_FUTURE, "recordedAt");
        }
    }
}
