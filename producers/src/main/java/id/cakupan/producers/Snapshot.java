package id.cakupan.producers;

import id.cakupan.publisher.ContentHash;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.OwnerOnlyFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What a source said the last time, in a file of its own (mode 0600), so that only differences are sent. It holds ids and
 * days, no NIK and no name. Nothing changes in the file before {@link #commit}: an import that is interrupted is simply run
 * again.
 */
final class Snapshot implements Closeable {
    /**
     * An event of the last snapshot.
     *
     * @param content hash of what it said
     * @param seenOn day of the last snapshot that had it
     * @param lastDay its own last day, if it has one
     * @param vanished what to send when it is gone
     * @param gone whether it was gone already and its end was sent
     */
    record Entry(String content, LocalDate seenOn, @Nullable LocalDate lastDay, String vanished, boolean gone) {
        private static Entry parse(String text) {
            String[] parts = text.split("\\|", -1);
            return new Entry(
                    parts[0],
                    LocalDate.parse(parts[1]),
                    parts[2].isEmpty() ? null : LocalDate.parse(parts[2]),
                    parts[3],
                    parts[4].equals("gone"));
        }

        private String text() {
            return content + "|" + seenOn + "|" + (lastDay == null ? "" : lastDay) + "|" + vanished + "|"
                    + (gone ? "gone" : "");
        }
    }

    /**
     * Which event of a source it is.
     *
     * @param type its type
     * @param of the worker or project
     * @param id the worker's own id of the hire or enrolment; empty for a project
     */
    record Key(String type, String of, String id) {
        static Key of(SpecificRecord event) {
            return keyOf(event, "workerId");
        }

        private static Key parse(String text) {
            String[] parts = text.split("\n", -1);
            return new Key(parts[0], parts[1], parts[2]);
        }

        private String text() {
            return type + "\n" + of + "\n" + id;
        }
    }

    /** What a row of the new snapshot is, beside the last one. */
    enum Change {
        /** Not known, or it says something else. */
        NEW,
        /** It was gone, and is back. */
        BACK,
        SAME
    }

    private static final Set<String> NO_CONTENT =
            Set.of("eventId", "recordedAt", "source", "workerId", "formerWorkerId");
    private static final String FORMER_WORKER_ID = "formerWorkerId";

    private final MVStore store;
    private final MVMap<String, String> last;
    private final MVMap<String, String> next;

    private Snapshot(MVStore store) {
        this.store = store;
        last = store.openMap("last");
        next = store.openMap("next");
        next.clear();
    }

    /**
     * Opens the last snapshot of this name, or an empty one.
     *
     * @throws IOException if another import has it open, or it cannot be read
     */
    static Snapshot open(Path folder, String name) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve(ContentHash.of(name) + ".mv");
        if (!Files.exists(file)) {
            OwnerOnlyFiles.create(file);
        }
        try {
            return new Snapshot(new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open());
        } catch (MVStoreException e) {
            throw new IOException("The last snapshot in " + file + " is in use by another import, or damaged", e);
        }
    }

    /** Number of events that the last snapshot had. */
    long size() {
        long size = 0;
        for (String text : last.values()) {
            size += Entry.parse(text).gone() ? 0 : 1;
        }
        return size;
    }

    /** Takes in an event of the new snapshot. */
    Change add(SpecificRecord event, LocalDate day, String vanished) {
        String key = Key.of(event).text();
        String before = last.get(key);
        if (before == null && EventForm.of(event).place(FORMER_WORKER_ID) >= 0) {
            before = last.remove(keyOf(event, FORMER_WORKER_ID).text());
            if (before != null) {
                last.put(key, before);
            }
        }
        Entry entry = new Entry(content(event), day, lastDay(event), vanished, false);
        next.put(key, entry.text());
        if (before == null) {
            return Change.NEW;
        }
        Entry known = Entry.parse(before);
        if (known.gone()) {
            return Change.BACK;
        }
        return known.content().equals(entry.content()) ? Change.SAME : Change.NEW;
    }

    /** Calls back with every event of the last snapshot that the new one does not have and that was not gone before. */
    void forEachVanished(BiConsumer<Key, Entry> action) {
        last.forEach((key, text) -> {
            Entry entry = Entry.parse(text);
            if (!entry.gone() && !next.containsKey(key)) {
                action.accept(Key.parse(key), entry);
            }
        });
    }

    /**
     * The new snapshot takes the place of the last one.
     *
     * @param keepVanished whether events that are missing stay as they were: true when it is not known that they are gone
     */
    void commit(boolean keepVanished) {
        for (String key : last.keySet().toArray(new String[0])) {
            if (!next.containsKey(key)) {
                Entry entry = Entry.parse(Objects.requireNonNull(last.get(key)));
                next.put(
                        key,
                        keepVanished
                                ? entry.text()
                                : new Entry(entry.content(), entry.seenOn(), entry.lastDay(), entry.vanished(), true)
                                        .text());
            }
        }
        last.clear();
        next.forEach(last::put);
        next.clear();
        store.commit();
    }

    @Override
    public void close() {
        store.rollback();
        store.close();
    }

    private static Key keyOf(SpecificRecord event, String worker) {
        EventForm form = EventForm.of(event);
        return new Key(
                form.name(),
                field(event, form.place(worker) >= 0 ? worker : "projectId"),
                field(event, "hireId") + field(event, "enrolmentId"));
    }

    private static String field(SpecificRecord event, String name) {
        int place = EventForm.of(event).place(name);
        Object value = place < 0 ? null : event.get(place);
        return value == null ? "" : value.toString();
    }

    /** The last day that an event of a worker plans, or null. */
    static @Nullable LocalDate lastDay(SpecificRecord event) {
        String day = field(event, "endsOn") + field(event, "effectiveTo");
        return day.isEmpty() || EventForm.of(event).place("workerId") < 0 ? null : LocalDate.parse(day);
    }

    private static String content(SpecificRecord event) {
        StringBuilder content = new StringBuilder();
        for (EventForm.Field field : EventForm.of(event).fields()) {
            if (!NO_CONTENT.contains(field.name())) {
                content.append(field.name())
                        .append('=')
                        .append(field(event, field.name()))
                        .append('\n');
            }
        }
        return ContentHash.of(content.toString());
    }
}
