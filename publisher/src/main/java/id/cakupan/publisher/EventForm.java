package id.cakupan.publisher;

import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One type of event as people write it: its name and fields, taken from its Avro schema, so that both never differ.
 *
 * @param topic topic of the events
 * @param name value of {@code type}, e.g. {@code WorkerHired}
 * @param fields in the order of the schema
 * @param byName places of the fields
 */
public record EventForm(
        Topic<? extends SpecificRecord> topic, String name, List<Field> fields, Map<String, Integer> byName) {
    /** How a value is written. */
    public enum Kind {
        TEXT,
        DATE,
        INSTANT,
        WHOLE,
        RATIO,
        SYMBOL,
        SYMBOLS
    }

    /**
     * One field.
     *
     * @param required whether it must be given
     * @param symbols possible values of SYMBOL and SYMBOLS, without the one that stands for "newer than the reader"
     */
    public record Field(String name, Kind kind, boolean required, Map<String, Enum<?>> symbols) {}

    private static final String NEWER_THAN_READER = "UNKNOWN";

    /** All types of events, by name. */
    public static final Map<String, EventForm> ALL = Topics.EVENTS.stream()
            .map(EventForm::of)
            .collect(Collectors.toMap(EventForm::name, form -> form, (a, b) -> a, LinkedHashMap::new));

    /** The type of an event. */
    public static EventForm of(SpecificRecord event) {
        EventForm form = ALL.get(event.getSchema().getName());
        if (form == null) {
            throw new IllegalArgumentException(event.getSchema().getFullName() + " is no event");
        }
        return form;
    }

    /** Place of a field, or -1. */
    public int place(String field) {
        return byName.getOrDefault(field, -1);
    }

    /** An event without content. */
    SpecificRecord empty() {
        return (SpecificRecord) SpecificData.newInstance(topic.type(), topic.schema());
    }

    private static EventForm of(Topic<? extends SpecificRecord> topic) {
        List<Field> fields =
                topic.schema().getFields().stream().map(EventForm::field).toList();
        Map<String, Integer> byName = new HashMap<>();
        fields.forEach(field -> byName.put(field.name(), byName.size()));
        return new EventForm(topic, topic.schema().getName(), fields, Map.copyOf(byName));
    }

    private static Field field(Schema.Field field) {
        Schema type = field.schema();
        boolean required = true;
        if (type.isUnion()) {
            required = false;
            type = type.getTypes().stream()
                    .filter(t -> t.getType() != Schema.Type.NULL)
                    .findFirst()
                    .orElseThrow();
        }
        Kind kind = kind(type);
        Schema symbols = kind == Kind.SYMBOLS ? type.getElementType() : kind == Kind.SYMBOL ? type : null;
        return new Field(field.name(), kind, required, symbols(symbols));
    }

    private static Kind kind(Schema type) {
        return switch (type.getType()) {
            case STRING -> Kind.TEXT;
            case DOUBLE -> Kind.RATIO;
            case ENUM -> Kind.SYMBOL;
            case INT -> logical(type, LogicalTypes.date().getName(), Kind.DATE);
            case LONG ->
                type.getLogicalType() == null
                        ? Kind.WHOLE
                        : logical(type, LogicalTypes.timestampMicros().getName(), Kind.INSTANT);
            case ARRAY -> Kind.SYMBOLS;
            default -> throw new IllegalStateException("No written form for " + type);
        };
    }

    private static Kind logical(Schema type, String expected, Kind kind) {
        if (type.getLogicalType() == null || !type.getLogicalType().getName().equals(expected)) {
            throw new IllegalStateException("No written form for " + type);
        }
        return kind;
    }

    private static Map<String, Enum<?>> symbols(@Nullable Schema type) {
        Map<String, Enum<?>> symbols = new LinkedHashMap<>();
        if (type != null) {
            for (Object symbol : generated(type).getEnumConstants()) {
                symbols.put(symbol.toString(), (Enum<?>) symbol);
            }
            symbols.remove(NEWER_THAN_READER);
        }
        return symbols;
    }

    private static Class<?> generated(Schema type) {
        try {
            return Class.forName(type.getFullName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Schemas and generated classes go together", e);
        }
    }
}
