package id.cakupan.producers;

import id.cakupan.producers.profiles.Profiles;
import id.cakupan.producers.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** What must hold of the files of an import before anything is sent. */
final class InputFiles {
    private InputFiles() {}

    /**
     * All can be read, and standard input is given once.
     *
     * @param tables whether they must be files: tables are read more than once
     */
    static void requireReadable(List<String> files, boolean tables) throws UsageException {
        for (String file : files) {
            if (file.equals(StandardInput.ARGUMENT)) {
                continue;
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new UsageException(file + " is a folder");
            }
            if (!Files.isReadable(path)) {
                throw new UsageException("Cannot read " + file);
            }
            if (tables && !Files.isRegularFile(path)) {
                throw new UsageException("Cannot read " + file + "; a table must be a file, or - for standard input");
            }
        }
        if (files.stream().filter(StandardInput.ARGUMENT::equals).count() > 1) {
            throw new UsageException("Standard input can be given once");
        }
    }

    /** No file of rejects would take the place of a file that is read, and each is of one file. */
    static void requireSeparate(List<String> files, Collection<Path> rejects) throws IOException, UsageException {
        for (Path reject : rejects) {
            for (String file : files) {
                if (!file.equals(StandardInput.ARGUMENT) && isSame(Path.of(file), reject)) {
                    throw new UsageException(
                            "The rejects file would overwrite " + file + ": name another one with --rejects");
                }
            }
            if (rejects.stream().filter(reject::equals).count() > 1) {
                throw new UsageException("Two of the files would have the rejects file " + reject
                        + ": give each once, or one after the other");
            }
        }
    }

    /** Files that are to be read as JSON Lines are no tables, and not in UTF-16. */
    static void requireLines(List<String> files) throws IOException, UsageException {
        for (String file : files) {
            if (file.equals(StandardInput.ARGUMENT) || !Files.isRegularFile(Path.of(file))) {
                continue;
            }
            if (Tables.isInUtf16(Path.of(file))) {
                throw new UsageException(
                        file + " adalah UTF-16; simpan sebagai UTF-8. / " + file + " is UTF-16: save it as UTF-8.");
            }
            if (!Tables.mayBeLines(Path.of(file))) {
                String profiles = String.join(", ", Profiles.SHIPPED);
                throw new UsageException(file + " adalah tabel. Sebutkan jenisnya dengan --profile: " + profiles + " / "
                        + file + " is a table: say what it holds with --profile");
            }
        }
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                || (Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other));
    }

    /** Whether there is a file in a place, not a folder, link or device. */
    static boolean isPlainFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses a place for rejects in which there is something else, or where nothing can be written. */
    static void requireFree(Path rejects, boolean isRejects) throws UsageException {
        Path folder = rejects.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException("Cannot write a rejects file into " + folder);
        }
        if (Files.exists(rejects, LinkOption.NOFOLLOW_LINKS) && !isRejects) {
            throw new UsageException(rejects + " is there and is no rejects file: name another one");
        }
    }
}
