package id.cakupan.producers;

import id.cakupan.publisher.OwnerOnlyFiles;
import id.cakupan.runtime.FailedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Texts by keys that come in any order and are read in theirs, more than memory holds: each time that enough have come they
 * are written as one sorted map. (One map for all would have nearly all of its pages written anew again and again: 3.6 GB
 * for 1.6 million entries.)
 */
final class SortedRuns implements Closeable {
    private static final int ENTRIES_IN_MEMORY = 50_000;

    private final Path file;
    private @Nullable MVStore store;
    private final List<MVMap<String, String>> written = new ArrayList<>();
    private TreeMap<String, String> latest = new TreeMap<>();

    /**
     * @param file where the maps are, if there are any: mode 0600, until it is closed
     * @throws IOException if an older one cannot be deleted
     */
    SortedRuns(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file);
    }

    /**
     * Adds a text; of two with one key the later counts.
     *
     * @throws FailedException if it cannot be written
     */
    void put(String key, String text) {
        latest.put(key, text);
        if (latest.size() >= ENTRIES_IN_MEMORY) {
            write();
            latest = new TreeMap<>();
        }
    }

    private void write() {
        try {
            if (store == null) {
                OwnerOnlyFiles.create(file);
                store = Snapshot.store(file);
            }
            MVMap<String, String> run = store.openMap("run " + written.size());
            latest.forEach(run::put);
            written.add(run);
        } catch (IOException | MVStoreException e) {
            throw notWritten(e);
        }
    }

    static FailedException notWritten(Exception problem) {
        return new FailedException(
                "Snapshot tidak dapat ditulis; impor lagi bila sudah bisa / the snapshot could not be written; import again"
                        + " when it can",
                problem);
    }

    @Override
    public void close() throws IOException {
        if (store != null) {
            store.closeImmediately();
            Files.deleteIfExists(file);
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
