package id.cakupan.coverage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every number of the rules; all are configuration.
 *
 * @param zone zone whose midnight begins a day
 * @param workingDays calendar with the holidays
 * @param requiredProgrammes programmes that an enrolment must include to cover (JKK and JKM: Permenaker 44/2015 art. 2)
 * @param countedSegments segments whose enrolments count
 * @param deadlineDays days after the start within which the hire is to be enrolled (Permenaker 44/2015 art. 3: 14)
 * @param deadlineUnit whether these are working or calendar days
 * @param graceDays working days after the start during which an insured project covers a worker who is not yet on its
 *     list (Permenaker 5/2021: 30)
 * @param dueSoonDays working days before the deadline from which an alert is raised
 * @param escalationDays calendar days of being overdue after which an alert is escalated
 * @param backdatedDays days after the start after which a recorded hire counts as backdated
 */
public record Rules(
        ZoneId zone,
        WorkingDays workingDays,
        Set<Programme> requiredProgrammes,
        Set<Segment> countedSegments,
        int deadlineDays,
        DayUnit deadlineUnit,
        int graceDays,
        int dueSoonDays,
        int escalationDays,
        int backdatedDays) {

    private static final long MICROS = 1_000_000;

    /** How the days of the deadline are counted. */
    public enum DayUnit {
        /** Without Saturdays, Sundays and holidays. */
        WORKING,
        /** All days. */
        CALENDAR
    }

    public Rules {
        requiredProgrammes = Set.copyOf(requiredProgrammes);
        countedSegments = Set.copyOf(countedSegments);
        require("deadline days", deadlineDays, 0);
        require("grace days", graceDays, 0);
        require("due-soon days", dueSoonDays, 0);
        require("escalation days", escalationDays, 0);
        require("backdated days", backdatedDays, 0);
    }

    /** The defaults of the contract, without holidays. */
    public static Rules defaults() {
        return new Rules(
                ZoneId.of("Asia/Jakarta"),
                new WorkingDays(Set.of()),
                EnumSet.of(Programme.JKK, Programme.JKM),
                EnumSet.of(Segment.JAKON, Segment.PU),
                14,
                DayUnit.WORKING,
                30,
                3,
                7,
                7);
    }

    /** Last day on which an enrolment of a hire that starts on the given day is in time. */
    public int dueOn(int startsOn) {
        return deadlineUnit == DayUnit.CALENDAR ? startsOn + deadlineDays : workingDaysAfter(startsOn, deadlineDays);
    }

    /** First day on which a hire due on the given day is due soon. */
    public int dueSoonFrom(int dueOn) {
        return dueSoonDays == 0 ? dueOn : workingDays.before(dueOn, dueSoonDays);
    }

    /** Last day on which an insured project covers a hire that is not on its list. */
    public int graceUntil(int startsOn) {
        return workingDaysAfter(startsOn, graceDays);
    }

    /** The day of an instant given in microseconds. */
    public int dayOf(long micros) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
        return Days.day(instant.atZone(zone).toLocalDate());
    }

    /** Whether the hire was recorded so late that it counts as backdated. */
    public boolean backdated(WorkerFact.Hire hire) {
        return dayOf(hire.stamp().recordedAt()) > hire.startsOn() + backdatedDays;
    }

    /** Whether an enrolment of this segment with these programmes (bits by ordinal) covers at all. */
    boolean counts(Segment segment, int programmes) {
        if (!countedSegments.contains(segment)) {
            return false;
        }
        for (Programme programme : requiredProgrammes) {
            if ((programmes & 1 << programme.ordinal()) == 0) {
                return false;
            }
        }
        return true;
    }

    private int workingDaysAfter(int day, int n) {
        return n == 0 ? day : workingDays.after(day, n);
    }

    private static void require(String what, int value, int atLeast) {
        if (value < atLeast || value > 366) {
            throw new IllegalArgumentException(what + " must be from " + atLeast + " to 366");
        }
    }
}
