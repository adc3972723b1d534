package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were not accepted, in the format of the file they came from, with one more column, {@code error}: the file can
 * be mended and imported again. It holds personal data: its mode is 0600 from its first byte. It is made at the first
 * reject, in the place of an older one. Cells keep their text; in an XLSX all of them are text, so that a NIK survives.
 */
public final class RejectedRows implements Closeable {
    private final Path file;
    private final Tables.Format format;
    private final TableReader of;
    private final int errorAt;
    private @Nullable RejectedOutput out;

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
        out().add(without(row.cells()), error, row.surplus());
    }

    /** Whether anything was rejected, so that there is a file. */
    public boolean isWritten() {
        return out != null;
    }

    private RejectedOutput out() throws IOException {
        RejectedOutput made = out;
        if (made == null) {
            made = RejectedOutput.create(file, format, without(of.headings()), of);
            out = made;
        }
        return made;
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
        if (out != null) {
            out.close();
        }
    }
}
