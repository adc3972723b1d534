package id.cakupan.dashboard.disclosure;

import cakupan.records.Level;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An invented town: sites with their workers day by day, of whom one comes, goes or changes cover a day. Some sites never change, some
 * grow and end, most have few workers, and many contractors have one site.
 */
final class World {
    static final LocalDate START = LocalDate.of(2026, 1, 1);

    final List<Site> sites = new ArrayList<>();
    /** covered[project][day]. */
    final int[][] covered;

    final int[][] uncovered;
    final int days;

    World(long seed, int projects, int days) {
        this.days = days;
        Random random = new Random(seed);
        covered = new int[projects][days];
        uncovered = new int[projects][days];
        int districts = 1 + random.nextInt(4);
        int fundings = 1 + random.nextInt(3);
        int contractors = Math.max(1, projects / (1 + random.nextInt(3)));
        for (int p = 0; p < projects; p++) {
            sites.add(new Site(
                    "35.73",
                    "35.73.0" + random.nextInt(districts),
                    "35.73:F" + random.nextInt(fundings),
                    "npp:" + random.nextInt(contractors)));
            live(p, random);
        }
    }

    private void live(int p, Random random) {
        int size = random.nextInt(3) == 0 ? 5 + random.nextInt(40) : 1 + random.nextInt(7);
        int begin = random.nextInt(3) == 0 ? random.nextInt(days) : 0;
        int end = random.nextInt(3) == 0 ? random.nextInt(days) : days;
        double restless = random.nextInt(3) == 0 ? 0 : random.nextDouble() * random.nextDouble();
        double share = random.nextInt(4) == 0 ? random.nextDouble() : random.nextBoolean() ? 1 : 0.8;
        int c = begin == 0 ? (int) Math.round(size * share) : 0;
        int u = begin == 0 ? size - c : 0;
        for (int day = 0; day < days; day++) {
            boolean grows = day >= begin && day < end && c + u < size;
            boolean shrinks = day >= end || c + u > size + 4;
            if (day > 0 && (grows || shrinks || random.nextDouble() < restless)) {
                int step = grows ? random.nextInt(4) == 0 ? 2 : 0 : shrinks ? 1 : random.nextInt(3);
                if (step == 0 && day >= begin && day < end) {
                    if (random.nextDouble() < share) {
                        c++;
                    } else {
                        u++;
                    }
                } else if (step == 1 && c + u > 0) {
                    if (random.nextInt(c + u) < c) {
                        c--;
                    } else {
                        u--;
                    }
                } else if (step == 2 && random.nextBoolean() && u > 0) {
                    u--;
                    c++;
                } else if (step == 2 && c > 0) {
                    c--;
                    u++;
                }
            }
            covered[p][day] = c;
            uncovered[p][day] = u;
        }
    }

    static String id(int project) {
        return "p" + project;
    }

    int workers(int project, int day) {
        return covered[project][day] + uncovered[project][day];
    }

    /** The true counts of a day, of projects and of all totals. */
    Map<Group, Counts> day(int day) {
        Map<Group, int[]> sums = new HashMap<>();
        Map<Group, Counts> counts = new HashMap<>();
        for (int p = 0; p < sites.size(); p++) {
            counts.put(new Group(Level.PROJECT, id(p)), new Counts(covered[p][day], uncovered[p][day]));
            for (Group group : margins(p)) {
                int[] sum = sums.computeIfAbsent(group, g -> new int[2]);
                sum[0] += covered[p][day];
                sum[1] += uncovered[p][day];
            }
        }
        sums.forEach((group, sum) -> counts.put(group, new Counts(sum[0], sum[1])));
        return counts;
    }

    List<Group> margins(int project) {
        Site site = sites.get(project);
        return List.of(
                new Group(Level.CITY, site.city()),
                new Group(Level.DISTRICT, site.district()),
                new Group(Level.FUNDING, site.funding()),
                new Group(Level.CONTRACTOR, site.contractor()));
    }
}
