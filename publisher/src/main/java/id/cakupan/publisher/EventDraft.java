package id.cakupan.publisher;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event as somebody wrote it, field by field, on its way to a record: {@link #begin}, {@link #put} each field, {@link
 * #finish}. Dates are {@code yyyy-mm-dd}, instants ISO-8601 with an offset. Instead of {@code workerId} there may be a
 * {@code nik}, which is pseudonymised before anything else sees it. An event without {@code eventId} gets one that follows
 * from its content, so that the same event said again is the same event.
 *
 * <p>One draft serves one event after the other, in one thread.
 */
public final class EventDraft {
    /** What a written value is, in the words of JSON. */
    public enum Kind {
        STRING("string"),
        /** A number without fraction and exponent. */
        INTEGER("number"),
        /** Any other number. */
        FRACTION("number"),
        BOOLEAN("boolean"),
        NULL("null"),
        OBJECT("object"),
        /** A list of strings. */
        STRINGS("array"),
        /** A list that holds something else. */
        ARRAY("array");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        /** Its name for people and rejects files. */
        public String shown() {
            return shown;
        }
    }

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
    private static final String TYPE = "type";
    private static final String NIK = "nik";
    private static final String EVENT_ID = "eventId";
    private static final String SOURCE = "source";
    private static final String RECORDED_AT = "recordedAt";
    private static final String WORKER_ID = "workerId";
    private static final String FORMER_WORKER_ID = "formerWorkerId";
    private static final int MOST_FIELDS = 32;

    private final PseudonymSource pseudonyms;
    private final @Nullable String defaultSource;
    private @Nullable Instant defaultRecordedAt;

    private final String[] names = new String[MOST_FIELDS];
    private final Kind[] kinds = new Kind[MOST_FIELDS];
    private final String[] texts = new String[MOST_FIELDS];
    private final List<List<String>> lists = new ArrayList<>();
    private int count;

    /**
     * @param pseudonyms for events that bear a NIK
     * @param defaultSource value of {@code source} where an event has none; null = it is required
     */
    public EventDraft(PseudonymSource pseudonyms, @Nullable String defaultSource) {
        this.pseudonyms = pseudonyms;
        this.defaultSource = defaultSource;
        for (int i = 0; i < MOST_FIELDS; i++) {
            lists.add(List.of());
        }
    }

    /** From now on the value of {@code recordedAt} where an event has none; null, as at first = it is required. */
    public void defaultRecordedAt(@Nullable Instant instant) {
        defaultRecordedAt = instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Starts an event: forgets the fields of the one before. */
    public void begin() {
        count = 0;
    }

    /**
     * Adds a field.
     *
     * @param text the value as it is written; of no use for OBJECT, ARRAY and NULL
     * @throws BadEvent if the field was given before or there are too many
     */
    public void put(String name, Kind kind, String text) throws BadEvent {
        add(name, kind);
        texts[count - 1] = text;
    }

    /** Adds a field whose value is a list of strings. */
    public void put(String name, List<String> values) throws BadEvent {
        add(name, Kind.STRINGS);
        lists.set(count - 1, values);
    }

    private void add(String name, Kind kind) throws BadEvent {
        if (indexOf(name) >= 0) {
            throw new BadEvent(BadEventReason.DUPLICATE_FIELD, shown(name), null);
        }
        if (count == MOST_FIELDS) {
            throw new BadEvent(BadEventReason.FIELD_UNKNOWN, shown(name), kind.shown());
        }
        names[count] = name;
        kinds[count] = kind;
        count++;
    }

    /**
     * The record, of the type that the field {@code type} names.
     *
     * @throws BadEvent if it is not acceptable; only the form is checked here, {@link EventPublisher#check} does the rest
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    public SpecificRecord finish() throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        int type = indexOf(TYPE);
        if (type < 0) {
            throw new BadEvent(BadEventReason.FIELD_MISSING, TYPE, null);
        }
        if (kinds[type] != Kind.STRING) {
            throw new BadEvent(BadEventReason.WRONG_KIND, TYPE, kinds[type].shown());
        }
        EventForm form = EventForm.ALL.get(texts[type]);
        if (form == null) {
            throw new BadEvent(BadEventReason.TYPE_UNKNOWN, TYPE, "string");
        }
        SpecificRecord event = form.empty();
        long given = fill(form, event);
        complete(form, event, given);
        return event;
    }

    /** @return bit n is set when field n was given: a number that was not looks like zero */
    private long fill(EventForm form, SpecificRecord event)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        long given = 0;
        int workerId = form.place(WORKER_ID);
        for (int i = 0; i < count; i++) {
            String name = names[i];
            if (name.equals(TYPE)) {
                continue;
            }
            if (name.equals(NIK) && workerId >= 0) {
                if (indexOf(WORKER_ID) >= 0 || indexOf(FORMER_WORKER_ID) >= 0) {
                    throw new BadEvent(BadEventReason.NIK_AND_WORKER_ID, NIK, null);
                }
                pseudonymise(form, event, i);
                given |= 1L << workerId;
                continue;
            }
            int place = form.place(name);
            if (place < 0) {
                throw new BadEvent(BadEventReason.FIELD_UNKNOWN, shown(name), kinds[i].shown());
            }
            if (kinds[i] != Kind.NULL) {
                event.put(place, value(form.fields().get(place), i));
                given |= 1L << place;
            }
        }
        return given;
    }

    private void complete(EventForm form, SpecificRecord event, long given) throws BadEvent {
        for (int i = 0; i < form.fields().size(); i++) {
            EventForm.Field field = form.fields().get(i);
            boolean missing = (given >> i & 1) == 0;
            if (missing && field.required() && !field.name().equals(EVENT_ID)) {
                event.put(i, defaultOf(field.name()));
            }
        }
        int eventId = form.place(EVENT_ID);
        if (event.get(eventId) == null) {
            event.put(eventId, derivedId(form, event));
        }
    }

    private Object defaultOf(String field) throws BadEvent {
        if (field.equals(SOURCE) && defaultSource != null) {
            return defaultSource;
        }
        if (field.equals(RECORDED_AT) && defaultRecordedAt != null) {
            return defaultRecordedAt;
        }
        throw new BadEvent(BadEventReason.FIELD_MISSING, field, null);
    }

    /** Sets the worker's id, and the one under the key before while two keys are valid. */
    private void pseudonymise(EventForm form, SpecificRecord event, int i)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        if (kinds[i] == Kind.FRACTION) {
            throw new BadEvent(BadEventReason.NIK_SCIENTIFIC, NIK, kinds[i].shown());
        }
        if (kinds[i] != Kind.STRING) {
            throw new BadEvent(BadEventReason.WRONG_KIND, NIK, kinds[i].shown());
        }
        Nik nik;
        try {
            nik = Nik.parse(texts[i]);
        } catch (Nik.NikException e) {
            throw new BadEvent(BadEventReason.of(e.fault()), NIK, kinds[i].shown());
        }
        Pseudonyms used = pseudonyms.get();
        event.put(form.place(WORKER_ID), used.of(nik));
        String former = used.formerOf(nik);
        if (former != null) {
            event.put(form.place(FORMER_WORKER_ID), former);
        }
    }

    private Object value(EventForm.Field field, int i) throws BadEvent {
        Kind kind = kinds[i];
        boolean fits = switch (field.kind()) {
            case TEXT, DATE, INSTANT, SYMBOL -> kind == Kind.STRING;
            case SYMBOLS -> kind == Kind.STRINGS;
            case WHOLE -> kind == Kind.INTEGER;
            case RATIO -> kind == Kind.INTEGER || kind == Kind.FRACTION;
        };
        if (!fits) {
            throw new BadEvent(BadEventReason.WRONG_KIND, field.name(), kind.shown());
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
     * length. A field that a later version adds changes no id of an event that lacks it. The former id of the worker is
     * no part of it: an event said again after a key was retired is still the same.
     */
    private static String derivedId(EventForm form, SpecificRecord event) {
        StringBuilder content = new StringBuilder(256).append(form.name());
        for (int i = 0; i < form.fields().size(); i++) {
            Object value = event.get(i);
            if (value != null && !form.fields().get(i).name().equals(FORMER_WORKER_ID)) {
                String text = canonical(value);
                content.append('\n').append(form.fields().get(i).name());
                content.append('=').append(text.length()).append(':').append(text);
            }
        }
        return "content-" + ContentHash.of(content.toString());
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

    /** A name that is certainly no personal data; else a question mark. */
    static String shown(String name) {
        return FIELD_NAME.matcher(name).matches() && !Nik.mayBeIn(name) ? name : "?";
    }
}
