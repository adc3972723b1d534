package id.cakupan.producers.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import id.cakupan.publisher.BadEventReason;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flat objects of a JSON file, one at a time. Values that are objects or arrays themselves count as empty text. */
final class JsonObjects implements Closeable {
    /** How the objects stand in the file. */
    enum Shape {
        /** {@code [{…}, {…}]}. */
        ARRAY,
        /** An object with the array in its field {@code data}. */
        WRAPPED,
        /** One object in each line. */
        LINES
    }

    private static final int LONGEST = CsvScanner.LONGEST;
    private static final int DEEPEST = 64;
    private static final int BUFFER = 1 << 16;
    private static final int BYTE_ORDER_MARK = '\ufeff';
    private static final String DATA = "data";
    private static final Cell NESTED = new Cell(Cell.Kind.TEXT, "");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST)
                    .build())
            .build();

    private final SourceFile source;
    private final Reader text;
    private final @Nullable JsonParser document;
    private final StringBuilder line = new StringBuilder();
    private boolean cut;

    private long number;
    private Map<String, Cell> fields = new LinkedHashMap<>();
    private @Nullable BadEventReason fault;
    private String original = "";

    JsonObjects(Path file, Charset charset, Shape shape) throws IOException {
        source = new SourceFile(file);
        text = new BufferedReader(new InputStreamReader(source.content(), charset), BUFFER);
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        document = shape == Shape.LINES ? null : JSON.createParser(text);
        try {
            if (document != null) {
                enter(document, shape);
            }
        } catch (JsonProcessingException e) {
            close();
            throw malformed(e);
        }
    }

    /**
     * How the objects stand in a file.
     *
     * @throws TableException if there is neither an array nor an object with one nor lines of objects
     */
    static Shape shapeOf(Path file, Charset charset) throws IOException, TableException {
        try (JsonObjects objects = new JsonObjects(file, charset, Shape.LINES)) {
            while (objects.readLine() && objects.line.toString().isBlank()) {
                objects.line.setLength(0);
            }
            String first = objects.line.toString().strip();
            if (first.startsWith("[")) {
                return Shape.ARRAY;
            }
            if (!objects.cut && isWhole(first)) {
                return hasData(first) ? Shape.WRAPPED : Shape.LINES;
            }
        }
        try (JsonObjects wrapped = new JsonObjects(file, charset, Shape.WRAPPED)) {
            if (wrapped.document != null && wrapped.document.currentToken() == JsonToken.START_ARRAY) {
                return Shape.WRAPPED;
            }
        } catch (DamagedException e) {
            // the first line may be a bad one among good ones
            return Shape.LINES;
        }
        throw new TableException(
                "Berkas '%s' harus berisi larik objek JSON, objek dengan larik 'data', atau satu objek per baris."
                        .formatted(file.getFileName()),
                "The file '%s' must hold an array of JSON objects, an object with an array 'data', or an object per line."
                        .formatted(file.getFileName()));
    }

    private static boolean isWhole(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean hasData(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            enter(parser, Shape.WRAPPED);
            return parser.currentToken() == JsonToken.START_ARRAY;
        }
    }

    /** Goes to the start of the array; to the end of the object if it has none. */
    private static void enter(JsonParser parser, Shape shape) throws IOException {
        JsonToken token = parser.nextToken();
        if (shape == Shape.ARRAY || token != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = parser.currentName().equals(DATA);
            if (parser.nextToken() == JsonToken.START_ARRAY && data) {
                return;
            }
            parser.skipChildren();
        }
    }

    /**
     * Goes to the next object, or what stands in the place of one.
     *
     * @return false at the end
     * @throws DamagedException if the array is not well-formed; a malformed line only is a {@link #fault}
     */
    boolean next() throws IOException {
        fields = new LinkedHashMap<>();
        fault = null;
        original = "";
        return document == null ? nextLine() : nextElement(document);
    }

    private boolean nextElement(JsonParser parser) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw DamagedException.json(parser.currentLocation().getLineNr());
            }
            if (token == JsonToken.END_ARRAY) {
                return false;
            }
            number++;
            read(parser);
            return true;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private boolean nextLine() throws IOException {
        do {
            if (!readLine()) {
                return false;
            }
            number++;
        } while (line.toString().isBlank());
        original = line.substring(0, Math.min(line.length(), CsvScanner.KEPT_OF_FAULTY));
        if (cut) {
            fault = BadEventReason.LINE_TOO_LONG;
            return true;
        }
        try (JsonParser parser = JSON.createParser(line.toString())) {
            parser.nextToken();
            read(parser);
            if (parser.nextToken() != null) {
                fault = BadEventReason.NOT_JSON;
            }
        } catch (JsonProcessingException e) {
            fault = BadEventReason.NOT_JSON;
        }
        if (fault == BadEventReason.NOT_JSON) {
            fields.clear();
        }
        return true;
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault = BadEventReason.NOT_AN_OBJECT;
            original = cell(parser).text();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (fields.put(name, cell(parser)) != null) {
                fault = BadEventReason.NOT_JSON;
            }
        }
    }

    private static Cell cell(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return Cell.BLANK_CELL;
        }
        return switch (token) {
            case VALUE_STRING -> Cell.ofText(parser.getText());
            case VALUE_NUMBER_INT -> new Cell(Cell.Kind.NUMBER, parser.getText());
            case VALUE_NUMBER_FLOAT -> new Cell(Cell.Kind.NUMBER, number(parser.getText()));
            case VALUE_TRUE -> new Cell(Cell.Kind.BOOLEAN, "true");
            case VALUE_FALSE -> new Cell(Cell.Kind.BOOLEAN, "false");
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield NESTED;
            }
            default -> Cell.BLANK_CELL;
        };
    }

    private static String number(String written) {
        boolean exponent = written.indexOf('E') >= 0 || written.indexOf('e') >= 0;
        String plain = exponent ? XlsxText.number(written) : written;
        return plain == null ? written : plain;
    }

    /** Reads the next line, up to the greatest length. */
    private boolean readLine() throws IOException {
        line.setLength(0);
        cut = false;
        int c = text.read();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            } else {
                cut = true;
            }
            c = text.read();
        }
        return true;
    }

    private static DamagedException malformed(JsonProcessingException e) {
        return DamagedException.json(
                e.getLocation() == null ? 0 : e.getLocation().getLineNr());
    }

    /** Place of the object among all, or its line, from 1. */
    long number() {
        return number;
    }

    /** Its fields by name. */
    Map<String, Cell> fields() {
        return fields;
    }

    /** Why there is no object that can be used, or null. */
    @Nullable
    BadEventReason fault() {
        return fault;
    }

    /** Where there is no object: what stands there. */
    String original() {
        return original;
    }

    long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
