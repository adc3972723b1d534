package id.cakupan.dashboard.disclosure;

/** What is told of a group's covered workers. */
public enum Coverage {
    /** Nothing. */
    HIDDEN,
    /** Only that few are uncovered. */
    FEW_UNCOVERED,
    /** Only that few are covered. */
    FEW_COVERED,
    /** How many are covered, rounded. */
    SHOWN
}
