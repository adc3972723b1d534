package id.cakupan.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The registry's classes in the form in which the JVM has them in memory (an AppCDS archive), in a file beside the registry
 * program. With it the registry starts in about half the time. The JVM ignores an archive that was made by another JDK or
 * whose jars were moved or changed since.
 *
 * <p>{@code java -cp <this module> id.cakupan.localstack.ClassArchive <registry home>} makes one; the build does that.
 */
public final class ClassArchive {
    private static final String NAME = "registry.jsa";

    private ClassArchive() {}

    /** JVM options that use the archive, none if there is none. */
    static List<String> options(Path home) {
        Path archive = home.resolve(NAME);
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds*=off")
                : List.of();
    }

    /**
     * Makes the archive unless it is there.
     *
     * @param arguments one: the folder of the registry program
     * @throws IOException if its temporary folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path archive = home.resolve(NAME);
        if (Files.exists(archive)) {
            return;
        }
        Path directory = Files.createTempDirectory("cakupan-archive-");
        Path unfinished = home.resolve(NAME + ".unfinished");
        try {
            LocalRegistry.recording(home, directory, unfinished).close();
            Files.move(unfinished, archive);
        } finally {
            DataDirectory.delete(directory);
        }
    }
}
