package id.cakupan.coverage;

/** The kinds of groups that figures are for. */
public enum Level {
    PROJECT,
    CONTRACTOR,
    DISTRICT,
    CITY,
    FUNDING
}
