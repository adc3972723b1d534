package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The objects of a JSON file as rows; its headings are all names of their fields, which takes a pass of its own. */
final class JsonTable implements TableReader {
    private final JsonObjects objects;
    private final List<String> headings;
    private final Map<String, Integer> columns = new HashMap<>();

    private JsonTable(JsonObjects objects, List<String> headings) {
        this.objects = objects;
        this.headings = headings;
        headings.forEach(heading -> columns.put(heading, columns.size()));
    }

    static JsonTable open(Path file, Charset charset, JsonObjects.Shape shape, List<String> headings, HeadingRow wanted)
            throws IOException, TableException {
        List<String> missing = wanted.missing(headings);
        if (!missing.isEmpty()) {
            String names = String.join(", ", missing);
            throw new TableException(
                    "Berkas '%s': objek JSON di dalamnya tidak mempunyai kolom yang dikenal. Yang kurang: %s."
                            .formatted(file.getFileName(), names),
                    "The file '%s': its JSON objects do not have the expected fields. What lacks: %s."
                            .formatted(file.getFileName(), names));
        }
        return new JsonTable(new JsonObjects(file, charset, shape), headings);
    }

    /** All names of fields, in the order in which they come. */
    static List<String> names(Path file, Charset charset, JsonObjects.Shape shape, LongConsumer bytesRead)
            throws IOException, TableException {
        Set<String> names = new LinkedHashSet<>();
        try (JsonObjects objects = new JsonObjects(file, charset, shape)) {
            while (objects.next()) {
                names.addAll(objects.fields().keySet());
                bytesRead.accept(objects.bytesRead());
                if (names.size() > CsvScanner.MOST_CELLS) {
                    throw new TableException(
                            "Berkas '%s': objek JSON di dalamnya mempunyai lebih dari %d kolom."
                                    .formatted(file.getFileName(), CsvScanner.MOST_CELLS),
                            "The file '%s': its JSON objects have more than %d fields."
                                    .formatted(file.getFileName(), CsvScanner.MOST_CELLS));
                }
            }
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> headings() {
        return headings;
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (objects.next()) {
            Row row = row();
            if (row.fault() != null || !row.cells().stream().allMatch(Cell::isBlank)) {
                return row;
            }
        }
        return null;
    }

    private Row row() {
        Cell[] cells = new Cell[headings.size()];
        Arrays.fill(cells, Cell.BLANK_CELL);
        objects.fields().forEach((name, cell) -> cells[columns.getOrDefault(name, 0)] = cell);
        BadEventReason fault = objects.fault();
        if (fault != null && objects.fields().isEmpty()) {
            cells[0] = Cell.ofText(objects.original());
        }
        return new Row(objects.number(), List.of(cells), List.of(), fault);
    }

    @Override
    public long bytesRead() {
        return objects.bytesRead();
    }

    @Override
    public void close() throws IOException {
        objects.close();
    }
}
