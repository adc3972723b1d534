package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;

/** The text of a cell is not what it should be. It never holds the text. */
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final BadEventReason reason;

    public BadValue(BadEventReason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    /** What is wrong. */
    public BadEventReason reason() {
        return reason;
    }
}
