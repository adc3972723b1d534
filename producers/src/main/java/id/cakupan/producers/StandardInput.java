package id.cakupan.producers;

import id.cakupan.runtime.FailedException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Standard input as a file, since tables are read more than once: in a folder of its own that only its owner can enter,
 * deleted at the end, also when the program is interrupted.
 */
final class StandardInput implements Closeable {
    /** How it is given on the command line. */
    static final String ARGUMENT = "-";

    /** What messages and files of rejects call it. */
    static final String NAME = "stdin";

    private final Path folder;
    private final Path file;

    private StandardInput(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /**
     * Reads all of it into a file.
     *
     * @throws FailedException if there is no room for it, or it cannot be read
     */
    static StandardInput spool(InputStream in) throws IOException {
        StandardInput spooled = new StandardInput(Files.createTempDirectory(
                "cakupan-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        // Deleted in the reverse order, when a signal ends the program.
        spooled.folder.toFile().deleteOnExit();
        spooled.file.toFile().deleteOnExit();
        try {
            Files.createFile(
                    spooled.file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var out = Files.newOutputStream(spooled.file)) {
                in.transferTo(out);
            }
            return spooled;
        } catch (IOException e) {
            spooled.close();
            throw new FailedException(
                    "Cannot keep standard input in " + spooled.folder.getParent() + ": " + Outage.reason(e), e);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }

    /** A stream that stays open for whoever else reads it. */
    static InputStream unclosed(InputStream in) {
        return new Unclosed(in);
    }

    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
