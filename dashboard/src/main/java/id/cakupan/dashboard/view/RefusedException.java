package id.cakupan.dashboard.view;

/** A request that is not answered with success. It never quotes the request. */
public final class RefusedException extends RuntimeException {
    private final transient ProblemKind kind;
    private final long retryAfterSeconds;

    /** @param kind why */
    public RefusedException(ProblemKind kind) {
        this(kind, 0);
    }

    /**
     * A request that may be tried again.
     *
     * @param kind why
     * @param retryAfterSeconds after how long; 0 = nothing is told of that
     */
    public RefusedException(ProblemKind kind, long retryAfterSeconds) {
        super(kind.name(), null, false, false);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** After how many seconds it may be tried again; 0 = nothing is told of that. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Why. */
    public ProblemKind kind() {
        return kind;
    }
}
