package id.cakupan.producers.simulator;

import java.time.LocalDate;

/**
 * How well the duty to register is met in Malang over time.
 *
 * @param baselineOn day on which the promise of the city begins
 * @param dueOn day by which it is to be kept
 */
record Climate(LocalDate baselineOn, LocalDate dueOn) {
    /** Ratio with which it begins. */
    static final double BASELINE = 0.33;
    /** Ratio that was promised. */
    static final double PROMISE = 0.413;

    private static final double REACHED = 0.41;
    private static final double PER_DAY_AFTER = 0.03 / 365;
    private static final double HIGHEST = 0.55;
    /** Of the covered workers, about this share owes it to a site that was registered promptly. */
    private static final double PROMPT_SHARE = 0.85;

    private static final int SHORTEST_MONTHS = 11;

    /** The promise begins with the plan and is due at the end of a year, eleven months later or more. */
    static Climate of(CityPlan plan) {
        int year = plan.from().plusMonths(SHORTEST_MONTHS).getYear();
        return new Climate(plan.from(), LocalDate.of(year, 12, 31));
    }

    /** Ratio of covered workers that the city has on a day: 33 % at first, 41 % when it is due, then 3 points a year. */
    double ratio(int day) {
        int first = (int) baselineOn.toEpochDay();
        int last = (int) dueOn.toEpochDay();
        if (day <= last) {
            return BASELINE + (REACHED - BASELINE) * Math.max(0, day - first) / (last - first);
        }
        return Math.min(HIGHEST, REACHED + PER_DAY_AFTER * (day - last));
    }

    /** Probability that a site that begins on a day is registered promptly. */
    double prompt(int day) {
        return ratio(day) * PROMPT_SHARE;
    }
}
