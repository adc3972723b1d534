package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates as people and systems write them, in Indonesian and English. A time of day behind the date is dropped and its
 * zone ignored: the day that is written is the day that is meant.
 */
public final class DateTexts {
    /** Which of two numbers in front of a year comes first. */
    public enum Order {
        DAY_FIRST,
        MONTH_FIRST
    }

    private static final int LONGEST = 80;
    private static final int MONTHS_OF_YEAR = 12;
    /** Two-digit years from here on are of the last century. */
    private static final int LAST_CENTURY_FROM = 90;

    /** In {@code 25-07-14} the first number is more likely the year than the last, and neither is sure. */
    private static final int RECENT_FROM = 20;

    private static final int RECENT_TO = 39;

    private static final String ZONE = "(?:z|utc|gmt|wib|wita|wit)?\\s*(?:[+-]\\d{1,2}(?::?\\d{2})?)?";
    private static final String TIME = "(?:(?:t|\\s*,\\s*|\\s+)(?:(?:pukul|jam)\\s*)?(?:[01]?\\d|2[0-4])[:.][0-5]\\d"
            + "(?:[:.][0-5]\\d(?:[.,]\\d{1,9})?)?\\s*(?:[ap]\\.?m\\.?)?\\s*" + ZONE + ")?";
    private static final String YEAR = "(\\d{4}|\\d{2})";

    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})\\s?([-/. ])\\s?(\\d{1,2})\\s?\\2\\s?" + YEAR + TIME);
    private static final Pattern DAY_MONTH_NAME =
            Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?[\\s./-]*([a-z]+)[\\s.,/'-]*" + YEAR + TIME);
    private static final Pattern MONTH_NAME_DAY =
            Pattern.compile("([a-z]+)[\\s./-]*(\\d{1,2})(?:st|nd|rd|th)?(?:\\s*,\\s*|[\\s./-]+)" + YEAR + TIME);
    private static final Pattern YEAR_MONTH_NAME =
            Pattern.compile("(\\d{4})[\\s./-]*([a-z]+)[\\s./-]*(\\d{1,2})" + TIME);
    private static final Pattern WEEKDAY = Pattern.compile("(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
            + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
            + "|sen|sel|rab|kam|jum|sab|min|mon|tues?|wed|thurs?|thu|fri|sat|sun)\\s*[.,]?\\s+(?=\\S)");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}(?:[.,]\\d+)?");

    private static final Map<String, Integer> MONTHS = months(
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu ags agt agst agus aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec");

    private DateTexts() {}

    /** Which order the text proves; null if it proves none, as 05/05/2025, an ISO date or the name of a month do. */
    public static @Nullable Order evidence(String text) {
        Matcher matcher = YEAR_LAST.matcher(plain(text));
        if (!matcher.matches()) {
            return null;
        }
        int first = number(matcher, 1);
        int second = number(matcher, 3);
        if (first > MONTHS_OF_YEAR && second <= MONTHS_OF_YEAR) {
            return Order.DAY_FIRST;
        }
        return second > MONTHS_OF_YEAR && first <= MONTHS_OF_YEAR ? Order.MONTH_FIRST : null;
    }

    /** Whether the text can be read as two different days. */
    public static boolean isAmbiguous(String text) {
        Matcher matcher = YEAR_LAST.matcher(plain(text));
        return matcher.matches() && isAmbiguous(number(matcher, 1), number(matcher, 3));
    }

    private static boolean isAmbiguous(int first, int second) {
        return first != second && first <= MONTHS_OF_YEAR && second <= MONTHS_OF_YEAR;
    }

    /**
     * The day that is written. Years of two digits are 1990 to 2089; where the first number may be the year as well, the text
     * is refused.
     *
     * @param order order of the numbers in front of a year; null = not known, so that an ambiguous text is refused
     * @throws BadValue with DATE_AMBIGUOUS, DATE_IMPOSSIBLE, DATE_SERIAL or DATE_FORM
     */
    public static LocalDate parse(String text, @Nullable Order order) throws BadValue {
        String plain = plain(text);
        Matcher matcher = YEAR_FIRST.matcher(plain);
        if (matcher.matches()) {
            return day(number(matcher, 1), number(matcher, 3), number(matcher, 4));
        }
        matcher = YEAR_LAST.matcher(plain);
        if (matcher.matches()) {
            requireYearLast(number(matcher, 1), matcher.group(4));
            return ordered(number(matcher, 1), number(matcher, 3), year(matcher.group(4)), order);
        }
        matcher = DAY_MONTH_NAME.matcher(plain);
        if (matcher.matches()) {
            return day(year(matcher.group(3)), month(matcher.group(2)), number(matcher, 1));
        }
        matcher = MONTH_NAME_DAY.matcher(plain);
        if (matcher.matches()) {
            return day(year(matcher.group(3)), month(matcher.group(1)), number(matcher, 2));
        }
        matcher = YEAR_MONTH_NAME.matcher(plain);
        if (matcher.matches()) {
            return day(number(matcher, 1), month(matcher.group(2)), number(matcher, 3));
        }
        boolean serial = SERIAL.matcher(plain).matches();
        throw new BadValue(serial ? BadEventReason.DATE_SERIAL : BadEventReason.DATE_FORM);
    }

    private static void requireYearLast(int first, String last) throws BadValue {
        if (first >= RECENT_FROM && first <= RECENT_TO && last.length() == 2 && number(last) < RECENT_FROM) {
            throw new BadValue(BadEventReason.DATE_FORM);
        }
    }

    private static LocalDate ordered(int first, int second, int year, @Nullable Order order) throws BadValue {
        if (order == null && isAmbiguous(first, second)) {
            throw new BadValue(BadEventReason.DATE_AMBIGUOUS);
        }
        boolean monthFirst = order == null ? second > MONTHS_OF_YEAR : order == Order.MONTH_FIRST;
        return monthFirst ? day(year, first, second) : day(year, second, first);
    }

    private static LocalDate day(int year, int month, int day) throws BadValue {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new BadValue(BadEventReason.DATE_IMPOSSIBLE);
        }
    }

    private static int month(String name) throws BadValue {
        Integer month = MONTHS.get(name);
        if (month == null) {
            throw new BadValue(BadEventReason.DATE_FORM);
        }
        return month;
    }

    private static int year(String digits) {
        int year = number(digits);
        if (digits.length() > 2) {
            return year;
        }
        return year + (year >= LAST_CENTURY_FROM ? 1900 : 2000);
    }

    private static int number(Matcher matcher, int group) {
        return number(matcher.group(group));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** The text in lower case with plain spaces, without a weekday in front; empty if it is too long for a date. */
    private static String plain(String text) {
        String plain = text.length() > LONGEST ? "" : PlainText.clean(text).toLowerCase(Locale.ROOT);
        if (plain.startsWith("'")) {
            plain = plain.substring(1);
        }
        boolean letterFirst = !plain.isEmpty() && Character.isLetter(plain.charAt(0));
        Matcher weekday = WEEKDAY.matcher(plain);
        return letterFirst && weekday.lookingAt() ? plain.substring(weekday.end()) : plain;
    }

    private static Map<String, Integer> months(String... names) {
        Map<String, Integer> months = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            for (String name : names[i].split(" ", -1)) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
