package id.cakupan.producers.simulator;

import cakupan.records.CoverageTarget;
import cakupan.records.Level;
import cakupan.records.ReferenceFigure;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.specific.SpecificRecord;

/**
 * All events of an invented city in the order in which they arrive: nearly the order of {@code recordedAt}, with late
 * ones, duplicates and corrections. The same plan gives the same events.
 *
 * <p>However many events there are, only eight bytes of each are kept: when it arrives and whose which event it is.
 * The life of which it is part is made again when its turn comes.
 */
public final class Simulation implements Iterable<SpecificRecord> {
    // A key: 30 bits second of arrival, 27 bits whose event, 6 bits which of its moments.
    private static final int MOMENT_BITS = 6;
    private static final int OWNER_BITS = 27;
    private static final int SAMPLE = 2_000;

    private final World world;
    private final long[] keys;

    /** Makes the city and the order of its events; takes about a second for 500,000 workers. */
    public Simulation(CityPlan plan) {
        world = new World(plan);
        keys = keys();
    }

    /** Mean number of events of a worker in such a city, found from a few of them. */
    public static double eventsPerWorker(CityPlan plan) {
        CityPlan small = new CityPlan(
                plan.seed(), plan.from(), plan.to(), plan.projects(), plan.contractors(), SAMPLE, plan.zone());
        World world = new World(small);
        return countWorkers(world, SAMPLE) / (double) SAMPLE;
    }

    /** Number of events. */
    public int size() {
        return keys.length;
    }

    /** The events, made one by one. */
    @Override
    public Iterator<SpecificRecord> iterator() {
        return new Iterator<>() {
            private final Life life = new Life(world);
            private final SiteStory site = new SiteStory(world);
            private int next;

            @Override
            public boolean hasNext() {
                return next < keys.length;
            }

            @Override
            public SpecificRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                long key = keys[next++];
                int moment = (int) (key & ((1 << MOMENT_BITS) - 1));
                int owner = (int) (key >>> MOMENT_BITS & ((1 << OWNER_BITS) - 1));
                return record(owner, moment, life, site);
            }
        };
    }

    World world() {
        return world;
    }

    private SpecificRecord record(int owner, int moment, Life life, SiteStory site) {
        int workers = world.plan().workers();
        if (owner < workers) {
            life.live(owner);
            life.tell();
            return life.record(moment);
        } else if (owner < workers + world.plan().projects()) {
            site.tell(world.sites().get(owner - workers));
            return site.record(moment);
        }
        return moment == 0 ? target() : reference();
    }

    private long[] keys() {
        int last = world.lastSecond();
        int workers = world.plan().workers();
        int sample = Math.min(workers, SAMPLE);
        double expected = (double) countWorkers(world, sample) / sample * workers * 1.1
                + world.plan().projects() * 4.0;
        Keys found = new Keys((int) Math.min(Integer.MAX_VALUE - 16, expected + 1_000));
        Life life = new Life(world);
        for (int i = 0; i < workers; i++) {
            life.live(i);
            life.tell();
            found.add(life, i, last);
        }
        SiteStory site = new SiteStory(world);
        for (int i = 0; i < world.sites().count(); i++) {
            site.tell(world.sites().get(i));
            found.add(site, workers + i, last);
        }
        int city = workers + world.sites().count();
        int firstDay = Sites.WARM_UP_DAYS * 86_400;
        found.add(firstDay, city, 0);
        found.add(firstDay, city, 1);
        return found.sorted();
    }

    /** Events of the first workers within the period. */
    private static long countWorkers(World world, int workers) {
        int last = world.lastSecond();
        Life life = new Life(world);
        long count = 0;
        for (int i = 0; i < workers; i++) {
            life.live(i);
            life.tell();
            for (int moment = 0; moment < life.moments(); moment++) {
                count += life.arrives(moment) <= last ? 1 : 0;
            }
        }
        return count;
    }

    private CoverageTarget target() {
        Climate climate = Climate.of(world.plan());
        return new CoverageTarget(
                world.id("city", 0),
                "simulasi-rpjmd",
                firstMorning(),
                Level.CITY,
                Districts.CITY,
                Climate.BASELINE,
                climate.baselineOn(),
                Climate.PROMISE,
                climate.dueOn());
    }

    private ReferenceFigure reference() {
        long workforce = 468_000;
        return new ReferenceFigure(
                world.id("city", 1),
                "simulasi-rpjmd",
                firstMorning(),
                Districts.CITY,
                "ucj-all-sectors",
                Math.round(workforce * Climate.BASELINE),
                workforce,
                Climate.BASELINE,
                Climate.of(world.plan()).baselineOn());
    }

    private Instant firstMorning() {
        CityPlan plan = world.plan();
        return plan.from().atTime(LocalTime.MIDNIGHT).atZone(plan.zone()).toInstant();
    }

    private static final class Keys {
        private long[] keys;
        private int count;

        Keys(int expected) {
            keys = new long[expected];
        }

        void add(Story story, int owner, int lastSecond) {
            for (int moment = 0; moment < story.moments(); moment++) {
                if (story.arrives(moment) <= lastSecond) {
                    add(story.arrives(moment), owner, moment);
                }
            }
        }

        void add(int second, int owner, int moment) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, keys.length + keys.length / 2);
            }
            keys[count++] = ((long) second << OWNER_BITS | owner) << MOMENT_BITS | moment;
        }

        long[] sorted() {
            long[] all = Arrays.copyOf(keys, count);
            Arrays.sort(all);
            return all;
        }
    }
}
