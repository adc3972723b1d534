package id.cakupan.streams;

/** Stored state was written in an encoding that this version does not know. Nothing helps but a newer version. */
final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }
}
