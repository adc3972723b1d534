package id.cakupan.producers;

import id.cakupan.publisher.ContentHash;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.OwnerOnlyFiles;
import id.cakupan.runtime.FailedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What a source said the last time, in a file of its own (mode 0600), so that only differences are sent. It holds ids and
 * days, no NIK and no name.
 *
 * <p>The file holds the last snapshot as one map, the one that it names. {@link #commit} writes the next as another map, then
 * names that: whatever stops an import, and whenever, the last snapshot is whole, and the import is simply run again. The
 * space of the one before is used again by the next but one.
 */
final class Snapshot implements Closeable {
    /**
     * An event of a snapshot.
     *
     * @param content hash of what it said
     * @param scope project and contractor that its row is about; empty = the whole snapshot
     * @param firstDay its own first day, if it has one
     * @param lastDay its own last day, if it has one
     * @param vanished what to send when it is gone
     * @param seenOn day of the last snapshot that had it
     * @param since number of the first snapshot that had it, after those from which it was gone
     * @param seen number of the last snapshot that had it
     * @param gone whether it was gone already and its end was sent
     */
    record Entry(
            String content,
            String scope,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay,
            String vanished,
            LocalDate seenOn,
            long since,
            long seen,
            boolean gone) {
        private static final String GONE = "gone";

        private static Entry parse(String text) {
            String[] parts = text.split("\\|", -1);
            return new Entry(
                    parts[0],
                    parts[1],
                    day(parts[2]),
                    day(parts[3]),
                    parts[4],
                    LocalDate.parse(parts[5]),
                    Long.parseLong(parts[6]),
                    Long.parseLong(parts[7]),
                    parts[8].equals(GONE));
        }

        private String text() {
            return String.join(
                    "|",
                    content,
                    scope,
                    text(firstDay),
                    text(lastDay),
                    vanished,
                    seenOn.toString(),
                    Long.toString(since),
                    Long.toString(seen),
                    gone ? GONE : "");
        }

        private Entry ended() {
            return new Entry(content, scope, firstDay, lastDay, vanished, seenOn, since, seen, true);
        }

        /** Whether it lay ahead when it was last seen. */
        private boolean hadNotBegun() {
            return firstDay != null && firstDay.isAfter(seenOn);
        }

        /** Its last known day: that on which it was seen, or its own last day if that was before. */
        private LocalDate lastKnownDay() {
            return lastDay != null && lastDay.isBefore(seenOn) ? lastDay : seenOn;
        }

        private static @Nullable LocalDate day(String text) {
            return text.isEmpty() ? null : LocalDate.parse(text);
        }

        private static String text(@Nullable LocalDate day) {
            return day == null ? "" : day.toString();
        }
    }

    /**
     * Which event of a source it is.
     *
     * @param of the worker or project
     * @param type its type
     * @param id the worker's own id of the hire or enrolment; empty for a project
     */
    record Key(String of, String type, String id) {
        static Key of(SpecificRecord event) {
            return keyOf(event, WORKER_ID);
        }

        private static Key parse(String text) {
            String[] parts = text.split("\n", 3);
            return new Key(parts[0], parts[1], parts[2]);
        }

        private String text() {
            return of + MARK + type + MARK + id;
        }
    }

    /**
     * An event of the last snapshot that the new one does not have.
     *
     * @param corrected whether the new snapshot has the same stint with another first day
     * @param backOn first day of a later stint of the same worker in the same place, if the new snapshot has one
     */
    record Vanished(
            Key key,
            Entry entry,
            boolean corrected,
            @Nullable LocalDate backOn) {}

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
    private static final String WORKER_ID = "workerId";
    private static final String FORMER_WORKER_ID = "formerWorkerId";
    private static final char MARK = '\n';

    private static final String ABOUT = "about";
    private static final String CURRENT = "current";
    private static final String NUMBER = "number";
    private static final String RECORDED_AT = "recordedAt";
    private static final String ENTRIES = "entries ";

    /** Before the text of an event that stands under the former id of its worker, so that it is found there too. */
    private static final String ALIAS = ">";

    /** Kilobytes of changes that are kept in memory. */
    private static final int UNWRITTEN = 8 * 1024;

    private final MVStore store;
    private final Instant recordedAt;
    private final boolean aboutAll;
    private final MVMap<String, String> about;
    private final MVMap<String, String> last;
    private final long number;
    private final SortedRuns next;

    /** Project and contractor of all rows of the new snapshot. */
    private final Set<String> mentioned = new HashSet<>(Set.of(""));

    private Snapshot(MVStore store, SortedRuns next, Instant recordedAt, boolean aboutAll) {
        this.store = store;
        this.next = next;
        this.recordedAt = recordedAt;
        this.aboutAll = aboutAll;
        about = store.openMap(ABOUT);
        number = Long.parseLong(about.getOrDefault(NUMBER, "0")) + 1;
        last = store.openMap(about.getOrDefault(CURRENT, ENTRIES + 0));
        removeAllBut(last.getName());
    }

    /**
     * Opens the last snapshot of this name, or an empty one.
     *
     * @param recordedAt when the new snapshot was recorded
     * @param aboutAll whether the new snapshot is also about projects and contractors of which it has no row
     * @throws IOException if another import has it open, or it cannot be read
     */
    static Snapshot open(Path folder, String name, Instant recordedAt, boolean aboutAll) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String hash = ContentHash.of(name);
        Path file = folder.resolve(hash + ".mv");
        if (!Files.exists(file)) {
            OwnerOnlyFiles.create(file);
        }
        try {
            MVStore store = store(file);
            return new Snapshot(store, new SortedRuns(folder.resolve(hash + ".next")), recordedAt, aboutAll);
        } catch (MVStoreException e) {
            throw new IOException(
                    "Snapshot terakhir sedang dipakai impor lain, atau rusak / the last snapshot is in use by another"
                            + " import, or damaged: " + file,
                    e);
        }
    }

    /** Opens a file of maps that grows with what is put into them, memory does not. */
    static MVStore store(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(UNWRITTEN)
                .open();
    }

    /** When the new snapshot was recorded. */
    Instant recordedAt() {
        return recordedAt;
    }

    /** When the last snapshot was recorded; null = there is none. */
    @Nullable
    Instant lastRecordedAt() {
        String instant = about.get(RECORDED_AT);
        return instant == null ? null : Instant.parse(instant);
    }

    /** Whether nothing was added. */
    boolean isEmpty() {
        return next.isEmpty();
    }

    /** Whether the new snapshot would have an event if it still were: one without any row is about all, or about nothing. */
    private boolean isAbout(Entry entry) {
        return aboutAll || isEmpty() || mentioned.contains(entry.scope());
    }

    /** Calls back with every event of the last snapshot that was not gone, and whether the new one is about it. */
    void forEachOfLast(BiConsumer<Entry, Boolean> action) {
        SortedRuns.entries(last).forEachRemaining(known -> {
            Entry entry = Entry.parse(known.getValue());
            if (!entry.gone()) {
                action.accept(entry, isAbout(entry));
            }
        });
    }

    /**
     * Takes in an event of the new snapshot.
     *
     * @param project the project that its row is about; empty = none
     * @param contractor the contractor that its row is about; empty = none
     * @param vanished what to send when it is gone
     */
    Change add(SpecificRecord event, String project, String contractor, LocalDate day, String vanished) {
        String key = Key.of(event).text();
        String former = field(event, FORMER_WORKER_ID);
        String formerKey =
                former.isEmpty() ? null : keyOf(event, FORMER_WORKER_ID).text();
        String before = last.get(key);
        if (before == null && formerKey != null) {
            before = last.get(formerKey);
        }
        Entry known = before == null ? null : Entry.parse(before);
        String scope = isOfWorker(event) ? ContentHash.of(project + MARK + contractor) : "";
        mentioned.add(scope);
        Entry entry = new Entry(
                content(event),
                scope,
                firstDay(event),
                lastDay(event),
                vanished,
                day,
                known == null || known.gone() ? number : known.since(),
                number,
                false);
        String text = entry.text();
        next.put(key, text);
        if (formerKey != null) {
            next.put(formerKey, ALIAS + text);
        }
        if (known == null) {
            return Change.NEW;
        }
        if (known.gone()) {
            return Change.BACK;
        }
        return known.content().equals(entry.content()) ? Change.SAME : Change.NEW;
    }

    /**
     * Calls back with every event of the last snapshot that the new one does not have, is about, and that was not gone before.
     */
    void forEachVanished(Consumer<Vanished> action) {
        forEachGroup((before, now) -> before.forEach((key, text) -> {
            Entry entry = Entry.parse(text);
            if (isVanished(key, entry, now)) {
                action.accept(vanished(Key.parse(key), entry, now));
            }
        }));
    }

    private boolean isVanished(String key, Entry entry, SortedMap<String, String> now) {
        return !entry.gone() && !now.containsKey(key) && isAbout(entry);
    }

    /** Looks for what has come in its place: it was in no snapshot together with the one that is gone. */
    private static Vanished vanished(Key key, Entry entry, SortedMap<String, String> now) {
        boolean corrected = false;
        LocalDate backOn = null;
        for (String text : now.values()) {
            Entry other = Entry.parse(text.startsWith(ALIAS) ? text.substring(ALIAS.length()) : text);
            LocalDate first = other.firstDay();
            if (first == null || other.since() <= entry.seen() || !other.scope().equals(entry.scope())) {
                continue;
            }
            if (entry.hadNotBegun() || !first.isAfter(entry.lastKnownDay())) {
                corrected = true;
            } else if (backOn == null || first.isBefore(backOn)) {
                backOn = first;
            }
        }
        return new Vanished(key, entry, corrected, backOn);
    }

    /**
     * The new snapshot takes the place of the last one.
     *
     * @param keepVanished whether events that are missing stay as they were: true when it is not known that they are gone
     * @throws FailedException if it cannot be written; the last one stays
     */
    void commit(boolean keepVanished) {
        try {
            write(keepVanished);
        } catch (MVStoreException e) {
            throw SortedRuns.notWritten(e);
        }
    }

    private void write(boolean keepVanished) {
        MVMap<String, String> current = store.openMap(ENTRIES + number);
        forEachGroup((before, now) -> {
            SortedMap<String, String> merged = new TreeMap<>();
            before.forEach((key, text) -> {
                Entry entry = Entry.parse(text);
                boolean ends = !keepVanished && isVanished(key, entry, now);
                merged.put(key, ends ? entry.ended().text() : text);
            });
            merged.putAll(now);
            merged.forEach((key, text) -> {
                if (!text.startsWith(ALIAS)) {
                    current.put(key, text);
                }
            });
        });
        store.commit();
        store.sync();
        about.put(CURRENT, current.getName());
        about.put(NUMBER, Long.toString(number));
        if (!isEmpty() || (!keepVanished && !last.isEmpty())) {
            about.put(RECORDED_AT, recordedAt.toString());
        }
        store.commit();
        store.sync();
    }

    @Override
    public void close() throws IOException {
        next.close();
        removeAllBut(about.getOrDefault(CURRENT, ""));
        store.close();
    }

    private void removeAllBut(String map) {
        for (String name : store.getMapNames().toArray(new String[0])) {
            if (!name.equals(map) && !name.equals(ABOUT)) {
                store.removeMap(name);
            }
        }
    }

    /** Calls back with the events of one type and one worker or project, of the last snapshot and of the new one, by key. */
    private void forEachGroup(BiConsumer<SortedMap<String, String>, SortedMap<String, String>> action) {
        Groups before = new Groups(SortedRuns.entries(last));
        Groups now = new Groups(next.iterator());
        while (before.start() != null || now.start() != null) {
            String start = first(before.start(), now.start());
            action.accept(before.take(start), now.take(start));
        }
    }

    private static String first(@Nullable String one, @Nullable String other) {
        if (one == null || (other != null && other.compareTo(one) < 0)) {
            return other == null ? "" : other;
        }
        return one;
    }

    /** Entries in the order of their keys, by groups: those whose keys differ only in the id. */
    private static final class Groups {
        private final Iterator<Map.Entry<String, String>> entries;
        private Map.@Nullable Entry<String, String> ahead;

        Groups(Iterator<Map.Entry<String, String>> entries) {
            this.entries = entries;
            advance();
        }

        private void advance() {
            ahead = entries.hasNext() ? entries.next() : null;
        }

        /** What the keys of the next group begin with, or null. */
        @Nullable
        String start() {
            if (ahead == null) {
                return null;
            }
            String key = ahead.getKey();
            return key.substring(0, key.indexOf(MARK, key.indexOf(MARK) + 1) + 1);
        }

        /** The next group if its keys begin so, else nothing. */
        SortedMap<String, String> take(String start) {
            SortedMap<String, String> group = new TreeMap<>();
            while (ahead != null && start.equals(start())) {
                group.put(ahead.getKey(), ahead.getValue());
                advance();
            }
            return group;
        }
    }

    private static Key keyOf(SpecificRecord event, String worker) {
        return new Key(
                field(event, isOfWorker(event) ? worker : "projectId"),
                EventForm.of(event).name(),
                field(event, "hireId") + field(event, "enrolmentId"));
    }

    private static boolean isOfWorker(SpecificRecord event) {
        return EventForm.of(event).place(WORKER_ID) >= 0;
    }

    /** A field of an event as text; empty where it has none. */
    static String field(SpecificRecord event, String name) {
        int place = EventForm.of(event).place(name);
        Object value = place < 0 ? null : event.get(place);
        return value == null ? "" : value.toString();
    }

    /** The first day of an event of a worker, or null. */
    private static @Nullable LocalDate firstDay(SpecificRecord event) {
        return day(event, "startsOn", "effectiveFrom");
    }

    /** The last day that an event of a worker plans, or null. */
    static @Nullable LocalDate lastDay(SpecificRecord event) {
        return day(event, "endsOn", "effectiveTo");
    }

    private static @Nullable LocalDate day(SpecificRecord event, String ofHire, String ofEnrolment) {
        String day = field(event, ofHire) + field(event, ofEnrolment);
        return day.isEmpty() || !isOfWorker(event) ? null : LocalDate.parse(day);
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
