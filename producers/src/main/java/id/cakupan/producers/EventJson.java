package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON: {@code {"type":"WorkerHired","workerId":…}} with the field names of the records, dates as {@code
 * yyyy-mm-dd}, instants as ISO-8601 with an offset. Instead of {@code workerId} an event may bear {@code nik}, which is
 * pseudonymised before anything else sees it. An event without {@code eventId} gets one that follows from its content.
 *
 * <p>One reader serves one thread.
 */
public final class EventJson {
    /** Where pseudonyms come from; asked at the first NIK only. */
    @FunctionalInterface
    public interface PseudonymSource {
        /** The pseudonyms to use; an exception ends the reading, it is no fault of the event. */
        Pseudonyms get() throws IOException, PseudonymKey.KeyFileException;
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
    private static final String TYPE = "type";
    private static final String NIK = "nik";
    private static final String EVENT_ID = "eventId";
    private static final String SOURCE = "source";
    private static final String WORKER_ID = "workerId";
    private static final int MOST_FIELDS = 32;
    private static final int HASH_BYTES = 16;

    private final PseudonymSource pseudonyms;
    private final @Nullable String defaultSource;
    private final MessageDigest sha256;

    // One object as written, before its type is known.
    private final String[] names = new String[MOST_FIELDS];
    private final JsonToken[] tokens = new JsonToken[MOST_FIELDS];
    private final String[] texts = new String[MOST_FIELDS];
    private final List<List<String>> lists = new ArrayList<>();
    private int count;

    /**
     * @param pseudonyms for events that bear a NIK
     * @param defaultSource value of {@code source} where an event has none; null = it is required
     */
    public EventJson(PseudonymSource pseudonyms, @Nullable String defaultSource) {
        this.pseudonyms = pseudonyms;
        this.defaultSource = defaultSource;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        for (int i = 0; i < MOST_FIELDS; i++) {
            lists.add(List.of());
        }
    }

    /**
     * Reads one event.
     *
     * @param line UTF-8; nothing but one JSON object and white space
     * @throws BadEvent if it is not acceptable; only the form is checked here, {@link EventPublisher#check}
     *     does the rest
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKey.KeyFileException if there is a NIK, but no usable key file
     */
    public SpecificRecord read(byte[] line, int offset, int length)
            throws BadEvent, IOException, PseudonymKey.KeyFileException {
        tokenise(line, offset, length);
        int type = indexOf(TYPE);
        if (type < 0) {
            throw new BadEvent(BadEventReason.FIELD_MISSING, TYPE, null);
        }
        if (tokens[type] != JsonToken.VALUE_STRING) {
            throw new BadEvent(BadEventReason.WRONG_KIND, TYPE, kind(tokens[type]));
        }
        EventForm form = EventForm.ALL.get(texts[type]);
        if (form == null) {
            throw new BadEvent(BadEventReason.TYPE_UNKNOWN, TYPE, "string");
        }
        return bind(form);
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

    private void tokenise(byte[] line, int offset, int length) throws BadEvent {
        count = 0;
        try (JsonParser parser = JSON.createParser(line, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadEvent(BadEventReason.NOT_AN_OBJECT, null, kind(parser.currentToken()));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (indexOf(name) >= 0) {
                    throw new BadEvent(BadEventReason.DUPLICATE_FIELD, shown(name), null);
                }
                JsonToken token = parser.nextToken();
                if (count == MOST_FIELDS) {
                    throw new BadEvent(BadEventReason.FIELD_UNKNOWN, shown(name), kind(token));
                }
                tokenise(parser, name, token);
            }
            if (parser.nextToken() != null) {
                throw new BadEvent(BadEventReason.NOT_JSON, null, null);
            }
        } catch (IOException e) {
            // Its message may quote the line.
            throw new BadEvent(BadEventReason.NOT_JSON, null, null);
        }
    }

    private void tokenise(JsonParser parser, String name, JsonToken token) throws IOException {
        JsonToken kept = token;
        if (token == JsonToken.START_ARRAY) {
            List<String> list = new ArrayList<>(4);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    list.add(parser.getText());
                } else {
                    parser.skipChildren();
                    kept = JsonToken.NOT_AVAILABLE;
                }
            }
            lists.set(count, list);
        } else if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
        } else {
            texts[count] = parser.getText();
        }
        names[count] = name;
        tokens[count] = kept;
        count++;
    }

    private SpecificRecord bind(EventForm form) throws BadEvent, IOException, PseudonymKey.KeyFileException {
        SpecificRecord event = form.empty();
        long given = 0;
        int workerId = form.place(WORKER_ID);
        for (int i = 0; i < count; i++) {
            String name = names[i];
            if (name.equals(TYPE)) {
                continue;
            }
            if (name.equals(NIK) && workerId >= 0) {
                if (indexOf(WORKER_ID) >= 0) {
                    throw new BadEvent(BadEventReason.NIK_AND_WORKER_ID, NIK, null);
                }
                event.put(workerId, pseudonym(i));
                given |= 1L << workerId;
                continue;
            }
            int place = form.place(name);
            if (place < 0) {
                throw new BadEvent(BadEventReason.FIELD_UNKNOWN, shown(name), kind(tokens[i]));
            }
            if (tokens[i] != JsonToken.VALUE_NULL) {
                event.put(place, value(form.fields().get(place), i));
                given |= 1L << place;
            }
        }
        complete(form, event, given);
        return event;
    }

    /** @param given bit n is set when field n was given: a number that was not looks like zero */
    private void complete(EventForm form, SpecificRecord event, long given) throws BadEvent {
        for (int i = 0; i < form.fields().size(); i++) {
            EventForm.Field field = form.fields().get(i);
            boolean missing = (given >> i & 1) == 0;
            if (missing && field.required() && !field.name().equals(EVENT_ID)) {
                if (!field.name().equals(SOURCE) || defaultSource == null) {
                    throw new BadEvent(BadEventReason.FIELD_MISSING, field.name(), null);
                }
                event.put(i, defaultSource);
            }
        }
        int eventId = form.place(EVENT_ID);
        if (event.get(eventId) == null) {
            event.put(eventId, derivedId(form, event));
        }
    }

    private String pseudonym(int i) throws BadEvent, IOException, PseudonymKey.KeyFileException {
        JsonToken token = tokens[i];
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            throw new BadEvent(BadEventReason.NIK_SCIENTIFIC, NIK, kind(token));
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new BadEvent(BadEventReason.WRONG_KIND, NIK, kind(token));
        }
        Nik nik;
        try {
            nik = Nik.parse(texts[i]);
        } catch (Nik.NikException e) {
            throw new BadEvent(BadEventReason.of(e.fault()), NIK, kind(token));
        }
        return pseudonyms.get().of(nik);
    }

    private Object value(EventForm.Field field, int i) throws BadEvent {
        JsonToken token = tokens[i];
        JsonToken wanted = switch (field.kind()) {
            case TEXT, DATE, INSTANT, SYMBOL -> JsonToken.VALUE_STRING;
            case SYMBOLS -> JsonToken.START_ARRAY;
            case WHOLE -> JsonToken.VALUE_NUMBER_INT;
            case RATIO ->
                token == JsonToken.VALUE_NUMBER_INT ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
        };
        if (token != wanted) {
            throw new BadEvent(BadEventReason.WRONG_KIND, field.name(), kind(token));
        }
        return switch (field.kind()) {
            case TEXT -> text(field, texts[i]);
            case DATE -> date(field, texts[i]);
            case INSTANT -> instant(field, texts[i]);
            case SYMBOL -> symbol(field, texts[i]);
            case SYMBOLS -> symbols(field, lists.get(i));
            case WHOLE -> whole(field, texts[i]);
            case RATIO -> Double.parseDouble(texts[i]);
        };
    }

    private static String text(EventForm.Field field, String text) throws BadEvent {
        if (field.required() && text.isBlank()) {
            throw new BadEvent(BadEventReason.FIELD_EMPTY, field.name(), "string");
        }
        return text;
    }

    private static LocalDate date(EventForm.Field field, String text) throws BadEvent {
        try {
            if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
                return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new BadEvent(BadEventReason.BAD_DATE, field.name(), "string");
    }

    private static Instant instant(EventForm.Field field, String text) throws BadEvent {
        try {
            boolean plain = text.length() >= 20
                    && text.charAt(4) == '-'
                    && text.charAt(7) == '-'
                    && text.charAt(10) == 'T'
                    && text.charAt(13) == ':'
                    && text.charAt(16) == ':';
            return plain ? plainInstant(text) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadEvent(BadEventReason.BAD_INSTANT, field.name(), "string");
        }
    }

    /** {@code yyyy-mm-ddThh:mm:ss[.f…](Z|±hh:mm)}, several times as fast as the library's parser. */
    private static Instant plainInstant(String text) {
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int scale = 100_000_000;
            at++;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                nanos += (text.charAt(at) - '0') * scale;
                scale /= 10;
                at++;
            }
            if (at == 20 || at > 29) {
                throw new DateTimeException("Between one and nine digits are expected after the point");
            }
        }
        ZoneOffset offset = offset(text.substring(at));
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int second = LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                .toSecondOfDay();
        return Instant.ofEpochSecond(day * 86_400 + second - offset.getTotalSeconds(), nanos)
                .truncatedTo(ChronoUnit.MICROS);
    }

    private static ZoneOffset offset(String text) {
        if (text.equals("Z")) {
            return ZoneOffset.UTC;
        }
        if (text.length() != "+hh:mm".length()) {
            throw new DateTimeException("Z or ±hh:mm is expected");
        }
        return ZoneOffset.of(text);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("A digit is expected");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static Enum<?> symbol(EventForm.Field field, String text) throws BadEvent {
        Enum<?> symbol = field.symbols().get(text);
        if (symbol == null) {
            throw new BadEvent(BadEventReason.SYMBOL_UNKNOWN, field.name(), "string");
        }
        return symbol;
    }

    private static List<Enum<?>> symbols(EventForm.Field field, List<String> texts) throws BadEvent {
        List<Enum<?>> symbols = new ArrayList<>(texts.size());
        for (String text : texts) {
            symbols.add(symbol(field, text));
        }
        return symbols;
    }

    private static Long whole(EventForm.Field field, String text) throws BadEvent {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadEvent(BadEventReason.BAD_NUMBER, field.name(), "number");
    }

    /**
     * Id that follows from the content: a hash over the type and all fields that are set, each with its name and its
     * length. A field that a later version adds changes no id of an event that lacks it.
     */
    private String derivedId(EventForm form, SpecificRecord event) {
        StringBuilder content = new StringBuilder(256).append(form.name());
        for (int i = 0; i < form.fields().size(); i++) {
            Object value = event.get(i);
            if (value != null) {
                String text = canonical(value);
                content.append('\n').append(form.fields().get(i).name());
                content.append('=').append(text.length()).append(':').append(text);
            }
        }
        byte[] hash = sha256.digest(content.toString().getBytes(StandardCharsets.UTF_8));
        return "content-" + BASE64.encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    }

    /** Programmes in any order are the same programmes. */
    private static String canonical(Object value) {
        return value instanceof List<?> symbols
                ? String.join(
                        ",", symbols.stream().map(Object::toString).sorted().toList())
                : value.toString();
    }

    private int indexOf(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** A name that is certainly no personal data. */
    private static String shown(String name) {
        return FIELD_NAME.matcher(name).matches() && !Nik.mayBeIn(name) ? name : "?";
    }

    private static @Nullable String kind(@Nullable JsonToken token) {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case VALUE_NULL -> "null";
            case START_OBJECT -> "object";
            default -> "array";
        };
    }
}
