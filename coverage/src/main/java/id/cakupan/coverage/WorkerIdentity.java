package id.cakupan.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger of one id knows of the other ids of its worker.
 *
 * <p>An id made with a newer key has a link to the id that the same person had before. Facts follow the links and are
 * kept where they end, under the oldest id. A ledger knows no link but its own, so facts carry along the ids that they
 * have passed: their path.
 *
 * <p>All ids that links join are one person, whatever is said and in whatever order:
 *
 * <ul>
 *   <li>Of two former ids of one id the lesser becomes its link. The ledger of the other is told that the lesser is the
 *       former id of the other one. What is told gets less each time, so it comes to an end.
 *   <li>Links that form a ring have no end. Facts that come back are kept under the least id of the ring.
 * </ul>
 */
public final class WorkerIdentity {
    /** Longest path; no person has that many ids. Facts that have come so far are kept where they are. */
    public static final int LONGEST_PATH = 64;

    /**
     * That an id has a former id.
     *
     * @param id the newer id
     * @param former the older one
     */
    public record Link(String id, String former) {}

    /**
     * What follows from a link that was heard of.
     *
     * @param linked the ledger's own link is a new one
     * @param tell a link that another ledger is to hear of, null for none
     */
    public record Heard(boolean linked, @Nullable Link tell) {
        private static final Heard NOTHING_NEW = new Heard(false, null);

        /** Whether facts in this ledger, if any, have to move on. */
        public boolean isNews() {
            return linked || tell != null;
        }
    }

    /**
     * A newer id of the worker.
     *
     * @param id the newer id
     * @param between the ids that its facts pass on their way here
     */
    public record Newer(String id, List<String> between) {}

    private final String id;
    private @Nullable String former;
    private Map<String, Newer> newer = Map.of();

    /** The identity of an id of which nothing has been heard. */
    public WorkerIdentity(String id) {
        this.id = id;
    }

    /** The link: the id that facts go to from here; null when they are kept here. */
    public @Nullable String former() {
        return former;
    }

    /** Sets the link that was heard of before. */
    public void restore(String link) {
        former = link;
    }

    /** Adds a newer id that was learned before. */
    public void restore(Newer known) {
        if (newer.isEmpty()) {
            newer = new HashMap<>(2);
        }
        newer.put(known.id(), known);
    }

    /** Number of links and newer ids known here. */
    public int size() {
        return newer.size() + (former == null ? 0 : 1);
    }

    /** Takes in that this id has a former id. */
    public Heard hear(String formerId) {
        if (formerId.equals(id) || formerId.equals(former) || settledBefore(formerId)) {
            return Heard.NOTHING_NEW;
        }
        String link = former;
        if (link == null) {
            former = formerId;
            return new Heard(true, null);
        }
        if (formerId.compareTo(link) > 0) {
            return new Heard(false, new Link(formerId, link));
        }
        former = formerId;
        return new Heard(true, new Link(link, formerId));
    }

    /** A ring of two is known for one before any fact has gone round it. */
    private boolean settledBefore(String formerId) {
        Newer known = newer.get(formerId);
        return former == null && known != null && known.between().isEmpty() && id.compareTo(formerId) < 0;
    }

    /** Whether a fact with this path is kept here although there is a link. */
    public boolean keeps(List<String> path) {
        int passed = path.indexOf(id);
        if (passed < 0) {
            return path.size() >= LONGEST_PATH;
        }
        boolean isRing = passed + 1 < path.size() && path.get(passed + 1).equals(former);
        return isRing && path.subList(passed, path.size()).stream().allMatch(other -> id.compareTo(other) <= 0);
    }

    /** The path of a fact with this path when it leaves here. */
    public List<String> onward(List<String> path) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        path.stream().filter(passed -> !passed.equals(id)).forEach(longer::add);
        longer.add(id);
        return longer;
    }

    /**
     * Takes in the path of a fact that is kept here. Returns what is new: ids not known before, or known by a shorter
     * way.
     */
    public List<Newer> learn(List<String> path) {
        List<Newer> learned = new ArrayList<>(1);
        for (int i = 0; i < path.size(); i++) {
            List<String> between = path.subList(i + 1, path.size());
            int here = between.indexOf(id);
            Newer found = new Newer(path.get(i), List.copyOf(here < 0 ? between : between.subList(0, here)));
            Newer known = newer.get(found.id());
            if (!found.id().equals(id)
                    && (known == null
                            || known.between().size() < found.between().size())) {
                restore(found);
                learned.add(found);
            }
        }
        return learned;
    }

    /** The newer ids. */
    public List<Newer> newer() {
        return List.copyOf(newer.values());
    }

    /** Forgets the newer ids. Returns the paths by which the place that facts go to from here is to learn of them. */
    public List<List<String>> forget() {
        List<List<String>> paths = new ArrayList<>(newer.size());
        for (Newer known : newer.values()) {
            List<String> path = new ArrayList<>();
            path.add(known.id());
            path.addAll(known.between());
            path.add(id);
            paths.add(path);
        }
        newer = Map.of();
        return paths;
    }

    /** The newest id of the worker: of those that are farthest away the greatest; null when this one is the only one. */
    public @Nullable String newest() {
        return newer.values().stream()
                .max(Comparator.<Newer>comparingInt(known -> known.between().size())
                        .thenComparing(Newer::id))
                .map(Newer::id)
                .orElse(null);
    }
}
