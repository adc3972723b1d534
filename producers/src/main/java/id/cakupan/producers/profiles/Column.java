package id.cakupan.producers.profiles;

import java.util.List;

/**
 * A column that a sheet may have.
 *
 * @param name its name in the profile; {@code --set name=value} gives a value for all rows in which it is blank
 * @param headings how sheets head it, the preferred one first; case, accents and punctuation do not matter
 * @param kind what stands in it
 * @param required whether a sheet without it, and a row with nothing in it, is refused
 * @param indonesian what it is, for whoever fills in the sheet
 * @param english the same in English
 * @param example a value, of nobody
 */
public record Column(
        String name,
        List<String> headings,
        Kind kind,
        boolean required,
        String indonesian,
        String english,
        String example) {
    /** What stands in a column, and so how it is read. */
    public enum Kind {
        /** Any text, without HTML and line breaks. */
        TEXT,
        /** A code of digits and letters, without blanks; what a spreadsheet made of it ({@code 10060496000.0}) is undone. */
        CODE,
        /** A day. */
        DATE,
        /** An instant, or a day: its beginning in the zone of the import. */
        INSTANT,
        /** An amount of money, whole rupiah. */
        AMOUNT,
        /** A ratio from 0 to 1, or a percentage with its sign. */
        RATIO,
        /** The number of a person, pseudonymised before anything else. */
        NIK,
        /** The number of a participant at BPJS, by which the register knows the person; never sent. */
        KPJ,
        /** The one or the other, whatever its length says. */
        NIK_OR_KPJ,
        /** The tax number of a company, {@code npwp:} and 16 digits; nothing when it is a person's, which is a NIK. */
        NPWP,
        /** Personal data that is known, and never read. */
        PERSONAL;

        /** Whether it is a number of a person, which may stand for the worker alone. */
        public boolean isPerson() {
            return this == NIK || this == KPJ || this == NIK_OR_KPJ;
        }
    }

    /** The heading that people are told of. */
    public String heading() {
        return headings.get(0);
    }
}
