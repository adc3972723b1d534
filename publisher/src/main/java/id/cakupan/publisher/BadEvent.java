package id.cakupan.publisher;

import org.jspecify.annotations.Nullable;

/**
 * An event is not acceptable as it was written. It names the reason, the field and the kind of the value, and never
 * holds the value.
 */
public final class BadEvent extends Exception {
    private static final long serialVersionUID = 1L;

    private final BadEventReason reason;
    private final @Nullable String field;
    private final @Nullable String kind;

    /**
     * @param field name of the field; null where the fault is not that of one field
     * @param kind JSON kind of what stands there ({@code string}, {@code number}, …); null where it does not matter
     */
    public BadEvent(BadEventReason reason, @Nullable String field, @Nullable String kind) {
        super(reason.english(field), null, false, false);
        this.reason = reason;
        this.field = field;
        this.kind = kind;
    }

    /** What is wrong. */
    public BadEventReason reason() {
        return reason;
    }

    /** Name of the field, or null. */
    public @Nullable String field() {
        return field;
    }

    /** JSON kind of the value, or null. */
    public @Nullable String kind() {
        return kind;
    }
}
