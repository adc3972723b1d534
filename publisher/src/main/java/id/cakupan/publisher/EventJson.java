package id.cakupan.publisher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON: {@code {"type":"WorkerHired","workerId":…}} with the field names of the records; see {@link EventDraft}
 * for the values.
 *
 * <p>One reader serves one thread.
 */
public final class EventJson {
    /** Deepest nesting that is read; an event is flat, and its lists are the only level below. */
    public static final int DEEPEST = 32;

    /** Longest text that is read, characters; none in an event may be as long. */
    public static final int LONGEST_TEXT = 4 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();
    private static final String TYPE = "type";

    /** A whole number as databases write amounts. */
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+\\.0+");

    private static final String WORKER_ID = "workerId";
    private static final String FORMER_WORKER_ID = "formerWorkerId";

    private final EventDraft draft;
    private final PseudonymSource pseudonyms;
    private final boolean ofOthers;

    /**
     * A reader of events that were written where the keys of pseudonyms are.
     *
     * @param pseudonyms for events that bear a NIK
     * @param defaultSource value of {@code source} where an event has none; null = it is required
     */
    public EventJson(PseudonymSource pseudonyms, @Nullable String defaultSource) {
        this(pseudonyms, defaultSource, false);
    }

    private EventJson(PseudonymSource pseudonyms, @Nullable String defaultSource, boolean ofOthers) {
        draft = new EventDraft(pseudonyms, defaultSource);
        this.pseudonyms = pseudonyms;
        this.ofOthers = ofOthers;
    }

    /**
     * A reader of events of other systems. They cannot make one worker of two: who a worker was under the former key follows
     * from the NIK alone. Where there is a key file, they name workers under the valid key, or, while two are, the former one.
     *
     * @param pseudonyms for events that bear a NIK
     * @param defaultSource value of {@code source} where an event has none; null = it is required
     */
    public static EventJson ofOthers(PseudonymSource pseudonyms, @Nullable String defaultSource) {
        return new EventJson(pseudonyms, defaultSource, true);
    }

    /** From now on the value of {@code recordedAt} where an event has none; null, as at first = it is required. */
    public void defaultRecordedAt(@Nullable Instant instant) {
        draft.defaultRecordedAt(instant);
    }

    /**
     * Reads one event.
     *
     * @param line UTF-8; nothing but one JSON object and white space
     * @throws BadEvent if it is not acceptable; only the form is checked here, {@link EventPublisher#check}
     *     does the rest
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    public SpecificRecord read(byte[] line, int offset, int length)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        draft.begin();
        try (JsonParser parser = JSON.createParser(line, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                JsonToken token = parser.currentToken();
                throw new BadEvent(
                        BadEventReason.NOT_AN_OBJECT,
                        null,
                        token == null ? null : kind(token).shown());
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (ofOthers && name.equals(FORMER_WORKER_ID) && value != JsonToken.VALUE_NULL) {
                    throw new BadEvent(BadEventReason.FORMER_ID_GIVEN, name, null);
                }
                put(parser, name, value);
            }
            if (parser.nextToken() != null) {
                throw new BadEvent(BadEventReason.NOT_JSON, null, null);
            }
        } catch (StreamConstraintsException e) {
            throw new BadEvent(BadEventReason.JSON_TOO_LARGE, null, null);
        } catch (IOException e) {
            // Its message may quote the line.
            throw new BadEvent(BadEventReason.NOT_JSON, null, null);
        }
        SpecificRecord event = draft.finish();
        if (ofOthers) {
            requireKnownToAll(event);
        }
        return event;
    }

    private void requireKnownToAll(SpecificRecord event) throws BadEvent, IOException {
        int place = EventForm.of(event).place(WORKER_ID);
        if (place >= 0 && event.get(place) instanceof String worker && !isKnownToAll(worker)) {
            throw new BadEvent(BadEventReason.WORKER_ID_KEY, WORKER_ID, null);
        }
    }

    private boolean isKnownToAll(String worker) throws IOException {
        try {
            return !Pseudonyms.isPseudonym(worker) || pseudonyms.get().isKnownToAll(worker);
        } catch (PseudonymKeys.KeyFileException e) {
            // Whoever has no keys cannot know them.
            return true;
        }
    }

    private void put(JsonParser parser, String name, JsonToken token) throws IOException, BadEvent {
        if (token == JsonToken.START_ARRAY) {
            List<String> list = new ArrayList<>(4);
            boolean strings = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    list.add(parser.getText());
                } else {
                    parser.skipChildren();
                    strings = false;
                }
            }
            if (strings) {
                draft.put(name, list);
            } else {
                draft.put(name, EventDraft.Kind.ARRAY, "");
            }
        } else if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
            draft.put(name, EventDraft.Kind.OBJECT, "");
        } else {
            boolean whole = token == JsonToken.VALUE_NUMBER_FLOAT
                    && WHOLE.matcher(parser.getText()).matches();
            if (whole) {
                draft.put(
                        name,
                        EventDraft.Kind.INTEGER,
                        parser.getText().substring(0, parser.getText().indexOf('.')));
            } else {
                draft.put(name, kind(token), parser.getText());
            }
        }
    }

    /** Writes one event, in one line without a line break. */
    public static void write(SpecificRecord event, JsonGenerator out) throws IOException {
        EventForm form = EventForm.of(event);
        out.writeStartObject();
        out.writeStringField(TYPE, form.name());
        for (int i = 0; i < form.fields().size(); i++) {
            Object value = event.get(i);
            if (value == null) {
                continue;
            }
            out.writeFieldName(form.fields().get(i).name());
            if (value instanceof Long whole) {
                out.writeNumber(whole);
            } else if (value instanceof Double ratio) {
                out.writeNumber(ratio);
            } else if (value instanceof List<?> symbols) {
                out.writeStartArray();
                for (Object symbol : symbols) {
                    out.writeString(symbol.toString());
                }
                out.writeEndArray();
            } else {
                out.writeString(value.toString());
            }
        }
        out.writeEndObject();
    }

    private static EventDraft.Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> EventDraft.Kind.STRING;
            case VALUE_NUMBER_INT -> EventDraft.Kind.INTEGER;
            case VALUE_NUMBER_FLOAT -> EventDraft.Kind.FRACTION;
            case VALUE_TRUE, VALUE_FALSE -> EventDraft.Kind.BOOLEAN;
            case VALUE_NULL -> EventDraft.Kind.NULL;
            case START_OBJECT -> EventDraft.Kind.OBJECT;
            default -> EventDraft.Kind.ARRAY;
        };
    }
}
