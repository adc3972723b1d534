package id.cakupan.producers.simulator;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How large an invented city is, and when.
 *
 * @param seed everything follows from it
 * @param from first day of the period; sites that are open on it are reported with their true, earlier dates
 * @param to last day of the period; what is recorded later is not in it
 * @param projects number of building sites, 1 to 5,000,000
 * @param contractors number of contractors, 1 to 5,000,000
 * @param workers number of workers, 1 to 100,000,000
 * @param zone time zone of the city
 */
public record CityPlan(
        long seed, LocalDate from, LocalDate to, int projects, int contractors, int workers, ZoneId zone) {
    /** Sites of Malang in a year. */
    public static final int PROJECTS = 360;
    /** Contractors that work in Malang. */
    public static final int CONTRACTORS = 120;
    /** Workers on Malang's sites in a year. */
    public static final int WORKERS = 15_000;

    private static final int MOST_SITES = 5_000_000;
    private static final int MOST_WORKERS = 100_000_000;
    private static final int LONGEST_YEARS = 15;

    /**
     * @throws IllegalArgumentException if a number is out of its range, or the period is empty or longer than 15 years
     */
    public CityPlan {
        require(projects >= 1 && projects <= MOST_SITES, "Projects must be 1 to " + MOST_SITES);
        require(contractors >= 1 && contractors <= MOST_SITES, "Contractors must be 1 to " + MOST_SITES);
        require(workers >= 1 && workers <= MOST_WORKERS, "Workers must be 1 to " + MOST_WORKERS);
        require(!from.isAfter(to), "The period ends before it begins");
        require(from.plusYears(LONGEST_YEARS).isAfter(to), "The period is longer than " + LONGEST_YEARS + " years");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
