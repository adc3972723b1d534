package id.cakupan.coverage;

/** Why a hire is not covered on a day. The order is part of the stored encoding: append only. */
public enum UncoveredReason {
    /** No insurance of the project is known, or it was cancelled. */
    NOT_REGISTERED,
    /** The project is registered, nothing is paid. */
    REGISTERED_UNPAID,
    /** Paid, but the insurance starts later or its start is missing. */
    NOT_YET_EFFECTIVE,
    /** The insurance is over. */
    EXPIRED,
    /** The project is insured, the worker is not on its list and the grace period is over. */
    UNLISTED
}
