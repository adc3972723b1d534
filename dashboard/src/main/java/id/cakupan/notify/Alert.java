package id.cakupan.notify;

import cakupan.records.AlertState;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import id.cakupan.schemas.Topics;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The alert on one hire, as last published.
 *
 * @param key workerId/hireId
 * @param worker the worker's newest id; shown only masked
 * @param district code of the district; null while the project is unknown
 * @param overdueSince first day on which it is overdue; in the future while it is not
 * @param resolution why it is over; null while it is open
 */
record Alert(
        String key,
        String hireId,
        String worker,
        String project,
        String contractor,
        @Nullable String district,
        LocalDate startsOn,
        LocalDate dueOn,
        LocalDate uncoveredSince,
        LocalDate overdueSince,
        AlertState state,
        UncoveredReason reason,
        @Nullable Resolution resolution) {

    static Alert of(UncoveredHire hire) {
        String current = hire.getCurrentWorkerId();
        return new Alert(
                Topics.alertKey(hire.getWorkerId(), hire.getHireId()),
                hire.getHireId(),
                current == null ? hire.getWorkerId() : current,
                hire.getProjectId(),
                hire.getContractorId(),
                hire.getDistrictCode(),
                hire.getStartsOn(),
                hire.getDueOn(),
                hire.getUncoveredSince(),
                hire.getOverdueSince(),
                hire.getState(),
                hire.getReason(),
                hire.getResolution());
    }

    /** Whether somebody has to act. */
    boolean isOpen() {
        return Severity.of(state) != null;
    }

    /** Name of the alert outside, from which nobody learns the worker's id. */
    String publicId() {
        return Hashes.shortHash("alert:" + key);
    }

    /** The worker's id with its key and its last characters only, such as {@code k1·…9f3Q}. */
    String maskedWorker() {
        return id.cakupan.dashboard.board.Alert.masked(worker);
    }

    /** Days from the last one in time to a day, 0 or more. */
    long daysOverdue(LocalDate today) {
        return Math.max(0, ChronoUnit.DAYS.between(overdueSince, today) + 1);
    }
}
