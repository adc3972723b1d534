package id.cakupan.publisher;

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
        /** Day not in 01–31 or 41–71, or month not in 01–12. */
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
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+([.,]\\d*)?[eE][+-]?\\d+");

    private final String digits;

    private Nik(String digits) {
        this.digits = digits;
    }

    /**
     * Reads a NIK as people write it: apostrophes, spaces, no-break spaces and dots are ignored.
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
        if (!hasDate(digits, 0)) {
            throw new NikException(Fault.DATE);
        }
        if (!hasSerial(digits, 0)) {
            throw new NikException(Fault.SERIAL);
        }
        return new Nik(digits);
    }

    /**
     * Whether a free text may hold a NIK: a well-formed one, of 16 digits in a row, neither more nor fewer, also behind the
     * separators that {@link #parse} ignores. Longer numbers are codes of other kinds.
     */
    public static boolean mayBeIn(String text) {
        return hasDigitsEnough(text) && (hasRun(text) || (hasSeparator(text) && hasRun(withoutSeparators(text))));
    }

    private static boolean hasDigitsEnough(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
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

    private static boolean isWellFormed(String digits, int at) {
        return two(digits, at) >= FIRST_PROVINCE && hasDate(digits, at) && hasSerial(digits, at);
    }

    private static boolean hasDate(String digits, int at) {
        int day = two(digits, at + 6);
        int month = two(digits, at + 8);
        return ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12;
    }

    private static boolean hasSerial(String digits, int at) {
        return !digits.startsWith("0000", at + 12);
    }

    private static int two(String digits, int at) {
        return (digits.charAt(at) - '0') * 10 + digits.charAt(at + 1) - '0';
    }

    /** The text without apostrophes, spaces, no-break spaces and dots. */
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
            default -> false;
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
