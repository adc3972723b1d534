package id.cakupan.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.apache.avro.SchemaValidationException;

/**
 * Every version of every record that was ever committed: {@code schema-versions/<Record>/<n>.avsc}, numbered from 1. A
 * committed version is never changed; a new one must be readable by, and able to read, all that came before.
 */
public final class SchemaVersions {
    private SchemaVersions() {}

    /**
     * The committed versions of a record, oldest first; empty when there is none.
     *
     * @param record simple name, e.g. {@code WorkerHired}
     */
    public static List<Schema> committed(String record) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String path = path(record, versions.size() + 1);
            try (InputStream in = SchemaVersions.class.getResourceAsStream("/" + path)) {
                if (in == null) {
                    return versions;
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                versions.add(new SchemaParser().parse(text).mainSchema());
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            }
        }
    }

    /** Where a version is kept, relative to the resources. */
    static String path(String record, int version) {
        return "schema-versions/" + record + "/" + version + ".avsc";
    }

    /** Text of a version file: the whole schema, with what it refers to, and nothing that only Java needs. */
    static String text(Schema schema) {
        return SchemaFormatter.format("json/pretty", plain(schema)) + "\n";
    }

    /**
     * Makes sure that a schema and all earlier versions can read each other (FULL_TRANSITIVE).
     *
     * @throws SchemaValidationException if some pair cannot
     */
    public static void requireCompatible(Schema schema, List<Schema> earlier) throws SchemaValidationException {
        for (Schema other : earlier) {
            requireReadable(schema, other);
            requireReadable(other, schema);
        }
    }

    /** Avro's own SchemaValidator would not see that an enum lost a symbol. */
    private static void requireReadable(Schema reader, Schema writer) throws SchemaValidationException {
        if (SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType() != COMPATIBLE) {
            throw new SchemaValidationException(reader, writer);
        }
    }

    /** The schema without Java's string type, as every language and the registry should see it. */
    static Schema plain(Schema schema) {
        String text = schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
        return new SchemaParser().parse(text).mainSchema();
    }
}
