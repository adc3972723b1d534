package id.cakupan.schemas;

/**
 * What is wrong with an event. It never holds a value of the event.
 *
 * @param reason kind of fault
 * @param field field of the record in which it was found; {@code key} or {@code value} for the record as a whole
 */
public record Rejection(RejectionReason reason, String field) {}
