package id.cakupan.publisher;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A KPJ, the number of a participant at BPJS Ketenagakerjaan, whose form was checked: 11 digits. A person may have several.
 * It is as sensitive as a NIK, since others give a person's data for it. The number never leaves this package: {@link
 * #toString} hides it.
 */
public final class Kpj {
    private static final Pattern FORM = Pattern.compile("[0-9]{11}");

    private final String digits;

    private Kpj(String digits) {
        this.digits = digits;
    }

    /** Reads a KPJ as people write it, with the separators that {@link Nik#parse} ignores; null if it is none. */
    public static @Nullable Kpj parse(String text) {
        String digits = Nik.withoutSeparators(text);
        return FORM.matcher(digits).matches() ? new Kpj(digits) : null;
    }

    /** The eleven digits. */
    String digits() {
        return digits;
    }

    @Override
    public String toString() {
        return "KPJ (hidden)";
    }
}
