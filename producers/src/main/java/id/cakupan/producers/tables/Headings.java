package id.cakupan.producers.tables;

import java.text.Normalizer;
import java.util.Locale;

/** Headings of columns, compared whatever their case, accents and punctuation. */
public final class Headings {
    /** Heading of the column that a rejects file has more than its original. */
    public static final String ERROR = "error";

    private Headings() {}

    /** The heading in lower case, without accents and everything else but letters and digits. */
    public static String normal(String heading) {
        String apart = Normalizer.normalize(heading, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(apart.length());
        apart.codePoints().filter(Character::isLetterOrDigit).forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
