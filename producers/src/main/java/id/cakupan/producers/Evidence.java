package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.TableException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the cells of a file show of the way in which its dates, amounts and NIK are written. */
final class Evidence {
    private static final int MOST_SEEN = 4096;
    private static final int FEWEST_NIKS = 10;
    private static final double MOST_ROUND_NIKS = 0.6;

    private final DateTexts.@Nullable Order givenOrder;
    private final AmountTexts.@Nullable Mark givenMark;

    /** Texts that were looked at: the same few come again and again. */
    private final Set<String> seen = new HashSet<>();

    private boolean dayFirst;
    private boolean monthFirst;
    private boolean ambiguousDate;
    private boolean comma;
    private boolean point;
    private boolean ambiguousAmount;
    private long niks;
    private long roundNiks;

    /**
     * @param order order of day and month, if it is given
     * @param mark decimal mark, if it is given
     */
    Evidence(DateTexts.@Nullable Order order, AmountTexts.@Nullable Mark mark) {
        givenOrder = order;
        givenMark = mark;
    }

    void add(Column.Kind kind, Cell cell) {
        if (cell.isBlank()) {
            return;
        }
        switch (kind) {
            case DATE, INSTANT -> {
                if (givenOrder == null && isNew(cell)) {
                    DateTexts.Order shown = DateTexts.evidence(cell.text());
                    dayFirst |= shown == DateTexts.Order.DAY_FIRST;
                    monthFirst |= shown == DateTexts.Order.MONTH_FIRST;
                    ambiguousDate |= DateTexts.isAmbiguous(cell.text());
                }
            }
            case AMOUNT -> {
                if (givenMark == null && isNew(cell)) {
                    AmountTexts.Mark shown = AmountTexts.evidence(cell.text());
                    comma |= shown == AmountTexts.Mark.COMMA;
                    point |= shown == AmountTexts.Mark.POINT;
                    ambiguousAmount |= AmountTexts.isAmbiguous(cell.text());
                }
            }
            case NIK, NIK_OR_KPJ -> {
                niks++;
                if (cell.text().stripTrailing().endsWith("0")) {
                    roundNiks++;
                }
            }
            default -> {
                // says nothing about the file
            }
        }
    }

    private boolean isNew(Cell cell) {
        if (cell.kind() != Cell.Kind.TEXT) {
            return false;
        }
        if (seen.size() == MOST_SEEN) {
            seen.clear();
        }
        return seen.add(cell.text());
    }

    /**
     * Order of day and month; null when the file has no date to which it matters.
     *
     * @throws TableException if it matters and the file does not show it, or shows both
     */
    DateTexts.@Nullable Order dateOrder(String file) throws TableException {
        if (givenOrder != null) {
            return givenOrder;
        }
        if (dayFirst != monthFirst) {
            return dayFirst ? DateTexts.Order.DAY_FIRST : DateTexts.Order.MONTH_FIRST;
        }
        if (ambiguousDate || dayFirst) {
            throw new TableException(
                    file + ": tanggal di berkas ini dapat dibaca dengan dua cara (hari/bulan atau bulan/hari). Beri"
                            + " --date-format dmy atau mdy.",
                    file
                            + ": day and month of the dates in this file cannot be told apart. Give --date-format dmy or mdy.");
        }
        return null;
    }

    /**
     * Decimal mark of amounts; null when the file has no amount to which it matters.
     *
     * @throws TableException if it matters and the file does not show it, or shows both
     */
    AmountTexts.@Nullable Mark decimal(String file) throws TableException {
        if (givenMark != null) {
            return givenMark;
        }
        if (comma != point) {
            return comma ? AmountTexts.Mark.COMMA : AmountTexts.Mark.POINT;
        }
        if (ambiguousAmount || comma) {
            throw new TableException(
                    file + ": jumlah seperti 1.375 dapat dibaca dengan dua cara. Beri --decimal comma atau point.",
                    file + ": amounts such as 1.375 can be read in two ways. Give --decimal comma or point.");
        }
        return null;
    }

    /**
     * Makes sure that no spreadsheet has rounded the NIK: it would have made the last digit a 0.
     *
     * @throws TableException if most NIK end in 0
     */
    void requireWholeNiks(String file) throws TableException {
        if (niks >= FEWEST_NIKS && roundNiks > niks * MOST_ROUND_NIKS) {
            throw new TableException(
                    file
                            + ": sebagian besar NIK berakhir dengan 0. Lembar sebar telah membulatkannya; digit terakhir sudah"
                            + " hilang. Minta berkas asli dengan NIK sebagai teks.",
                    file
                            + ": most NIK end in 0. A spreadsheet has rounded them and their last digit is lost. Ask for the"
                            + " original, with the NIK as text.");
        }
    }
}
