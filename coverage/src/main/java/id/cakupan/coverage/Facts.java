package id.cakupan.coverage;

import org.jspecify.annotations.Nullable;

/** How facts merge. */
final class Facts {
    private Facts() {}

    /** Whether the fact takes the place of the present one; an equal stamp changes nothing. */
    static boolean wins(Fact fact, @Nullable Fact present) {
        return present == null || fact.stamp().compareTo(present.stamp()) > 0;
    }

    static long recordedAt(@Nullable Fact fact) {
        return fact == null ? Long.MIN_VALUE : fact.stamp().recordedAt();
    }
}
