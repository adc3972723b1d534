package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were not accepted, in the format of the file they came from, with one more column, {@code error}: the file can
 * be mended and imported again. It holds personal data: its mode is 0600 from its first byte. It is made at the first
 * reject; an older one with another content is moved aside ({@link OlderFile}). Cells keep their text; in an XLSX all of them are text, so that a NIK survives.
 */
public final class RejectedRows implements Closeable {
    private final Path file;
    private final Tables.Format format;
    private final TableReader of;
    private final int errorAt;
    private @Nullable RejectedOutput out;
    private @Nullable OlderFile replaced;
    private @Nullable Path older;

    /**
     * @param format format of the file that the rows came from
     * @param of the table that they came from
     */
    public RejectedRows(Path file, Tables.Format format, TableReader of) {
        this.file = file;
        this.format = format;
        this.of = of;
        List<String> normal = of.headings().stream().map(Headings::normal).toList();
        errorAt = normal.indexOf(Headings.ERROR);
    }

    /** Adds a row. If it has more cells than there are headings, they stand right of the error. */
    public void add(Row row, String error) throws IOException {
        try {
            out().add(without(row.cells()), error, row.surplus());
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** Whether anything was rejected, so that there is a file. */
    public boolean isWritten() {
        return replaced != null;
    }

    /** Where rejects of an earlier run are kept that stood in this place, once this was closed; else null. */
    public @Nullable Path older() {
        return older;
    }

    private RejectedOutput out() throws IOException {
        RejectedOutput made = out;
        if (made == null) {
            replaced = OlderFile.replacedBy(file);
            made = RejectedOutput.create(file, format, without(of.headings()), of);
            out = made;
        }
        return made;
    }

    /** A failure that tells which file it was about. */
    private IOException named(IOException e) {
        return e instanceof FileSystemException ? e : new IOException(file + ": " + e.getMessage(), e);
    }

    /** All but that of an earlier error. */
    private <T> List<T> without(List<T> all) {
        if (errorAt < 0) {
            return all;
        }
        List<T> kept = new ArrayList<>(all);
        kept.remove(errorAt);
        return kept;
    }

    @Override
    public void close() throws IOException {
        RejectedOutput made = out;
        OlderFile before = replaced;
        if (made != null && before != null) {
            out = null;
            try {
                made.close();
            } catch (IOException e) {
                throw named(e);
            }
            older = before.settle();
        }
    }
}
