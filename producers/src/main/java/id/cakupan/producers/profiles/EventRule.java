package id.cakupan.producers.profiles;

import id.cakupan.publisher.EventForm;
import java.util.List;
import java.util.Map;

/**
 * An event that follows from a row.
 *
 * @param form its type
 * @param when column or value without which there is no such event; empty = always
 * @param fields how its fields follow; {@code nik} stands for the worker
 * @param lists fields that are lists of constants
 * @param vanished what to send when a later snapshot no longer has the row
 */
record EventRule(
        EventForm form,
        String when,
        Map<String, Expression> fields,
        Map<String, List<String>> lists,
        Vanished vanished) {
    /** What becomes of an event whose row is no longer in the snapshot. */
    enum Vanished {
        /** Nothing: a row that is missing says nothing. */
        KEEP,
        /** The hire or enrolment ends on the day before the snapshot. */
        END,
        /** The hire or enrolment never was. */
        VOID,
        /** The insurance of the project is cancelled. */
        CANCEL
    }
}
