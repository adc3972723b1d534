package id.cakupan.dashboard.export;

import java.util.Set;

/** Texts that came from outside, made harmless for where they are put. */
public final class SafeText {
    /** First letters with which a spreadsheet takes a text for a formula, also in their full-width forms. */
    private static final Set<Character> FORMULA =
            Set.of('=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20');

    private SafeText() {}

    /** A cell of CSV that no spreadsheet takes for a formula: an apostrophe before what could be one. */
    static String cell(String text) {
        return !text.isEmpty() && FORMULA.contains(text.charAt(0)) ? "'" + text : text;
    }

    /** Text without the control characters that XML forbids, which spreadsheets pass over too. */
    static String xml(String text) {
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints()
                .filter(letter -> letter >= ' ' || letter == '\t' || letter == '\n' || letter == '\r')
                .filter(letter -> letter < 0xd800 || (letter > 0xdfff && letter < 0xfffe) || letter > 0xffff)
                .forEach(allowed::appendCodePoint);
        return allowed.toString();
    }

    /** Text between tags or in a quoted attribute of HTML. */
    public static String html(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }
}
