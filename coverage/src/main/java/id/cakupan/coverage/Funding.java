package id.cakupan.coverage;

/** Who pays for a project. The order is part of the stored encoding: append only. */
public enum Funding {
    /** The state budget. */
    APBN,
    /** The regional budget: the city's own sites. */
    APBD,
    /** A private owner. */
    PRIVATE,
    /** Anything else. */
    OTHER
}
