package id.cakupan.producers.tables;

/**
 * One cell as the file holds it.
 *
 * @param text empty for BLANK. NUMBER: plain digits where they are exact, else as stored, such as {@code 3.57301E+15}.
 *     DATE: yyyy-mm-dd, without a time of day. BOOLEAN: {@code true} or {@code false}
 */
public record Cell(Kind kind, String text) {
    /** What the file says that it is. Cells of a CSV are TEXT or BLANK. */
    public enum Kind {
        BLANK,
        TEXT,
        NUMBER,
        DATE,
        BOOLEAN
    }

    private static final int KEPT_DIGITS = 15;

    /** A cell with nothing in it. */
    public static final Cell BLANK_CELL = new Cell(Kind.BLANK, "");

    /** A cell with this text: BLANK if there is nothing but white space in it. */
    public static Cell ofText(String text) {
        return text.isBlank() ? BLANK_CELL : new Cell(Kind.TEXT, text);
    }

    /** Whether there is nothing in it. */
    public boolean isBlank() {
        return kind == Kind.BLANK;
    }

    /** Whether it is a number with more digits than a spreadsheet keeps: it makes those after the fifteenth zeros. */
    public boolean isRounded() {
        return kind == Kind.NUMBER && text.length() > KEPT_DIGITS && text.endsWith("0") && text.indexOf('.') < 0;
    }
}
