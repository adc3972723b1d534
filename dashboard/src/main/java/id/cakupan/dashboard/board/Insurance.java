package id.cakupan.dashboard.board;

import cakupan.records.InsuranceStatus;
import cakupan.records.ProjectInsured;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The insurance of a project. */
public record Insurance(
        InsuranceStatus status,
        @Nullable LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo) {
    static Insurance of(ProjectInsured event) {
        return new Insurance(event.getStatus(), event.getEffectiveFrom(), event.getEffectiveTo());
    }

    /** Whether it is in effect on a day: paid, and between its first and its last day. */
    public boolean isInEffect(LocalDate day) {
        return status == InsuranceStatus.PAID
                && effectiveFrom != null
                && !day.isBefore(effectiveFrom)
                && (effectiveTo == null || !day.isAfter(effectiveTo));
    }
}
