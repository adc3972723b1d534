package id.cakupan.producers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Texts by keys that come in any order and are read in theirs, more than memory holds: each time that enough have come they
 * are written as one sorted map. (One map for all would have nearly all of its pages written anew again and again: 3.6 GB
 * for 1.6 million entries.)
 */
final class SortedRuns {
    private static final int ENTRIES_IN_MEMORY = 50_000;

    private final MVStore store;
    private final String prefix;
    private final List<MVMap<String, String>> written = new ArrayList<>();
    private TreeMap<String, String> latest = new TreeMap<>();

    /** @param prefix what the names of its maps begin with */
    SortedRuns(MVStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Adds a text; of two with one key the later counts. */
    void put(String key, String text) {
        latest.put(key, text);
        if (latest.size() >= ENTRIES_IN_MEMORY) {
            MVMap<String, String> run = store.openMap(prefix + written.size());
            latest.forEach(run::put);
            written.add(run);
            latest = new TreeMap<>();
        }
    }

    boolean isEmpty() {
        return latest.isEmpty() && written.isEmpty();
    }

    /** All texts in the order of their keys. */
    Iterator<Map.Entry<String, String>> iterator() {
        PriorityQueue<Run> runs = new PriorityQueue<>(
                Comparator.comparing((Run run) -> run.key).thenComparing(run -> run.age, Comparator.reverseOrder()));
        for (int age = 0; age < written.size(); age++) {
            begin(runs, new Run(age, entries(written.get(age))));
        }
        begin(runs, new Run(written.size(), latest.entrySet().iterator()));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !runs.isEmpty();
            }

            @Override
            public Map.Entry<String, String> next() {
                if (runs.isEmpty()) {
                    throw new NoSuchElementException();
                }
                Run first = runs.remove();
                Map.Entry<String, String> entry = Map.entry(first.key, first.text);
                begin(runs, first);
                while (!runs.isEmpty() && runs.element().key.equals(entry.getKey())) {
                    begin(runs, runs.remove());
                }
                return entry;
            }
        };
    }

    private static void begin(PriorityQueue<Run> runs, Run run) {
        if (run.advance()) {
            runs.add(run);
        }
    }

    /** The entries of a map in order. */
    static Iterator<Map.Entry<String, String>> entries(MVMap<String, String> map) {
        Cursor<String, String> cursor = map.cursor(null);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Map.Entry<String, String> next() {
                String key = cursor.next();
                return Map.entry(key, cursor.getValue());
            }
        };
    }

    /** A run and the entry of it that comes next. */
    private static final class Run {
        final int age;
        private final Iterator<Map.Entry<String, String>> rest;
        String key = "";
        String text = "";

        Run(int age, Iterator<Map.Entry<String, String>> rest) {
            this.age = age;
            this.rest = rest;
        }

        boolean advance() {
            if (!rest.hasNext()) {
                return false;
            }
            Map.Entry<String, String> entry = rest.next();
            key = entry.getKey();
            text = entry.getValue();
            return true;
        }
    }
}
