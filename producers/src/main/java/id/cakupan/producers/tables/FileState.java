package id.cakupan.producers.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What shows that somebody wrote to a file, or put another one into its place.
 *
 * @param size in bytes
 * @param modified when it was written to
 * @param key which file it is; null where the system does not tell
 */
record FileState(long size, FileTime modified, @Nullable Object key) {
    static FileState of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(now.size(), now.lastModifiedTime(), now.fileKey());
    }
}
