package id.cakupan.producers.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the tables that people send. */
public final class Tables {
    /** Formats of files. */
    public enum Format {
        CSV,
        XLSX,
        JSON
    }

    private static final int HEAD = 1 << 12;

    private Tables() {}

    /** The format of a file, by its content: gzip is unwrapped for CSV and JSON. What is neither XLSX nor JSON is CSV. */
    public static Format formatOf(Path file) throws IOException {
        byte[] stored = SourceFile.head(file, 4);
        if (stored.length == 4 && stored[0] == 'P' && stored[1] == 'K' && stored[2] <= 8) {
            return Format.XLSX;
        }
        return startsLikeJson(head(file)) ? Format.JSON : Format.CSV;
    }

    /**
     * Opens a table.
     *
     * @param wanted tells which is the row of headings: the first one among the first 30 rows with any content;
     *     what stands above it is skipped
     * @param sheet name of the worksheet of an XLSX; null = the only one that has a row of headings and rows below it
     * @param charset encoding of a CSV or JSON; null = recognised
     * @throws TableException if the file is no such table
     */
    public static TableReader open(Path file, HeadingRow wanted, @Nullable String sheet, @Nullable Charset charset)
            throws IOException, TableException {
        return Recognised.of(file, charset, bytes -> {}).open(wanted, sheet);
    }

    /** Whether a file is one of rejected rows: a table with a column {@code error}, or an empty file. */
    public static boolean isRejects(Path file) throws IOException {
        if (Files.size(file) == 0) {
            return true;
        }
        try (TableReader table = open(file, Tables::withoutError, null, null)) {
            return withoutError(table.headings()).isEmpty();
        } catch (TableException e) {
            return false;
        }
    }

    private static List<String> withoutError(List<String> headings) {
        boolean found =
                headings.stream().anyMatch(heading -> Headings.normal(heading).equals(Headings.ERROR));
        return found ? List.of() : List.of(Headings.ERROR);
    }

    /** Whether the first lines of a file may be JSON Lines: one of them begins like an object, or there is none. */
    public static boolean mayBeLines(Path file) throws IOException {
        if (formatOf(file) == Format.XLSX) {
            return false;
        }
        String head = new String(head(file), StandardCharsets.UTF_8).replace("\ufeff", "");
        return head.isBlank()
                || head.lines().anyMatch(line -> line.stripLeading().startsWith("{"));
    }

    /** Whether a byte order mark says that a file is in UTF-16. */
    public static boolean isInUtf16(Path file) throws IOException {
        byte[] head = head(file);
        return head.length > 1
                && ((head[0] == (byte) 0xff && head[1] == (byte) 0xfe)
                        || (head[0] == (byte) 0xfe && head[1] == (byte) 0xff));
    }

    private static boolean startsLikeJson(byte[] head) {
        for (int i = Encodings.markLength(head); i < head.length; i++) {
            byte b = head[i];
            if (b != 0 && b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '[' || b == '{';
            }
        }
        return false;
    }

    private static byte[] head(Path file) throws IOException {
        try (SourceFile source = new SourceFile(file);
                InputStream in = source.content()) {
            return in.readNBytes(HEAD);
        }
    }
}
