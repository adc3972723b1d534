package id.cakupan.dashboard.view;

/** A request that is not answered with success. It never quotes the request. */
public final class RefusedException extends RuntimeException {
    private final transient ProblemKind kind;

    /** @param kind why */
    public RefusedException(ProblemKind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    /** Why. */
    public ProblemKind kind() {
        return kind;
    }
}
