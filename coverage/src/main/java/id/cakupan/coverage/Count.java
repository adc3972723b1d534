package id.cakupan.coverage;

/**
 * What is counted per group and day. The order is that of the columns of {@link Steps}: first what follows from
 * workers, then what follows from projects. It is part of the stored encoding: append only.
 */
public enum Count {
    /** Active hires. */
    HIRES,
    /** Active hires that are covered. */
    COVERED_HIRES,
    /** Active hires that are uncovered and past their deadline. */
    OVERDUE_HIRES,
    /** Distinct workers with at least one active hire. */
    WORKERS,
    /** Workers whose active hires in the group are all covered. */
    COVERED_WORKERS,
    /** Covered workers with at least one hire covered only by grace. */
    COVERED_BY_GRACE,
    /** Active projects. */
    PROJECTS,
    /** Active projects whose insurance is in effect. */
    INSURED_PROJECTS,
    /** Contract values of the active projects, whole rupiah. */
    CONTRACT_VALUE,
    /** Contract values of the insured projects, whole rupiah. */
    INSURED_CONTRACT_VALUE;

    /** Number of all counts. */
    public static final int WIDTH = values().length;
    /** The counts that follow from workers are the first ones. */
    static final int WORKER_WIDTH = PROJECTS.ordinal();
    /** The counts that follow from projects are the others. */
    static final int PROJECT_WIDTH = WIDTH - WORKER_WIDTH;
}
