package id.cakupan.producers.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Not there yet. */
final class XlsxTable {
    private XlsxTable() {}

    static TableReader open(Path file, Predicate<List<String>> isHeading, @Nullable String... sheet)
            throws IOException, TableException {
        if (sheet.length < 2) {
            throw HeadingRows.notFound(file);
        }
        return CsvTable.open(file, isHeading, null);
    }
}
