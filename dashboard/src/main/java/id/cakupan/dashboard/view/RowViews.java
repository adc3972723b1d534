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
import id.cakupan.dashboard.view.Answers.GroupName;
import id.cakupan.dashboard.view.Answers.InsuranceView;
import id.cakupan.dashboard.view.Answers.ProjectView;
import id.cakupan.dashboard.view.Answers.RowView;
import id.cakupan.dashboard.view.Answers.TargetView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
                cityTarget(row),
                alerts(row.alerts()),
                false,
                null,
                row.recordedThrough(),
                row.updatedAt(),
                project(row));
    }

    /** Ratio of the target of the one city that a group belongs to; null when it has a target of its own. */
    @Nullable
    Double cityTarget(Row row) {
        return row.target() != null || row.level() == Level.CITY
                ? null
                : city(row)
                        .flatMap(city -> board.row(Level.CITY, city))
                        .map(city -> Optional.ofNullable(city.target()))
                        .flatMap(target -> target)
                        .map(Target::ratio)
                        .orElse(null);
    }

    private static Optional<String> city(Row row) {
        if (row.level() == Level.DISTRICT) {
            return Optional.of(Project.cityOf(row.id()));
        }
        Set<String> fundings = row.level() == Level.FUNDING ? Set.of(Row.funding(row.id())) : row.tags();
        Set<String> cities = fundings.stream()
                .filter(tag -> tag.startsWith(Row.funding("")) && tag.indexOf(':') < tag.lastIndexOf(':'))
                .map(tag -> tag.substring(Row.funding("").length(), tag.lastIndexOf(':')))
                .collect(Collectors.toSet());
        return cities.size() == 1 ? cities.stream().findFirst() : Optional.empty();
    }

    private static @Nullable TargetView target(@Nullable Target target, Counts counts) {
        return target == null ? null : new TargetView(target.ratio(), target.dueOn(), target.workersToTarget(counts));
    }

    private static @Nullable AlertsView alerts(@Nullable AlertCounts alerts) {
        return alerts == null ? null : new AlertsView(alerts.dueSoon(), alerts.overdue(), alerts.escalated());
    }

    private @Nullable ProjectView project(Row row) {
        Project project = row.project();
        return project(row, project == null ? null : project.declaredWorkers());
    }

    /** Master data without the workers that the contractor declared, which are no procurement data. */
    @Nullable
    ProjectView publicProject(Row row) {
        return project(row, null);
    }

    private @Nullable ProjectView project(Row row, @Nullable Long declaredWorkers) {
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
                declaredWorkers,
                insurance(row),
                row.updatedAt() == null);
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

    /** What a group belongs to. */
    List<GroupName> parents(Row row) {
        Project project = row.project();
        return switch (row.level()) {
            case PROJECT ->
                project == null
                        ? List.of()
                        : List.of(
                                parent(Level.CITY, project.city()),
                                parent(Level.DISTRICT, project.districtCode()),
                                parent(Level.CONTRACTOR, project.contractorId()));
            case DISTRICT -> parentCity(Project.cityOf(row.id()), row);
            case FUNDING ->
                parentCity(row.id().substring(0, Math.max(0, row.id().indexOf(':'))), row);
            case CONTRACTOR, CITY, UNKNOWN -> List.of();
        };
    }

    private List<GroupName> parentCity(String city, Row row) {
        return city.isEmpty() || row.id().equals(Row.UNASSIGNED) ? List.of() : List.of(parent(Level.CITY, city));
    }

    private GroupName parent(Level level, String id) {
        return new GroupName(Parameters.small(level), id, name(level, id));
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
