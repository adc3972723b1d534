package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotifiedAlert;
import id.cakupan.dashboard.export.SafeText;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Language;
import id.cakupan.notify.Routing.Receiver;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a mail, as text and as HTML. Whatever comes from an event (names, ids) is cut, freed of control characters and,
 * in HTML, escaped.
 *
 * @param subject one line without control characters
 */
record MailText(String subject, String text, String html) {
    /** Most hires that a mail lists. */
    static final int MOST_LINES = 200;

    private static final int MOST_CHARACTERS = 120;

    /** Most characters of a name in a subject, so that the number behind it is seen. */
    private static final int MOST_IN_SUBJECT = 40;

    private static final String UNASSIGNED = "UNASSIGNED";

    private record Line(Alert alert, Optional<AlertDecision> decision) {}

    /** What is told, in no language yet. */
    private record Content(
            Notification notification,
            Receiver receiver,
            List<Line> lines,
            int total,
            Map<AlertState, Integer> counts,
            LocalDate today,
            World world,
            Links links,
            ZoneId zone) {}

    /** The mail of a notification, from what the world says now; empty when nothing is left to tell. */
    static Optional<MailText> of(
            Notification notification, Receiver receiver, World world, Links links, ZoneId zone, Instant now) {
        List<Line> lines = new ArrayList<>();
        Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
        for (NotifiedAlert told : notification.getAlerts()) {
            Optional<Alert> found =
                    world.alert(told.getAlertKey()).filter(Alert::isOpen).filter(receiver::maySee);
            if (found.isEmpty()) {
                continue;
            }
            Alert alert = found.get();
            Optional<AlertDecision> decision = world.decision(alert, now);
            boolean held = notification.getKind() == NotificationKind.ESCALATION
                    ? decision.isPresent()
                    : Planner.isSilenced(decision);
            if (!held) {
                lines.add(new Line(alert, decision));
                counts.merge(alert.state(), 1, Integer::sum);
            }
        }
        boolean ofSource = notification.getSource() != null;
        if (lines.isEmpty() && !ofSource) {
            return Optional.empty();
        }
        int beyond = notification.getTotal() - notification.getAlerts().size();
        Content content = new Content(
                notification,
                receiver,
                lines,
                lines.size() + Math.max(0, beyond),
                counts,
                now.atZone(zone).toLocalDate(),
                world,
                links,
                zone);
        List<Words> languages = languages(((Email) receiver.target()).language());
        return Optional.of(new MailText(
                inAll(languages, " / ", words -> subject(content, words)),
                inAll(languages, "\n\n" + "=".repeat(72) + "\n\n", words -> text(content, words)) + "\n",
                html(content, languages)));
    }

    private static List<Words> languages(Language language) {
        return switch (language) {
            case ID -> List.of(Words.INDONESIAN);
            case EN -> List.of(Words.ENGLISH);
            case BOTH -> List.of(Words.INDONESIAN, Words.ENGLISH);
        };
    }

    private static String inAll(List<Words> languages, String between, Function<Words, String> write) {
        return languages.stream().map(write).collect(Collectors.joining(between));
    }

    private static String subject(Content content, Words words) {
        Notification notification = content.notification();
        String kind = "subject." + notification.getKind().name();
        if (notification.getSource() != null) {
            return words.get(kind, "source", clean(notification.getSource()));
        }
        String whose = content.receiver().contractor() == null
                ? ""
                : clean(
                                content.world()
                                        .name(
                                                Level.CONTRACTOR,
                                                content.receiver().contractor()),
                                MOST_IN_SUBJECT)
                        + ": ";
        return whose + words.get(kind, "n", words.number(content.total()), "day", words.day(content.today()));
    }

    // Text

    private static String text(Content content, Words words) {
        StringBuilder out = new StringBuilder();
        for (String paragraph : opening(content, words)) {
            out.append(paragraph).append("\n\n");
        }
        int number = 0;
        String linked = "";
        for (Line line : shown(content)) {
            number++;
            out.append(number).append(". ").append(heading(content, line)).append('\n');
            fields(content, line, words).stream()
                    .filter(field -> !field.value().isEmpty())
                    .forEach(field -> out.append("   ")
                            .append(field.label())
                            .append(": ")
                            .append(field.value())
                            .append('\n'));
            Optional<String> page = content.links().project(line.alert().project());
            if (page.isPresent() && !page.get().equals(linked)) {
                linked = page.get();
                out.append("   ").append(linked).append('\n');
            }
            out.append('\n');
        }
        for (String paragraph : closing(content, words)) {
            out.append(paragraph).append("\n\n");
        }
        link(content, words)
                .ifPresent(url ->
                        out.append(words.get("link")).append(": ").append(url).append("\n\n"));
        return out.append(words.get(footer(content))).toString();
    }

    private static String heading(Content content, Line line) {
        return clean(content.world().name(Level.PROJECT, line.alert().project()));
    }

    /**
     * @param link address that the value leads to in HTML; null = none
     */
    private record Field(
            String label, String value, @Nullable String link) {
        Field(String label, String value) {
            this(label, value, null);
        }

        String html() {
            return link == null
                    ? SafeText.html(value)
                    : "<a href=\"" + SafeText.html(link) + "\">" + SafeText.html(value) + "</a>";
        }
    }

    private static List<Field> fields(Content content, Line line, Words words) {
        Alert alert = line.alert();
        String district = alert.district() == null ? UNASSIGNED : alert.district();
        List<Field> fields = new ArrayList<>();
        if (content.receiver().contractor() == null) {
            fields.add(new Field(
                    words.get("contractor"), clean(content.world().name(Level.CONTRACTOR, alert.contractor()))));
        }
        fields.add(new Field(
                words.get("district"),
                alert.district() == null
                        ? words.get("unassigned")
                        : clean(content.world().name(Level.DISTRICT, district))));
        fields.add(new Field(words.get("hire"), clean(alert.hireId())));
        fields.add(new Field(words.get("worker"), clean(alert.maskedWorker())));
        fields.add(
                new Field(words.get("state"), words.get("state." + alert.state().name())));
        fields.add(new Field(words.get("starts"), words.day(alert.startsOn())));
        fields.add(new Field(words.get("due"), words.day(alert.dueOn())));
        fields.add(new Field(
                words.get("overdue"),
                alert.state() == AlertState.DUE_SOON
                        ? ""
                        : words.get("days", "n", words.number(alert.daysOverdue(content.today())))));
        fields.add(new Field(
                words.get("reason"), words.get("reason." + alert.reason().name())));
        fields.add(new Field(
                words.get("decision"),
                line.decision()
                        .filter(decision -> decision.getKind() == DecisionKind.ACKNOWLEDGED)
                        .map(decision -> words.get(
                                "acknowledged",
                                "day",
                                words.day(decision.getExpiresAt()
                                        .minusMillis(1)
                                        .atZone(content.zone())
                                        .toLocalDate())))
                        .orElse("")));
        return fields;
    }

    private static List<Line> shown(Content content) {
        return content.lines().subList(0, Math.min(MOST_LINES, content.lines().size()));
    }

    private static List<String> opening(Content content, Words words) {
        Notification notification = content.notification();
        if (notification.getSource() != null) {
            Instant last = notification.getLastEventAt();
            return List.of(words.get(
                    "opening." + notification.getKind().name() + (last == null ? ".unknown" : ""),
                    "source",
                    clean(notification.getSource()),
                    "time",
                    last == null ? "" : words.time(last.atZone(content.zone()))));
        }
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(words.get(
                "opening." + notification.getKind().name(),
                "n",
                words.number(content.total()),
                "day",
                words.day(content.today())));
        paragraphs.add(Routing.openStates().stream()
                .filter(content.counts()::containsKey)
                .map(state -> words.get(
                        "count." + state.name(),
                        "n",
                        words.number(Objects.requireNonNull(content.counts().get(state)))))
                .collect(Collectors.joining(", ")));
        paragraphs.add(words.get(content.receiver().contractor() == null ? "todo" : "todo.own"));
        return paragraphs;
    }

    private static List<String> closing(Content content, Words words) {
        int more = content.total() - shown(content).size();
        return more > 0 ? List.of(words.get("more", "n", words.number(more))) : List.of();
    }

    private static Optional<String> link(Content content, Words words) {
        if (content.notification().getSource() != null) {
            return Optional.empty();
        }
        return content.links().hires(content.receiver().contractor(), words.code());
    }

    private static String footer(Content content) {
        return content.notification().getSource() == null ? "footer" : "footer.source";
    }

    // HTML

    private static String html(Content content, List<Words> languages) {
        String body = inAll(languages, "<hr>\n", words -> section(content, words));
        return "<!doctype html>\n<html lang=\"" + languages.get(0).code()
                + "\">\n<head><meta charset=\"utf-8\"><title>"
                + SafeText.html(subject(content, languages.get(0)))
                + "</title></head>\n<body style=\"font-family:sans-serif;color:#1b1b1b;background:#ffffff\">\n"
                + body + "</body>\n</html>\n";
    }

    private static String section(Content content, Words words) {
        StringBuilder out =
                new StringBuilder("<div lang=\"").append(words.code()).append("\">\n");
        opening(content, words)
                .forEach(text -> out.append("<p>").append(SafeText.html(text)).append("</p>\n"));
        if (!content.lines().isEmpty()) {
            table(content, words, out);
        }
        closing(content, words)
                .forEach(text -> out.append("<p>").append(SafeText.html(text)).append("</p>\n"));
        link(content, words)
                .ifPresent(url -> out.append("<p><a href=\"")
                        .append(SafeText.html(url))
                        .append("\">")
                        .append(SafeText.html(words.get("link")))
                        .append("</a></p>\n"));
        return out.append("<p style=\"font-size:smaller\">")
                .append(SafeText.html(words.get(footer(content))))
                .append("</p>\n</div>\n")
                .toString();
    }

    /** One row a hire, with the fields as columns; a column in which nothing stands is left out. */
    private static void table(Content content, Words words, StringBuilder out) {
        List<List<Field>> rows = shown(content).stream()
                .map(line -> {
                    List<Field> fields = new ArrayList<>();
                    fields.add(new Field(
                            words.get("project"),
                            heading(content, line),
                            content.links().project(line.alert().project()).orElse(null)));
                    fields.addAll(fields(content, line, words));
                    return fields;
                })
                .toList();
        List<Integer> columns = IntStream.range(0, rows.get(0).size())
                .filter(column ->
                        rows.stream().anyMatch(row -> !row.get(column).value().isEmpty()))
                .boxed()
                .toList();
        out.append("<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<tr>");
        for (int column : columns) {
            out.append("<th scope=\"col\" align=\"left\">")
                    .append(SafeText.html(rows.get(0).get(column).label()))
                    .append("</th>");
        }
        out.append("</tr>\n");
        for (List<Field> row : rows) {
            out.append("<tr>");
            columns.forEach(
                    column -> out.append("<td>").append(row.get(column).html()).append("</td>"));
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    /** Without control and formatting characters, in one line and not too long. */
    static String clean(String text) {
        return clean(text, MOST_CHARACTERS);
    }

    private static String clean(String text, int most) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.codePointCount(0, plain.length()) <= most
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, most - 1)) + "…";
    }
}
