package id.cakupan.producers.register;

import cakupan.records.EnrolmentEnded;
import cakupan.records.WorkerEnrolled;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.ContentHash;
import id.cakupan.publisher.Kpj;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.OwnerOnlyFiles;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.FailedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Which worker a KPJ belongs to, and which enrolments a worker has had at which employer: what import remembers of the rows
 * that say so, for those that do not. It is one file (mode 0600) of ids, days and keyed hashes, without a NIK, a KPJ or a
 * name. Nothing changes in the file before {@link #commit}: an import that is interrupted is simply run again.
 *
 * <p>Of two events about one enrolment the one that was recorded later counts, in whatever order they come. A KPJ that was
 * told of two workers belongs to neither: nothing is ever guessed.
 *
 * <p>One register serves one thread.
 */
public final class Register implements Closeable {
    /**
     * A worker, as events call him.
     *
     * @param former his id under the key before, where it is known
     */
    public record Worker(String id, @Nullable String former) {}

    /** An enrolment: its first day, when that was recorded, and the worker's id in the event that said so. */
    private record Begun(LocalDate from, Instant recordedAt, String workerId) {
        static Begun parse(String text) {
            String[] parts = text.split("\\|", -1);
            return new Begun(LocalDate.parse(parts[0]), Instant.parse(parts[1]), parts[2]);
        }

        String text() {
            return from + "|" + recordedAt + "|" + workerId;
        }
    }

    /** The last day of an enrolment, and when that was recorded. */
    private record Ended(LocalDate on, Instant recordedAt) {
        static Ended parse(String text) {
            String[] parts = text.split("\\|", -1);
            return new Ended(LocalDate.parse(parts[0]), Instant.parse(parts[1]));
        }

        String text() {
            return on + "|" + recordedAt;
        }
    }

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String CONTENT = "content";
    private static final String NOTHING = ContentHash.of("register 1");
    private static final char MARK = '\n';

    private final PseudonymSource pseudonyms;
    private final MVStore store;

    /** Code of a KPJ and worker id; the worker's former id, or empty. */
    private final MVMap<String, String> workers;

    /** Worker id; the id under the key before. */
    private final MVMap<String, String> formerIds;

    /** Oldest id of a worker, employer and enrolment; {@link Begun}. */
    private final MVMap<String, String> begun;

    /** Oldest id of a worker and enrolment; {@link Ended}. */
    private final MVMap<String, String> ended;

    /** The hash of all the others. */
    private final MVMap<String, String> about;

    private long learntNumbers;

    private Register(MVStore store, PseudonymSource pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
        workers = store.openMap("workers");
        formerIds = store.openMap("former ids");
        begun = store.openMap("begun");
        ended = store.openMap("ended");
        about = store.openMap("about");
    }

    /**
     * Opens a register, or makes an empty one with its folder.
     *
     * @param pseudonyms the keys under which a KPJ is kept and looked up
     * @throws FailedException if another import has it open, others than its owner may read it, or it is damaged
     * @throws IOException if the file cannot be made
     */
    public static Register open(Path file, PseudonymSource pseudonyms) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        try {
            OwnerOnlyFiles.create(file);
        } catch (FileAlreadyExistsException e) {
            requireOwnerOnly(file);
        }
        return open(file, new MVStore.Builder(), pseudonyms);
    }

    /**
     * The content of a register, for an import that sends nothing: its file, which need not exist, stays as it is.
     *
     * @throws FailedException as {@link #open}
     * @throws IOException if the file cannot be read
     */
    public static Register copyOf(Path file, PseudonymSource pseudonyms) throws IOException {
        Register copy = new Register(new MVStore.Builder().open(), pseudonyms);
        if (Files.exists(file) && Files.size(file) > 0) {
            requireOwnerOnly(file);
            try (Register original = open(file, new MVStore.Builder().readOnly(), pseudonyms)) {
                original.workers.forEach(copy.workers::put);
                original.formerIds.forEach(copy.formerIds::put);
                original.begun.forEach(copy.begun::put);
                original.ended.forEach(copy.ended::put);
            }
        }
        return copy;
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new FailedException("The register " + file + " is open to other users; run: chmod 600 " + file);
        }
    }

    private static Register open(Path file, MVStore.Builder builder, PseudonymSource pseudonyms) {
        MVStore store = null;
        try {
            store = builder.fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0) // else it would write what is not committed when there is much of it
                    .open();
            Register register = new Register(store, pseudonyms);
            if (register.about.getOrDefault(CONTENT, NOTHING).equals(register.content())) {
                return register;
            }
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new FailedException(
                        "The register " + file + " is in use by another import; import again when that has ended", e);
            }
        } catch (RuntimeException e) {
            // A damaged file makes the store fail in any way; told below.
        }
        if (store != null) {
            store.closeImmediately();
        }
        throw new FailedException("The register " + file + " is damaged. Move it away, and import the sheets again that"
                + " filled it: data_tk_baru, data_tk_lanjutan, data_upah.");
    }

    /** Hash of all entries. */
    private String content() {
        String hash = NOTHING;
        for (MVMap<String, String> map : List.of(workers, formerIds, begun, ended)) {
            for (Map.Entry<String, String> entry : map.entrySet()) {
                hash = ContentHash.of(hash + map.getName() + MARK + entry.getKey() + MARK + entry.getValue());
            }
        }
        return hash;
    }

    /**
     * The worker of a NIK.
     *
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is no usable key file
     */
    public Worker worker(Nik nik) throws IOException, PseudonymKeys.KeyFileException {
        Pseudonyms used = pseudonyms.get();
        return new Worker(used.of(nik), used.formerOf(nik));
    }

    /**
     * The worker of a KPJ, by the key in use where that is known.
     *
     * @throws BadEvent if it is not known, or was told of two workers
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is no usable key file
     */
    public Worker worker(Kpj kpj) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Worker found = null;
        for (String code : pseudonyms.get().codesOf(kpj)) {
            for (Map.Entry<String, String> entry : below(workers, code).entrySet()) {
                Worker worker = new Worker(entry.getKey(), entry.getValue().isEmpty() ? null : entry.getValue());
                if (found == null) {
                    found = worker;
                } else if (!oldest(found).equals(oldest(worker))) {
                    throw new BadEvent(BadEventReason.KPJ_AMBIGUOUS, null, null);
                }
            }
        }
        if (found == null) {
            throw new BadEvent(BadEventReason.KPJ_UNKNOWN, null, null);
        }
        return found;
    }

    /**
     * The id of the latest enrolment of a worker with an employer that began on a day or before it: the one that ends on that
     * day.
     *
     * @param heading what people call the day
     * @throws BadEvent if there is none, or more than one, or it has ended on another day, so that a later one must be missing
     */
    public String enrolment(Worker worker, String employer, LocalDate day, String heading) throws BadEvent {
        String oldest = oldest(worker);
        String latest = null;
        LocalDate from = LocalDate.MIN;
        boolean several = false;
        for (Map.Entry<String, String> entry :
                below(begun, oldest + MARK + employer).entrySet()) {
            LocalDate began = Begun.parse(entry.getValue()).from();
            if (began.isAfter(day) || began.isBefore(from)) {
                continue;
            }
            several = began.equals(from);
            from = began;
            latest = entry.getKey();
        }
        if (latest == null) {
            throw new BadEvent(BadEventReason.ENROLMENT_UNKNOWN, heading, null);
        }
        if (several) {
            throw new BadEvent(BadEventReason.ENROLMENT_AMBIGUOUS, null, null);
        }
        String end = ended.get(oldest + MARK + latest);
        if (end != null && !Ended.parse(end).on().equals(day)) {
            throw new BadEvent(BadEventReason.ENROLMENT_ENDED, heading, null);
        }
        return latest;
    }

    /**
     * The id that a worker had in the event that began an enrolment, so that its end finds it wherever that is kept; null when
     * the enrolment is not known.
     */
    public @Nullable String enrolledAs(Worker worker, String enrolmentId) {
        for (Map.Entry<String, String> entry : below(begun, oldest(worker)).entrySet()) {
            if (entry.getKey().endsWith(MARK + enrolmentId)) {
                return Begun.parse(entry.getValue()).workerId();
            }
        }
        return null;
    }

    /**
     * From now on a KPJ belongs to the worker of a NIK.
     *
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is no usable key file
     */
    public void learn(Kpj kpj, Nik nik) throws IOException, PseudonymKeys.KeyFileException {
        Worker worker = worker(nik);
        link(worker.id(), worker.former());
        String code = pseudonyms.get().codesOf(kpj).get(0);
        put(workers, code + MARK + worker.id(), worker.former() == null ? "" : worker.former());
        learntNumbers++;
    }

    /** Remembers what an event says of an enrolment with an employer; of others there is nothing to remember. */
    public void learn(SpecificRecord event) {
        if (event instanceof WorkerEnrolled began && began.getContractorId() != null) {
            link(began.getWorkerId(), began.getFormerWorkerId());
            putBegun(
                    oldest(began.getWorkerId()) + MARK + began.getContractorId() + MARK + began.getEnrolmentId(),
                    new Begun(began.getEffectiveFrom(), began.getRecordedAt(), began.getWorkerId()));
        } else if (event instanceof EnrolmentEnded end) {
            link(end.getWorkerId(), end.getFormerWorkerId());
            putEnded(
                    oldest(end.getWorkerId()) + MARK + end.getEnrolmentId(),
                    new Ended(end.getEndedOn(), end.getRecordedAt()));
        }
    }

    /** How often it was told since it was opened which worker a KPJ belongs to. */
    public long learntNumbers() {
        return learntNumbers;
    }

    /**
     * Keeps what was learnt since it was opened.
     *
     * @throws FailedException if it cannot be written; the file is as it was then
     */
    public void commit() {
        try {
            about.put(CONTENT, content());
            store.commit();
        } catch (MVStoreException e) {
            throw new FailedException("The register could not be written; import again when it can", e);
        }
    }

    @Override
    public void close() {
        if (store.isReadOnly()) {
            store.closeImmediately();
            return;
        }
        store.rollback();
        store.close();
    }

    /** Two ids of one worker: what was kept under the newer one is brought to the older. */
    private void link(String newer, @Nullable String older) {
        if (older == null || formerIds.containsKey(newer) || oldest(older).equals(newer)) {
            return;
        }
        formerIds.put(newer, older);
        String oldest = oldest(older);
        below(begun, newer).forEach((rest, text) -> {
            begun.remove(newer + MARK + rest);
            putBegun(oldest + MARK + rest, Begun.parse(text));
        });
        below(ended, newer).forEach((rest, text) -> {
            ended.remove(newer + MARK + rest);
            putEnded(oldest + MARK + rest, Ended.parse(text));
        });
    }

    private String oldest(Worker worker) {
        String former = worker.former();
        return oldest(former == null || formerIds.containsKey(worker.id()) ? worker.id() : former);
    }

    private String oldest(String workerId) {
        String id = workerId;
        for (String former = formerIds.get(id); former != null; former = formerIds.get(id)) {
            id = former;
        }
        return id;
    }

    private void putBegun(String key, Begun said) {
        String before = begun.get(key);
        if (before == null || !said.recordedAt().isBefore(Begun.parse(before).recordedAt())) {
            put(begun, key, said.text());
        }
    }

    private void putEnded(String key, Ended said) {
        String before = ended.get(key);
        if (before == null || !said.recordedAt().isBefore(Ended.parse(before).recordedAt())) {
            put(ended, key, said.text());
        }
    }

    /** A value that is there already makes no new page of the file. */
    private static void put(MVMap<String, String> map, String key, String value) {
        if (!value.equals(map.get(key))) {
            map.put(key, value);
        }
    }

    /** The entries whose keys begin with this and a mark, by what follows. */
    private static Map<String, String> below(MVMap<String, String> map, String start) {
        String prefix = start + MARK;
        Map<String, String> found = new TreeMap<>();
        for (Iterator<String> keys = map.keyIterator(prefix); keys.hasNext(); ) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            String value = map.get(key);
            if (value != null) {
                found.put(key.substring(prefix.length()), value);
            }
        }
        return found;
    }
}
