package id.cakupan.dashboard.view;

import cakupan.records.AlertState;
import cakupan.records.Level;
import cakupan.records.UncoveredReason;
import id.cakupan.dashboard.board.Board;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked. Equal questions by viewers of one scope have equal answers. */
public sealed interface ViewQuery {
    /** Most rows in one answer. */
    int MOST_ROWS = 500;

    /** States in which somebody has to do something. */
    Set<AlertState> OPEN = Set.of(AlertState.DUE_SOON, AlertState.OVERDUE, AlertState.ESCALATED);

    /** The day of the figures as reported; null = now. */
    default @Nullable LocalDate asOf() {
        return null;
    }

    /** The state of the dashboard itself. */
    record Status() implements ViewQuery {}

    /** A city and what holds it back; null = the city with most workers. */
    record Overview(@Nullable String city, @Nullable LocalDate asOf) implements ViewQuery {}

    /** Which groups. */
    enum GroupState {
        ACTIVE,
        ALL,
        UNCOVERED,
        OVERDUE,
        UNINSURED,
        BELOW_TARGET
    }

    /**
     * Some groups of one level, without their page.
     *
     * @param text what their names, ids or contract numbers hold, in small letters; empty = anything
     * @param ids only these; empty = all
     */
    record Selection(
            Level level,
            @Nullable String city,
            @Nullable String district,
            @Nullable String contractor,
            @Nullable String funding,
            GroupState state,
            String text,
            Set<String> ids,
            GroupSort sort,
            boolean ascending) {

        /** All that are active, most uncovered workers first. */
        static Selection worst(Level level, @Nullable String city) {
            return new Selection(
                    level, city, null, null, null, GroupState.UNCOVERED, "", Set.of(), GroupSort.UNCOVERED, false);
        }
    }

    /** A page of groups. */
    record Groups(
            Selection selection,
            int offset,
            int limit,
            @Nullable LocalDate asOf) implements ViewQuery {}

    /** One group. */
    record Group(Level level, String id, @Nullable LocalDate asOf) implements ViewQuery {}

    /** A group over time; null = no bound. */
    record Timeline(
            Level level,
            String id,
            @Nullable LocalDate from,
            @Nullable LocalDate to) implements ViewQuery {}

    /** Which hires by what was decided about them. */
    enum DecisionState {
        NONE,
        ACKNOWLEDGED,
        SILENCED
    }

    /** By what hires are sorted. */
    enum HireSort {
        DUE,
        SINCE,
        STARTED,
        PROJECT,
        CONTRACTOR,
        STATE
    }

    /** Some alerts on hires, without their page; null = any. */
    record HireSelection(
            @Nullable String city,
            @Nullable String district,
            @Nullable String contractor,
            @Nullable String project,
            Set<AlertState> states,
            @Nullable UncoveredReason reason,
            @Nullable DecisionState decision,
            String text,
            HireSort sort,
            boolean ascending) {

        /** The narrowest group that they belong to, for the audit. */
        public String scope() {
            if (project != null) {
                return "project/" + project;
            } else if (contractor != null) {
                return "contractor/" + contractor;
            } else if (district != null) {
                return "district/" + district;
            }
            return city == null ? "all" : "city/" + city;
        }
    }

    /** A page of alerts on hires. */
    record Hires(HireSelection selection, int offset, int limit) implements ViewQuery {}

    /** What was decided about alerts. */
    record Decisions() implements ViewQuery {}

    /**
     * Reads a question.
     *
     * @param path after the base, as it is sent
     * @param query as it is sent
     * @throws RefusedException if there is no such thing or the query is not allowed
     */
    static ViewQuery parse(String path, @Nullable String query) {
        Parameters parameters = new Parameters(query);
        String[] parts = path.substring(1).split("/", -1);
        ViewQuery parsed = switch (parts[0] + "/" + parts.length) {
            case "status/1" -> new Status();
            case "overview/1" ->
                new Overview(
                        parameters.text("city").orElse(null),
                        parameters.day("asOf").orElse(null));
            case "groups/1" ->
                new Groups(
                        selection(parameters),
                        offset(parameters),
                        limit(parameters),
                        parameters.day("asOf").orElse(null));
            case "groups/3" ->
                new Group(level(parts[1]), id(parts[2]), parameters.day("asOf").orElse(null));
            case "groups/4" -> timeline(parts, parameters);
            case "hires/1" -> new Hires(hireSelection(parameters), offset(parameters), limit(parameters));
            case "decisions/1" -> new Decisions();
            default -> throw new RefusedException(ProblemKind.NOT_FOUND);
        };
        parameters.end();
        return parsed;
    }

    /** Reads which groups are asked for, without their page. */
    static Selection selection(Parameters parameters) {
        Level level = parameters
                .text("level")
                .map(ViewQuery::levelOfQuery)
                .orElseThrow(() -> new RefusedException(ProblemKind.BAD_QUERY));
        GroupSort sort = parameters.choice("sort", GroupSort.class).orElse(GroupSort.UNCOVERED);
        return new Selection(
                level,
                parameters.text("city").orElse(null),
                parameters.text("district").orElse(null),
                parameters.text("contractor").orElse(null),
                parameters.text("funding").orElse(null),
                parameters.choice("state", GroupState.class).orElse(GroupState.ACTIVE),
                text(parameters),
                ids(parameters),
                sort,
                ascending(parameters, sort.isAscendingByDefault()));
    }

    /** Reads which hires are asked for, without their page. */
    static HireSelection hireSelection(Parameters parameters) {
        Set<AlertState> states = parameters.choices("state", AlertState.class);
        Set<AlertState> chosen = states.isEmpty() ? OPEN : Set.copyOf(states);
        if (chosen.contains(AlertState.UNKNOWN)) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        return new HireSelection(
                parameters.text("city").orElse(null),
                parameters.text("district").orElse(null),
                parameters.text("contractor").orElse(null),
                parameters.text("project").orElse(null),
                chosen,
                parameters.choice("reason", UncoveredReason.class).orElse(null),
                parameters.choice("decision", DecisionState.class).orElse(null),
                text(parameters),
                parameters.choice("sort", HireSort.class).orElse(HireSort.DUE),
                ascending(parameters, true));
    }

    private static Timeline timeline(String[] parts, Parameters parameters) {
        if (!parts[3].equals("timeline")) {
            throw new RefusedException(ProblemKind.NOT_FOUND);
        }
        return timeline(level(parts[1]), id(parts[2]), parameters);
    }

    /** Reads the bounds of a timeline. */
    static Timeline timeline(Level level, String id, Parameters parameters) {
        LocalDate from = parameters.day("from").orElse(null);
        LocalDate to = parameters.day("to").orElse(null);
        if (from != null && to != null && from.isAfter(to)) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        return new Timeline(level, id, from, to);
    }

    private static String text(Parameters parameters) {
        return parameters.text("q").orElse("").strip().toLowerCase(Locale.ROOT);
    }

    private static Set<String> ids(Parameters parameters) {
        return Stream.concat(
                        parameters.text("ids").stream().flatMap(all -> Arrays.stream(all.split(","))),
                        parameters.texts("id").stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean ascending(Parameters parameters, boolean preset) {
        return parameters
                .text("order")
                .map(order -> switch (order) {
                    case "asc" -> true;
                    case "desc" -> false;
                    default -> throw new RefusedException(ProblemKind.BAD_QUERY);
                })
                .orElse(preset);
    }

    private static int offset(Parameters parameters) {
        return parameters.number("offset", 0, 0, Integer.MAX_VALUE);
    }

    private static int limit(Parameters parameters) {
        return parameters.number("limit", 100, 1, MOST_ROWS);
    }

    /** Reads a level that stands in a query. */
    static Level levelOfQuery(String text) {
        Level level = Parameters.symbol(text, Level.class);
        if (!Board.LEVELS.contains(level)) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        return level;
    }

    private static Level level(String part) {
        return Board.LEVELS.stream()
                .filter(level -> Parameters.small(level).equals(part))
                .findFirst()
                .orElseThrow(() -> new RefusedException(ProblemKind.NOT_FOUND));
    }

    private static String id(String part) {
        String id = Parameters.decode(part);
        if (id.isEmpty() || id.length() > Parameters.LONGEST_VALUE || id.contains("/")) {
            throw new RefusedException(ProblemKind.NOT_FOUND);
        }
        return id;
    }

    /** All levels in small letters. */
    static List<String> levels() {
        return Board.LEVELS.stream().map(Parameters::small).toList();
    }
}
