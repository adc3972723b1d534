package id.cakupan.dashboard.view;

import id.cakupan.dashboard.board.Counts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered, as it stands in the JSON; the units are those of semantics. */
public final class Answers {
    private Answers() {}

    /** An id and its name. */
    public record Named(String id, String name) {}

    /** A group, its level in small letters, and its name. */
    public record GroupName(String level, String id, String name) {}

    /** Who looks. */
    public record Me(String name, String role, @Nullable String contractorId, boolean mayDecide, boolean maySilence) {}

    /**
     * The state of the dashboard.
     *
     * @param state live, stale or rebuilding
     * @param loaded how much of what was there at the start has been read, 0 to 1
     * @param behind how many events wait to be worked into the figures; null while it is not known
     */
    public record Status(
            String state,
            @Nullable LocalDate asOf,
            String zone,
            Instant serverTime,
            @Nullable Instant recordedThrough,
            @Nullable Instant updatedAt,
            @Nullable Instant pipelineSeenAt,
            double loaded,
            @Nullable Long behind,
            boolean historyReady,
            @Nullable LocalDate historyFrom,
            boolean simulated,
            boolean publicMode,
            List<Named> cities,
            Me me,
            boolean loginPossible,
            String version) {}

    /** What was promised. */
    public record TargetView(
            double ratio, LocalDate dueOn, @Nullable Long workersToTarget) {}

    /** Open alerts. */
    public record AlertsView(int dueSoon, int overdue, int escalated) {}

    /** Insurance of a project; status NONE when nothing is known. */
    public record InsuranceView(
            String status,
            @Nullable LocalDate effectiveFrom,
            @Nullable LocalDate effectiveTo,
            boolean inEffect) {}

    /**
     * Master data of a project.
     *
     * @param asKnownNow whether the figures beside it are of a fixed day, which the master data and the insurance are not
     */
    public record ProjectView(
            String districtCode,
            String districtName,
            String city,
            String contractorId,
            String contractorName,
            @Nullable String ownerName,
            String funding,
            @Nullable String contractNumber,
            @Nullable Long contractValue,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate maintenanceEndsOn,
            @Nullable Long declaredWorkers,
            InsuranceView insurance,
            boolean asKnownNow) {}

    /**
     * A group and its figures; counts are null where they are suppressed.
     *
     * @param cityTarget ratio of the target of its city, for groups without one of their own
     * @param coverage in public mode what is told of covered workers: SHOWN, FEW_UNCOVERED (fewer than twice the threshold),
     *     FEW_COVERED, HIDDEN; else null
     */
    public record RowView(
            String level,
            String id,
            String name,
            LocalDate asOf,
            @Nullable Long hires,
            @Nullable Long coveredHires,
            @Nullable Long overdueHires,
            @Nullable Long workers,
            @Nullable Long coveredWorkers,
            @Nullable Long coveredByGrace,
            @Nullable Long uncoveredWorkers,
            @Nullable Double ratio,
            @Nullable Long projects,
            @Nullable Long insuredProjects,
            @Nullable Long contractValue,
            @Nullable Long insuredContractValue,
            @Nullable Long workerDays30,
            @Nullable Long coveredWorkerDays30,
            @Nullable TargetView target,
            @Nullable Double cityTarget,
            @Nullable AlertsView alerts,
            boolean suppressed,
            @Nullable String coverage,
            @Nullable Instant recordedThrough,
            @Nullable Instant updatedAt,
            @Nullable ProjectView project) {}

    /**
     * Now minus then.
     *
     * @param basis REPORTED: then as it was reported; KNOWN: nothing was reported yet, so then as now known
     */
    public record ChangeView(
            LocalDate since,
            String basis,
            long workers,
            long coveredWorkers,
            @Nullable Double ratio) {}

    /**
     * The straight line from the baseline to the target.
     *
     * @param gapToday workers that are missing today, negative when there are more than planned
     * @param perWeek workers to cover each week until the target
     */
    public record PathView(
            @Nullable Double baselineRatio,
            @Nullable LocalDate baselineOn,
            double ratio,
            LocalDate dueOn,
            String source,
            @Nullable Double plannedRatioToday,
            @Nullable Long plannedWorkersToday,
            @Nullable Long gapToday,
            long workersToTarget,
            double weeksLeft,
            @Nullable Long perWeek) {}

    /** A figure from outside. */
    public record ReferenceView(
            String concept,
            String source,
            @Nullable Long participants,
            @Nullable Long workforce,
            @Nullable Double ratio,
            LocalDate validOn) {}

    /** Who holds a city back. */
    public record HeldBackBy(List<RowView> contractors, List<RowView> projects) {}

    /** A city. */
    public record Overview(
            RowView city,
            @Nullable ChangeView change7,
            @Nullable ChangeView change30,
            @Nullable PathView path,
            List<ReferenceView> references,
            List<RowView> fundings,
            List<RowView> districts,
            HeldBackBy heldBackBy,
            @Nullable RowView unassigned) {}

    /** A page of groups. */
    public record Groups(int total, int offset, List<RowView> rows, boolean partsDoNotAddUp, int suppressedRows) {}

    /** May the next term be paid? */
    public record Payment(
            String verdict,
            boolean insured,
            @Nullable LocalDate insuredSince,
            @Nullable LocalDate insuredTo,
            String status,
            boolean listComplete,
            long listedWorkers,
            long workers,
            @Nullable Long declaredWorkers,
            long uncoveredWorkers,
            long byGrace,
            int openAlerts,
            int overdue,
            List<String> reasons) {}

    /** A group. */
    public record Group(
            RowView row,
            List<GroupName> parents,
            @Nullable ChangeView change7,
            @Nullable ChangeView change30,
            @Nullable PathView path,
            @Nullable Payment payment) {}

    /** Counts that hold from a day on. */
    public record Point(
            LocalDate from,
            long hires,
            long coveredHires,
            long overdueHires,
            long workers,
            long coveredWorkers,
            long coveredByGrace,
            long projects,
            long insuredProjects,
            long contractValue,
            long insuredContractValue) {

        static Point of(LocalDate from, Counts counts) {
            return new Point(
                    from,
                    counts.hires(),
                    counts.coveredHires(),
                    counts.overdueHires(),
                    counts.workers(),
                    counts.coveredWorkers(),
                    counts.coveredByGrace(),
                    counts.projects(),
                    counts.insuredProjects(),
                    counts.contractValue(),
                    counts.insuredContractValue());
        }
    }

    /** Counts as they were reported from a day on; null where they are suppressed. */
    public record ReportedDay(
            LocalDate day,
            @Nullable Long workers,
            @Nullable Long coveredWorkers,
            @Nullable Long coveredByGrace,
            @Nullable Long overdueHires,
            @Nullable Long hires,
            @Nullable Long coveredHires,
            long projects,
            long insuredProjects,
            long contractValue,
            long insuredContractValue) {

        /** The same counts on another day. */
        ReportedDay withDay(LocalDate other) {
            return new ReportedDay(
                    other,
                    workers,
                    coveredWorkers,
                    coveredByGrace,
                    overdueHires,
                    hires,
                    coveredHires,
                    projects,
                    insuredProjects,
                    contractValue,
                    insuredContractValue);
        }
    }

    /** Person-days of a month, yyyy-mm. */
    public record Month(String month, long workerDays, long coveredWorkerDays) {}

    /** What is known to change on a day to come: differences to the day before. */
    public record ChangeAhead(LocalDate day, long workers, long coveredWorkers, long hires, long coveredHires) {}

    /** A group over time. */
    public record Timeline(
            LocalDate today,
            @Nullable LocalDate firstKnown,
            @Nullable LocalDate lastKnown,
            List<Point> points,
            List<ReportedDay> reported,
            @Nullable LocalDate reportedFrom,
            @Nullable LocalDate reportedTo,
            @Nullable PathView path,
            List<Month> months,
            List<ChangeAhead> changesAhead) {}

    /** A decision that is in force for a hire; note and by are null for those who may not know more of it. */
    public record DecisionOnHire(
            String id,
            String kind,
            String reason,
            @Nullable String note,
            @Nullable String by,
            Instant at,
            Instant until) {}

    /** An alert on a hire. */
    public record HireView(
            String key,
            String worker,
            @Nullable String hireId,
            Named project,
            Named contractor,
            @Nullable Named district,
            LocalDate startsOn,
            LocalDate dueOn,
            LocalDate uncoveredSince,
            LocalDate overdueSince,
            long daysSinceStart,
            long daysUncovered,
            long daysOverdue,
            String state,
            String reason,
            @Nullable String resolution,
            boolean backdated,
            LocalDate asOf,
            @Nullable DecisionOnHire decision) {}

    /** A page of alerts; the counts are of the open ones that pass all filters but that of the state. */
    public record Hires(int total, int offset, List<HireView> rows, AlertsView counts) {}

    /** What a decision is about. */
    public record Scope(
            @Nullable String key,
            @Nullable String worker,
            @Nullable Named project,
            @Nullable Named contractor,
            @Nullable Named district) {}

    /** A decision; mayEnd: whether the viewer may end it. */
    public record DecisionView(
            String id,
            String kind,
            Scope scope,
            String reason,
            @Nullable String note,
            String by,
            Instant at,
            Instant until,
            @Nullable Instant ended,
            boolean mayEnd) {}

    /** All decisions that the viewer may know of, the latest first. */
    public record Decisions(List<DecisionView> rows) {}

    /** A decision that was just taken. */
    public record Decided(DecisionView decision) {}
}
