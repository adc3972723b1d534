package id.cakupan.dashboard.board;

import cakupan.records.CoverageFigure;
import cakupan.records.TimelinePoint;

/** The counts of a group on a day, as in semantics; persons, hires, projects and whole rupiah. */
public record Counts(
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

    /** Of a group with nothing in it. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of a figure. */
    public static Counts of(CoverageFigure figure) {
        return new Counts(
                figure.getHires(),
                figure.getCoveredHires(),
                figure.getOverdueHires(),
                figure.getWorkers(),
                figure.getCoveredWorkers(),
                figure.getCoveredByGrace(),
                figure.getProjects(),
                figure.getInsuredProjects(),
                figure.getContractValue(),
                figure.getInsuredContractValue());
    }

    /** Of a point of a timeline. */
    public static Counts of(TimelinePoint point) {
        return new Counts(
                point.getHires(),
                point.getCoveredHires(),
                point.getOverdueHires(),
                point.getWorkers(),
                point.getCoveredWorkers(),
                point.getCoveredByGrace(),
                point.getProjects(),
                point.getInsuredProjects(),
                point.getContractValue(),
                point.getInsuredContractValue());
    }

    /** Workers that are not covered. */
    public long uncoveredWorkers() {
        return workers - coveredWorkers;
    }

    /** Whether anybody works or any project runs. */
    public boolean isActive() {
        return workers > 0 || projects > 0;
    }
}
