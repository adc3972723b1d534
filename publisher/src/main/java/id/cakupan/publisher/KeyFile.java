package id.cakupan.publisher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms by a key file that is read at the first NIK, and again when it has changed: a long-running producer takes part
 * in a rotation without a restart. Thread-safe.
 */
public final class KeyFile implements PseudonymSource {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private record Read(Pseudonyms pseudonyms, FileTime modified, long lookedAt) {}

    private final Path file;
    private volatile @Nullable Read last;

    /** The file need not be there yet. */
    public KeyFile(Path file) {
        this.file = file;
    }

    @Override
    public Pseudonyms get() throws IOException, PseudonymKeys.KeyFileException {
        Read read = last;
        if (read != null && System.nanoTime() - read.lookedAt() < LOOK_EVERY.toNanos()) {
            return read.pseudonyms();
        }
        return look();
    }

    private synchronized Pseudonyms look() throws IOException, PseudonymKeys.KeyFileException {
        Read read = last;
        FileTime modified;
        try {
            modified = Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            modified = FileTime.fromMillis(0);
        }
        Pseudonyms pseudonyms = read != null && read.modified().equals(modified)
                ? read.pseudonyms()
                : new Pseudonyms(PseudonymKeys.read(file));
        last = new Read(pseudonyms, modified, System.nanoTime());
        return pseudonyms;
    }
}
