package id.cakupan.streams;

import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folder for the local state of one instance, locked while it runs.
 *
 * <p>Local state belongs to one cluster: offsets in it mean nothing on another. The folder notes which, so that state
 * left from a cluster that is gone is thrown away instead of being taken for current.
 */
final class StateDirectory implements AutoCloseable {
    private static final int MOST_INSTANCES = 64;

    private final Path path;
    private final FileChannel channel;

    private StateDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Locks the given folder, or else the first free one under the user's data folder.
     *
     * @throws FailedException when it is used by another instance or cannot be written
     */
    static StateDirectory lock(Optional<Path> given, String applicationId, Path data) {
        if (given.isPresent()) {
            StateDirectory directory = tryLock(given.get());
            if (directory == null) {
                throw new FailedException("Another instance uses " + given.get() + " (setting state-dir)");
            }
            return directory;
        }
        Path base = data.resolve("streams").resolve(applicationId);
        for (int i = 1; i <= MOST_INSTANCES; i++) {
            StateDirectory directory = tryLock(base.resolve("instance-" + i));
            if (directory != null) {
                return directory;
            }
        }
        throw new FailedException(
                "All " + MOST_INSTANCES + " folders under " + base + " are in use (setting state-dir)");
    }

    private static @Nullable StateDirectory tryLock(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("instance.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // Held by another instance in this very process.
            }
            if (lock == null) {
                channel.close();
                return null;
            }
            return new StateDirectory(path, channel);
        } catch (IOException e) {
            throw new FailedException("Cannot write to " + path + " (setting state-dir): " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /** Notes the cluster that the state belongs to; returns true when it belonged to another one. */
    boolean moveTo(String clusterId) {
        Path note = path.resolve("cluster-id");
        try {
            String before = Files.exists(note) ? Files.readString(note) : clusterId;
            Files.writeString(note, clusterId);
            return !before.equals(clusterId);
        } catch (IOException e) {
            throw new FailedException("Cannot write to " + path + " (setting state-dir): " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
