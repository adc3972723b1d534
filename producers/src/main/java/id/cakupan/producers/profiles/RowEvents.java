package id.cakupan.producers.profiles;

import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.BadValue;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.Headings;
import id.cakupan.producers.tables.PlainText;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.IdForms;
import id.cakupan.publisher.Kpj;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes the events of a row, by a profile. One serves one import, in one thread. */
public final class RowEvents implements Expression.Values {
    /**
     * How the texts of a file are to be read.
     *
     * @param dateOrder order of day and month; null = not known, so a date that can be read in two ways is refused
     * @param decimal decimal mark of amounts; null = not known, likewise
     * @param zone in which a day begins
     */
    public record Reading(DateTexts.@Nullable Order dateOrder, AmountTexts.@Nullable Mark decimal, ZoneId zone) {}

    /**
     * An event and the rule that it follows from.
     *
     * @param vanished KEEP, END, VOID or CANCEL: what to send when a later snapshot no longer has it
     */
    public record Made(SpecificRecord event, String vanished) {}

    /** Checks an event. */
    public interface Check {
        /**
         * Checks it.
         *
         * @throws BadEvent if it is not acceptable
         */
        void check(SpecificRecord event) throws BadEvent;
    }

    /** What stands between the names of several columns. */
    public static final String BETWEEN = " / ";

    private static final Pattern CODE_NOISE = Pattern.compile("[\\s\\u00a0']+");
    /** A long code as programs write it that took it for a number. */
    private static final Pattern WHOLE_AS_FRACTION = Pattern.compile("\\d{6,}\\.0+");

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]");
    private static final int MOST_DATES = 4096;
    private static final int LONG_TAX_NUMBER = 16;
    private static final int SHORT_TAX_NUMBER = 15;
    private static final String NIK = "nik";
    private static final String RECORDED_AT = "recordedAt";
    private static final String ENROLMENT_ID = "enrolmentId";
    private static final String ENROLMENT_ENDED = "EnrolmentEnded";
    private static final String KPJ = "kpj:";

    private final Profile profile;
    private final Reading reading;
    private final Map<String, String> given;
    private final EventDraft draft;
    private final @Nullable Register register;
    private final Set<String> idColumns;
    private final SchemeForms forms;

    /** Dates by their text: the same few come again and again. */
    private final Map<String, LocalDate> dates = new HashMap<>();

    private final Map<String, Cell> row = new HashMap<>();
    private final Map<String, @Nullable String> known = new HashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    /**
     * @param given values of columns, by name, for rows in which they are blank
     * @param draft makes records, with the pseudonyms and the defaults of the import
     * @param register what is remembered of workers; null where the profile does not need it or no event is made
     */
    public RowEvents(
            Profile profile,
            Reading reading,
            Map<String, String> given,
            EventDraft draft,
            @Nullable Register register) {
        this.profile = profile;
        this.reading = reading;
        this.given = Map.copyOf(given);
        this.draft = draft;
        this.register = profile.register() ? register : null;
        idColumns = profile.idColumns();
        forms = new SchemeForms(profile);
    }

    /**
     * The events of a row; none when the profile says that such rows do not count.
     *
     * @param cells by name of the column; columns that the file lacks are missing
     * @param recordedAt when rows that were merged were recorded; null = as the row says
     * @param check what else an event must stand
     * @throws BadEvent if a value cannot be read, or an event is not acceptable; its field is the name of the column, or names
     *     with {@link #BETWEEN} between them
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    public List<Made> of(Map<String, Cell> cells, @Nullable Instant recordedAt, Check check)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        begin(cells);
        if (!counts()) {
            return List.of();
        }
        for (String name : profile.require()) {
            if (get(name) == null) {
                throw new BadEvent(BadEventReason.FIELD_MISSING, columnsOf(name), null);
            }
        }
        List<Made> made = new ArrayList<>(profile.events().size());
        for (EventRule rule : profile.events()) {
            if (rule.when().isEmpty() || get(rule.when()) != null) {
                made.add(
                        new Made(event(rule, recordedAt, check), rule.vanished().name()));
            }
        }
        return made;
    }

    /**
     * Lets the register learn what the last row says: its events, and which worker its KPJ belongs to.
     *
     * @param made the events of the row, all of which are acceptable
     * @return whether the row had a KPJ to learn
     * @throws BadEvent if the NIK beside it is none
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if there is no usable key file
     */
    public boolean learn(List<Made> made) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        if (register == null) {
            return false;
        }
        String nik = ofKind(Column.Kind.NIK);
        String kpj = ofKind(Column.Kind.KPJ);
        if (nik != null && kpj != null) {
            register.learn(kpj(kpj), nik(nik));
        }
        for (Made one : made) {
            register.learn(one.event());
        }
        return nik != null && kpj != null;
    }

    private @Nullable String ofKind(Column.Kind kind) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Column column = profile.column(kind).orElse(null);
        return column == null || !counts() ? null : get(column.name());
    }

    /**
     * A cell whose text no longer depends on how the file is to be read; one that cannot be read stays as it is and is
     * refused later.
     */
    public static Cell normal(Column column, Cell cell, Reading reading) {
        if (cell.kind() != Cell.Kind.TEXT) {
            return cell;
        }
        try {
            return switch (column.kind()) {
                case DATE ->
                    new Cell(
                            Cell.Kind.DATE,
                            DateTexts.parse(cell.text(), reading.dateOrder()).toString());
                case AMOUNT ->
                    new Cell(Cell.Kind.NUMBER, String.valueOf(AmountTexts.parse(cell.text(), reading.decimal())));
                default -> cell;
            };
        } catch (BadValue e) {
            return cell;
        }
    }

    /** Value of a column or a named value, for instance of the one by which rows are merged. */
    public @Nullable String value(Map<String, Cell> cells, String name)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        begin(cells);
        return get(name);
    }

    private void begin(Map<String, Cell> cells) {
        row.clear();
        row.putAll(cells);
        known.clear();
        inProgress.clear();
    }

    /** When a row says that it was recorded; null = it does not say. */
    public @Nullable Instant recordedAt(Map<String, Cell> cells)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        begin(cells);
        Instant latest = null;
        for (EventRule rule : profile.events()) {
            Expression expression = rule.fields().get(RECORDED_AT);
            String text = expression == null ? null : expression.of(this);
            if (text != null) {
                Instant said = Instant.parse(text);
                latest = latest == null || said.isAfter(latest) ? said : latest;
            }
        }
        return latest;
    }

    /** Whether a row that was merged counts. */
    public boolean counts(Map<String, Cell> cells) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        begin(cells);
        return counts();
    }

    /** What a cell says, the same however it is written: {@code CV. ARBA} and {@code Cv Arba} are one company. */
    public String meaning(Column column, Cell cell) {
        try {
            String value = column.kind() == Column.Kind.TEXT ? null : read(column, cell);
            return value == null ? Headings.normal(cell.text()) : value;
        } catch (BadEvent | BadValue e) {
            return cell.text();
        }
    }

    private boolean counts() throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Profile.Only only = profile.only();
        if (only == null) {
            return true;
        }
        String text = get(only.column());
        if (text == null) {
            throw new BadEvent(BadEventReason.FIELD_MISSING, only.column(), null);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(only.holds()) && (only.not() == null || !lower.contains(only.not()));
    }

    private SpecificRecord event(EventRule rule, @Nullable Instant recordedAt, Check check)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        draft.begin();
        draft.put("type", EventDraft.Kind.STRING, rule.form().name());
        if (recordedAt != null) {
            draft.put(RECORDED_AT, EventDraft.Kind.STRING, recordedAt.toString());
        }
        String worker = null;
        String enrolmentId = null;
        for (Map.Entry<String, Expression> field : rule.fields().entrySet()) {
            String value = recordedAt != null && field.getKey().equals(RECORDED_AT)
                    ? null
                    : field.getValue().of(this);
            if (value == null) {
                continue;
            }
            try {
                SchemeForms.checkField(field.getKey(), field.getKey(), value);
            } catch (BadEvent e) {
                throw inColumns(rule, e);
            }
            if (field.getKey().equals(ENROLMENT_ID)) {
                enrolmentId = value;
            }
            if (field.getKey().equals(NIK) && register != null) {
                worker = value;
            } else if (kind(rule.form(), field.getKey()) == EventDraft.Kind.STRINGS) {
                draft.put(field.getKey(), List.of(value.toUpperCase(Locale.ROOT).split("[^A-Za-z]+")));
            } else {
                draft.put(field.getKey(), kind(rule.form(), field.getKey()), value);
            }
        }
        for (Map.Entry<String, List<String>> list : rule.lists().entrySet()) {
            draft.put(list.getKey(), list.getValue());
        }
        if (worker != null) {
            putWorker(rule.form(), worker, enrolmentId);
        }
        try {
            SpecificRecord event = draft.finish();
            check.check(event);
            return event;
        } catch (BadEvent e) {
            throw inColumns(rule, e);
        }
    }

    /** The end of an enrolment goes where its beginning went, even if the worker has another id by now. */
    private void putWorker(EventForm form, String written, @Nullable String enrolmentId)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Register.Worker worker = worker(written);
        String enrolledAs = enrolmentId != null && form.name().equals(ENROLMENT_ENDED)
                ? Objects.requireNonNull(register).enrolledAs(worker, enrolmentId)
                : null;
        draft.put("workerId", EventDraft.Kind.STRING, enrolledAs != null ? enrolledAs : worker.id());
        if (enrolledAs == null && worker.former() != null) {
            draft.put("formerWorkerId", EventDraft.Kind.STRING, worker.former());
        }
    }

    private Register.Worker worker(String written) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Register known = Objects.requireNonNull(register);
        return written.startsWith(KPJ) ? known.worker(kpj(written)) : known.worker(nik(written));
    }

    private static Nik nik(String text) throws BadEvent {
        try {
            return Nik.parse(text);
        } catch (Nik.NikException e) {
            throw new BadEvent(BadEventReason.of(e.fault()), NIK, "string");
        }
    }

    private static Kpj kpj(String value) throws BadEvent {
        Kpj kpj = Kpj.parse(value.substring(KPJ.length()));
        if (kpj == null) {
            throw new BadEvent(BadEventReason.KPJ_FORM, "KPJ", "string");
        }
        return kpj;
    }

    @Override
    public String enrolment(String worker, String employer, LocalDate day, String nameOfDay)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        return Objects.requireNonNull(register).enrolment(worker(worker), employer, day, columnsOf(nameOfDay));
    }

    /** The same, told of the columns that its field follows from: people know columns, not fields. */
    private BadEvent inColumns(EventRule rule, BadEvent e) {
        Expression expression = e.field() == null ? null : rule.fields().get(e.field());
        if (expression == null) {
            return e;
        }
        List<String> all = profile.columnsOf(expression.uses());
        List<String> filled = all.stream().filter(this::isFilled).toList();
        boolean missing = e.reason() == BadEventReason.FIELD_MISSING && !filled.isEmpty();
        return new BadEvent(
                missing ? BadEventReason.VALUE_UNKNOWN : e.reason(),
                all.isEmpty() ? e.field() : String.join(BETWEEN, filled.isEmpty() ? all : filled),
                e.kind());
    }

    private boolean isFilled(String column) {
        return given.containsKey(column)
                || !row.getOrDefault(column, Cell.BLANK_CELL).text().isBlank();
    }

    private static EventDraft.Kind kind(EventForm form, String field) {
        int place = form.place(field);
        EventForm.Kind kind =
                place < 0 ? EventForm.Kind.TEXT : form.fields().get(place).kind();
        return switch (kind) {
            case WHOLE -> EventDraft.Kind.INTEGER;
            case RATIO -> EventDraft.Kind.FRACTION;
            case SYMBOLS -> EventDraft.Kind.STRINGS;
            default -> EventDraft.Kind.STRING;
        };
    }

    @Override
    public @Nullable String get(String name) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        if (known.containsKey(name)) {
            return known.get(name);
        }
        Expression expression = profile.values().get(name);
        String value;
        if (expression == null) {
            Column column = profile.column(name).orElseThrow();
            value = read(column);
        } else if (inProgress.add(name)) {
            value = expression.of(this);
            inProgress.remove(name);
        } else {
            throw new IllegalStateException("The value " + name + " of profile " + profile.name() + " uses itself");
        }
        known.put(name, value);
        return value;
    }

    private @Nullable String read(Column column) throws BadEvent {
        Cell cell = row.getOrDefault(column.name(), Cell.BLANK_CELL);
        if (cell.kind() == Cell.Kind.BLANK && given.containsKey(column.name())) {
            cell = new Cell(Cell.Kind.TEXT, given.get(column.name()));
        }
        if (cell.kind() == Cell.Kind.BLANK || cell.text().isBlank()) {
            if (column.required()) {
                throw new BadEvent(BadEventReason.FIELD_EMPTY, column.name(), null);
            }
            return null;
        }
        try {
            String value = read(column, cell);
            forms.checkColumn(column.name(), value);
            return value;
        } catch (BadValue e) {
            throw new BadEvent(e.reason(), column.name(), shown(cell));
        }
    }

    private @Nullable String read(Column column, Cell cell) throws BadEvent, BadValue {
        return switch (column.kind()) {
            case TEXT -> nullIfEmpty(PlainText.clean(cell.text()));
            case CODE -> code(column, cell);
            case DATE -> date(column, cell).toString();
            case INSTANT -> instant(column, cell);
            case AMOUNT -> String.valueOf(AmountTexts.parse(cell.text(), mark(cell)));
            case RATIO -> ratio(column, cell);
            case NIK -> nik(column, cell);
            case KPJ -> kpj(column, cell);
            case NIK_OR_KPJ -> Kpj.parse(cell.text()) == null ? nik(column, cell) : kpj(column, cell);
            case NPWP -> taxNumber(column, cell);
            case PERSONAL -> null;
        };
    }

    private static String ratio(Column column, Cell cell) throws BadEvent {
        String text = cell.text().strip().replace(',', '.');
        boolean percent = text.endsWith("%");
        try {
            BigDecimal number = new BigDecimal(
                    percent ? text.substring(0, text.length() - 1).strip() : text);
            return (percent ? number.movePointLeft(2) : number).toPlainString();
        } catch (NumberFormatException e) {
            throw new BadEvent(BadEventReason.RATIO_OUT_OF_RANGE, column.name(), shown(cell));
        }
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private AmountTexts.@Nullable Mark mark(Cell cell) {
        return cell.kind() == Cell.Kind.NUMBER ? AmountTexts.Mark.POINT : reading.decimal();
    }

    private String code(Column column, Cell cell) throws BadEvent {
        if (idColumns.contains(column.name()) && IdForms.mayBeName(cell.text())) {
            throw new BadEvent(BadEventReason.ID_FORM, column.name(), shown(cell));
        }
        String text = CODE_NOISE.matcher(cell.text()).replaceAll("");
        if (cell.kind() == Cell.Kind.NUMBER || WHOLE_AS_FRACTION.matcher(text).matches()) {
            text = text.replaceFirst("\\.0+$", "");
            if (text.indexOf('E') >= 0 || text.indexOf('e') >= 0 || text.indexOf('.') >= 0) {
                throw new BadEvent(BadEventReason.WRONG_KIND, column.name(), shown(cell));
            }
        }
        return text;
    }

    private LocalDate date(Column column, Cell cell) throws BadEvent, BadValue {
        if (cell.kind() == Cell.Kind.DATE) {
            return LocalDate.parse(cell.text());
        }
        if (cell.kind() == Cell.Kind.BOOLEAN) {
            throw new BadEvent(BadEventReason.WRONG_KIND, column.name(), shown(cell));
        }
        LocalDate known = dates.get(cell.text());
        if (known == null) {
            known = DateTexts.parse(cell.text(), reading.dateOrder());
            if (dates.size() == MOST_DATES) {
                dates.clear();
            }
            dates.put(cell.text(), known);
        }
        return known;
    }

    private String instant(Column column, Cell cell) throws BadEvent, BadValue {
        String text = cell.text().strip();
        if (cell.kind() == Cell.Kind.TEXT && text.length() > "yyyy-mm-ddT".length() && text.charAt(10) == 'T') {
            try {
                return OffsetDateTime.parse(text).toInstant().toString();
            } catch (DateTimeException e) {
                throw new BadEvent(BadEventReason.BAD_INSTANT, column.name(), shown(cell));
            }
        }
        return date(column, cell).atStartOfDay(reading.zone()).toInstant().toString();
    }

    /**
     * Spreadsheets keep 15 digits of a number: the sixteenth of a NIK becomes 0. So a NIK in a cell of numbers is taken
     * only where it does not end in 0.
     */
    private static String nik(Column column, Cell cell) throws BadEvent {
        if (cell.kind() == Cell.Kind.NUMBER && cell.text().endsWith("0")) {
            throw new BadEvent(BadEventReason.NIK_SCIENTIFIC, column.name(), shown(cell));
        }
        if (cell.kind() == Cell.Kind.DATE || cell.kind() == Cell.Kind.BOOLEAN) {
            throw new BadEvent(BadEventReason.WRONG_KIND, column.name(), shown(cell));
        }
        return cell.text();
    }

    private String kpj(Column column, Cell cell) throws BadEvent {
        String text = code(column, cell);
        if (Kpj.parse(text) == null) {
            throw new BadEvent(BadEventReason.KPJ_FORM, column.name(), shown(cell));
        }
        return KPJ + text;
    }

    private static @Nullable String taxNumber(Column column, Cell cell) throws BadEvent {
        String digits = NO_DIGITS.matcher(cell.text()).replaceAll("");
        if (digits.length() == SHORT_TAX_NUMBER) {
            return "npwp:0" + digits;
        }
        if (digits.length() != LONG_TAX_NUMBER || LETTERS.matcher(cell.text()).find()) {
            throw new BadEvent(BadEventReason.TAX_NUMBER_FORM, column.name(), shown(cell));
        }
        return Nik.mayBeIn(digits) ? null : "npwp:" + digits;
    }

    /** Names of the columns that a required value may come from, with {@link #BETWEEN} between them. */
    public String columnsOf(String name) {
        return String.join(BETWEEN, profile.columnsOf(List.of(name)));
    }

    private static String shown(Cell cell) {
        return cell.kind().name().toLowerCase(Locale.ROOT);
    }
}
