package id.cakupan.coverage.oracle;

import id.cakupan.coverage.Programme;
import id.cakupan.coverage.Segment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/**
 * The numbers of the rules that are configuration.
 *
 * @param requiredProgrammes programmes that a named enrolment must include
 * @param countedSegments segments whose enrolments count
 * @param deadlineDays days after the start within which a worker is to be enrolled
 * @param deadlineUnit what the days of the deadline are
 * @param graceWorkingDays working days after the start on which an insured project covers an unlisted worker
 * @param dueSoonWorkingDays working days before the deadline from which on an alert warns
 * @param escalationDays days of being overdue after which an alert is escalated
 * @param backdatedDays days after the start after which the recording of a hire is late
 * @param zone zone whose calendar days count
 * @param holidays days other than Saturdays and Sundays that are not working days
 */
public record OracleOptions(
        Set<Programme> requiredProgrammes,
        Set<Segment> countedSegments,
        int deadlineDays,
        Unit deadlineUnit,
        int graceWorkingDays,
        int dueSoonWorkingDays,
        int escalationDays,
        int backdatedDays,
        ZoneId zone,
        Set<LocalDate> holidays) {
    /** What the days of a deadline are. */
    public enum Unit {
        /** Neither Saturday, Sunday nor holiday. */
        WORKING,
        /** Every day. */
        CALENDAR
    }

    /** The defaults of semantics.md, without any holiday. */
    public static OracleOptions defaults() {
        return new OracleOptions(
                Set.of(Programme.JKK, Programme.JKM),
                Set.of(Segment.JAKON, Segment.PU),
                14,
                Unit.WORKING,
                30,
                3,
                7,
                7,
                ZoneId.of("Asia/Jakarta"),
                Set.of());
    }

    /** The same with these holidays. */
    public OracleOptions withHolidays(Set<LocalDate> days) {
        return new OracleOptions(
                requiredProgrammes,
                countedSegments,
                deadlineDays,
                deadlineUnit,
                graceWorkingDays,
                dueSoonWorkingDays,
                escalationDays,
                backdatedDays,
                zone,
                Set.copyOf(days));
    }

    /** The same with these segments counted. */
    public OracleOptions withCountedSegments(Set<Segment> segments) {
        return new OracleOptions(
                requiredProgrammes,
                Set.copyOf(segments),
                deadlineDays,
                deadlineUnit,
                graceWorkingDays,
                dueSoonWorkingDays,
                escalationDays,
                backdatedDays,
                zone,
                holidays);
    }

    /** The same with these programmes required. */
    public OracleOptions withRequiredProgrammes(Set<Programme> programmes) {
        return new OracleOptions(
                Set.copyOf(programmes),
                countedSegments,
                deadlineDays,
                deadlineUnit,
                graceWorkingDays,
                dueSoonWorkingDays,
                escalationDays,
                backdatedDays,
                zone,
                holidays);
    }

    /** The same with this deadline. */
    public OracleOptions withDeadline(int days, Unit unit) {
        return new OracleOptions(
                requiredProgrammes,
                countedSegments,
                days,
                unit,
                graceWorkingDays,
                dueSoonWorkingDays,
                escalationDays,
                backdatedDays,
                zone,
                holidays);
    }

    /** The same with this grace period. */
    public OracleOptions withGrace(int workingDays) {
        return new OracleOptions(
                requiredProgrammes,
                countedSegments,
                deadlineDays,
                deadlineUnit,
                workingDays,
                dueSoonWorkingDays,
                escalationDays,
                backdatedDays,
                zone,
                holidays);
    }

    /** The same with these numbers of the alerts. */
    public OracleOptions withAlerts(int dueSoon, int escalation, int backdated) {
        return new OracleOptions(
                requiredProgrammes,
                countedSegments,
                deadlineDays,
                deadlineUnit,
                graceWorkingDays,
                dueSoon,
                escalation,
                backdated,
                zone,
                holidays);
    }

    /** The n-th working day strictly after a day; the day itself for 0. */
    public LocalDate workingDaysAfter(LocalDate day, int n) {
        return workingDaysFrom(day, n, 1);
    }

    /** The n-th working day strictly before a day; the day itself for 0. */
    public LocalDate workingDaysBefore(LocalDate day, int n) {
        return workingDaysFrom(day, n, -1);
    }

    private LocalDate workingDaysFrom(LocalDate day, int n, int step) {
        LocalDate reached = day;
        int left = n;
        while (left > 0) {
            reached = reached.plusDays(step);
            if (isWorkingDay(reached)) {
                left--;
            }
        }
        return reached;
    }

    private boolean isWorkingDay(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY, SUNDAY -> false;
            default -> !holidays.contains(day);
        };
    }
}
