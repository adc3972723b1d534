package id.cakupan.producers.simulator;

/** How a contractor deals with its duty to register a site at BPJS Ketenagakerjaan. */
enum Conduct {
    /** Registered and paid about when the work starts. */
    PROMPT,
    /** Paid after a fifth to nearly half of the work. */
    LATE,
    /** Paid towards the end, when the paper is needed for the payment of a term. */
    ON_PAYMENT,
    /** Registered, never paid. */
    UNPAID,
    /** Registered and paid, later cancelled. */
    CANCELLED,
    /** Never registered. */
    NONE;

    private static final double LOWEST = 0.004;

    /**
     * How likely it is.
     *
     * @param diligence of the contractor, 0 to 1
     * @param climate how strictly the duty is enforced: mean probability of PROMPT
     */
    double probability(double diligence, double climate) {
        double prompt = Math.min(0.95, climate * 2 * diligence);
        double rest = 1 - prompt;
        double probability = switch (this) {
            case PROMPT -> prompt * 0.95;
            case CANCELLED -> prompt * 0.05;
            case LATE -> rest * (0.06 + 0.10 * diligence);
            case ON_PAYMENT -> rest * 0.24;
            case UNPAID -> rest * 0.08;
            case NONE -> rest * (0.62 - 0.10 * diligence);
        };
        return Math.max(LOWEST, probability);
    }
}
