package id.cakupan.producers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with personal data or secrets: mode 0600 from their first moment. */
final class OwnerOnlyFiles {
    private OwnerOnlyFiles() {}

    /**
     * Creates an empty file that only its owner can read and write.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one already
     */
    static void create(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
