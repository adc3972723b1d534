package id.cakupan.dashboard.view;

import cakupan.records.Level;
import id.cakupan.dashboard.board.AlertCounts;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Counts;
import id.cakupan.dashboard.board.Insurance;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.board.Row;
import id.cakupan.dashboard.board.Target;
import id.cakupan.dashboard.view.Answers.AlertsView;
import id.cakupan.dashboard.view.Answers.InsuranceView;
import id.cakupan.dashboard.view.Answers.ProjectView;
import id.cakupan.dashboard.view.Answers.RowView;
import id.cakupan.dashboard.view.Answers.TargetView;
import org.jspecify.annotations.Nullable;

/** Rows as they are answered. */
final class RowViews {
    private final Board board;

    RowViews(Board board) {
        this.board = board;
    }

    RowView view(Row row) {
        Counts counts = row.counts();
        return new RowView(
                Parameters.small(row.level()),
                row.id(),
                row.title(),
                row.asOf(),
                counts.hires(),
                counts.coveredHires(),
                counts.overdueHires(),
                counts.workers(),
                counts.coveredWorkers(),
                counts.coveredByGrace(),
                counts.uncoveredWorkers(),
                row.ratio(),
                counts.projects(),
                counts.insuredProjects(),
                counts.contractValue(),
                counts.insuredContractValue(),
                row.workerDays30(),
                row.coveredWorkerDays30(),
                target(row.target(), counts),
                alerts(row.alerts()),
                false,
                row.recordedThrough(),
                row.updatedAt(),
                project(row));
    }

    private static @Nullable TargetView target(@Nullable Target target, Counts counts) {
        return target == null ? null : new TargetView(target.ratio(), target.dueOn(), target.workersToTarget(counts));
    }

    private static @Nullable AlertsView alerts(@Nullable AlertCounts alerts) {
        return alerts == null ? null : new AlertsView(alerts.dueSoon(), alerts.overdue(), alerts.escalated());
    }

    private @Nullable ProjectView project(Row row) {
        Project project = row.project();
        if (project == null) {
            return null;
        }
        return new ProjectView(
                project.districtCode(),
                name(Level.DISTRICT, project.districtCode()),
                project.city(),
                project.contractorId(),
                project.contractorName(),
                project.ownerName(),
                project.funding(),
                project.contractNumber(),
                project.contractValue(),
                project.startsOn(),
                project.endsOn(),
                project.maintenanceEndsOn(),
                project.declaredWorkers(),
                insurance(row));
    }

    static InsuranceView insurance(Row row) {
        Insurance insurance = row.insurance();
        return insurance == null
                ? new InsuranceView("NONE", null, null, false)
                : new InsuranceView(
                        insurance.status().name(),
                        insurance.effectiveFrom(),
                        insurance.effectiveTo(),
                        insurance.isInEffect(row.asOf()));
    }

    /** Name of a group; its id when it has none. */
    String name(Level level, String id) {
        return level == Level.CONTRACTOR
                ? board.contractorName(id)
                : board.row(level, id)
                        .map(Row::title)
                        .orElseGet(() -> level == Level.PROJECT
                                ? board.project(id).map(Project::name).orElse(id)
                                : id);
    }
}
