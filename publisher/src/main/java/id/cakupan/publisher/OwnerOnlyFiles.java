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

    /** Gives a file a new content, at once: whoever opens it sees the old one or the new one, whole, also after a crash. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
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
}
