package id.cakupan.streams;

import id.cakupan.coverage.Group;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Groups that wait to be forwarded, the one that has waited longest first, with the time of what it waits for. */
final class GroupQueue {
    private final Map<Group, Long> waiting = new LinkedHashMap<>();

    /**
     * Puts the group at the end of the queue, unless it is in it.
     *
     * @param since broker time, in milliseconds, of the event that changed it; the earliest one counts
     */
    void add(Group group, long since) {
        waiting.merge(group, since, Math::min);
    }

    /** Takes up to {@code most} groups out, in order. */
    void drain(int most, ObjLongConsumer<Group> action) {
        Iterator<Map.Entry<Group, Long>> entries = waiting.entrySet().iterator();
        for (int i = 0; i < most && entries.hasNext(); i++) {
            Map.Entry<Group, Long> entry = entries.next();
            Group group = entry.getKey();
            long since = entry.getValue();
            entries.remove();
            action.accept(group, since);
        }
    }

    void clear() {
        waiting.clear();
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
