package id.cakupan.dashboard.export;

import id.cakupan.dashboard.view.Answers.AlertsView;
import id.cakupan.dashboard.view.Answers.DecisionOnHire;
import id.cakupan.dashboard.view.Answers.HireView;
import id.cakupan.dashboard.view.Answers.Named;
import id.cakupan.dashboard.view.Answers.ProjectView;
import id.cakupan.dashboard.view.Answers.ReportedDay;
import id.cakupan.dashboard.view.Answers.RowView;
import id.cakupan.dashboard.view.Answers.TargetView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of the tables. */
final class Columns {
    private Columns() {}

    /** A point of a timeline, as now known or as reported. */
    record SeriesPoint(String series, ReportedDay point) {}

    static List<Column<RowView>> groups(Texts texts, boolean projects, boolean simulated) {
        List<Column<RowView>> columns = new ArrayList<>();
        columns.add(Column.text("id", RowView::id));
        columns.add(Column.text("name", texts::name));
        columns.add(Column.day("asOf", RowView::asOf));
        if (projects) {
            columns.addAll(projects(texts));
        }
        columns.add(Column.number("workers", RowView::workers));
        columns.add(Column.number("coveredWorkers", RowView::coveredWorkers));
        columns.add(Column.number("coveredByGrace", RowView::coveredByGrace));
        columns.add(Column.number("uncoveredWorkers", RowView::uncoveredWorkers));
        columns.add(Column.ratio("ratio", RowView::ratio));
        columns.add(Column.number("hires", RowView::hires));
        columns.add(Column.number("coveredHires", RowView::coveredHires));
        columns.add(Column.number("overdueHires", RowView::overdueHires));
        columns.add(Column.number("projects", RowView::projects));
        columns.add(Column.number("insuredProjects", RowView::insuredProjects));
        columns.add(Column.number("contractValue", RowView::contractValue));
        columns.add(Column.number("insuredContractValue", RowView::insuredContractValue));
        columns.add(Column.number("workerDays30", RowView::workerDays30));
        columns.add(Column.number("coveredWorkerDays30", RowView::coveredWorkerDays30));
        columns.add(Column.ratio("targetRatio", row -> of(row.target(), TargetView::ratio)));
        columns.add(Column.day("targetDueOn", row -> of(row.target(), TargetView::dueOn)));
        columns.add(Column.number("workersToTarget", row -> of(row.target(), TargetView::workersToTarget)));
        columns.add(Column.number("alertsDueSoon", row -> of(row.alerts(), AlertsView::dueSoon)));
        columns.add(Column.number("alertsOverdue", row -> of(row.alerts(), AlertsView::overdue)));
        columns.add(Column.number("alertsEscalated", row -> of(row.alerts(), AlertsView::escalated)));
        columns.add(Column.text("suppressed", row -> row.suppressed() ? texts.get("yes") : null));
        columns.add(Column.instant("recordedThrough", RowView::recordedThrough));
        return marked(columns, texts, simulated);
    }

    private static List<Column<RowView>> projects(Texts texts) {
        return List.of(
                Column.text("districtName", row -> of(row.project(), ProjectView::districtName)),
                Column.text("contractorId", row -> of(row.project(), ProjectView::contractorId)),
                Column.text("contractorName", row -> of(row.project(), ProjectView::contractorName)),
                Column.text("ownerName", row -> of(row.project(), ProjectView::ownerName)),
                Column.text("funding", row -> of(row.project(), project -> texts.symbol("funding", project.funding()))),
                Column.text("contractNumber", row -> of(row.project(), ProjectView::contractNumber)),
                Column.day("startsOn", row -> of(row.project(), ProjectView::startsOn)),
                Column.day("endsOn", row -> of(row.project(), ProjectView::endsOn)),
                Column.number("declaredWorkers", row -> of(row.project(), ProjectView::declaredWorkers)),
                Column.text(
                        "insurance",
                        row -> of(
                                row.project(),
                                project -> texts.symbol(
                                        "insurance", project.insurance().status()))),
                Column.day(
                        "effectiveFrom",
                        row -> of(row.project(), project -> project.insurance().effectiveFrom())),
                Column.day(
                        "effectiveTo",
                        row -> of(row.project(), project -> project.insurance().effectiveTo())));
    }

    static List<Column<HireView>> hires(Texts texts, boolean simulated) {
        List<Column<HireView>> columns = new ArrayList<>(List.of(
                Column.text("worker", HireView::worker),
                Column.text("hireId", HireView::hireId),
                Column.text("projectId", hire -> hire.project().id()),
                Column.text("projectName", hire -> hire.project().name()),
                Column.text("contractorId", hire -> hire.contractor().id()),
                Column.text("contractorName", hire -> hire.contractor().name()),
                Column.text("districtName", hire -> of(hire.district(), Named::name)),
                Column.day("startsOn", HireView::startsOn),
                Column.day("dueOn", HireView::dueOn),
                Column.day("uncoveredSince", HireView::uncoveredSince),
                Column.number("daysSinceStart", HireView::daysSinceStart),
                Column.number("daysUncovered", HireView::daysUncovered),
                Column.number("daysOverdue", HireView::daysOverdue),
                Column.text("state", hire -> texts.symbol("state", hire.state())),
                Column.text("reason", hire -> texts.symbol("reason", hire.reason())),
                Column.text("resolution", hire -> of(hire.resolution(), symbol -> texts.symbol("resolution", symbol))),
                Column.text("backdated", hire -> texts.get(hire.backdated() ? "yes" : "no")),
                Column.text(
                        "decision", hire -> of(hire.decision(), decision -> texts.symbol("decision", decision.kind()))),
                Column.text(
                        "decisionReason",
                        hire -> of(hire.decision(), decision -> texts.symbol("decisionReason", decision.reason()))),
                Column.text("decisionNote", hire -> of(hire.decision(), DecisionOnHire::note)),
                Column.text("decisionBy", hire -> of(hire.decision(), DecisionOnHire::by)),
                Column.day("asOf", HireView::asOf)));
        return marked(columns, texts, simulated);
    }

    static List<Column<SeriesPoint>> timeline(Texts texts, boolean simulated) {
        List<Column<SeriesPoint>> columns = new ArrayList<>(List.of(
                Column.text("series", point -> texts.symbol("series", point.series())),
                Column.day("from", point -> point.point().day()),
                Column.number("workers", point -> point.point().workers()),
                Column.number("coveredWorkers", point -> point.point().coveredWorkers()),
                Column.number("coveredByGrace", point -> point.point().coveredByGrace()),
                Column.number("hires", point -> point.point().hires()),
                Column.number("coveredHires", point -> point.point().coveredHires()),
                Column.number("overdueHires", point -> point.point().overdueHires()),
                Column.number("projects", point -> point.point().projects()),
                Column.number("insuredProjects", point -> point.point().insuredProjects()),
                Column.number("contractValue", point -> point.point().contractValue()),
                Column.number("insuredContractValue", point -> point.point().insuredContractValue())));
        return marked(columns, texts, simulated);
    }

    private static <R> List<Column<R>> marked(List<Column<R>> columns, Texts texts, boolean simulated) {
        if (simulated) {
            columns.add(Column.text("data", row -> texts.get("simulated")));
        }
        return List.copyOf(columns);
    }

    private static <T, V> @Nullable V of(@Nullable T part, Function<T, @Nullable V> value) {
        return part == null ? null : value.apply(part);
    }
}
