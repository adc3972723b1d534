package id.cakupan.dashboard.view;

import cakupan.records.AlertDecision;
import cakupan.records.DecisionKind;
import cakupan.records.DecisionReason;
import cakupan.records.Level;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.board.Alert;
import id.cakupan.dashboard.board.Board;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to decide about one alert, or about all of a project, a contractor or a district.
 *
 * @param key {@link Alert#handle} of the one alert
 * @param note at most {@link #LONGEST_NOTE} characters, without anything that may be a NIK
 * @param until last day on which it holds
 */
public record DecisionRequest(
        @Nullable DecisionKind kind,
        @Nullable String key,
        @Nullable String project,
        @Nullable String contractor,
        @Nullable String district,
        @Nullable DecisionReason reason,
        @Nullable String note,
        @Nullable LocalDate until) {

    /** Longest note, characters. */
    public static final int LONGEST_NOTE = 200;

    private static final int MOST_DIGITS = 8;
    private static final int LONGEST_DAYS = 366;

    AlertDecision check(Board board, Principal viewer, String id, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (kind == null
                || kind == DecisionKind.UNKNOWN
                || reason == null
                || reason == DecisionReason.UNKNOWN
                || until == null
                || until.isBefore(today)
                || until.isAfter(today.plusDays(LONGEST_DAYS))
                || !isNote(note)
                || (key == null) == (project == null && contractor == null && district == null)
                || (key != null && (project != null || contractor != null || district != null))) {
            throw new RefusedException(ProblemKind.BAD_DECISION);
        }
        Alert alert = key == null ? null : alert(board, viewer, key);
        if (viewer.role() != Role.OFFICIAL && (alert == null || kind != DecisionKind.ACKNOWLEDGED)) {
            throw new RefusedException(ProblemKind.NOT_ALLOWED);
        }
        if (viewer.role() == Role.OFFICIAL) {
            require(board, Level.PROJECT, project);
            require(board, Level.CONTRACTOR, contractor);
            require(board, Level.DISTRICT, district);
        }
        return AlertDecision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setAlertKey(alert == null ? null : alert.key())
                .setProjectId(project)
                .setContractorId(contractor)
                .setDistrictCode(district)
                .setReason(reason)
                .setNote(note == null || note.isBlank() ? null : note.strip())
                .setDecidedBy(viewer.name())
                .setDecidedAt(now.truncatedTo(ChronoUnit.MICROS))
                .setExpiresAt(until.plusDays(1).atStartOfDay(zone).toInstant())
                .build();
    }

    private static Alert alert(Board board, Principal viewer, String handle) {
        return board.alert(handle)
                .filter(found -> HireViews.isVisible(viewer, found))
                .orElseThrow(() -> new RefusedException(ProblemKind.NOT_FOUND));
    }

    private static void require(Board board, Level level, @Nullable String id) {
        if (id != null && board.row(level, id).isEmpty()) {
            throw new RefusedException(ProblemKind.NOT_FOUND);
        }
    }

    /** Whether a note is short, has no control characters, and no number so long that it may be a NIK. */
    static boolean isNote(@Nullable String note) {
        if (note == null) {
            return true;
        }
        if (note.length() > LONGEST_NOTE || note.codePoints().anyMatch(Character::isISOControl)) {
            return false;
        }
        int digits = 0;
        for (int letter :
                Normalizer.normalize(note, Normalizer.Form.NFKC).codePoints().toArray()) {
            if (Character.isDigit(letter)) {
                digits++;
            } else if (Character.isLetter(letter)) {
                digits = 0;
            }
            if (digits > MOST_DIGITS) {
                return false;
            }
        }
        return true;
    }
}
