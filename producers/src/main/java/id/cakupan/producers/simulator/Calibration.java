package id.cakupan.producers.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the city as a whole do what {@link Climate} says. A few large sites hold so many workers that drawing the conduct
 * of each contractor alone would let the city's ratio wander by ten points; so, after the draw, single sites are given
 * another conduct where that brings the weekly ratios nearer to the climate, and rather one that suits their contractor.
 * Works on a sample of the workers where there are many, and on the largest sites.
 */
final class Calibration {
    private static final int SAMPLE = 30_000;
    private static final int LARGEST_SITES = 3_000;
    private static final int ROUNDS = 5;
    private static final int STEP_DAYS = 7;
    /** Deviation of the ratio on one day that weighs as much as a choice e^0.5 times as unlikely. */
    private static final double TOLERANCE = 0.004;

    private static final Conduct[] CONDUCTS = Conduct.values();

    private final World world;
    private final Climate climate;
    private final int[] days;
    private final int[] total;
    private final int[] covered;

    Calibration(World world) {
        this.world = world;
        climate = Climate.of(world.plan());
        int first = (int) world.plan().from().toEpochDay();
        int last = (int) world.plan().to().toEpochDay();
        days = new int[(last - first) / STEP_DAYS + 1];
        for (int i = 0; i < days.length; i++) {
            days[i] = last - (days.length - 1 - i) * STEP_DAYS;
        }
        days[0] = first;
        total = new int[days.length];
        covered = new int[days.length];
    }

    /** Hires of the sample on one site: how many are covered on each day, by conduct. */
    private static final class Crew {
        final Site site;
        final int[][] covered;

        Crew(Site site, int days) {
            this.site = site;
            covered = new int[CONDUCTS.length][days];
        }
    }

    void run() {
        List<Crew> crews = crews();
        for (int round = 0; round < ROUNDS; round++) {
            boolean changed = false;
            for (Crew crew : crews) {
                changed |= settle(crew);
            }
            if (!changed) {
                return;
            }
        }
    }

    /** The largest crews, largest first; the others count with the conduct they have. */
    private List<Crew> crews() {
        int workers = world.plan().workers();
        int sample = Math.min(workers, SAMPLE);
        long[] hireDays = new long[world.sites().count()];
        forEachHire(sample, (life, hire) -> hireDays[life.site(hire).index] += life.end(hire) - life.start(hire));
        List<Site> largest = new ArrayList<>();
        for (int i = 0; i < world.sites().count(); i++) {
            if (hireDays[i] > 0) {
                largest.add(world.sites().get(i));
            }
        }
        largest.sort(Comparator.comparingLong((Site s) -> -hireDays[s.index]).thenComparingInt(s -> s.index));
        Crew[] bySite = new Crew[world.sites().count()];
        List<Crew> crews = new ArrayList<>();
        for (Site site : largest.subList(0, Math.min(LARGEST_SITES, largest.size()))) {
            bySite[site.index] = new Crew(site, days.length);
            crews.add(bySite[site.index]);
        }
        forEachHire(sample, (life, hire) -> count(life, hire, bySite[life.site(hire).index]));
        return crews;
    }

    private interface HireVisitor {
        void visit(Life life, int hire);
    }

    private void forEachHire(int sample, HireVisitor visitor) {
        Life life = new Life(world);
        long workers = world.plan().workers();
        for (int i = 0; i < sample; i++) {
            life.live((int) (i * workers / sample));
            for (int hire = 0; hire < life.hires(); hire++) {
                visitor.visit(life, hire);
            }
        }
    }

    private void count(Life life, int hire, @Nullable Crew crew) {
        for (int i = 0; i < days.length; i++) {
            if (!life.isActive(hire, days[i])) {
                continue;
            }
            total[i]++;
            Conduct now = life.site(hire).conduct;
            for (Conduct conduct : CONDUCTS) {
                if ((crew != null || conduct == now) && life.isCovered(hire, days[i], conduct)) {
                    if (crew != null) {
                        crew.covered[conduct.ordinal()][i]++;
                    }
                    if (conduct == now) {
                        covered[i]++;
                    }
                }
            }
        }
    }

    /** Gives one site the conduct that fits best; true if that is another one. */
    private boolean settle(Crew crew) {
        Conduct before = crew.site.conduct;
        Conduct best = before;
        double least = cost(crew, before);
        for (Conduct conduct : CONDUCTS) {
            double cost = cost(crew, conduct);
            if (cost < least - 1e-9) {
                least = cost;
                best = conduct;
            }
        }
        for (int i = 0; i < days.length; i++) {
            covered[i] += crew.covered[best.ordinal()][i] - crew.covered[before.ordinal()][i];
        }
        crew.site.conduct = best;
        return best != before;
    }

    private double cost(Crew crew, Conduct conduct) {
        int[] then = crew.covered[conduct.ordinal()];
        int[] now = crew.covered[crew.site.conduct.ordinal()];
        double cost = -Math.log(conduct.probability(crew.site.diligence, climate.prompt(crew.site.start)));
        for (int i = 0; i < days.length; i++) {
            if (total[i] > 0) {
                double ratio = (double) (covered[i] + then[i] - now[i]) / total[i];
                double deviation = (ratio - climate.ratio(days[i])) / TOLERANCE;
                cost += deviation * deviation / 2;
            }
        }
        return cost;
    }
}
