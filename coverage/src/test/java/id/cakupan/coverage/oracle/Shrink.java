package id.cakupan.coverage.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a property on many random lists of events and, where it fails, looks for a short list on which it fails. */
public final class Shrink {
    private static final int MOST_TRIALS = 3_000;

    private Shrink() {}

    /** Something that holds for every list of events. */
    @FunctionalInterface
    public interface Property {
        /**
         * Throws when the property does not hold.
         *
         * @param seed seed that the events were made from, for whatever else is random in the check
         * @throws Exception when the property cannot be checked, which counts as a failure
         */
        void check(long seed, List<OracleEvent> events) throws Exception;
    }

    /**
     * Checks the property for the seeds 1 to {@code seedCount}.
     *
     * @throws AssertionError for the first seed that fails; tells the seed and the shortest failing list found
     */
    public static void forAllEventLists(int seedCount, LongFunction<List<OracleEvent>> generator, Property property) {
        for (long seed = 1; seed <= seedCount; seed++) {
            List<OracleEvent> events = generator.apply(seed);
            if (fails(property, seed, events)) {
                List<OracleEvent> minimal = minimal(property, seed, events);
                throw new AssertionError(
                        "seed " + seed + " fails with these " + minimal.size() + " of " + events.size()
                                + " events:\n"
                                + minimal.stream().map(OracleEvent::toString).collect(Collectors.joining("\n")),
                        failure(property, seed, minimal));
            }
        }
    }

    /** Delta debugging: drops ever smaller pieces of the list for as long as what is left still fails. */
    static List<OracleEvent> minimal(Property property, long seed, List<OracleEvent> events) {
        List<OracleEvent> failing = new ArrayList<>(events);
        int trials = 0;
        int piece = Math.max(1, failing.size() / 2);
        while (trials < MOST_TRIALS) {
            boolean dropped = false;
            for (int from = 0; from < failing.size() && trials < MOST_TRIALS; ) {
                List<OracleEvent> rest = new ArrayList<>(failing.subList(0, from));
                rest.addAll(failing.subList(Math.min(failing.size(), from + piece), failing.size()));
                trials++;
                if (fails(property, seed, rest)) {
                    failing = rest;
                    dropped = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !dropped) {
                break;
            }
            piece = Math.max(1, piece / 2);
        }
        return failing;
    }

    private static boolean fails(Property property, long seed, List<OracleEvent> events) {
        return failure(property, seed, events) != null;
    }

    private static @Nullable Throwable failure(Property property, long seed, List<OracleEvent> events) {
        try {
            property.check(seed, List.copyOf(events));
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }
}
