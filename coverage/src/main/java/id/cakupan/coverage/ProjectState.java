package id.cakupan.coverage;

import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one project: the winning fact of each kind.
 *
 * @param registration master data; null while the project is unknown
 * @param insurance state of its insurance; null while none was reported
 */
public record ProjectState(
        @Nullable Registration registration, @Nullable Insurance insurance) {
    /** A project of which nothing is known. */
    public static final ProjectState UNKNOWN = new ProjectState(null, null);

    /** The state with one more fact; this very object when the fact changes nothing. */
    public ProjectState merge(ProjectFact fact) {
        if (fact instanceof Registration r) {
            return Facts.wins(r, registration) ? new ProjectState(r, insurance) : this;
        }
        Insurance i = (Insurance) fact;
        return Facts.wins(i, insurance) ? new ProjectState(registration, i) : this;
    }

    /** Whether no hire on the project is counted otherwise than under the other state: groups and cover are the same. */
    public boolean countsHiresLike(ProjectState other) {
        Registration r = registration;
        Registration s = other.registration;
        boolean sameGroups = (r == null || s == null)
                ? (r == null && s == null)
                : r.districtCode().equals(s.districtCode()) && r.funding() == s.funding();
        Insurance i = insurance;
        Insurance j = other.insurance;
        boolean sameCover = (i == null || j == null)
                ? (i == null && j == null)
                : i.status() == j.status()
                        && i.effectiveFrom() == j.effectiveFrom()
                        && i.effectiveTo() == j.effectiveTo();
        return sameGroups && sameCover;
    }

    /** Whether the project's own insurance is in effect on the day. */
    public boolean insuredOn(int day) {
        Insurance i = insurance;
        return i != null
                && i.status() == InsuranceStatus.PAID
                && i.effectiveFrom() != Days.NONE
                && i.effectiveFrom() <= day
                && day <= i.effectiveTo();
    }

    /** Why a hire without a named enrolment and without grace is uncovered on the day. */
    UncoveredReason reasonOn(int day) {
        Insurance i = insurance;
        if (i == null || i.status() == InsuranceStatus.CANCELLED) {
            return UncoveredReason.NOT_REGISTERED;
        }
        if (i.status() == InsuranceStatus.REGISTERED) {
            return UncoveredReason.REGISTERED_UNPAID;
        }
        if (i.effectiveFrom() == Days.NONE || day < i.effectiveFrom()) {
            return UncoveredReason.NOT_YET_EFFECTIVE;
        }
        return day > i.effectiveTo() ? UncoveredReason.EXPIRED : UncoveredReason.UNLISTED;
    }

    /** Latest {@code recordedAt} of its facts in microseconds, {@link Long#MIN_VALUE} when there are none. */
    long recordedThrough() {
        return Math.max(Facts.recordedAt(registration), Facts.recordedAt(insurance));
    }
}
