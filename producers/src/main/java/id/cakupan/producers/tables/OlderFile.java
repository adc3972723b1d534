package id.cakupan.producers.tables;

import id.cakupan.publisher.OwnerOnlyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the place of a new file of rejects: somebody may have begun to mend it, so it is moved aside and not
 * overwritten. Only when the new file says the same is it deleted.
 */
public final class OlderFile {
    private static final int MOST_KEPT = 10_000;
    /** Part of a workbook that says when it was made. */
    private static final String MADE_AT = "docProps/core.xml";

    private final Path file;
    private final @Nullable Path aside;

    private OlderFile(Path file, @Nullable Path aside) {
        this.file = file;
        this.aside = aside;
    }

    /** Makes an empty file that only its owner can read, and moves aside what is there; a link is moved, not followed. */
    public static OlderFile replacedBy(Path file) throws IOException {
        Path aside = null;
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            aside = moveAside(file);
        }
        OwnerOnlyFiles.create(file);
        return new OlderFile(file, aside);
    }

    /** {@code daftar.rejects.csv} becomes {@code daftar.rejects.older-1.csv}, or a higher number. */
    private static Path moveAside(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String start = dot <= 0 ? name : name.substring(0, dot);
        String ending = dot <= 0 ? "" : name.substring(dot);
        for (int number = 1; number < MOST_KEPT; number++) {
            Path free = file.resolveSibling(start + ".older-" + number + ending);
            if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(file, free);
                if (Files.isRegularFile(free, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(free, PosixFilePermissions.fromString("rw-------"));
                }
                return free;
            }
        }
        throw new IOException("Too many files " + start + ".older-…" + ending + ": delete those that are mended");
    }

    /**
     * To be called when the new file is whole.
     *
     * @return where the older one is kept; null if there was none, or none with another content
     */
    public @Nullable Path settle() throws IOException {
        if (aside != null && isSame(aside, file)) {
            Files.delete(aside);
            return null;
        }
        return aside;
    }

    private static boolean isSame(Path older, Path newer) throws IOException {
        if (!Files.isRegularFile(older, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return Files.size(older) == 0 || Files.mismatch(older, newer) < 0 || isSameWorkbook(older, newer);
    }

    private static boolean isSameWorkbook(Path older, Path newer) throws IOException {
        try (ZipFile one = new ZipFile(older.toFile());
                ZipFile other = new ZipFile(newer.toFile())) {
            List<String> parts = one.stream().map(ZipEntry::getName).sorted().toList();
            if (!parts.equals(other.stream().map(ZipEntry::getName).sorted().toList())) {
                return false;
            }
            for (String part : parts) {
                if (!part.equals(MADE_AT) && !Arrays.equals(content(one, part), content(other, part))) {
                    return false;
                }
            }
            return true;
        } catch (ZipException e) {
            return false;
        }
    }

    private static byte[] content(ZipFile zip, String part) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(part))) {
            return in.readAllBytes();
        }
    }
}
