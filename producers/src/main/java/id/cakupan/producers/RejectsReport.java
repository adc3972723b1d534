package id.cakupan.producers;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the summary of an import says about files of rejects: those of this run, and those of earlier ones. */
final class RejectsReport {
    private final Set<Path> written = new LinkedHashSet<>();
    private final Set<Path> untouched = new LinkedHashSet<>();
    private final Set<Path> keptAside = new LinkedHashSet<>();

    /** Notes a file that this run wrote, and where an older one is kept that was in its place. */
    void written(Path file, @Nullable Path older) {
        written.add(file);
        if (older != null) {
            keptAside.add(older);
        }
    }

    /** Notes a place to which this run had nothing to write. */
    void notNeeded(Path file) {
        untouched.add(file);
    }

    /** @param complete whether the import went through to the end of its files */
    void print(PrintWriter out, boolean complete) {
        String found = complete
                ? "Yang ditolak ada di / rejects are in "
                : "Yang ditolak sejauh ini ada di / rejects so far are in ";
        written.forEach(file ->
                out.println(found + file + " (mode 0600: it holds personal data; mend it, import it, delete it)"));
        keptAside.forEach(file -> out.println("Isi lamanya disimpan di / what was there before is kept in " + file
                + " (delete it when it is mended)"));
        untouched.stream()
                .filter(file -> !written.contains(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .forEach(file -> out.println("Masih ada dari impor sebelumnya / still there from an earlier import: "
                        + file + " (it holds personal data; delete it when it is mended)"));
    }
}
