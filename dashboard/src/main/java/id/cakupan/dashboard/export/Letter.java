package id.cakupan.dashboard.export;

import id.cakupan.dashboard.view.Answers.HireView;
import id.cakupan.dashboard.view.Answers.Named;
import id.cakupan.dashboard.view.Answers.RowView;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A letter to a contractor with its hires without cover by project, as a page to print. All that came from outside is escaped. */
record Letter(Texts texts, Language language, String stylesheet) {
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    /** Columns of the tables, and what they are to the style. */
    private static final Map<String, String> COLUMNS = columns();

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("hireId", "id");
        columns.put("worker", "worker");
        columns.put("startsOn", "day");
        columns.put("dueOn", "day");
        columns.put("daysUncovered", "number");
        columns.put("state", "state");
        columns.put("reason", "reason");
        return Collections.unmodifiableMap(columns);
    }

    String write(RowView contractor, List<HireView> hires, LocalDate today, LocalDate figuresOf, boolean simulated) {
        StringBuilder page = new StringBuilder(4_096);
        page.append("<!doctype html>\n<html lang=\"")
                .append(language.name().toLowerCase(Locale.ROOT))
                .append(
                        "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<meta name=\"robots\" content=\"noindex\">\n<title>")
                .append(text("letter.title"))
                .append("</title>\n<link rel=\"stylesheet\" href=\"")
                .append(SafeText.html(stylesheet))
                .append("\">\n</head>\n<body>\n<main>\n");
        if (simulated) {
            page.append("<p class=\"simulated\">").append(text("simulated")).append("</p>\n");
        }
        page.append("<p class=\"sender\">").append(text("letter.sender")).append("</p>\n");
        page.append("<p class=\"date\">").append(day(today)).append("</p>\n");
        page.append("<dl class=\"about\">\n<dt>")
                .append(text("letter.number"))
                .append("</dt><dd>")
                .append(text("letter.blank"))
                .append("</dd>\n<dt>")
                .append(text("letter.subject"))
                .append("</dt><dd><h1>")
                .append(text("letter.title"))
                .append("</h1></dd>\n</dl>\n");
        page.append("<p class=\"to\">")
                .append(text("letter.to"))
                .append("<br>\n<strong>")
                .append(SafeText.html(contractor.name()))
                .append("</strong><br>\n")
                .append(SafeText.html(contractor.id()))
                .append("</p>\n<p>")
                .append(text("letter.greeting"))
                .append("</p>\n<p>")
                .append(text(hires.isEmpty() ? "letter.none" : "letter.body")
                        .replace("{count}", String.valueOf(hires.size()))
                        .replace("{day}", day(figuresOf)))
                .append("</p>\n");
        Map<Named, List<HireView>> byProject = new LinkedHashMap<>();
        hires.forEach(hire -> byProject
                .computeIfAbsent(hire.project(), project -> new ArrayList<>())
                .add(hire));
        byProject.forEach((project, own) -> table(page, project, own));
        page.append("<p>")
                .append(text("letter.closing"))
                .append("</p>\n<p class=\"signature\">")
                .append(text("letter.signature"))
                .append("</p>\n<p class=\"note\">")
                .append(text("letter.note"))
                .append("</p>\n</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private void table(StringBuilder page, Named project, List<HireView> hires) {
        page.append("<h2>")
                .append(SafeText.html(project.name()))
                .append(" <span class=\"id\">")
                .append(SafeText.html(project.id()))
                .append("</span></h2>\n<table>\n<thead>\n<tr>");
        COLUMNS.forEach((key, kind) -> page.append("<th scope=\"col\" class=\"")
                .append(kind)
                .append("\">")
                .append(text(key))
                .append("</th>"));
        page.append("</tr>\n</thead>\n<tbody>\n");
        for (HireView hire : hires) {
            page.append("<tr>");
            cell(page, "hireId", hire.hireId() == null ? "" : hire.hireId());
            cell(page, "worker", hire.worker());
            cell(page, "startsOn", shortDay(hire.startsOn()));
            cell(page, "dueOn", shortDay(hire.dueOn()));
            cell(page, "daysUncovered", String.valueOf(hire.daysUncovered()));
            cell(page, "state", texts.symbol("state", hire.state()));
            cell(page, "reason", texts.symbol("reason", hire.reason()));
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private static void cell(StringBuilder page, String key, String text) {
        page.append("<td class=\"")
                .append(COLUMNS.get(key))
                .append("\">")
                .append(SafeText.html(text))
                .append("</td>");
    }

    private static String shortDay(LocalDate day) {
        return SHORT_DAY.format(day);
    }

    private String text(String key) {
        return SafeText.html(texts.get(key));
    }

    private String day(LocalDate day) {
        return SafeText.html(DateTimeFormatter.ofPattern(
                        "d MMMM yyyy", language == Language.ID ? Locale.forLanguageTag("id-ID") : Locale.UK)
                .format(day));
    }
}
