package id.cakupan.coverage;

import org.jspecify.annotations.Nullable;

/**
 * What one part of the data adds to a group: its whole step function, never a difference. A group's figures are the sum
 * of its partials, and a later partial of the same part takes the place of the earlier one.
 *
 * @param firstColumn column of {@link Count} that the first count of {@code steps} stands for
 * @param steps changes over all days
 * @param recordedThrough latest recording behind it in microseconds; {@link Long#MIN_VALUE} when there is none
 * @param name display name, where this part of the data knows one
 * @param namedBy stamp of the fact that the name is from; of several names the latest is shown
 */
public record GroupPartial(
        int firstColumn,
        Steps steps,
        long recordedThrough,
        @Nullable String name,
        @Nullable Stamp namedBy) {

    /** A partial that adds nothing, for a group that this part of the data has no more members of. */
    public static final GroupPartial EMPTY = new GroupPartial(0, Steps.none(0), Long.MIN_VALUE, null, null);
}
