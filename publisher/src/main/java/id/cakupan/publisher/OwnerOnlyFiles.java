package id.cakupan.publisher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with personal data or secrets: mode 0600 from their first moment. */
public final class OwnerOnlyFiles {
    /** A change of a file by what it holds. */
    @FunctionalInterface
    public interface Change<T, E extends Exception> {
        /** Reads the file and gives it a new content. */
        T make() throws IOException, E;
    }

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnerOnlyFiles() {}

    /**
     * Creates an empty file that only its owner can read and write.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one already
     */
    public static void create(Path file) throws IOException {
        Files.createFile(file, MODE);
    }

    /** Makes the folder of a file, mode 0700, with those above it, where there is none. */
    public static void createFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
    }

    /**
     * Makes a change while nobody else makes one, be it a thread or another process: whoever comes later waits, and reads
     * what the one before has written. Leaves an empty {@code .<name>.lock} beside the file, since the file itself is replaced.
     *
     * @param file need not be there; without its folder the change is made without waiting
     */
    public static <T, E extends Exception> T change(Path file, Change<T, E> change) throws IOException, E {
        Path target = target(file);
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return change.make();
        }
        // A lock is held by the whole process.
        synchronized (OwnerOnlyFiles.class) {
            Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
            try (FileChannel channel =
                    FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), MODE)) {
                // Let go with the channel.
                var unused = channel.lock();
                return change.make();
            }
        }
    }

    /** Gives a file a new content, at once: whoever opens it sees the old one or the new one, whole, also after a crash. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path target = target(file);
        Path next = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new", MODE);
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The file itself, where it is named by a link: the link stays one. */
    private static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }
}
