package id.cakupan.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a value can never become the expected record, however often they are read: a poison pill. */
public final class UndecodableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** Kind of fault. The names are part of the contract: they stand in headers and meters. */
    public enum Reason {
        /** Not Confluent's wire format, or bytes that do not fit the schema they name. */
        UNDECODABLE,
        /** The registry answers that it has no schema with this id. */
        UNKNOWN_SCHEMA,
        /** A record of another type, or one that cannot be read as the expected version. */
        WRONG_RECORD
    }

    private final Reason reason;

    /**
     * @param reason kind of fault
     * @param message what was wrong, without any value of the record
     */
    public UndecodableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** As above, with the exception behind it. */
    public UndecodableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Kind of fault. */
    public Reason reason() {
        return reason;
    }
}
