package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after the other, in memory that does not grow with their number. */
public interface TableReader extends Closeable {
    /** The headings as written, in order, without blank ones at the end. */
    List<String> headings();

    /**
     * The next row that has any content; one that is malformed has a {@link Row#fault}, and reading goes on after it.
     *
     * @return null at the end
     * @throws IOException if the file cannot be read any further; the message holds no content of the file
     */
    @Nullable
    Row next() throws IOException;

    /** Bytes of the file read so far, of {@code Files.size}. */
    long bytesRead();
}
