package id.cakupan.coverage;

import org.jspecify.annotations.Nullable;

/**
 * Alert on one hire.
 *
 * @param districtCode district of the project; null while the project is unknown
 * @param dueOn last day on which an enrolment is in time
 * @param uncoveredSince first day of the present uncovered stretch; when resolved, as it was last open
 * @param overdueSince {@code max(dueOn + 1, uncoveredSince)}; when resolved, as it was last open
 * @param reason why the hire is uncovered; when resolved, as it was last open
 * @param resolution why the alert is over; null while it is open
 * @param backdated the hire was recorded long after it started
 */
public record Alert(
        String hireId,
        String projectId,
        String contractorId,
        @Nullable String districtCode,
        int startsOn,
        int dueOn,
        int uncoveredSince,
        int overdueSince,
        State state,
        UncoveredReason reason,
        @Nullable Resolution resolution,
        boolean backdated) {

    /** How urgent it is. The order is part of the stored encoding: append only. */
    public enum State {
        /** The deadline is near. */
        DUE_SOON,
        /** The deadline has passed. */
        OVERDUE,
        /** Overdue for long. */
        ESCALATED,
        /** Over, see the resolution. */
        RESOLVED
    }

    /** Why an alert is over. The order is part of the stored encoding: append only. */
    public enum Resolution {
        /** The hire never was. */
        VOIDED,
        /** The hire is not active. */
        RELEASED,
        /** The hire is covered. */
        COVERED,
        /** The hire is active and uncovered, and its deadline is not near. */
        CORRECTED
    }
}
