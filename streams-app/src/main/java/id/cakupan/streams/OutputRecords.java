package id.cakupan.streams;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.FigureTarget;
import cakupan.records.Level;
import cakupan.records.Resolution;
import cakupan.records.TimelinePoint;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import id.cakupan.coverage.Alert;
import id.cakupan.coverage.Count;
import id.cakupan.coverage.Coverage;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Group;
import id.cakupan.coverage.GroupTimeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the published records. */
final class OutputRecords {
    private OutputRecords() {}

    /**
     * The figure of a group on a day.
     *
     * @param recordedThrough microseconds; {@link Long#MIN_VALUE} when nothing is left behind the figure
     */
    static CoverageFigure figure(
            Group group,
            @Nullable String name,
            GroupTimeline timeline,
            int day,
            @Nullable Target target,
            long recordedThrough,
            Instant now) {
        long workers = timeline.on(day, Count.WORKERS);
        long coveredWorkers = timeline.on(day, Count.COVERED_WORKERS);
        OptionalDouble ratio = Coverage.ratio(coveredWorkers, workers);
        CoverageFigure figure = new CoverageFigure();
        figure.setLevel(Level.valueOf(group.level().name()));
        figure.setId(group.id());
        figure.setName(name);
        figure.setAsOf(Days.date(day));
        figure.setHires(timeline.on(day, Count.HIRES));
        figure.setCoveredHires(timeline.on(day, Count.COVERED_HIRES));
        figure.setOverdueHires(timeline.on(day, Count.OVERDUE_HIRES));
        figure.setWorkers(workers);
        figure.setCoveredWorkers(coveredWorkers);
        figure.setCoveredByGrace(timeline.on(day, Count.COVERED_BY_GRACE));
        figure.setRatio(ratio.isPresent() ? ratio.getAsDouble() : null);
        figure.setWorkerDays30(Coverage.days30(timeline, day, Count.WORKERS));
        figure.setCoveredWorkerDays30(Coverage.days30(timeline, day, Count.COVERED_WORKERS));
        figure.setProjects(timeline.on(day, Count.PROJECTS));
        figure.setInsuredProjects(timeline.on(day, Count.INSURED_PROJECTS));
        figure.setContractValue(timeline.on(day, Count.CONTRACT_VALUE));
        figure.setInsuredContractValue(timeline.on(day, Count.INSURED_CONTRACT_VALUE));
        if (target != null) {
            figure.setTarget(new FigureTarget(
                    target.ratio(),
                    Days.date(target.dueOn()),
                    Coverage.workersToTarget(target.ratio(), workers, coveredWorkers)));
        }
        figure.setRecordedThrough(
                recordedThrough == Long.MIN_VALUE ? null : Instant.EPOCH.plus(recordedThrough, ChronoUnit.MICROS));
        figure.setUpdatedAt(now.truncatedTo(ChronoUnit.MICROS));
        return figure;
    }

    static CoverageTimeline timeline(Group group, GroupTimeline timeline) {
        List<TimelinePoint> points = new ArrayList<>(timeline.size());
        for (int i = 0; i < timeline.size(); i++) {
            TimelinePoint point = new TimelinePoint();
            point.setFrom(Days.date(timeline.from(i)));
            point.setHires(timeline.count(i, Count.HIRES));
            point.setCoveredHires(timeline.count(i, Count.COVERED_HIRES));
            point.setOverdueHires(timeline.count(i, Count.OVERDUE_HIRES));
            point.setWorkers(timeline.count(i, Count.WORKERS));
            point.setCoveredWorkers(timeline.count(i, Count.COVERED_WORKERS));
            point.setCoveredByGrace(timeline.count(i, Count.COVERED_BY_GRACE));
            point.setProjects(timeline.count(i, Count.PROJECTS));
            point.setInsuredProjects(timeline.count(i, Count.INSURED_PROJECTS));
            point.setContractValue(timeline.count(i, Count.CONTRACT_VALUE));
            point.setInsuredContractValue(timeline.count(i, Count.INSURED_CONTRACT_VALUE));
            points.add(point);
        }
        return new CoverageTimeline(Level.valueOf(group.level().name()), group.id(), points);
    }

    /** The alert that a published record stands for. */
    static PublishedAlert alert(UncoveredHire hire) {
        Resolution resolution = hire.getResolution();
        Alert alert = new Alert(
                hire.getHireId(),
                hire.getProjectId(),
                hire.getContractorId(),
                hire.getDistrictCode(),
                Days.day(hire.getStartsOn()),
                Days.day(hire.getDueOn()),
                Days.day(hire.getUncoveredSince()),
                Days.day(hire.getOverdueSince()),
                Alert.State.valueOf(hire.getState().name()),
                id.cakupan.coverage.UncoveredReason.valueOf(hire.getReason().name()),
                resolution == null ? null : Alert.Resolution.valueOf(resolution.name()),
                hire.getBackdated());
        return new PublishedAlert(alert, hire.getCurrentWorkerId());
    }

    static UncoveredHire uncoveredHire(String workerId, PublishedAlert published, int today) {
        Alert alert = published.alert();
        UncoveredHire hire = new UncoveredHire();
        hire.setHireId(alert.hireId());
        hire.setWorkerId(workerId);
        hire.setProjectId(alert.projectId());
        hire.setContractorId(alert.contractorId());
        hire.setDistrictCode(alert.districtCode());
        hire.setStartsOn(Days.date(alert.startsOn()));
        hire.setDueOn(Days.date(alert.dueOn()));
        hire.setUncoveredSince(Days.date(alert.uncoveredSince()));
        hire.setOverdueSince(Days.date(alert.overdueSince()));
        hire.setState(AlertState.valueOf(alert.state().name()));
        hire.setReason(UncoveredReason.valueOf(alert.reason().name()));
        Alert.Resolution resolution = alert.resolution();
        hire.setResolution(resolution == null ? null : Resolution.valueOf(resolution.name()));
        hire.setBackdated(alert.backdated());
        hire.setAsOf(Days.date(today));
        hire.setCurrentWorkerId(published.currentWorkerId());
        return hire;
    }
}
