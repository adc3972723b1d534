package id.cakupan.producers;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why rows of a file are rejected, two bytes a row: there may be many, and they are written when the file is read again. */
final class RowFaults {
    private record What(BadEventReason reason, @Nullable String field) {}

    private static final int FIRST_SIZE = 1024;
    private static final int UNSIGNED = 0xffff;

    private final Map<What, Integer> known = new HashMap<>();
    private final List<BadEvent> faults = new ArrayList<>();
    private short[] ofRow = new short[0];

    /**
     * Notes a fault.
     *
     * @param ordinal which row of the file it is, from 0
     */
    void add(int ordinal, BadEvent fault) {
        if (ordinal >= ofRow.length) {
            ofRow = Arrays.copyOf(ofRow, Math.max(FIRST_SIZE, Math.max(ordinal + 1, ofRow.length * 2)));
        }
        int place = known.computeIfAbsent(new What(fault.reason(), fault.field()), what -> {
            faults.add(fault);
            return faults.size();
        });
        ofRow[ordinal] = (short) place;
    }

    /** Whether there is any. */
    boolean any() {
        return !faults.isEmpty();
    }

    /** The fault of a row, or null. */
    @Nullable
    BadEvent of(int ordinal) {
        int place = ordinal < ofRow.length ? ofRow[ordinal] & UNSIGNED : 0;
        return place == 0 ? null : faults.get(place - 1);
    }
}
