package id.cakupan.producers.simulator;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is recorded about one thing: a list of moments, each with the second at which it is recorded and the second at
 * which it arrives, both since the world's origin. A moment may repeat an earlier one: a duplicate.
 */
abstract class Story {
    /** Most moments of one story, duplicates included. */
    static final int MOST = 64;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MORNING = 7 * 3600;
    private static final int WORKDAY = 10 * 3600;
    private static final double DUPLICATES = 0.03;
    private static final int MOST_DUPLICATES = 12;

    private final World world;
    private int count;
    private int duplicates;
    private final int[] kinds = new int[MOST];
    private final int[] details = new int[MOST];
    private final int[] originals = new int[MOST];
    private final int[] recorded = new int[MOST];
    private final int[] arrives = new int[MOST];

    Story(World world) {
        this.world = world;
    }

    final World world() {
        return world;
    }

    final void clear() {
        count = 0;
        duplicates = 0;
    }

    /** Adds a moment, recorded in the working hours of a day, never before the origin; sometimes with a duplicate. */
    final void add(int kind, int detail, int day, Dice dice) {
        int second = Math.max(0, day - world.originDay()) * SECONDS_PER_DAY + MORNING + (int) (dice.unit() * WORKDAY);
        double how = dice.unit();
        double lag = how < 0.93 ? 20 + 580 * dice.unit() : dice.span(how < 0.98 ? 8 * 3600 : 5 * SECONDS_PER_DAY);
        put(kind, detail, count, second, second + (int) lag);
        if (dice.chance(DUPLICATES) && duplicates < MOST_DUPLICATES) {
            duplicates++;
            put(kind, detail, count - 1, second, arrives[count - 1] + 60 + (int) dice.span(2 * SECONDS_PER_DAY));
        }
    }

    private void put(int kind, int detail, int original, int second, int arrival) {
        kinds[count] = kind;
        details[count] = detail;
        originals[count] = original;
        recorded[count] = second;
        arrives[count] = arrival;
        count++;
    }

    /** Number of moments. */
    final int moments() {
        return count;
    }

    final int kind(int moment) {
        return kinds[moment];
    }

    final int detail(int moment) {
        return details[moment];
    }

    /** Second at which it arrives. */
    final int arrives(int moment) {
        return arrives[moment];
    }

    final Instant recordedAt(int moment) {
        return world.instant(recorded[moment]);
    }

    /** Id of the event, the same for a duplicate. */
    final String eventId(int moment, String of, int index) {
        return world.id(of, index) + "-" + originals[moment];
    }

    /** The event of a moment. */
    abstract SpecificRecord record(int moment);
}
