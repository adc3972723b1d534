package id.cakupan.dashboard.view;

import id.cakupan.dashboard.view.ProblemKind.Problem;

/** A request that is not answered with success. It never quotes the request. */
public final class RefusedException extends RuntimeException {
    private static final int UNAVAILABLE = 503;

    private final transient Problem problem;
    private final long retryAfterSeconds;

    /** @param kind why */
    public RefusedException(ProblemKind kind) {
        this(kind.problem(), kind.status() == UNAVAILABLE ? 1 : 0);
    }

    /**
     * @param problem what is sent
     * @param retryAfterSeconds after how long another attempt is of use; 0 = nobody knows
     */
    public RefusedException(Problem problem, long retryAfterSeconds) {
        super(problem.title(), null, false, false);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** What is sent. */
    public Problem problem() {
        return problem;
    }

    /** After how long another attempt is of use; 0 = nobody knows. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether it is of a kind. */
    public boolean is(ProblemKind kind) {
        return problem.equals(kind.problem());
    }
}
