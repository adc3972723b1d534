package id.cakupan.coverage;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts working days: all days but Saturdays, Sundays and the given holidays. */
public final class WorkingDays {
    /** Room on both sides of the days that events may name, for deadlines that start at their edges. */
    private static final int MARGIN = 3_660;

    private static final int FIRST = Days.FIRST - MARGIN;
    private static final int LAST = Days.LAST + MARGIN;

    /** By day since FIRST: how many working days there are up to and including it. */
    private final int[] upTo = new int[LAST - FIRST + 1];
    /** The working days in order. */
    private final int[] days;

    /** Working days with these holidays. */
    public WorkingDays(Set<LocalDate> holidays) {
        int[] found = new int[upTo.length];
        int count = 0;
        LocalDate date = Days.date(FIRST);
        for (int i = 0; i < upTo.length; i++) {
            DayOfWeek weekday = date.getDayOfWeek();
            if (weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY && !holidays.contains(date)) {
                found[count++] = FIRST + i;
            }
            upTo[i] = count;
            date = date.plusDays(1);
        }
        days = Arrays.copyOf(found, count);
    }

    /**
     * The n-th working day strictly after a day.
     *
     * @param day a day from {@link Days#FIRST} to {@link Days#LAST}
     * @param n at least 1
     * @throws IllegalArgumentException when it lies beyond the calendar, ten years after {@link Days#LAST}
     */
    public int after(int day, int n) {
        return at(upTo[day - FIRST] + n - 1, n);
    }

    /** The n-th working day strictly before a day; see {@link #after}. */
    public int before(int day, int n) {
        return at(upTo[day - 1 - FIRST] - n, n);
    }

    private int at(int index, int n) {
        if (n < 1 || index < 0 || index >= days.length) {
            throw new IllegalArgumentException("no working day at a distance of " + n);
        }
        return days[index];
    }

    /**
     * Reads a holiday file: a date {@code yyyy-mm-dd} a line; what follows it after white space or {@code #} is a note.
     *
     * @throws IllegalArgumentException naming the line that holds no date
     */
    public static Set<LocalDate> parseHolidays(List<String> lines) {
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                holidays.add(LocalDate.parse(line.split("\\s+", 2)[0]));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("holidays, line " + (i + 1) + ": not a date yyyy-mm-dd", e);
            }
        }
        return holidays;
    }
}
