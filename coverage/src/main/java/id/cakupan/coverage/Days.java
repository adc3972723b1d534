package id.cakupan.coverage;

import java.time.LocalDate;

/** Calendar days as {@code int}: days since 1970-01-01, with two values that stand for no day. */
public final class Days {
    /** First day that an event may name, 1990-01-01. */
    public static final int FIRST = Math.toIntExact(LocalDate.of(1990, 1, 1).toEpochDay());
    /** Last day that an event may name, 2100-12-31. */
    public static final int LAST = Math.toIntExact(LocalDate.of(2100, 12, 31).toEpochDay());
    /** End of an interval that has none; later than every day. */
    public static final int OPEN = Integer.MAX_VALUE;
    /** A first day that is not known; earlier than every day. */
    public static final int NONE = Integer.MIN_VALUE;

    private Days() {}

    /** The day as a date. */
    public static LocalDate date(int day) {
        return LocalDate.ofEpochDay(day);
    }

    /** The date as a day. */
    public static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    /** The day after; {@link #OPEN} stays open. */
    public static int after(int day) {
        return day == OPEN ? OPEN : day + 1;
    }
}
