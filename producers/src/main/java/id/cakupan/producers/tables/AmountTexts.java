package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of rupiah as people and systems write them. White space, {@code Rp} and {@code IDR} in front, and {@code ,-}
 * behind are ignored. A negative amount is none.
 */
public final class AmountTexts {
    /** What parts the decimals. */
    public enum Mark {
        COMMA(','),
        POINT('.');

        private final char sign;

        Mark(char sign) {
            this.sign = sign;
        }

        private Mark other() {
            return this == COMMA ? POINT : COMMA;
        }

        private static Mark of(char sign) {
            return sign == ',' ? COMMA : POINT;
        }
    }

    private static final int LONGEST = 60;
    private static final int MOST_DIGITS = 18;
    private static final int GROUP = 3;
    private static final Pattern CURRENCY = Pattern.compile("^(?:rp\\.?|idr)");
    private static final Pattern DASH = Pattern.compile("[.,]-+$");
    private static final Pattern WHOLE = Pattern.compile("\\d+");
    private static final Pattern GROUPED = Pattern.compile("[1-9]\\d{0,2}(?:([.,])\\d{3})(?:\\1\\d{3})*");

    private AmountTexts() {}

    /** A number: the digits before the decimals, still grouped, and the decimals. */
    private record Parts(
            String whole, String decimals, @Nullable Mark proved) {}

    /** Which decimal mark the text proves; null if it proves none. */
    public static @Nullable Mark evidence(String text) {
        Parts parts = parts(plain(text));
        return parts == null ? null : parts.proved();
    }

    /** Whether the text can be read as two different amounts, as 1.375 can. */
    public static boolean isAmbiguous(String text) {
        String plain = plain(text);
        int mark = onlyMark(plain);
        return parts(plain) != null && mark >= 0 && isGroup(plain, mark);
    }

    /** The amount in a cell: where the file holds a number, its mark is the point. */
    public static long parse(Cell cell, @Nullable Mark decimal) throws BadValue {
        return parse(cell.text(), cell.kind() == Cell.Kind.NUMBER ? Mark.POINT : decimal);
    }

    /**
     * The amount in whole rupiah, half up.
     *
     * @param decimal the decimal mark; null = not known, so that an ambiguous text is refused
     * @throws BadValue with AMOUNT_AMBIGUOUS or AMOUNT_FORM
     */
    public static long parse(String text, @Nullable Mark decimal) throws BadValue {
        String plain = plain(text);
        Parts parts = parts(plain);
        if (parts == null) {
            throw new BadValue(BadEventReason.AMOUNT_FORM);
        }
        int mark = onlyMark(plain);
        if (mark >= 0 && isGroup(plain, mark)) {
            if (decimal == null) {
                throw new BadValue(BadEventReason.AMOUNT_AMBIGUOUS);
            }
            boolean hasDecimals = plain.charAt(mark) == decimal.sign;
            parts = hasDecimals ? new Parts(plain.substring(0, mark), plain.substring(mark + 1), decimal) : parts;
        } else if (decimal != null && parts.proved() != null && parts.proved() != decimal) {
            throw new BadValue(BadEventReason.AMOUNT_FORM);
        }
        return rounded(parts);
    }

    private static long rounded(Parts parts) throws BadValue {
        String digits = parts.whole().replace(".", "").replace(",", "");
        if (digits.length() > MOST_DIGITS) {
            throw new BadValue(BadEventReason.AMOUNT_FORM);
        }
        String decimals = parts.decimals();
        BigDecimal exact = new BigDecimal(decimals.isEmpty() ? digits : digits + "." + decimals);
        return exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The parts as far as the text tells them apart; a single mark before three digits is taken as one of thousands. */
    private static @Nullable Parts parts(String plain) {
        if (WHOLE.matcher(plain).matches()) {
            return new Parts(plain, "", null);
        }
        Matcher grouped = GROUPED.matcher(plain);
        if (grouped.matches()) {
            boolean certain = onlyMark(plain) < 0;
            return new Parts(
                    plain, "", certain ? Mark.of(grouped.group(1).charAt(0)).other() : null);
        }
        int last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
        if (last <= 0) {
            return null;
        }
        String whole = plain.substring(0, last);
        String decimals = plain.substring(last + 1);
        Mark mark = Mark.of(plain.charAt(last));
        boolean wholeFits = WHOLE.matcher(whole).matches()
                || (whole.indexOf(mark.sign) < 0 && GROUPED.matcher(whole).matches());
        return wholeFits && WHOLE.matcher(decimals).matches() ? new Parts(whole, decimals, mark) : null;
    }

    /** Place of the mark if there is exactly one, else -1. */
    private static int onlyMark(String plain) {
        int first = -1;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == ',' || c == '.') {
                if (first >= 0) {
                    return -1;
                }
                first = i;
            }
        }
        return first;
    }

    /** Whether a mark may be one of thousands: one to three digits before it, not beginning with zero, and three behind. */
    private static boolean isGroup(String plain, int mark) {
        return mark >= 1 && mark <= GROUP && plain.charAt(0) != '0' && plain.length() - mark - 1 == GROUP;
    }

    private static String plain(String text) {
        if (text.length() > LONGEST) {
            return "";
        }
        String plain = PlainText.clean(text).replace(" ", "").toLowerCase(Locale.ROOT);
        return DASH.matcher(CURRENCY.matcher(plain).replaceFirst("")).replaceFirst("");
    }
}
