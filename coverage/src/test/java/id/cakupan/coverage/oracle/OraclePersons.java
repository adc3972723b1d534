package id.cakupan.coverage.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Section 2: which ids are one person. All that former ids join, drawn up from all events at once. */
final class OraclePersons {
    private final Map<String, Set<String>> formerIds = new HashMap<>();
    private final Map<String, Set<String>> idsOf = new HashMap<>();
    private final Set<String> spoken = new HashSet<>();

    OraclePersons(Collection<OracleEvent> events) {
        for (OracleEvent event : events) {
            String former = event.formerWorkerId();
            if (former != null) {
                formerIds.computeIfAbsent(event.key(), id -> new TreeSet<>()).add(former);
                join(event.key(), former);
            }
            spoken.add(event.key());
        }
    }

    private void join(String one, String other) {
        Set<String> all = new TreeSet<>(ids(one));
        all.addAll(ids(other));
        all.forEach(id -> idsOf.put(id, all));
    }

    private Set<String> ids(String id) {
        return idsOf.getOrDefault(id, Set.of(id));
    }

    /** The id of the person that has no former id. Where there is none, or more than one, the least will do. */
    String oldest(String id) {
        return ids(id).stream()
                .filter(one -> !formerIds.containsKey(one))
                .findFirst()
                .orElseGet(() -> ids(id).stream().findFirst().orElse(id));
    }

    /** The id of which events speak that is the most former ids away from the oldest. */
    Optional<String> newest(String oldest) {
        return ids(oldest).stream()
                .filter(id -> !id.equals(oldest) && spoken.contains(id))
                .max(Comparator.<String>comparingInt(id -> age(id, oldest)).thenComparing(id -> id));
    }

    private int age(String id, String oldest) {
        List<String> here = List.of(id);
        for (int steps = 0; steps <= ids(oldest).size(); steps++) {
            if (here.contains(oldest)) {
                return steps;
            }
            List<String> next = new ArrayList<>();
            here.forEach(one -> next.addAll(formerIds.getOrDefault(one, Set.of())));
            here = next;
        }
        return 0;
    }
}
