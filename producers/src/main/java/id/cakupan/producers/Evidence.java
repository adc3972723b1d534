package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.BadValue;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.TableException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the cells of a file show of the way in which its dates, amounts and NIK are written. */
final class Evidence {
    private static final int MONTHS = 12;
    private static final long FEWEST_TURNED = 3;
    private static final int MOST_SEEN = 4096;
    private static final int FEWEST_NIKS = 10;
    private static final double MOST_ROUND_NIKS = 0.6;

    private final DateTexts.@Nullable Order givenOrder;
    private final AmountTexts.@Nullable Mark givenMark;

    /** How dates of one column are written. */
    private static final class Dates {
        /** Whether there is a text such as 14/07/2025, that no order of month and day but this fits. */
        boolean lateText;

        /** Whether there is a text with a day up to the twelfth: then texts with such a day stay texts. */
        boolean earlyText;

        long earlyCells;
        boolean lateCell;

        /** Texts that were looked at. */
        final Set<String> seen = new HashSet<>();

        boolean areTurned() {
            return lateText && !earlyText && !lateCell && earlyCells >= FEWEST_TURNED;
        }
    }

    private final boolean orderIsGiven;
    /** By the name of the column. */
    private final Map<String, Dates> dates = new HashMap<>();

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
     * @param order order of day and month, if the user gives it
     * @param usual order of day and month that the owner of the sheet prescribes, if any
     * @param mark decimal mark, if it is given
     */
    Evidence(DateTexts.@Nullable Order order, DateTexts.@Nullable Order usual, AmountTexts.@Nullable Mark mark) {
        orderIsGiven = order != null;
        givenOrder = order != null ? order : usual;
        givenMark = mark;
    }

    void add(Column column, Cell cell) {
        if (cell.isBlank()) {
            return;
        }
        switch (column.kind()) {
            case DATE, INSTANT -> {
                addDate(dates.computeIfAbsent(column.name(), first -> new Dates()), cell);
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

    private static void addDate(Dates of, Cell cell) {
        if (cell.kind() == Cell.Kind.DATE) {
            boolean early = isEarly(LocalDate.parse(cell.text()));
            of.earlyCells += early ? 1 : 0;
            of.lateCell |= !early;
        } else if (cell.kind() == Cell.Kind.TEXT && !of.earlyText && isNew(of.seen, cell)) {
            boolean late = DateTexts.evidence(cell.text()) == DateTexts.Order.DAY_FIRST;
            of.lateText |= late;
            try {
                of.earlyText = !late && isEarly(DateTexts.parse(cell.text(), DateTexts.Order.DAY_FIRST));
            } catch (BadValue e) {
                // A text that is no date says nothing of the others.
                return;
            }
        }
    }

    private static boolean isEarly(LocalDate day) {
        return day.getDayOfMonth() <= MONTHS;
    }

    /**
     * Makes sure that no spreadsheet has turned dates: one that takes the month for the first makes 07/08/2025 a date of July,
     * and leaves 14/07/2025 a text, since there is no fourteenth month.
     *
     * @param headingOf the heading of a column by its name
     * @throws TableException if in a column all texts have a day after the twelfth and all date cells, three at least, one up
     *     to it, unless the user said which comes first
     */
    void requireUnturnedDates(String file, UnaryOperator<String> headingOf) throws TableException {
        for (Map.Entry<String, Dates> entry : dates.entrySet()) {
            if (!orderIsGiven && entry.getValue().areTurned()) {
                String heading = headingOf.apply(entry.getKey());
                throw new TableException(
                        file + ": pada kolom '" + heading
                                + "' semua tanggal yang berupa teks jatuh sesudah tanggal 12, dan semua yang berupa sel tanggal"
                                + " paling lambat tanggal 12. Rupanya lembar sebar dengan format Amerika telah menukar hari"
                                + " dan bulan. Minta berkas asli; bila tanggalnya memang benar, beri --date-format dmy.",
                        file + ": in the column '" + heading
                                + "' all dates that are text are after the twelfth, and all date cells are up to the twelfth."
                                + " A spreadsheet with American settings seems to have turned day and month. Ask for the"
                                + " original; if the dates are right, give --date-format dmy.");
            }
        }
    }

    private boolean isNew(Cell cell) {
        return cell.kind() == Cell.Kind.TEXT && isNew(seen, cell);
    }

    private static boolean isNew(Set<String> seen, Cell cell) {
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
