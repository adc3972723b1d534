package id.cakupan.dashboard.access;

/** A request is refused. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final long retryAfterSeconds;

    RefusedException(Refusal refusal) {
        this(refusal, 0);
    }

    RefusedException(Refusal refusal, long retryAfterSeconds) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }

    /** Value of {@code Retry-After}; 0 = none. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
