package id.cakupan.dashboard.disclosure;

import cakupan.records.Level;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries to find hidden counts from all that was published in a year. Knows the rules, where each site belongs, and that one worker comes,
 * goes or changes cover a day; in the strong form also which sites never change, the exact counts behind all that is shown rounded, and
 * each sum over hidden counts that entered a total (more than can be subtracted from totals, in whichever margin). Keeps for each
 * count of each day the least and the most it can be, and narrows them until nothing gives.
 */
final class Attacker {
    private static final int MOST = 1_000;
    private static final int ROUNDS = 60;
    private static final int C = 0;
    private static final int U = 1;
    private static final int W = 2;

    /** Counts of one kind on one day add up to something between two numbers. */
    private record Sum(int kind, int day, List<Integer> projects, int least, int most) {}

    private final Rules rules;
    private final int projects;
    private final int days;
    private final int[][][] least;
    private final int[][][] most;
    private final boolean[] still;
    private final List<Sum> sums = new ArrayList<>();
    /** Days on which sums were taken, before this one. */
    private final List<Integer> ticks = new ArrayList<>();

    /** What was recovered. */
    record Result(long sensitive, long narrow, long exact, int narrowest, long wrong) {
        Result plus(Result other) {
            return new Result(
                    sensitive + other.sensitive,
                    narrow + other.narrow,
                    exact + other.exact,
                    Math.min(narrowest, other.narrowest),
                    wrong + other.wrong);
        }
    }

    private Attacker(Rules rules, World world) {
        this.rules = rules;
        projects = world.sites.size();
        days = world.days;
        least = new int[3][projects][days];
        most = new int[3][projects][days];
        still = new boolean[projects];
        for (int[][] kind : most) {
            for (int[] project : kind) {
                Arrays.fill(project, MOST);
            }
        }
    }

    /** Publishes a year of a world by the rules, and attacks what was published. */
    static Result attack(Rules rules, World world) {
        Disclosure disclosure = new Disclosure(rules);
        for (int p = 0; p < world.sites.size(); p++) {
            disclosure.site(World.id(p), world.sites.get(p));
        }
        Attacker attacker = new Attacker(rules, world);
        for (int day = 0; day < world.days; day++) {
            disclosure.day(World.START.plusDays(day), world.day(day));
            attacker.sums(disclosure, day);
        }
        attacker.look(disclosure, world);
        attacker.narrow();
        return attacker.result(world);
    }

    /** Each sum over hidden counts, as the totals have it. */
    private void sums(Disclosure disclosure, int day) {
        if (!rules.fenced()
                || (day > 0
                        && Math.floorDiv(World.START.plusDays(day).toEpochDay(), rules.poolDays())
                                == Math.floorDiv(World.START.plusDays(day - 1).toEpochDay(), rules.poolDays()))) {
            return;
        }
        for (Disclosure.HiddenSum sum : disclosure.hiddenSums()) {
            List<Integer> members = sum.projects().stream()
                    .map(id -> Integer.valueOf(id.substring(1)))
                    .toList();
            // A sum is of two times before.
            int then = ticks.size() < 2 ? 0 : ticks.get(ticks.size() - 2);
            between(C, then, members, sum.covered());
            between(U, then, members, sum.uncovered());
        }
        ticks.add(day);
    }

    private void between(int kind, int day, List<Integer> members, int published) {
        if (published >= 0) {
            int from = 0;
            while (rules.roundPool(from) != published) {
                from++;
            }
            int to = from;
            while (rules.roundPool(to + 1) == published) {
                to++;
            }
            sums.add(new Sum(kind, day, members, from, to));
        }
    }

    private void look(Disclosure disclosure, World world) {
        Map<Group, List<Integer>> members = new HashMap<>();
        for (int p = 0; p < projects; p++) {
            for (Group group : world.margins(p)) {
                members.computeIfAbsent(group, g -> new ArrayList<>()).add(p);
            }
            still[p] = isStill(world, p);
            Disclosed before = null;
            for (int day = 0; day < days; day++) {
                Disclosed now = disclosure.at(new Group(Level.PROJECT, World.id(p)), World.START.plusDays(day));
                look(p, day, before, now, world);
                before = now;
            }
        }
        if (!rules.fenced()) {
            members.forEach((group, list) -> subtract(disclosure, group, list));
        }
    }

    private static boolean isStill(World world, int p) {
        for (int day = 1; day < world.days; day++) {
            if (world.covered[p][day] != world.covered[p][0] || world.uncovered[p][day] != world.uncovered[p][0]) {
                return false;
            }
        }
        return true;
    }

    /** What is published of a project, and how it changed, by the rules. Exact where something is shown. */
    private void look(int p, int day, @Nullable Disclosed before, Disclosed now, World world) {
        if (now.isSuppressed()) {
            bound(W, p, day, 0, before != null && !before.isSuppressed() ? rules.close() - 1 : rules.open() - 1);
            return;
        }
        bound(W, p, day, world.workers(p, day), world.workers(p, day));
        int border = before != null && before.coverage() == Coverage.SHOWN ? rules.close() : rules.open();
        switch (now.coverage()) {
            case FEW_UNCOVERED -> bound(U, p, day, 0, border - 1);
            case FEW_COVERED -> bound(C, p, day, 0, border - 1);
            case SHOWN -> bound(C, p, day, world.covered[p][day], world.covered[p][day]);
            default -> {}
        }
    }

    /** Totals that are the true ones, rounded. */
    private void subtract(Disclosure disclosure, Group group, List<Integer> list) {
        int slack = rules.base() / 2;
        for (int day = 0; day < days; day++) {
            LocalDate date = World.START.plusDays(day);
            Disclosed total = disclosure.at(group, date);
            if (!total.isSuppressed()) {
                sums.add(new Sum(W, day, list, total.workers() - slack, total.workers() + slack));
                sums.add(new Sum(C, day, list, total.covered() - slack, total.covered() + slack));
            }
        }
    }

    private boolean bound(int kind, int p, int day, int from, int to) {
        boolean changed = false;
        if (from > least[kind][p][day]) {
            least[kind][p][day] = from;
            changed = true;
        }
        if (to < most[kind][p][day]) {
            most[kind][p][day] = to;
            changed = true;
        }
        return changed;
    }

    private void narrow() {
        boolean changed = true;
        for (int round = 0; changed && round < ROUNDS; round++) {
            changed = false;
            for (int p = 0; p < projects; p++) {
                changed |= inTime(p);
            }
            for (Sum sum : sums) {
                changed |= subtract(sum);
            }
        }
    }

    /** One worker a day, or none at all; and workers are covered or not. */
    private boolean inTime(int p) {
        boolean changed = false;
        int step = still[p] ? 0 : 1;
        for (int i = 1; i < 2 * days - 1; i++) {
            int day = i < days ? i : 2 * days - 2 - i;
            int near = i < days ? day - 1 : day + 1;
            for (int kind = C; kind <= W; kind++) {
                changed |= bound(kind, p, day, least[kind][p][near] - step, most[kind][p][near] + step);
            }
        }
        for (int day = 0; day < days; day++) {
            changed |= bound(W, p, day, least[C][p][day] + least[U][p][day], most[C][p][day] + most[U][p][day]);
            changed |= bound(C, p, day, least[W][p][day] - most[U][p][day], most[W][p][day] - least[U][p][day]);
            changed |= bound(U, p, day, least[W][p][day] - most[C][p][day], most[W][p][day] - least[C][p][day]);
        }
        return changed;
    }

    private boolean subtract(Sum sum) {
        int leastOfAll = 0;
        int mostOfAll = 0;
        for (int p : sum.projects()) {
            leastOfAll += least[sum.kind()][p][sum.day()];
            mostOfAll += most[sum.kind()][p][sum.day()];
        }
        boolean changed = false;
        for (int p : sum.projects()) {
            int from = sum.least() - (mostOfAll - most[sum.kind()][p][sum.day()]);
            int to = sum.most() - (leastOfAll - least[sum.kind()][p][sum.day()]);
            changed |= bound(sum.kind(), p, sum.day(), from, to);
        }
        return changed;
    }

    private Result result(World world) {
        Result result = new Result(0, 0, 0, Integer.MAX_VALUE, 0);
        for (int p = 0; p < projects; p++) {
            for (int day = 0; day < days; day++) {
                result = result.plus(one(C, p, day, world.covered[p][day]));
                result = result.plus(one(U, p, day, world.uncovered[p][day]));
                result = result.plus(one(W, p, day, world.workers(p, day)));
            }
        }
        return result;
    }

    private Result one(int kind, int p, int day, int truth) {
        int from = least[kind][p][day];
        int to = most[kind][p][day];
        boolean wrong = truth < from || truth > to;
        if (truth < 1 || truth >= rules.threshold()) {
            return new Result(0, 0, 0, Integer.MAX_VALUE, wrong ? 1 : 0);
        }
        int width = to - from + 1;
        return new Result(1, width < rules.threshold() ? 1 : 0, width == 1 ? 1 : 0, width, wrong ? 1 : 0);
    }
}
