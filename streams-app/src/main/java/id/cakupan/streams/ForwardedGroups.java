package id.cakupan.streams;

import id.cakupan.coverage.Group;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The groups that a task has ever forwarded. A group that has lost its last member leaves no trace in what a task
 * rebuilds; its name here is what makes the task forward an empty partial.
 */
final class ForwardedGroups {
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<String, byte[]> store;
    private final Set<Group> known = new HashSet<>();

    ForwardedGroups(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                known.add(Group.parse(all.next().key));
            }
        }
    }

    void remember(Group group) {
        if (known.add(group)) {
            store.put(group.key(), PRESENT);
        }
    }

    void forEach(Consumer<Group> action) {
        known.forEach(action);
    }
}
