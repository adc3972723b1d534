package id.cakupan.producers.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of which it is known how it is to be read, so that this is found out once and not by each pass over its rows. It must
 * stay as it is from then on.
 */
public final class Recognised {
    private static final int HEAD = 1 << 12;

    private final Path file;
    private final FileState state;
    private final Tables.Format format;
    private final @Nullable Charset charset;
    private final JsonObjects.@Nullable Shape shape;
    private final List<String> names;

    private Recognised(
            Path file,
            FileState state,
            Tables.Format format,
            @Nullable Charset charset,
            JsonObjects.@Nullable Shape shape,
            List<String> names) {
        this.file = file;
        this.state = state;
        this.format = format;
        this.charset = charset;
        this.shape = shape;
        this.names = names;
    }

    /**
     * Finds out what a file is; all of a CSV or JSON is read for that, {@link #passes} times.
     *
     * @param wanted encoding of a CSV or JSON; null = recognised
     * @param bytesRead is told now and then how much has been read, of all passes
     * @throws TableException if it is no table that can be read
     */
    public static Recognised of(Path file, @Nullable Charset wanted, LongConsumer bytesRead)
            throws IOException, TableException {
        FileState state = FileState.of(file);
        try {
            ForeignFormats.refuse(file, head(file));
            Tables.Format format = Tables.formatOf(file);
            Charset charset = format == Tables.Format.XLSX ? null : Encodings.of(file, wanted, bytesRead);
            if (charset == null || format != Tables.Format.JSON) {
                return new Recognised(file, state, format, charset, null, List.of());
            }
            JsonObjects.Shape shape = JsonObjects.shapeOf(file, charset);
            List<String> names = JsonTable.names(file, charset, shape, bytes -> bytesRead.accept(state.size() + bytes));
            return new Recognised(file, state, format, charset, shape, names);
        } catch (DamagedException e) {
            throw e.of(String.valueOf(file.getFileName()));
        }
    }

    /** How many times all of a file is read until it is recognised. */
    public static int passes(Tables.Format format) {
        return switch (format) {
            case CSV -> 1;
            case JSON -> 2;
            case XLSX -> 0;
        };
    }

    /** Its format. */
    public Tables.Format format() {
        return format;
    }

    /** Its size in bytes. */
    public long size() {
        return state.size();
    }

    /**
     * Opens its rows.
     *
     * @param wanted tells which is the row of headings: the first one among the first 30 rows with any content;
     *     what stands above it is skipped
     * @param sheet name of the worksheet of an XLSX; null = the only one that has a row of headings and rows below it
     * @throws TableException if there is no row of headings, or the file has changed
     */
    public TableReader open(HeadingRow wanted, @Nullable String sheet) throws IOException, TableException {
        try {
            requireUnchanged();
            return switch (format) {
                case CSV -> CsvTable.open(file, Objects.requireNonNull(charset), wanted);
                case XLSX -> XlsxTable.open(file, wanted, sheet);
                case JSON ->
                    JsonTable.open(file, Objects.requireNonNull(charset), Objects.requireNonNull(shape), names, wanted);
            };
        } catch (DamagedException e) {
            throw e.of(String.valueOf(file.getFileName()));
        }
    }

    /**
     * Makes sure that the file is still the one that was recognised.
     *
     * @throws IOException if somebody wrote to it; the message is in Indonesian and English
     */
    public void requireUnchanged() throws IOException {
        if (!FileState.of(file).equals(state)) {
            throw DamagedException.changed();
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (SourceFile source = new SourceFile(file);
                InputStream in = source.content()) {
            return in.readNBytes(HEAD);
        }
    }
}
