package id.cakupan.dashboard.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cakupan.records.Level;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DisclosureTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final int K = 5;
    private static final int MALANG_PROJECTS = 2_000;
    private static final int LARGE_PROJECTS = 100_000;
    private static final int YEAR = 365;

    private final Disclosure disclosure = new Disclosure(K);
    private LocalDate today = DAY;

    @Test
    void shouldHideSmallGroupsAndRoundTheOthers() {
        site("small", "1", "A", "x");
        site("middle", "1", "A", "x");
        site("good", "1", "A", "y");
        site("poor", "1", "A", "z");
        site("mixed", "1", "A", "z");
        day(Map.of(
                "small",
                new Counts(4, 5),
                "middle",
                new Counts(8, 8),
                "good",
                new Counts(101, 2),
                "poor",
                new Counts(9, 54),
                "mixed",
                new Counts(52, 21)));

        assertThat(project("small")).isEqualTo(Disclosed.SUPPRESSED);
        assertThat(project("middle")).isEqualTo(new Disclosed(15, Coverage.HIDDEN, -1, -1));
        assertThat(project("good")).isEqualTo(new Disclosed(105, Coverage.FEW_UNCOVERED, -1, 9));
        assertThat(project("poor")).isEqualTo(new Disclosed(65, Coverage.FEW_COVERED, -1, 9));
        assertThat(project("mixed")).isEqualTo(new Disclosed(75, Coverage.SHOWN, 50, -1));
        assertThat(contractor("x")).as("of its shown projects").isEqualTo(new Disclosed(15, Coverage.HIDDEN, -1, -1));
        assertThat(contractor("y")).isEqualTo(new Disclosed(105, Coverage.FEW_UNCOVERED, -1, 9));
        assertThat(contractor("z")).isEqualTo(new Disclosed(135, Coverage.SHOWN, 55, -1));
        assertThat(disclosure.at(new Group(Level.PROJECT, "unknown"), today)).isEqualTo(Disclosed.SUPPRESSED);
    }

    @Test
    void shouldShowAndHideAtCountsThatAreNotSensitive() {
        site("p", "1", "A", "x");
        for (int workers : new int[] {0, 9, 10, 9, 8, 9}) {
            day(Map.of("p", new Counts(workers, 0)));
        }
        assertThat(disclosure.history(new Group(Level.PROJECT, "p")).values())
                .extracting(Disclosed::workers)
                .containsExactly(-1, 10, -1);
    }

    @Test
    void shouldNotLetATotalDependOnASmallGroup() {
        Disclosure other = new Disclosure(K);
        for (Disclosure each : List.of(disclosure, other)) {
            each.site("large", new Site("35.73", "1", "A", "x"));
            each.site("small", new Site("35.73", "1", "A", "x"));
        }
        for (int day = 0; day < YEAR; day++) {
            int one = 1 + day % 4;
            int another = 4 - day % 3;
            disclosure.day(DAY.plusDays(day), counts(60, one));
            other.day(DAY.plusDays(day), counts(60, another));
        }
        for (Group group : disclosure.groups()) {
            assertThat(disclosure.history(group)).as("%s", group).isEqualTo(other.history(group));
        }
    }

    private static Map<Group, Counts> counts(int large, int small) {
        Counts total = new Counts(large + small, 30);
        return Map.of(
                new Group(Level.PROJECT, "large"), new Counts(large, 30),
                new Group(Level.PROJECT, "small"), new Counts(small, 0),
                new Group(Level.CITY, "35.73"), total,
                new Group(Level.DISTRICT, "1"), total,
                new Group(Level.FUNDING, "A"), total,
                new Group(Level.CONTRACTOR, "x"), total);
    }

    @Test
    void shouldBeAFunctionOfTheDaysAlone() {
        World world = new World(7, 40, YEAR);
        Disclosure whole = disclose(world, false);
        Disclosure changesAlone = disclose(world, true);
        for (Group group : whole.groups()) {
            assertThat(changesAlone.history(group)).as("%s", group).isEqualTo(whole.history(group));
        }
        assertThatThrownBy(() -> whole.day(World.START, Map.of())).hasMessageContaining("order");
    }

    private static Disclosure disclose(World world, boolean changesAlone) {
        Disclosure made = new Disclosure(K);
        for (int p = world.sites.size() - 1; p >= 0; p--) {
            int project = changesAlone ? p : world.sites.size() - 1 - p;
            made.site(World.id(project), world.sites.get(project));
        }
        Map<Group, Counts> before = Map.of();
        for (int day = 0; day < world.days; day++) {
            Map<Group, Counts> now = world.day(day);
            Map<Group, Counts> changed = new HashMap<>(now);
            if (changesAlone) {
                changed.entrySet().removeAll(before.entrySet());
            }
            made.day(World.START.plusDays(day), changed);
            before = now;
        }
        return made;
    }

    /** A town as the simulator's: most sites have a few dozen workers, a third fewer than ten. */
    @Test
    void shouldStayUseful() {
        Random random = new Random(1);
        long trueWorkers = 0;
        long trueCovered = 0;
        Map<Group, Counts> counts = new HashMap<>();
        for (int p = 0; p < MALANG_PROJECTS; p++) {
            site("p" + p, "" + p % 5, "" + p % 4, "" + p % 300);
            int workers = (int) Math.max(1, Math.exp(2.7 + random.nextGaussian()));
            int covered = random.nextInt(3) == 0 ? random.nextInt(workers + 1) : workers - random.nextInt(2);
            counts.put(new Group(Level.PROJECT, "p" + p), new Counts(covered, workers - covered));
            trueWorkers += workers;
            trueCovered += covered;
        }
        for (int day = 0; day < 60; day++) {
            disclosure.day(DAY.plusDays(day), counts);
        }
        LocalDate end = DAY.plusDays(59);
        Disclosed city = disclosure.at(new Group(Level.CITY, "35.73"), end);
        long shown = counts.keySet().stream()
                .filter(group -> !disclosure.at(group, end).isSuppressed())
                .count();
        long withCoverage = counts.keySet().stream()
                .filter(group -> disclosure.at(group, end).coverage() != Coverage.HIDDEN)
                .count();

        assertThat(Math.abs(city.workers() - trueWorkers)).isLessThan(trueWorkers / 200);
        assertThat(Math.abs(city.covered() - trueCovered)).isLessThan(trueCovered / 200);
        assertThat(withCoverage).isGreaterThan(MALANG_PROJECTS / 3);
        assertThat(shown).isGreaterThan(MALANG_PROJECTS * 6 / 10);
        for (int i = 0; i < 5; i++) {
            assertThat(disclosure.at(new Group(Level.DISTRICT, "" + i), end).coverage())
                    .isEqualTo(Coverage.SHOWN);
        }
    }

    @Test
    void shouldDiscloseAYearOfALargeTownInSeconds() {
        Random random = new Random(1);
        for (int p = 0; p < LARGE_PROJECTS; p++) {
            site("p" + p, "" + p % 30, "" + p % 12, "" + p % 8000);
        }
        long begin = System.nanoTime();
        for (int day = 0; day < YEAR; day++) {
            Map<Group, Counts> changed = new HashMap<>();
            for (int i = 0; i < (day == 0 ? LARGE_PROJECTS : LARGE_PROJECTS / 20); i++) {
                int p = day == 0 ? i : random.nextInt(LARGE_PROJECTS);
                changed.put(new Group(Level.PROJECT, "p" + p), new Counts(random.nextInt(40), random.nextInt(20)));
            }
            disclosure.day(DAY.plusDays(day), changed);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(took).isLessThan(Duration.ofMinutes(1));
    }

    private void site(String id, String district, String funding, String contractor) {
        disclosure.site(id, new Site("35.73", district, funding, contractor));
    }

    private void day(Map<String, Counts> projects) {
        Map<Group, Counts> counts = new HashMap<>();
        projects.forEach((id, count) -> counts.put(new Group(Level.PROJECT, id), count));
        today = disclosure.last().map(last -> last.plusDays(1)).orElse(DAY);
        disclosure.day(today, counts);
    }

    private Disclosed project(String id) {
        return disclosure.at(new Group(Level.PROJECT, id), today);
    }

    private Disclosed contractor(String id) {
        return disclosure.at(new Group(Level.CONTRACTOR, id), today);
    }
}
