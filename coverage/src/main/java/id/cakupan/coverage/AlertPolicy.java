package id.cakupan.coverage;

import id.cakupan.coverage.Alert.Resolution;
import id.cakupan.coverage.Alert.State;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.WorkerFact.Hire;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which hires need an alert, and when that changes. A function of the facts, the day, and whether one was published. */
public final class AlertPolicy {
    private final Rules rules;

    /** The policy with these rules. */
    public AlertPolicy(Rules rules) {
        this.rules = rules;
    }

    /**
     * The alert of a hire on a day.
     *
     * @param published the alert as last published, null if there never was one
     * @return null when the hire needs none and never did
     */
    public @Nullable Alert on(int day, HireTimeline hire, @Nullable Alert published) {
        UncoveredReason reason = hire.reasonOn(day);
        if (reason != null) {
            int dueOn = hire.dueOn();
            int uncoveredSince = hire.uncoveredSince(day);
            int overdueSince = Math.max(dueOn + 1, uncoveredSince);
            if (day > dueOn) {
                State state = day > overdueSince + rules.escalationDays() ? State.ESCALATED : State.OVERDUE;
                return alert(hire, uncoveredSince, overdueSince, state, reason, null);
            }
            if (day >= rules.dueSoonFrom(dueOn)) {
                return alert(hire, uncoveredSince, overdueSince, State.DUE_SOON, reason, null);
            }
        }
        if (published == null) {
            return null;
        }
        return alert(
                hire,
                published.uncoveredSince(),
                published.overdueSince(),
                State.RESOLVED,
                published.reason(),
                resolution(hire, day));
    }

    private static Resolution resolution(HireTimeline hire, int day) {
        if (hire.voided()) {
            return Resolution.VOIDED;
        }
        if (!hire.activeOn(day)) {
            return Resolution.RELEASED;
        }
        return hire.coveredOn(day) ? Resolution.COVERED : Resolution.CORRECTED;
    }

    private Alert alert(
            HireTimeline timeline,
            int uncoveredSince,
            int overdueSince,
            State state,
            UncoveredReason reason,
            @Nullable Resolution resolution) {
        Hire hire = timeline.hire();
        Registration project = timeline.project().registration();
        return new Alert(
                hire.id(),
                hire.projectId(),
                hire.contractorId(),
                project == null ? null : project.districtCode(),
                hire.startsOn(),
                timeline.dueOn(),
                uncoveredSince,
                overdueSince,
                state,
                reason,
                resolution,
                rules.backdated(hire));
    }

    /**
     * The first day after the given one on which the alert changes if no further fact comes; {@link Days#OPEN} when it
     * never does.
     */
    public int nextChange(int day, HireTimeline hire, @Nullable Alert published) {
        Alert now = on(day, hire, published);
        int pieces = hire.pieces();
        if (pieces == 0) {
            return Days.OPEN;
        }
        int[] candidates = new int[2 * pieces + 4];
        int n = hire.breaks(candidates, 0);
        candidates[n++] = rules.dueSoonFrom(hire.dueOn());
        for (int i = 0; i < pieces; i++) {
            // An overdue stretch begins with a piece or with the day after the deadline.
            candidates[n++] = Math.max(hire.dueOn() + 1, candidates[i]) + rules.escalationDays() + 1;
        }
        Arrays.sort(candidates, 0, n);
        for (int i = 0; i < n; i++) {
            if (candidates[i] > day && !Objects.equals(now, on(candidates[i], hire, now))) {
                return candidates[i];
            }
        }
        return Days.OPEN;
    }
}
