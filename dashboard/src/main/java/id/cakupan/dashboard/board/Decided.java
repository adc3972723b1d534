package id.cakupan.dashboard.board;

import cakupan.records.AlertDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What decisions about alerts mean, for those who show them and those who deliver. */
public final class Decided {
    private Decided() {}

    /** Whether a decision stands at an instant: it has neither expired nor been ended. */
    public static boolean stands(AlertDecision decision, Instant now) {
        return decision.getExpiresAt().isAfter(now)
                && (decision.getEndedAt() == null || decision.getEndedAt().isAfter(now));
    }

    /** Whether a decision is about the alert with this key, project, contractor and district. */
    public static boolean selects(
            AlertDecision decision, String key, String project, String contractor, @Nullable String district) {
        return matches(decision.getAlertKey(), key)
                && matches(decision.getProjectId(), project)
                && matches(decision.getContractorId(), contractor)
                && matches(decision.getDistrictCode(), district);
    }

    private static boolean matches(@Nullable String wanted, @Nullable String present) {
        return wanted == null || wanted.equals(present);
    }
}
