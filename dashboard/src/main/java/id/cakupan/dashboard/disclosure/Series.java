package id.cakupan.dashboard.disclosure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What was disclosed of one group, day by day: each entry holds until the next. */
final class Series {
    /**
     * From a day on.
     *
     * @param day first day
     * @param disclosed what holds from then
     */
    record Entry(LocalDate day, Disclosed disclosed) {}

    private final List<Entry> entries = new ArrayList<>(1);

    void put(LocalDate day, Disclosed disclosed) {
        if (entries.isEmpty() || !last().equals(disclosed)) {
            entries.add(new Entry(day, disclosed));
        }
    }

    private Disclosed last() {
        return entries.get(entries.size() - 1).disclosed();
    }

    Disclosed at(LocalDate day) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!entries.get(i).day().isAfter(day)) {
                return entries.get(i).disclosed();
            }
        }
        return Disclosed.SUPPRESSED;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
