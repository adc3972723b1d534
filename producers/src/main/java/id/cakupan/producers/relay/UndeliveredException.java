package id.cakupan.producers.relay;

/** Rows could not be brought to Kafka for a reason that is not theirs; all of them are to be sent again, in their order. */
final class UndeliveredException extends Exception {
    private static final long serialVersionUID = 1L;

    UndeliveredException(String message, Throwable cause) {
        super(message, cause);
    }

    UndeliveredException(String message) {
        super(message);
    }
}
