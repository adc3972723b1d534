package id.cakupan.producers.profiles;

import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.HeadingRow;
import id.cakupan.producers.tables.Headings;
import id.cakupan.publisher.IdForms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a sheet mean, and which events follow from a row. Profiles are YAML; docs/import.md describes the
 * form, {@link Profiles} reads it.
 *
 * @param name name on the command line
 * @param indonesian what sheet it describes
 * @param english the same in English
 * @param sheet name of the worksheet; null = the first that fits
 * @param dateOrder order of day and month that the sheet's owner prescribes; null = as the file shows
 * @param columns the columns that a sheet may have
 * @param values further named values
 * @param only rows that count; null = all
 * @param require columns and values that must have a value in each row that counts
 * @param mergeBy value that tells which rows, of all files, are one record; null = each row is one
 * @param register whether it needs the register: it has a column of kind {@code kpj} or {@code nik-or-kpj}, or asks for an
 *     enrolment
 * @param events what follows from a row; none where rows only teach the register
 */
public record Profile(
        String name,
        String indonesian,
        String english,
        @Nullable String sheet,
        DateTexts.@Nullable Order dateOrder,
        List<Column> columns,
        Map<String, Expression> values,
        @Nullable Only only,
        List<String> require,
        @Nullable String mergeBy,
        boolean register,
        List<EventRule> events) {
    private static final int FEW_COLUMNS = 2;
    private static final String RECORDED_AT = "recordedAt";

    /** What a heading says about how to fill in the column: {@code NIK (16 digit)}. */
    private static final Pattern REMARK = Pattern.compile("\\([^()]*\\)|\\[[^\\[\\]]*\\]");

    /**
     * Rows that count: those where a column holds one text and not another, whatever the case.
     *
     * @param column a row in which it is blank is refused, not skipped
     */
    record Only(String column, String holds, @Nullable String not) {}

    /** A column by its name. */
    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /**
     * Where in a row of headings the columns stand: for each column the places of its headings, the preferred one first. A
     * column that the row lacks is not in the map.
     */
    public Map<Column, List<Integer>> places(List<String> headings) {
        Map<String, List<Integer>> byHeading = new HashMap<>();
        Set<String> known = known();
        for (int i = 0; i < headings.size(); i++) {
            String heading = comparable(headings.get(i));
            if (!known.contains(heading)) {
                heading = comparable(REMARK.matcher(headings.get(i)).replaceAll(" "));
            }
            byHeading.computeIfAbsent(heading, same -> new ArrayList<>()).add(i);
        }
        Map<Column, List<Integer>> places = new LinkedHashMap<>();
        for (Column column : columns) {
            List<Integer> found = new ArrayList<>();
            for (String heading : column.headings()) {
                for (Integer place : byHeading.getOrDefault(comparable(heading), List.of())) {
                    if (!found.contains(place)) {
                        found.add(place);
                    }
                }
            }
            if (!found.isEmpty()) {
                places.put(column, List.copyOf(found));
            }
        }
        return places;
    }

    /** The headings that no column has: what stands below them is not read. */
    public List<String> unread(List<String> headings) {
        Set<Integer> read = new HashSet<>();
        places(headings).forEach((column, found) -> {
            if (column.kind() != Column.Kind.PERSONAL) {
                read.addAll(found);
            }
        });
        List<String> unread = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            if (!read.contains(i)) {
                unread.add(headings.get(i));
            }
        }
        return unread;
    }

    private Set<String> known() {
        Set<String> known = new HashSet<>();
        columns.forEach(column -> column.headings().forEach(heading -> known.add(comparable(heading))));
        return known;
    }

    /** A heading as it is compared: {@code Tgl.} and {@code Tanggal} are one word. */
    private static String comparable(String heading) {
        return Headings.normal(heading).replace("tanggal", "tgl");
    }

    /**
     * What makes a row the row of headings: it has every required column that is not given otherwise, and one of
     * those or two others at least.
     *
     * @param given names of columns that {@code --set} gives
     */
    public HeadingRow headingRow(Set<String> given) {
        return new HeadingRow() {
            @Override
            public List<String> missing(List<String> row) {
                Map<Column, List<Integer>> places = places(row);
                List<Column> missing = Profile.this.missing(places, given);
                boolean certain = places.size() >= FEW_COLUMNS
                        || places.size() == columns.size()
                        || places.keySet().stream().anyMatch(Column::required);
                return (!certain && missing.isEmpty() ? columns : missing)
                        .stream().map(Column::heading).toList();
            }

            @Override
            public boolean isRead(String heading) {
                return !places(List.of(heading)).isEmpty();
            }
        };
    }

    /** The required columns that are neither in the headings nor given otherwise. */
    public List<Column> missing(Map<Column, List<Integer>> places, Set<String> given) {
        return columns.stream()
                .filter(column -> column.required() && !places.containsKey(column) && !given.contains(column.name()))
                .toList();
    }

    /** The column of a kind, where there is one. */
    Optional<Column> column(Column.Kind kind) {
        return columns.stream().filter(column -> column.kind() == kind).findFirst();
    }

    /** Names of the columns and values from which the number of a person could be found out. */
    Set<String> persons() {
        Set<String> persons = new HashSet<>();
        columns.stream().filter(column -> column.kind().isPerson()).forEach(column -> persons.add(column.name()));
        int before;
        do {
            before = persons.size();
            values.forEach((value, expression) -> {
                if (expression.reveals().stream().anyMatch(persons::contains)) {
                    persons.add(value);
                }
            });
        } while (persons.size() > before);
        return persons;
    }

    /** Columns from which the ids of projects, contractors, hires and enrolments follow. */
    Set<String> idColumns() {
        Deque<String> open = new ArrayDeque<>();
        for (EventRule event : events) {
            event.fields().forEach((field, expression) -> {
                if (IdForms.isId(field)) {
                    open.addAll(expression.uses());
                }
            });
        }
        return reachable(open);
    }

    /** Columns that say what a record is: those that the rules read, without those that say when it was recorded. */
    public List<Column> content() {
        Deque<String> open = new ArrayDeque<>(require);
        if (only != null) {
            open.add(only.column());
        }
        if (mergeBy != null) {
            open.add(mergeBy);
        }
        for (EventRule event : events) {
            if (!event.when().isEmpty()) {
                open.add(event.when());
            }
            event.fields().forEach((field, expression) -> {
                if (!field.equals(RECORDED_AT)) {
                    open.addAll(expression.uses());
                }
            });
        }
        Set<String> found = reachable(open);
        return columns.stream().filter(column -> found.contains(column.name())).toList();
    }

    /** Names of the columns that these columns and values follow from, the first choice first. */
    List<String> columnsOf(Collection<String> names) {
        return reachable(new ArrayDeque<>(names)).stream()
                .filter(name -> column(name).isPresent())
                .toList();
    }

    /**
     * Names of the columns whose value is that of a field as it stands, where it is not blank, and of a column with the name
     * of the field.
     */
    Set<String> verbatim(String field) {
        Set<String> found = new HashSet<>();
        Deque<Expression> open = new ArrayDeque<>();
        events.stream()
                .map(event -> event.fields().get(field))
                .filter(Objects::nonNull)
                .forEach(open::add);
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (next instanceof Expression.First first) {
                open.addAll(first.choices());
            } else if (next instanceof Expression.Template template && template.isPlain()) {
                String name = template.names().get(0);
                Expression value = values.get(name);
                if (value == null) {
                    found.add(name);
                } else {
                    open.add(value);
                }
            }
        }
        column(field).ifPresent(column -> found.add(column.name()));
        return found;
    }

    /** Whether one of these columns says which rows count. */
    public boolean decides(Collection<String> names) {
        return only != null && names.contains(only.column());
    }

    /** These columns and values, and those that they follow from. */
    private Set<String> reachable(Deque<String> open) {
        Set<String> found = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            Expression value = values.get(name);
            if (found.add(name) && value != null) {
                open.addAll(value.uses());
            }
        }
        return found;
    }

    /** Columns that the rules use. */
    Set<String> used() {
        Set<String> used = new HashSet<>(require);
        values.values().forEach(value -> used.addAll(value.uses()));
        for (EventRule event : events) {
            event.fields().values().forEach(field -> used.addAll(field.uses()));
            if (!event.when().isEmpty()) {
                used.add(event.when());
            }
        }
        return used;
    }
}
