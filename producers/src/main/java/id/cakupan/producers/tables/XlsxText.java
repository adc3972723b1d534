package id.cakupan.producers.tables;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a workbook writes characters, numbers and days. */
final class XlsxText {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final Pattern NO_FIELD = Pattern.compile("\"[^\"]*\"?|\\[[^]]*]?|[\\\\_*].");
    private static final Set<String> BUILT_IN_DATES = Set.of(
            "14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58");

    /** Digits that a spreadsheet shows of a number: what stands behind them in the file is noise of binary fractions. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_0_OF_1904 = LocalDate.of(1904, 1, 1);
    /** The spreadsheet's calendar has a 29 February 1900: before it, days are one off. */
    private static final int FIRST_TRUE_DAY = 61;

    private static final int LAST_DAY = 2_958_465;
    private static final double HALF_A_MILLISECOND = 0.5 / 86_400_000;

    private XlsxText() {}

    /** The text with its escaped control characters, such as {@code _x000D_}. */
    static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        return ESCAPED.matcher(text).replaceAll(found -> {
            char meant = (char) Integer.parseInt(found.group(1), 16);
            return Matcher.quoteReplacement(String.valueOf(meant));
        });
    }

    /** Whether a format of numbers shows a year, a month or a day. */
    static boolean isDate(String format) {
        String fields = NO_FIELD.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
        int section = fields.indexOf(';');
        String first = section < 0 ? fields : fields.substring(0, section);
        if (first.contains("general")) {
            return false;
        }
        return first.contains("y") || first.contains("d") || first.contains("mmm");
    }

    /** Whether a format that every workbook has shows a date. */
    static boolean isBuiltInDate(String id) {
        return BUILT_IN_DATES.contains(id);
    }

    /**
     * A number as plain digits, as far as they are certain. One of more than 15 digits that the file has with an exponent
     * stays as it is: its last digits are lost.
     *
     * @return null if it is no number
     */
    static @Nullable String number(String stored) {
        boolean plain = isDigits(stored);
        if (plain) {
            return stored;
        }
        if (stored.length() > 40) {
            return null;
        }
        try {
            BigDecimal exact = new BigDecimal(stored);
            int before = exact.precision() - exact.scale();
            boolean exponent = stored.indexOf('E') >= 0 || stored.indexOf('e') >= 0;
            if (exponent && (before > SHOWN.getPrecision() || before < -SHOWN.getPrecision())) {
                return stored;
            }
            if (before > SHOWN.getPrecision()) {
                return stored;
            }
            BigDecimal shown = exact.round(SHOWN).stripTrailingZeros();
            return shown.signum() == 0 ? "0" : shown.toPlainString();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The day with this number, or null if there is none; the time of day behind the point is dropped. */
    static @Nullable String day(String stored, boolean from1904) {
        double number;
        try {
            number = Double.parseDouble(stored) + HALF_A_MILLISECOND;
        } catch (NumberFormatException e) {
            return null;
        }
        if (!(number >= (from1904 ? 0 : 1) && number < LAST_DAY + 1)) {
            return null;
        }
        long days = (long) number;
        if (from1904) {
            return DAY_0_OF_1904.plusDays(days).toString();
        }
        return DAY_0.plusDays(days < FIRST_TRUE_DAY ? days + 1 : days).toString();
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
