package id.cakupan.producers.simulator;

import java.time.LocalDate;

/** How well the duty to register is met in Malang over time. */
final class Climate {
    /** Day on which the promise of the city begins. */
    static final LocalDate BASELINE_ON = LocalDate.of(2025, 1, 1);
    /** Day by which it is to be kept. */
    static final LocalDate DUE_ON = LocalDate.of(2025, 12, 31);
    /** Ratio with which it begins. */
    static final double BASELINE = 0.33;
    /** Ratio that was promised. */
    static final double PROMISE = 0.413;

    private static final double REACHED = 0.41;
    private static final double PER_DAY_AFTER = 0.03 / 365;
    private static final double HIGHEST = 0.55;
    /** Of the covered workers, about this share owes it to a site that was registered promptly. */
    private static final double PROMPT_SHARE = 0.85;

    private Climate() {}

    /** Ratio of covered workers that the city has on a day: 33 % until 2025, 41 % at its end, then 3 points a year. */
    static double ratio(int day) {
        int first = (int) BASELINE_ON.toEpochDay();
        int last = (int) DUE_ON.toEpochDay();
        if (day <= last) {
            return BASELINE + (REACHED - BASELINE) * Math.max(0, day - first) / (last - first);
        }
        return Math.min(HIGHEST, REACHED + PER_DAY_AFTER * (day - last));
    }

    /** Probability that a site that begins on a day is registered promptly. */
    static double prompt(int day) {
        return ratio(day) * PROMPT_SHARE;
    }
}
