package id.cakupan.dashboard.access;

/** What somebody may see. */
public enum Role {
    /** Of the city or of BPJS: sees everything and decides on alerts. */
    OFFICIAL,
    /** Of one contractor: sees only the hires of that contractor. */
    CONTRACTOR,
    /** Anybody: sees the disclosed daily figures. */
    PUBLIC
}
