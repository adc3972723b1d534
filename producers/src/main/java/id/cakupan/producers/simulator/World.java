package id.cakupan.producers.simulator;

import cakupan.records.Funding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/** What is fixed about an invented city: its plan, its sites and contractors, its ids. Thread-safe once made. */
final class World {
    private static final int WORKER_IDS = 5;
    private static final long NON_TENDER = 10_900_000_000L;
    private static final long TENDER = 10_800_000_000L;
    private static final long LARGEST_NON_TENDER = 400_000_000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final CityPlan plan;
    private final int originDay;
    private final long originSecond;
    private final String prefix;
    private final Contractors contractors;
    private final Sites sites;

    /** Makes the city, down to the conduct of each contractor on each site. */
    World(CityPlan plan) {
        this.plan = plan;
        originDay = (int) plan.from().toEpochDay() - Sites.WARM_UP_DAYS;
        originSecond = plan.from()
                .minusDays(Sites.WARM_UP_DAYS)
                .atStartOfDay(plan.zone())
                .toEpochSecond();
        prefix = "s" + Long.toString(plan.seed(), Character.MAX_RADIX) + "-";
        contractors = new Contractors(plan.seed(), plan.contractors());
        sites = new Sites(plan, contractors);
        new Calibration(this).run();
    }

    long seed() {
        return plan.seed();
    }

    CityPlan plan() {
        return plan;
    }

    /** First day of which anything is told. */
    int originDay() {
        return originDay;
    }

    Contractors contractors() {
        return contractors;
    }

    Sites sites() {
        return sites;
    }

    /** Instant so many seconds after the origin. */
    Instant instant(int second) {
        return Instant.ofEpochSecond(originSecond + second);
    }

    /** Last second of the period, since the origin. */
    int lastSecond() {
        long end = plan.to().plusDays(1).atStartOfDay(plan.zone()).toEpochSecond();
        return Math.toIntExact(end - originSecond - 1);
    }

    /** An id that no other thing of this seed has. */
    String id(String of, int index) {
        return prefix + of + index;
    }

    /** Pseudonym of a worker, made from dice instead of a NIK. */
    String workerId(int worker) {
        Dice dice = new Dice().start(plan.seed(), WORKER_IDS, worker);
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(dice.bits()).putLong(dice.bits());
        return "sim." + BASE64.encodeToString(bytes.array());
    }

    /** Id of a site: small public works are no tenders, private ones come from building permits. */
    String projectId(Site site) {
        boolean isPublic = site.funding == Funding.APBD || site.funding == Funding.APBN;
        if (!isPublic) {
            return "simbg:pbg:3573-" + (10_000_000 + site.index);
        }
        return site.value <= LARGEST_NON_TENDER
                ? "spse:nontender:" + (NON_TENDER + site.index * 7L)
                : "spse:tender:" + (TENDER + site.index * 7L);
    }
}
