package id.cakupan.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.SchemaValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaVersionsTest {
    static Stream<Schema> schemas() {
        return Topics.ALL.stream().map(Topic::schema).distinct();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldHaveCommittedTheCurrentSchemaAsItsNewestVersion(Schema schema) throws IOException {
        List<Schema> committed = SchemaVersions.committed(schema.getName());
        Schema newest = committed.isEmpty() ? null : committed.get(committed.size() - 1);
        String now = SchemaVersions.text(schema);
        if (newest != null && SchemaVersions.text(newest).equals(now)) {
            return;
        }
        String path = SchemaVersions.path(schema.getName(), committed.size() + 1);
        Path proposal = Path.of("target").resolve(path);
        Files.createDirectories(proposal.getParent());
        Files.writeString(proposal, now);
        assertThat(newest == null ? "" : SchemaVersions.text(newest))
                .as(
                        "%s changed. Never edit a committed version. If the change is meant: copy schemas/%s to"
                                + " schemas/src/main/resources/%s and commit it with the change",
                        schema.getName(), proposal, path)
                .isEqualTo(now);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldReadAndBeReadByEveryVersionEverCommitted(Schema schema) throws SchemaValidationException {
        List<Schema> committed = SchemaVersions.committed(schema.getName());
        for (int i = 0; i < committed.size(); i++) {
            SchemaVersions.requireCompatible(committed.get(i), committed.subList(0, i));
        }
        SchemaVersions.requireCompatible(schema, committed);
    }

    @Test
    void shouldKeepNothingOfJavaInACommittedVersion() {
        assertThat(schemas()
                        .flatMap(s -> SchemaVersions.committed(s.getName()).stream())
                        .map(Schema::toString))
                .isNotEmpty()
                .noneMatch(text -> text.contains("avro.java"));
    }

    @Test
    void shouldRefuseAnIncompatibleChange() throws SchemaValidationException {
        Schema base = record(field("id", "\"string\"", ""), field("kind", kind("A", "B"), ""));
        assertRefused(base, record(field("kind", kind("A", "B"), "")), "a removed field without default");
        assertRefused(
                base,
                record(field("id", "\"string\"", ""), field("kind", kind("A", "B"), ""), field("more", "\"long\"", "")),
                "an added field without default");
        assertRefused(base, record(field("id", "\"long\"", ""), field("kind", kind("A", "B"), "")), "a changed type");
        assertRefused(base, record(field("id", "\"string\"", ""), field("kind", kind("A"), "")), "a removed symbol");
        assertRefused(
                base, record(field("id", "\"string\"", ""), field("kind", kind("A", "B", "C"), "")), "an added symbol");

        Schema wider = record(
                field("id", "\"string\"", ""),
                field("kind", kind("A", "B"), ""),
                field("more", "\"long\"", ", \"default\": 0"));
        SchemaVersions.requireCompatible(wider, List.of(base));
    }

    @Test
    void shouldCompareWithEveryVersionAndNotOnlyTheNewest() {
        Schema first = record(field("a", "\"string\"", ""));
        Schema second = record(field("a", "\"string\"", ", \"default\": \"\""));
        Schema third = record();
        assertThatThrownBy(() -> SchemaVersions.requireCompatible(third, List.of(first, second)))
                .isInstanceOf(SchemaValidationException.class);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldRefuseARealRecordWithoutItsFirstRequiredField(Schema schema) {
        List<Schema.Field> kept = schema.getFields().stream()
                .filter(f -> !f.equals(required(schema)))
                .map(f -> new Schema.Field(f, f.schema()))
                .toList();
        Schema less = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, kept);
        assertThatThrownBy(() -> SchemaVersions.requireCompatible(less, SchemaVersions.committed(schema.getName())))
                .isInstanceOf(SchemaValidationException.class);
    }

    private static Schema.Field required(Schema schema) {
        return schema.getFields().stream()
                .filter(f -> !f.hasDefaultValue())
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(Schema base, Schema next, String change) {
        assertThatThrownBy(() -> SchemaVersions.requireCompatible(next, List.of(base)))
                .as(change)
                .isInstanceOf(SchemaValidationException.class);
    }

    private static Schema record(String... fields) {
        return new SchemaParser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", fields) + "]}")
                .mainSchema();
    }

    private static String field(String name, String type, String more) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + more + "}";
    }

    private static String kind(String... symbols) {
        return "{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"" + String.join("\",\"", symbols) + "\"]}";
    }
}
