package id.cakupan.producers.gateway;

/** A request is refused as a whole. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final long retryAfterSeconds;

    Refusal(ProblemKind kind) {
        this(kind, 0);
    }

    /** @param retryAfterSeconds when to try again; 0 = not said */
    Refusal(ProblemKind kind, long retryAfterSeconds) {
        super(kind.slug(), null, false, false);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    ProblemKind kind() {
        return kind;
    }

    Answer answer() {
        return Answer.problem(kind, retryAfterSeconds);
    }
}
