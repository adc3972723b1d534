package id.cakupan.dashboard.export;

import id.cakupan.dashboard.view.Answers.HireView;
import id.cakupan.dashboard.view.Answers.RowView;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A letter to a contractor with its hires without cover, as a page to print. All that came from outside is escaped. */
record Letter(Texts texts, Language language, String stylesheet) {
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
        page.append("<p class=\"date\">").append(day(today)).append("</p>\n");
        page.append("<p class=\"to\">")
                .append(text("letter.to"))
                .append("<br>\n<strong>")
                .append(SafeText.html(contractor.name()))
                .append("</strong><br>\n")
                .append(SafeText.html(contractor.id()))
                .append("</p>\n<h1>")
                .append(text("letter.title"))
                .append("</h1>\n<p>")
                .append(text("letter.greeting"))
                .append("</p>\n<p>")
                .append(text(hires.isEmpty() ? "letter.none" : "letter.body")
                        .replace("{count}", String.valueOf(hires.size()))
                        .replace("{day}", day(figuresOf)))
                .append("</p>\n");
        if (!hires.isEmpty()) {
            table(page, hires);
        }
        page.append("<p>")
                .append(text("letter.closing"))
                .append("</p>\n<p class=\"signature\">")
                .append(text("letter.signature"))
                .append("</p>\n<p class=\"note\">")
                .append(text("letter.note"))
                .append("</p>\n</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private void table(StringBuilder page, List<HireView> hires) {
        page.append("<table>\n<thead>\n<tr>");
        for (String key : List.of(
                "letter.number",
                "worker",
                "hireId",
                "projectName",
                "startsOn",
                "dueOn",
                "daysUncovered",
                "state",
                "reason")) {
            page.append("<th scope=\"col\">").append(text(key)).append("</th>");
        }
        page.append("</tr>\n</thead>\n<tbody>\n");
        int number = 1;
        for (HireView hire : hires) {
            page.append("<tr>");
            cell(page, String.valueOf(number++));
            cell(page, hire.worker());
            cell(page, hire.hireId() == null ? "" : hire.hireId());
            cell(page, hire.project().name());
            cell(page, day(hire.startsOn()));
            cell(page, day(hire.dueOn()));
            cell(page, String.valueOf(hire.daysUncovered()));
            cell(page, texts.symbol("state", hire.state()));
            cell(page, texts.symbol("reason", hire.reason()));
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private static void cell(StringBuilder page, String text) {
        page.append("<td>").append(SafeText.html(text)).append("</td>");
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
