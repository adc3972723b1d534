package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what broker and registry remember. Records name schemas by the registry's ids, so both are kept or
 * wiped together: a folder in which only one of them is left is refused.
 *
 * <p>One running stack owns the folder, by a lock on a file in it.
 */
final class DataDirectory implements AutoCloseable {
    private static final long MEGABYTE = 1_000_000;
    private static final long NEEDED_MEGABYTES = 500;
    private static final long FULL_MEGABYTES = 20;
    private static final String STARTING = "starting";
    private static final String COMPLETE = "complete";
    private static final int DISCARD_ATTEMPTS = 5;

    /** Temporary folders that are to be deleted. */
    private static final Set<Path> TEMPORARY = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final boolean temporary;
    private final FileChannel channel;

    private DataDirectory(Path root, boolean temporary, FileChannel channel) {
        this.root = root;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Opens a folder that is kept; it is created if it is not there. */
    static DataDirectory keep(Path root) {
        return open(root.toAbsolutePath().normalize(), false);
    }

    /** Opens a new folder under the system's temporary folder, which {@link #close} deletes. */
    static DataDirectory throwAway() {
        try {
            Path folder = Files.createTempDirectory("cakupan-stack-");
            TEMPORARY.add(folder);
            return open(folder, true);
        } catch (IOException e) {
            throw new FailedException(
                    "Cannot create a folder under " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage(), e);
        }
    }

    private static DataDirectory open(Path root, boolean temporary) {
        try {
            Files.createDirectories(root);
            requireSpace(root);
            FileChannel channel = lock(root);
            DataDirectory directory = new DataDirectory(root, temporary, channel);
            try {
                directory.prepare();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return directory;
        } catch (FailedException e) {
            throw e;
        } catch (IOException e) {
            throw failure(root, e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // Reported below like a lock that another process holds.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new FailedException("The folder " + root
                + " is used by another running stack: stop that one, or choose another folder with --data.");
    }

    private void prepare() throws IOException {
        Path marker = marker();
        String state = Files.exists(marker) ? Files.readString(marker).strip() : null;
        boolean broker = Files.exists(broker());
        boolean registry = Files.exists(registry());
        if (state == null && (broker || registry)) {
            throw new FailedException(
                    "The folder " + root
                            + " holds a folder 'broker' or 'registry' that is not of this program: choose another one with --data.");
        }
        if (COMPLETE.equals(state) && broker != registry) {
            throw new FailedException("In " + root + " the data of the " + (broker ? "registry" : "broker")
                    + " is missing; broker and registry are kept or wiped together: delete " + root
                    + ", or choose another folder with --data.");
        }
        if (!COMPLETE.equals(state)) {
            delete(broker());
            delete(registry());
            Files.writeString(marker, STARTING + "\n");
        }
        Files.createDirectories(broker());
        Files.createDirectories(registry());
    }

    /** Notes that broker and registry have both started once, so that from now on their data is kept. */
    void complete() {
        try {
            Files.writeString(marker(), COMPLETE + "\n");
        } catch (IOException e) {
            throw failure(root, e);
        }
    }

    Path root() {
        return root;
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path registry() {
        return root.resolve("registry");
    }

    private Path marker() {
        return root.resolve("stack.state");
    }

    /** Gives the lock back; deletes the folder if it is a temporary one. May be called more than once. */
    @Override
    public void close() {
        try {
            channel.close();
            if (temporary) {
                delete(root);
                TEMPORARY.remove(root);
            }
        } catch (IOException e) {
            throw failure(root, e);
        }
    }

    private static void requireSpace(Path root) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace() / MEGABYTE;
        if (free < NEEDED_MEGABYTES) {
            throw new FailedException("The disk is full: " + free + " MB are free in " + root + ", the stack needs "
                    + NEEDED_MEGABYTES + " MB: free some, or choose another folder with --data.");
        }
    }

    /** One line for a broker that gave itself up. */
    String brokerFailure(@Nullable String message) {
        long free;
        try {
            free = Files.getFileStore(root).getUsableSpace() / MEGABYTE;
        } catch (IOException unreadable) {
            return "The broker ended: its folder " + root + " can no longer be read.";
        }
        String reason = message == null || message.isBlank() ? "it can no longer use " + root : message;
        return free < FULL_MEGABYTES
                ? "The disk is full: the broker ended because it cannot write to " + root
                        + "; free some space and start again."
                : "The broker ended: " + reason;
    }

    /** Deletes the folder if it is a temporary one, as far as that goes. */
    void discard() {
        if (temporary) {
            discard(root);
        }
    }

    /** Deletes the temporary folders that are open, as far as that goes: this process is about to end. */
    static void discardAll() {
        TEMPORARY.forEach(DataDirectory::discard);
    }

    private static void discard(Path folder) {
        for (int i = 0; i < DISCARD_ATTEMPTS; i++) {
            try {
                delete(folder);
                return;
            } catch (IOException stillInUse) {
                // Somebody wrote to it meanwhile. What is left in the end lies in the temporary folder.
            }
        }
    }

    /** The message for a failed write or read in the folder: full disk, no permission, anything else. */
    static FailedException failure(Path root, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left") || message.contains("Disk quota exceeded")) {
                return new FailedException(
                        "The disk is full while writing to " + root
                                + ": free some space, or choose another folder with --data.",
                        failure);
            }
            if (cause instanceof AccessDeniedException || message.contains("Read-only file system")) {
                return new FailedException(
                        "The folder " + root + " cannot be written: choose another one with --data.", failure);
            }
        }
        return new FailedException("The folder " + root + " cannot be used: " + describe(failure), failure);
    }

    private static String describe(@Nullable Throwable failure) {
        Throwable deepest = failure;
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest == null ? "unknown" : deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    }

    /** Deletes a folder and all in it; files that vanish meanwhile are no error. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
