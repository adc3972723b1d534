package id.cakupan.publisher;

import java.time.YearMonth;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * A NIK whose form was checked: 16 digits, six of which name the place of first registration, six the birth date (day
 * plus 40 for women) and four a serial number. No check digit exists. The number never leaves this package: {@link
 * #toString} hides it.
 */
public final class Nik {
    /** What is wrong with a text that should be a NIK. */
    public enum Fault {
        /** A number that a spreadsheet has rounded, such as {@code 3.57301E+15}: its last digits are lost. */
        SCIENTIFIC,
        /** Something other than digits, apostrophes, spaces and dots. */
        CHARACTERS,
        /** Not 16 digits. */
        LENGTH,
        /** The first two digits are not the code of a province. */
        PROVINCE,
        /** No such day: month not in 01–12, or a day (41–71 for women) that this month of that year does not have. */
        DATE,
        /** Serial number 0000. */
        SERIAL
    }

    /** A text is no NIK. It holds the fault, never the text. */
    public static final class NikException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        NikException(Fault fault) {
            super("Not a NIK: " + fault);
            this.fault = fault;
        }

        /** What is wrong. */
        public Fault fault() {
            return fault;
        }
    }

    private static final int LENGTH = 16;
    private static final int FIRST_PROVINCE = 11;
    private static final int LAST_REGENCY = 79;
    private static final int LAST_DISTRICT = 60;
    private static final int FIRST_BEYOND_ASCII = 128;

    /** Groups of digits in which people write a NIK, with one character between them. */
    private static final Pattern GROUPS = Pattern.compile("(?<!\\d)(?:\\d{4}([-_/,:])\\d{4}\\1\\d{4}\\1\\d{4}"
            + "|\\d{6}([-_/,:])\\d{6}\\2\\d{4}|\\d{2}([-_/,:])\\d{2}\\3\\d{2}\\3\\d{6}\\3\\d{4})(?!\\d)");

    /** What stands between thousands, or the parts of a list. */
    private static final Pattern LIST_MARK = Pattern.compile("[,;|]");

    private static final Pattern NO_DIGIT = Pattern.compile("\\D+");
    private static final int DAY = 6;
    private static final int MONTH = 8;
    private static final int YEAR = 10;
    /** What women add to the day. */
    private static final int WOMEN = 40;

    /** Codes of provinces that Kemendagri has given out, those of Papua since 2022 among them. */
    private static final BitSet PROVINCES = provinces();

    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+([.,]\\d*)?[eE][+-]?\\d+");

    private final String digits;

    private Nik(String digits) {
        this.digits = digits;
    }

    /**
     * Reads a NIK as people write it: apostrophes, spaces, no-break spaces, characters that are not seen and dots are ignored.
     *
     * @throws NikException if it is none
     */
    public static Nik parse(String text) throws NikException {
        String digits = withoutSeparators(text);
        if (!isDigits(digits)) {
            boolean scientific = SCIENTIFIC.matcher(digits.strip()).matches();
            throw new NikException(scientific ? Fault.SCIENTIFIC : Fault.CHARACTERS);
        }
        if (digits.length() != LENGTH) {
            throw new NikException(Fault.LENGTH);
        }
        if (!PROVINCES.get(two(digits, 0))) {
            throw new NikException(Fault.PROVINCE);
        }
        if (!hasDate(digits, 0) || !isDay(two(digits, DAY) % WOMEN, two(digits, MONTH), two(digits, YEAR))) {
            throw new NikException(Fault.DATE);
        }
        if (!hasSerial(digits, 0)) {
            throw new NikException(Fault.SERIAL);
        }
        return new Nik(digits);
    }

    /**
     * Whether a free text may hold a NIK: a well-formed one of 16 digits in a row, or in the groups in which NIK are written
     * ({@code 3573-0145-0690-0001}), whatever digits and separators; or one at the beginning or end of a longer number, as in
     * an id that was made of it. Other long numbers are codes of other kinds.
     */
    public static boolean mayBeIn(String text) {
        if (!hasDigitsEnough(text)) {
            return false;
        }
        String plain = plain(text);
        return hasRun(plain)
                || hasRun(LIST_MARK.matcher(plain).replaceAll(""))
                || (hasSeparator(plain) && hasRun(withoutSeparators(plain)))
                || GROUPS.matcher(plain)
                        .results()
                        .anyMatch(found ->
                                isWellFormed(NO_DIGIT.matcher(found.group()).replaceAll(""), 0));
    }

    /** Digits of other scripts and of full width as those of ASCII, without characters that are not seen. */
    private static String plain(String text) {
        if (text.chars().allMatch(c -> c < FIRST_BEYOND_ASCII)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                plain.append(digit);
            } else if (Character.getType(c) != Character.FORMAT) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    private static boolean hasDigitsEnough(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c) || (c >= FIRST_BEYOND_ASCII && Character.isDigit(c))) {
                digits++;
            }
        }
        return digits >= LENGTH;
    }

    private static boolean hasRun(String text) {
        int run = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isDigit(text.charAt(i))) {
                run++;
                continue;
            }
            if (run == LENGTH && isWellFormed(text, i - LENGTH)) {
                return true;
            }
            if (run > LENGTH && (isLikely(text, i - run) || isLikely(text, i - LENGTH))) {
                return true;
            }
            run = 0;
        }
        return false;
    }

    /** The sixteen digits. */
    String digits() {
        return digits;
    }

    @Override
    public String toString() {
        return "NIK (hidden)";
    }

    private static BitSet provinces() {
        BitSet provinces = new BitSet();
        int[][] ranges = {{11, 19}, {21, 21}, {31, 36}, {51, 53}, {61, 65}, {71, 76}, {81, 82}, {91, 96}};
        for (int[] range : ranges) {
            provinces.set(range[0], range[1] + 1);
        }
        return provinces;
    }

    private static boolean isWellFormed(String digits, int at) {
        return two(digits, at) >= FIRST_PROVINCE && hasDate(digits, at) && hasSerial(digits, at);
    }

    /** Whether the digits are what a NIK is, and hardly anything else. */
    private static boolean isLikely(String digits, int at) {
        int regency = two(digits, at + 2);
        int district = two(digits, at + 4);
        return PROVINCES.get(two(digits, at))
                && regency >= 1
                && regency <= LAST_REGENCY
                && district >= 1
                && district <= LAST_DISTRICT
                && isWellFormed(digits, at);
    }

    private static boolean hasDate(String digits, int at) {
        int day = two(digits, at + DAY);
        int month = two(digits, at + MONTH);
        return ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12;
    }

    /** Whether a month has such a day, in the year of one of the two centuries that has a 29 February if any has. */
    private static boolean isDay(int day, int month, int yearOfCentury) {
        return day <= YearMonth.of(2000 + yearOfCentury, month).lengthOfMonth();
    }

    private static boolean hasSerial(String digits, int at) {
        return !digits.startsWith("0000", at + 12);
    }

    private static int two(String digits, int at) {
        return (digits.charAt(at) - '0') * 10 + digits.charAt(at + 1) - '0';
    }

    /** The text without apostrophes, spaces, no-break spaces, characters that are not seen and dots. */
    static String withoutSeparators(String text) {
        if (!hasSeparator(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isSeparator(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean hasSeparator(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isSeparator(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSeparator(char c) {
        return switch (c) {
            case ' ', '\t', '.', '\'', '`', '\u2018', '\u2019', '\u00a0', '\u202f', '\u2007' -> true;
            default -> c >= FIRST_BEYOND_ASCII && Character.getType(c) == Character.FORMAT;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
