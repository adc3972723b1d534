package id.cakupan.producers.tables;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files of tests, and what is read from them. */
final class TableSamples {
    /** The row that has a heading NIK. */
    static final HeadingRow HAS_NIK =
            row -> row.stream().anyMatch(cell -> Headings.normal(cell).equals("nik")) ? List.of() : List.of("NIK");

    private TableSamples() {}

    static Path file(Path folder, String name, String content, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(charset));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }

    static TableReader open(Path file) throws IOException, TableException {
        return Tables.open(file, HAS_NIK, null, null);
    }

    static List<Row> rows(Path file) throws IOException, TableException {
        try (TableReader table = open(file)) {
            return rows(table);
        }
    }

    static List<Row> rows(TableReader table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Row row = table.next(); row != null; row = table.next()) {
            rows.add(row);
        }
        return rows;
    }

    /** Each row as {@code number: cell|cell}, with its fault and surplus behind. */
    static List<String> written(List<Row> rows) {
        return rows.stream().map(TableSamples::written).toList();
    }

    static String written(Row row) {
        StringBuilder text = new StringBuilder(row.number() + ": ").append(texts(row.cells()));
        if (row.fault() != null) {
            text.append(" !").append(row.fault());
        }
        if (row.overflow()) {
            text.append(" +").append(texts(row.surplus()));
        }
        return text.toString();
    }

    private static String texts(List<Cell> cells) {
        return String.join("|", cells.stream().map(Cell::text).toList());
    }
}
