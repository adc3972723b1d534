package id.cakupan.producers.profiles;

import id.cakupan.producers.tables.DateTexts;
import id.cakupan.publisher.EventForm;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The profiles that come with the program, and those of files. */
public final class Profiles {
    /** Names of the profiles that come with the program. */
    public static final List<String> SHIPPED = List.of(
            "jakon-workers",
            "jakon-hires",
            "sipp-new",
            "sipp-continuing",
            "sipp-wages",
            "sipp-inactive",
            "spse-contracts",
            "insured-projects",
            "project-registered",
            "project-insured",
            "worker-hired",
            "worker-released",
            "worker-enrolled",
            "enrolment-ended",
            "coverage-target",
            "reference-figure");

    private static final String NIK = "nik";

    private Profiles() {}

    /**
     * A profile: one that comes with the program by its name, or the one of a file, whose name ends in {@code .yml} or
     * {@code .yaml}.
     *
     * @throws ProfileException if there is none of this name, or the file is not in its form
     * @throws IOException if the file cannot be read
     */
    public static Profile find(String nameOrFile) throws IOException, ProfileException {
        if (SHIPPED.contains(nameOrFile)) {
            try (InputStream in = Profiles.class.getResourceAsStream("/profiles/" + nameOrFile + ".yml")) {
                if (in == null) {
                    throw new IllegalStateException("The profile " + nameOrFile + " is not in the program");
                }
                return read(nameOrFile, in);
            }
        }
        if (!nameOrFile.endsWith(".yml") && !nameOrFile.endsWith(".yaml")) {
            throw new ProfileException("There is no profile '" + nameOrFile + "'; there are "
                    + String.join(", ", SHIPPED) + ", and those of .yml files");
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file)) {
            throw new ProfileException("Cannot read the profile " + nameOrFile);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(nameOrFile, in);
        }
    }

    /**
     * Reads a profile.
     *
     * @param name what messages and snapshots call it
     * @throws ProfileException if it is not in its form
     */
    static Profile read(String name, InputStream in) throws ProfileException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(options)).load(in);
        } catch (YAMLException e) {
            throw new ProfileException("Profile " + name + ": " + e.getMessage());
        }
        return new Reader(name).profile(root);
    }

    /** One reading: every fault names the place in the file. */
    private static final class Reader {
        private final String name;
        private final List<Expression.EnrolmentOf> asked = new ArrayList<>();

        Reader(String name) {
            this.name = name;
        }

        Profile profile(@Nullable Object root) throws ProfileException {
            Map<String, Object> top = map("", root);
            allow(
                    "",
                    top,
                    Set.of(
                            "title",
                            "sheet",
                            "date-order",
                            "columns",
                            "values",
                            "only",
                            "require",
                            "merge-by",
                            "events"));
            Map<String, Object> title = map("title", top.get("title"));
            Map<String, Expression> values = new LinkedHashMap<>();
            if (top.containsKey("values")) {
                for (Map.Entry<String, Object> value :
                        map("values", top.get("values")).entrySet()) {
                    values.put(value.getKey(), expression("values." + value.getKey(), value.getValue()));
                }
            }
            List<Column> columns = columns(map("columns", top.get("columns")));
            boolean numbers = columns.stream()
                    .anyMatch(column -> column.kind() == Column.Kind.KPJ || column.kind() == Column.Kind.NIK_OR_KPJ);
            List<EventRule> events = numbers && !top.containsKey("events") ? List.of() : events(top.get("events"));
            Profile profile = new Profile(
                    name,
                    text("title.id", title.get("id")),
                    text("title.en", title.get("en")),
                    optional("sheet", top.get("sheet")),
                    order(optional("date-order", top.get("date-order"))),
                    columns,
                    Map.copyOf(values),
                    top.containsKey("only") ? only(map("only", top.get("only"))) : null,
                    top.containsKey("require") ? texts("require", top.get("require")) : List.of(),
                    optional("merge-by", top.get("merge-by")),
                    numbers || !asked.isEmpty(),
                    events);
            requireKnownNames(profile);
            requireHiddenPersons(profile);
            requireAnswerable(profile);
            return profile;
        }

        /** An enrolment is asked for by a person and a day. */
        private void requireAnswerable(Profile profile) throws ProfileException {
            Set<String> persons = profile.persons();
            for (Expression.EnrolmentOf enrolment : asked) {
                if (!persons.contains(enrolment.worker())) {
                    throw fault(enrolment.worker(), "'enrolment-of' takes the number of a person");
                }
                if (profile.column(enrolment.day())
                        .filter(column -> column.kind() == Column.Kind.DATE)
                        .isEmpty()) {
                    throw fault(enrolment.day(), "'day' takes a column of kind date");
                }
            }
        }

        /** The number of a person may stand for the worker, and go nowhere else. */
        private void requireHiddenPersons(Profile profile) throws ProfileException {
            Set<String> persons = profile.persons();
            for (Column.Kind kind : List.of(Column.Kind.NIK, Column.Kind.KPJ)) {
                long count = profile.columns().stream()
                        .filter(column -> column.kind() == kind)
                        .count();
                if (profile.register() && count > 1) {
                    throw fault("columns", "with the register, there can be one column of kind " + kind + " only");
                }
            }
            for (EventRule event : profile.events()) {
                for (Map.Entry<String, Expression> field : event.fields().entrySet()) {
                    if (!field.getKey().equals(NIK)
                            && field.getValue().reveals().stream().anyMatch(persons::contains)) {
                        throw fault(
                                "events, " + event.form().name() + "." + field.getKey(),
                                "the number of a person may stand in 'nik' only");
                    }
                }
            }
        }

        private void requireKnownNames(Profile profile) throws ProfileException {
            for (String used : profile.used()) {
                if (!profile.values().containsKey(used) && profile.column(used).isEmpty()) {
                    throw fault("columns", "there is no column or value '" + used + "', which a rule uses");
                }
            }
        }

        private List<Column> columns(Map<String, Object> entries) throws ProfileException {
            List<Column> columns = new ArrayList<>();
            for (Map.Entry<String, Object> entry : entries.entrySet()) {
                String at = "columns." + entry.getKey();
                Map<String, Object> column = map(at, entry.getValue());
                allow(at, column, Set.of("headings", "kind", "required", "id", "en", "example"));
                columns.add(new Column(
                        entry.getKey(),
                        texts(at + ".headings", column.get("headings")),
                        choice(at + ".kind", Column.Kind.class, column.getOrDefault("kind", "text")),
                        Boolean.TRUE.equals(column.get("required")),
                        text(at + ".id", column.getOrDefault("id", "")),
                        text(at + ".en", column.getOrDefault("en", "")),
                        text(at + ".example", column.getOrDefault("example", ""))));
            }
            return List.copyOf(columns);
        }

        private Profile.Only only(Map<String, Object> only) throws ProfileException {
            allow("only", only, Set.of("column", "holds", "not"));
            return new Profile.Only(
                    text("only.column", only.get("column")),
                    text("only.holds", only.get("holds")).toLowerCase(Locale.ROOT),
                    only.containsKey("not") ? text("only.not", only.get("not")).toLowerCase(Locale.ROOT) : null);
        }

        private List<EventRule> events(@Nullable Object value) throws ProfileException {
            List<EventRule> events = new ArrayList<>();
            for (Object entry : list("events", value)) {
                String at = "events[" + events.size() + "]";
                Map<String, Object> event = map(at, entry);
                allow(at, event, Set.of("type", "when", "fields", "vanished"));
                String type = text(at + ".type", event.get("type"));
                EventForm form = EventForm.ALL.get(type);
                if (form == null) {
                    throw fault(at + ".type", "there is no event " + type);
                }
                Map<String, Expression> fields = new LinkedHashMap<>();
                Map<String, List<String>> lists = new LinkedHashMap<>();
                for (Map.Entry<String, Object> field :
                        map(at + ".fields", event.get("fields")).entrySet()) {
                    String place = at + ".fields." + field.getKey();
                    if (form.place(field.getKey()) < 0
                            && !(field.getKey().equals(NIK) && form.place("workerId") >= 0)) {
                        throw fault(place, type + " has no such field");
                    }
                    if (field.getValue() instanceof List<?>) {
                        lists.put(field.getKey(), texts(place, field.getValue()));
                    } else {
                        fields.put(field.getKey(), expression(place, field.getValue()));
                    }
                }
                events.add(new EventRule(
                        form,
                        text(at + ".when", event.getOrDefault("when", "")),
                        fields,
                        lists,
                        choice(at + ".vanished", EventRule.Vanished.class, event.getOrDefault("vanished", "keep"))));
            }
            if (events.isEmpty()) {
                throw fault("events", "at least one is needed");
            }
            return List.copyOf(events);
        }

        private Expression expression(String at, @Nullable Object value) throws ProfileException {
            if (!(value instanceof Map<?, ?>)) {
                return Expression.Template.parse(text(at, value));
            }
            Map<String, Object> form = map(at, value);
            if (form.containsKey("first")) {
                allow(at, form, Set.of("first"));
                return new Expression.First(expressions(at + ".first", form.get("first")));
            }
            if (form.containsKey("id")) {
                allow(at, form, Set.of("id"));
                return new Expression.Id(expressions(at + ".id", form.get("id")));
            }
            if (form.containsKey("naming") && form.containsKey("then")) {
                allow(at, form, Set.of("column", "naming", "then", "else"));
                return new Expression.Choice(
                        text(at + ".column", form.get("column")),
                        words(at + ".naming", form.get("naming")),
                        expression(at + ".then", form.get("then")),
                        expression(at + ".else", form.get("else")));
            }
            if (form.containsKey("enrolment-of")) {
                allow(at, form, Set.of("enrolment-of", "at", "day"));
                Expression.EnrolmentOf enrolment = new Expression.EnrolmentOf(
                        text(at, form.get("enrolment-of")),
                        text(at + ".at", form.get("at")),
                        text(at + ".day", form.get("day")));
                asked.add(enrolment);
                return enrolment;
            }
            if (form.containsKey("without-tax")) {
                allow(at, form, Set.of("without-tax", "day", "percent"));
                TreeMap<LocalDate, BigDecimal> rates = new TreeMap<>();
                for (Map.Entry<String, Object> rate :
                        map(at + ".percent", form.get("percent")).entrySet()) {
                    try {
                        rates.put(
                                LocalDate.parse(rate.getKey()), new BigDecimal(text(at + ".percent", rate.getValue())));
                    } catch (DateTimeException | NumberFormatException e) {
                        throw fault(at + ".percent", "a day yyyy-mm-dd and a number are expected");
                    }
                }
                return new Expression.WithoutTax(
                        text(at, form.get("without-tax")), text(at + ".day", form.get("day")), rates);
            }
            allow(at, form, Set.of("column", "map", "containing", "within", "areas", "naming"));
            String column = text(at + ".column", form.get("column"));
            if (form.containsKey("containing")) {
                Map<String, String> table = new LinkedHashMap<>();
                for (Map.Entry<String, Object> entry :
                        map(at + ".containing", form.get("containing")).entrySet()) {
                    for (String word : texts(at + ".containing." + entry.getKey(), entry.getValue())) {
                        table.put(word.toLowerCase(Locale.ROOT), entry.getKey());
                    }
                }
                return new Expression.Containing(
                        column,
                        table,
                        words(at + ".within", form.get("within")),
                        words(at + ".areas", form.get("areas")));
            }
            if (form.containsKey("naming")) {
                return new Expression.Naming(column, words(at + ".naming", form.get("naming")));
            }
            Map<String, String> table = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry :
                    map(at + ".map", form.get("map")).entrySet()) {
                table.put(entry.getKey(), text(at + ".map." + entry.getKey(), entry.getValue()));
            }
            return new Expression.Mapped(column, table);
        }

        private List<Expression> expressions(String at, @Nullable Object value) throws ProfileException {
            List<Expression> expressions = new ArrayList<>();
            for (Object entry : list(at, value)) {
                expressions.add(expression(at + "[" + expressions.size() + "]", entry));
            }
            return List.copyOf(expressions);
        }

        private DateTexts.@Nullable Order order(@Nullable String text) throws ProfileException {
            return text == null ? null : choice("date-order", DateTexts.Order.class, text);
        }

        private <E extends Enum<E>> E choice(String at, Class<E> type, Object value) throws ProfileException {
            String wanted = text(at, value).replace('-', '_');
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(wanted)) {
                    return constant;
                }
            }
            throw fault(at, "'" + value + "' is not one of the possible values");
        }

        private void allow(String at, Map<String, Object> map, Set<String> keys) throws ProfileException {
            for (String key : map.keySet()) {
                if (!keys.contains(key)) {
                    throw fault(at.isEmpty() ? key : at + "." + key, "is not known");
                }
            }
        }

        private Map<String, Object> map(String at, @Nullable Object value) throws ProfileException {
            if (!(value instanceof Map<?, ?> entries)) {
                throw fault(at, "key: value pairs are expected");
            }
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
            return map;
        }

        private List<?> list(String at, @Nullable Object value) throws ProfileException {
            if (!(value instanceof List<?> list)) {
                throw fault(at, "a list is expected");
            }
            return list;
        }

        private List<String> texts(String at, @Nullable Object value) throws ProfileException {
            List<String> texts = new ArrayList<>();
            for (Object entry : list(at, value)) {
                texts.add(text(at, entry));
            }
            if (texts.isEmpty()) {
                throw fault(at, "at least one is needed");
            }
            return List.copyOf(texts);
        }

        private List<String> words(String at, @Nullable Object value) throws ProfileException {
            return value == null
                    ? List.of()
                    : texts(at, value).stream()
                            .map(word -> word.toLowerCase(Locale.ROOT))
                            .toList();
        }

        private String text(String at, @Nullable Object value) throws ProfileException {
            if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
                throw fault(at, "a text is expected");
            }
            return value.toString();
        }

        private @Nullable String optional(String at, @Nullable Object value) throws ProfileException {
            return value == null ? null : text(at, value);
        }

        private ProfileException fault(String at, String what) {
            return new ProfileException("Profile " + name + (at.isEmpty() ? "" : ", " + at) + ": " + what);
        }
    }
}
