package id.cakupan.producers.simulator;

import cakupan.records.Funding;
import java.time.LocalDate;
import java.util.Arrays;

/** All sites of a city, made from its plan, each with the conduct that its contractor's diligence makes likely. */
final class Sites {
    /** Days before the period in which sites may already have begun. */
    static final int WARM_UP_DAYS = 240;

    private static final int PURPOSE = 2;
    private static final int EARLIEST_AFTER_ORIGIN = 30;
    private static final double WIDEST = 14;
    private static final double NARROWEST = 0.12;
    /** Hires of an average site in Malang, on which contract values are based, whatever the number of workers. */
    private static final double HIRES_PER_SITE = 75;

    private static final double RUPIAH_PER_HIRE = 14_000_000;

    /** How much public work starts in each month, relative to the busiest. */
    private static final double[] SEASON = {0.45, 0.5, 0.75, 0.9, 1, 1, 1, 1, 0.9, 0.8, 0.45, 0.2};

    private final Site[] all;
    private final double[] upTo;
    private final Contractors contractors;

    Sites(CityPlan plan, Contractors contractors) {
        this.contractors = contractors;
        all = new Site[plan.projects()];
        upTo = new double[all.length];
        Dice dice = new Dice();
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            dice.start(plan.seed(), PURPOSE, i);
            all[i] = site(plan, i, dice);
            sum += all[i].weight;
            upTo[i] = sum;
        }
        for (Site site : all) {
            dice.start(plan.seed(), PURPOSE + 100, site.index);
            double hires = HIRES_PER_SITE * site.weight * all.length / sum;
            site.value =
                    Math.max(15_000, Math.round(hires * RUPIAH_PER_HIRE * Math.exp(0.4 * dice.normal()) / 1000)) * 1000;
        }
    }

    private Site site(CityPlan plan, int index, Dice dice) {
        Site site = new Site();
        site.index = index;
        double kind = dice.unit();
        site.funding =
                kind < 0.62 ? Funding.APBD : kind < 0.72 ? Funding.APBN : kind < 0.97 ? Funding.PRIVATE : Funding.OTHER;
        site.district = Districts.pick(dice);
        site.kelurahan = (int)
                (dice.unit() * Districts.ALL.get(site.district).kelurahan().size());
        site.contractor = contractors.pick(dice);
        site.diligence = contractors.diligence(site.contractor);
        double size = Math.min(WIDEST, Math.max(NARROWEST, Math.exp(1.15 * dice.normal())));
        boolean isPublic = site.funding == Funding.APBD;
        setDays(plan, site, size, isPublic, dice);
        site.weight = size * (isPublic ? 0.7 : 1.2) * (0.5 + (site.end - site.start) / 100.0);
        site.firstDistrict = dice.chance(0.02) ? (site.district + 1) % Districts.ALL.size() : site.district;
        site.firstContractor = dice.chance(0.02) ? contractors.pick(dice) : site.contractor;
        site.recordedAfter = dice.chance(0.15) ? dice.between(10, 55) : -dice.between(0, 6);
        site.lag = dice.unit();
        site.expires = dice.chance(0.08);
        double climate = Climate.of(plan).prompt(site.start);
        double left = dice.unit();
        for (Conduct conduct : Conduct.values()) {
            left -= conduct.probability(site.diligence, climate);
            if (left < 0) {
                site.conduct = conduct;
                break;
            }
        }
        return site;
    }

    private static void setDays(CityPlan plan, Site site, double size, boolean seasonal, Dice dice) {
        int first = (int) plan.from().toEpochDay() - WARM_UP_DAYS + EARLIEST_AFTER_ORIGIN;
        int last = (int) plan.to().toEpochDay();
        int start = dice.between(first, last);
        while (seasonal && !dice.chance(SEASON[LocalDate.ofEpochDay(start).getMonthValue() - 1])) {
            start = dice.between(first, last);
        }
        int days = seasonal ? 35 + (int) (35 * size + dice.span(30)) : 70 + (int) (45 * size + dice.span(60));
        site.start = start;
        site.end = start + Math.min(days, seasonal ? 270 : 500);
        int yearEnd = (int)
                LocalDate.of(LocalDate.ofEpochDay(start).getYear(), 12, 18).toEpochDay();
        if (seasonal && dice.chance(0.6) && start < yearEnd - 25) {
            site.end = Math.min(site.end, yearEnd);
        }
    }

    int count() {
        return all.length;
    }

    Site get(int index) {
        return all[index];
    }

    /** A site that hires, the large ones more often. */
    Site pick(Dice dice) {
        int place = Arrays.binarySearch(upTo, dice.unit() * upTo[upTo.length - 1]);
        return all[Math.min(all.length - 1, place < 0 ? -place - 1 : place + 1)];
    }
}
