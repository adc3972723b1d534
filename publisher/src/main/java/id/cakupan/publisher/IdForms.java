package id.cakupan.publisher;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How ids of events, projects, contractors, hires, enrolments and districts are written, so that a name that was put into the wrong
 * column does not become one. The systems that speak choose their ids; only what {@code docs/semantics.md} says about them is
 * asked for.
 */
public final class IdForms {
    private static final String DISTRICT = "districtCode";
    private static final String EVENT = "eventId";
    private static final Set<String> IDS = Set.of("projectId", "contractorId", "hireId", "enrolmentId");

    /** Visible characters of ASCII, which a name of several words is not. */
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** Codes of Kemendagri are numbers with points between them. */
    private static final Pattern DISTRICT_CODE = Pattern.compile("[0-9.]+");

    private static final String TAX_NUMBER = "npwp:";
    private static final Pattern TAX_NUMBER_FORM = Pattern.compile("[0-9]{15,16}");
    private static final String COMPANY_NUMBER = "npp:";
    private static final Pattern COMPANY_NUMBER_FORM = Pattern.compile("[A-Za-z]*[0-9][A-Za-z0-9.-]*");
    private static final String PROCUREMENT = "spse:";
    private static final Pattern PROCUREMENT_FORM = Pattern.compile("[a-z-]+:[A-Za-z-]*[0-9][A-Za-z0-9.-]*");

    /** Three letters and more, with what may stand in names, and nothing else. */
    private static final Pattern NAME = Pattern.compile("(?=(?:[^A-Za-z]*[A-Za-z]){3})[A-Za-z.,'`-]+");

    private static final Pattern TWO_WORDS = Pattern.compile("\\p{L}[.,]?[\\s\\u00a0]+\\p{L}");

    private IdForms() {}

    /** Whether a field of an event holds the id of a project, contractor, hire or enrolment. */
    public static boolean isId(String field) {
        return IDS.contains(field);
    }

    /** Whether a text may stand in the field of an event; true for fields that hold no id. */
    static boolean fits(String field, String text) {
        if (field.equals(DISTRICT)) {
            return DISTRICT_CODE.matcher(text).matches();
        }
        return !(IDS.contains(field) || field.equals(EVENT))
                || (VISIBLE.matcher(text).matches() && fitsScheme(text));
    }

    private static boolean fitsScheme(String id) {
        return fits(id, TAX_NUMBER, TAX_NUMBER_FORM)
                && fits(id, COMPANY_NUMBER, COMPANY_NUMBER_FORM)
                && fits(id, PROCUREMENT, PROCUREMENT_FORM);
    }

    private static boolean fits(String id, String scheme, Pattern form) {
        return !id.startsWith(scheme)
                || form.matcher(id).region(scheme.length(), id.length()).matches();
    }

    /**
     * Whether what people wrote where an id belongs reads like a name: words, or letters alone, at least three. Systems may
     * have such ids, sheets that people fill in have names in the wrong column.
     */
    public static boolean mayBeName(String text) {
        String stripped = text.strip();
        return TWO_WORDS.matcher(stripped).find() || NAME.matcher(stripped).matches();
    }
}
