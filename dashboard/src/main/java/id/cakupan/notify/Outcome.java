package id.cakupan.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param error kind of the failure, such as {@code HTTP_503}, without addresses and texts of the receiver; null = none
 * @param unreachable whether it failed before the receiver looked at the message, so that others would fail too
 * @param pause how long the receiver asks to wait; null = it does not say
 * @param reached marks of the addresses that have it, when a receiver has several
 */
record Outcome(
        Kind kind,
        @Nullable String error,
        boolean unreachable,
        @Nullable Duration pause,
        List<String> reached) {
    Outcome {
        reached = List.copyOf(reached);
    }

    Outcome(Kind kind, @Nullable String error, boolean unreachable, @Nullable Duration pause) {
        this(kind, error, unreachable, pause, List.of());
    }

    /** The same, when these addresses have it by now. */
    Outcome reached(List<String> marks) {
        return new Outcome(kind, error, unreachable, pause, marks);
    }

    enum Kind {
        /** The receiver has it. */
        TAKEN,
        /** The receiver will never take it. */
        REFUSED,
        /** It may be taken later. */
        FAILED,
        /** The receiver turns everything away until somebody mends it or the routing file; then it may be taken. */
        TURNED_AWAY,
        /** There is nothing left to tell. */
        NOTHING_LEFT
    }

    static final Outcome TAKEN = new Outcome(Kind.TAKEN, null, false, null);
    static final Outcome NOTHING_LEFT = new Outcome(Kind.NOTHING_LEFT, "NOTHING_LEFT", false, null);

    static Outcome refused(String error) {
        return new Outcome(Kind.REFUSED, error, false, null);
    }

    static Outcome turnedAway(String error) {
        return new Outcome(Kind.TURNED_AWAY, error, false, null);
    }

    /** The receiver could not be reached, or not spoken to. */
    static Outcome unreachable(String error) {
        return new Outcome(Kind.FAILED, error, true, null);
    }

    /** This message failed; others may not. */
    static Outcome failed(String error, @Nullable Duration pause) {
        return new Outcome(Kind.FAILED, error, false, pause);
    }
}
