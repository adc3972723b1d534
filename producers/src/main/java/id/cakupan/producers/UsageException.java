package id.cakupan.producers;

/** A run cannot begin: wrong options or files. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
