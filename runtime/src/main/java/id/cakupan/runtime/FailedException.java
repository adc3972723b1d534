package id.cakupan.runtime;

import org.jspecify.annotations.Nullable;

/** A command cannot go on for a reason that its user can act on. The message is one line for people. */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A reason without a cause worth showing. */
    public FailedException(String message) {
        super(message);
    }

    /** A reason, and what is behind it for those who debug. */
    public FailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
