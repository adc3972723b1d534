package id.cakupan.coverage;

/** State of a project's registration with the fund. The order is part of the stored encoding: append only. */
public enum InsuranceStatus {
    /** Assessed, nothing paid: does not insure. */
    REGISTERED,
    /** First term paid: insures from effectiveFrom on. */
    PAID,
    /** Withdrawn. */
    CANCELLED
}
