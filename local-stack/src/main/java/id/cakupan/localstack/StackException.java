package id.cakupan.localstack;

import org.jspecify.annotations.Nullable;

/** The local stack cannot start or go on. The message is one line for the person at the terminal and says what to do. */
public class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure that needs no stack trace to be understood.
     *
     * @param message one line that names the cause and the way out
     */
    public StackException(String message) {
        super(message);
    }

    /**
     * A failure with its technical cause.
     *
     * @param message one line that names the cause and the way out
     * @param cause what was thrown below, or null
     */
    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
