package id.cakupan.coverage.oracle;

import id.cakupan.coverage.Days;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.WorkerFact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fact and whom it is about.
 *
 * @param key worker id of a {@link WorkerFact}, project id of a {@link ProjectFact}
 * @param formerWorkerId id that the worker had before, null where nothing is said of that
 */
public record OracleEvent(String key, Fact fact, @Nullable String formerWorkerId) {
    /** A fact about a worker. */
    public static OracleEvent of(String workerId, WorkerFact fact) {
        return new OracleEvent(workerId, fact, null);
    }

    /** A fact about a project. */
    public static OracleEvent of(ProjectFact fact) {
        return new OracleEvent(fact.projectId(), fact, null);
    }

    /** The same said of a worker under another id. */
    public OracleEvent under(String workerId, @Nullable String former) {
        return new OracleEvent(workerId, fact, former);
    }

    /** One line with dates instead of numbers, for people who look for the fault in a failed property. */
    @Override
    public String toString() {
        return key + (formerWorkerId == null ? "" : " formerly " + formerWorkerId) + " " + describe() + " @"
                + Instant.EPOCH.plus(fact.stamp().recordedAt(), ChronoUnit.MICROS) + "/"
                + fact.stamp().eventId();
    }

    private String describe() {
        if (fact instanceof WorkerFact.Hire hire) {
            return "HIRE " + hire.id() + " on " + hire.projectId() + " by " + hire.contractorId()
                    + range(hire.startsOn(), hire.endsOn());
        }
        if (fact instanceof WorkerFact.Release release) {
            return "RELEASE " + release.id() + (release.voided() ? " VOIDED" : " " + date(release.endedOn()));
        }
        if (fact instanceof WorkerFact.Enrolment enrolment) {
            return "ENROLMENT " + enrolment.id() + " " + enrolment.segment() + " project=" + enrolment.projectId()
                    + " contractor=" + enrolment.contractorId() + " programmes="
                    + Integer.toBinaryString(enrolment.programmes())
                    + range(enrolment.effectiveFrom(), enrolment.effectiveTo());
        }
        if (fact instanceof WorkerFact.EnrolmentEnd end) {
            return "ENROLMENT_END " + end.id() + (end.voided() ? " VOIDED" : " " + date(end.endedOn()));
        }
        if (fact instanceof ProjectFact.Registration registration) {
            return "REGISTRATION " + registration.districtCode() + " " + registration.contractorId() + " "
                    + registration.funding() + " Rp" + registration.contractValue()
                    + range(registration.startsOn(), registration.endsOn());
        }
        ProjectFact.Insurance insurance = (ProjectFact.Insurance) fact;
        return "INSURANCE " + insurance.status() + range(insurance.effectiveFrom(), insurance.effectiveTo());
    }

    private static String range(int first, int last) {
        return " " + date(first) + ".." + date(last);
    }

    private static String date(int day) {
        return day == Days.NONE || day == Days.OPEN ? "" : Days.date(day).toString();
    }
}
