package id.cakupan.schemas;

/** Why a decoded event is not accepted. The names are part of the contract: they stand in headers, meters and rejects files. */
public enum RejectionReason {
    /** The value is null. */
    TOMBSTONE,
    /** An id is missing, empty or blank; for an optional id: present but empty or blank. */
    MISSING_ID,
    /** The key is not the one that follows from the value. */
    KEY_MISMATCH,
    /** The first day is after the last day of the same event. */
    REVERSED_DAYS,
    /** A day, or the day of {@code recordedAt}, is before 1990-01-01 or after 2100-12-31. */
    DAY_OUT_OF_RANGE,
    /** {@code recordedAt} is more than 24 hours after the record's own timestamp. */
    RECORDED_IN_FUTURE,
    /** An enrolment without any programme. */
    NO_PROGRAMME,
    /** A JAKON enrolment that names no project. */
    JAKON_WITHOUT_PROJECT,
    /** A symbol that this version does not know, in a field on which a figure depends. */
    UNKNOWN_SYMBOL,
    /** A ratio that is not a number from 0 to 1. */
    RATIO_OUT_OF_RANGE,
    /** An amount below 0, or beyond what a sum of many can hold. */
    AMOUNT_OUT_OF_RANGE,
    /** A text or an id that is longer than any real one: it would not fit into what is published under it. */
    TEXT_TOO_LONG,
    /** {@code formerWorkerId} is {@code workerId} itself: nobody was known by another id. */
    FORMER_ID_UNCHANGED
}
