package id.cakupan.coverage;

/**
 * The maximum of a multiset that values leave again, in constant space.
 *
 * <p>It keeps the largest few values and counts the rest. A value that leaves is either among those or one of the
 * counted. Only when all kept ones have left while others remain is the maximum unknown; then the owner fills the
 * multiset anew. Values come in nearly ascending order, so that hardly ever happens.
 */
final class LatestRecorded {
    private static final int KEPT = 8;

    private final long[] largest = new long[KEPT];
    private int kept;
    private long others;
    private boolean unknown;

    void add(long value) {
        if (unknown) {
            return;
        }
        if (kept == KEPT || others > 0) {
            if (value < largest[kept - 1]) {
                others++;
                return;
            }
            if (kept == KEPT) {
                kept--;
                others++;
            }
        }
        int i = kept++;
        while (i > 0 && largest[i - 1] < value) {
            largest[i] = largest[i - 1];
            i--;
        }
        largest[i] = value;
    }

    void remove(long value) {
        if (unknown) {
            return;
        }
        for (int i = 0; i < kept; i++) {
            if (largest[i] == value) {
                System.arraycopy(largest, i + 1, largest, i, kept - i - 1);
                kept--;
                unknown = kept == 0 && others > 0;
                return;
            }
        }
        others--;
    }

    /** Whether the maximum has to be found anew. */
    boolean unknown() {
        return unknown;
    }

    /** Empties the multiset, to be filled anew. */
    void clear() {
        kept = 0;
        others = 0;
        unknown = false;
    }

    /** The maximum; {@link Long#MIN_VALUE} when empty. */
    long max() {
        return kept == 0 ? Long.MIN_VALUE : largest[0];
    }
}
