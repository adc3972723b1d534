package id.cakupan.producers.simulator;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.InsuranceStatus;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The city's figures by the plainest reading of the rules: keep the last word on every fact, then ask of one day which
 * hires are active and covered. Knows nothing of how events were made, nor of holidays.
 */
final class DayByDay {
    private static final int GRACE_WORKING_DAYS = 30;

    /** Workers with an active hire in the city, and those of them whose hires there are all covered. */
    record Count(int workers, int covered) {
        double ratio() {
            return (double) covered / workers;
        }
    }

    private final Map<String, SpecificRecord> facts = new HashMap<>();

    void add(SpecificRecord event) {
        String fact = event.getSchema().getName() + "/" + id(event);
        facts.merge(fact, event, (a, b) -> isAfter(b, a) ? b : a);
    }

    private static String id(SpecificRecord event) {
        if (event instanceof WorkerHired e) {
            return e.getWorkerId() + "/" + e.getHireId();
        } else if (event instanceof WorkerReleased e) {
            return e.getWorkerId() + "/" + e.getHireId();
        } else if (event instanceof WorkerEnrolled e) {
            return e.getWorkerId() + "/" + e.getEnrolmentId();
        } else if (event instanceof EnrolmentEnded e) {
            return e.getWorkerId() + "/" + e.getEnrolmentId();
        } else if (event instanceof ProjectRegistered e) {
            return e.getProjectId();
        } else if (event instanceof ProjectInsured e) {
            return e.getProjectId();
        }
        return event.get(0).toString();
    }

    private static boolean isAfter(SpecificRecord a, SpecificRecord b) {
        int byInstant = ((Instant) field(a, "recordedAt")).compareTo((Instant) field(b, "recordedAt"));
        return byInstant > 0
                || (byInstant == 0
                        && field(a, "eventId")
                                        .toString()
                                        .compareTo(field(b, "eventId").toString())
                                > 0);
    }

    private static Object field(SpecificRecord event, String name) {
        return event.get(event.getSchema().getField(name).pos());
    }

    Count city(String city, LocalDate day) {
        Map<String, ProjectRegistered> projects = all(ProjectRegistered.class, ProjectRegistered::getProjectId);
        Map<String, ProjectInsured> insured = all(ProjectInsured.class, ProjectInsured::getProjectId);
        Map<String, WorkerReleased> released = all(WorkerReleased.class, e -> e.getWorkerId() + "/" + e.getHireId());
        Map<String, EnrolmentEnded> ended = all(EnrolmentEnded.class, e -> e.getWorkerId() + "/" + e.getEnrolmentId());
        Map<String, List<WorkerEnrolled>> enrolled = of(WorkerEnrolled.class).stream()
                .filter(e -> isActive(e, ended.get(e.getWorkerId() + "/" + e.getEnrolmentId()), day))
                .collect(Collectors.groupingBy(WorkerEnrolled::getWorkerId));

        Map<String, Boolean> workers = new HashMap<>();
        for (WorkerHired hire : of(WorkerHired.class)) {
            ProjectRegistered project = projects.get(hire.getProjectId());
            WorkerReleased release = released.get(hire.getWorkerId() + "/" + hire.getHireId());
            if (project != null && project.getDistrictCode().startsWith(city + ".") && isActive(hire, release, day)) {
                boolean named = enrolled.getOrDefault(hire.getWorkerId(), List.of()).stream()
                        .anyMatch(e -> isFor(e, hire));
                boolean covered = named || isInGrace(hire, insured.get(hire.getProjectId()), day);
                workers.merge(hire.getWorkerId(), covered, Boolean::logicalAnd);
            }
        }
        int covered = (int) workers.values().stream().filter(c -> c).count();
        return new Count(workers.size(), covered);
    }

    private <T> List<T> of(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (SpecificRecord fact : facts.values()) {
            if (type.isInstance(fact)) {
                found.add(type.cast(fact));
            }
        }
        return found;
    }

    private <T> Map<String, T> all(Class<T> type, Function<T, String> id) {
        return of(type).stream().collect(Collectors.toMap(id, fact -> fact));
    }

    private static boolean isActive(WorkerHired hire, @Nullable WorkerReleased release, LocalDate day) {
        if (release != null && release.getReason() == ReleaseReason.VOIDED) {
            return false;
        }
        LocalDate end = release != null ? release.getEndedOn() : hire.getEndsOn();
        return isWithin(day, hire.getStartsOn(), end);
    }

    private static boolean isActive(WorkerEnrolled enrolment, @Nullable EnrolmentEnded end, LocalDate day) {
        if (end != null && (end.getReason() == EndReason.VOIDED || day.isAfter(end.getEndedOn()))) {
            return false;
        }
        return isWithin(day, enrolment.getEffectiveFrom(), enrolment.getEffectiveTo());
    }

    private static boolean isFor(WorkerEnrolled e, WorkerHired hire) {
        if (!e.getProgrammes().containsAll(List.of(Programme.JKK, Programme.JKM))) {
            return false;
        }
        return e.getSegment() == Segment.JAKON
                ? hire.getProjectId().equals(e.getProjectId())
                : e.getSegment() == Segment.PU
                        && (e.getContractorId() == null || e.getContractorId().equals(hire.getContractorId()));
    }

    private static boolean isInGrace(WorkerHired hire, @Nullable ProjectInsured insurance, LocalDate day) {
        return insurance != null
                && insurance.getStatus() == InsuranceStatus.PAID
                && insurance.getEffectiveFrom() != null
                && isWithin(day, insurance.getEffectiveFrom(), insurance.getEffectiveTo())
                && !day.isAfter(workingDaysAfter(hire.getStartsOn()));
    }

    private static LocalDate workingDaysAfter(LocalDate start) {
        LocalDate day = start;
        for (int n = 0; n < GRACE_WORKING_DAYS; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                n++;
            }
        }
        return day;
    }

    private static boolean isWithin(LocalDate day, LocalDate first, @Nullable LocalDate last) {
        return !day.isBefore(first) && (last == null || !day.isAfter(last));
    }
}
