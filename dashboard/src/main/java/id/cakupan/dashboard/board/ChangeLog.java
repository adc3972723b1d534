package id.cakupan.dashboard.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last changes of the rows of one level, numbered from 1. */
final class ChangeLog {
    private static final int KEPT = 8_192;

    private final Change[] ring = new Change[KEPT];
    private long last;

    synchronized void add(Change change) {
        last++;
        ring[(int) (last % KEPT)] = change;
    }

    /** Number of the last change. */
    synchronized long last() {
        return last;
    }

    /** The changes after one, in order; empty when some of them are no longer kept. */
    synchronized Optional<List<Change>> after(long number) {
        if (last - number > KEPT) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>((int) (last - number));
        for (long i = number + 1; i <= last; i++) {
            changes.add(ring[(int) (i % KEPT)]);
        }
        return Optional.of(changes);
    }
}
