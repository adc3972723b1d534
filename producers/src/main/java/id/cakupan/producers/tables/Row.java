package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row below the headings.
 *
 * @param number number of the row, line or object as a person sees it, from 1
 * @param cells one for each heading, by its position; short rows are padded with blanks
 * @param surplus cells right of the last heading, if any of them is not blank; else empty
 * @param fault why the row cannot be used, or null. If it could not be taken apart, its first cell holds its first line
 */
public record Row(
        long number,
        List<Cell> cells,
        List<Cell> surplus,
        @Nullable BadEventReason fault) {
    /** A row that is well formed. */
    public Row(long number, List<Cell> cells) {
        this(number, cells, List.of(), null);
    }

    /** Whether the row has more cells than there are headings. */
    public boolean overflow() {
        return !surplus.isEmpty();
    }
}
