package id.cakupan.producers.simulator;

import cakupan.records.Funding;

/** One building site. Days are days since 1970-01-01; {@link #NEVER} is later than all of them. */
final class Site {
    static final int NEVER = Integer.MAX_VALUE;

    private static final int MAINTENANCE_DAYS = 180;
    private static final int SHORTEST_EXPIRY = 20;

    int index;
    Funding funding = Funding.APBD;
    int district;
    int kelurahan;
    int contractor;
    double diligence;
    /** Share of the city's hires, relative to other sites. */
    double weight;

    int start;
    int end;
    /** Whole rupiah. */
    long value;
    /** Where it was said to be at first; differs from {@link #district} where that was corrected. */
    int firstDistrict;
    /** Who was said to build it at first; differs from {@link #contractor} where that was corrected. */
    int firstContractor;
    /** Days from the start of work to its record in the procurement system, negative = before. */
    int recordedAfter;
    /** How far this site goes within the range of a conduct, 0 to 1. */
    double lag;
    /** Whether the cover ends before the work does, because the contract was extended. */
    boolean expires;

    Conduct conduct = Conduct.NONE;

    int contractDate() {
        return start - 4 - index % 11;
    }

    int maintenanceEnd() {
        return end + MAINTENANCE_DAYS;
    }

    /** First insured day under a conduct, or {@link #NEVER}. */
    int paidFrom(Conduct conduct) {
        int days = end - start;
        return switch (conduct) {
            case PROMPT -> start - 4 + (int) (lag * 14);
            case LATE -> start + (int) (days * (0.2 + 0.25 * lag));
            case ON_PAYMENT -> start + (int) (days * (0.55 + 0.4 * lag));
            case UNPAID, CANCELLED, NONE -> NEVER;
        };
    }

    /** First day of the term that was paid, whether or not it was cancelled later. */
    int termFrom() {
        return conduct == Conduct.CANCELLED ? paidFrom(Conduct.PROMPT) : paidFrom(conduct);
    }

    /** Last insured day, where it is insured at all. */
    int insuredTo() {
        return expires ? Math.max(end - SHORTEST_EXPIRY, start + SHORTEST_EXPIRY) : maintenanceEnd();
    }

    /** Probability that a worker gets on the named list of this site once it is insured. */
    double listing() {
        return 0.55 + 0.42 * diligence;
    }
}
