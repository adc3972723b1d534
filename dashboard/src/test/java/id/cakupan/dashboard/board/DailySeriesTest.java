package id.cakupan.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DailySeriesTest {
    private static final int FIRST = 20_000;

    private static Counts counts(long workers) {
        return new Counts(workers, 1, 0, workers, 1, 0, 1, 0, 3_000_000_000L * workers, 7);
    }

    @Test
    void shouldAnswerAsAMapOfDaysDoesInWhateverOrderTheyCome() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<Integer, Counts> days = new TreeMap<>();
            int length = 1 + random.nextInt(60);
            for (int day = FIRST; day < FIRST + length; day++) {
                days.put(day, counts(random.nextInt(3)));
            }
            List<Integer> order = new ArrayList<>(days.keySet());
            shuffleLocally(order, random);
            DailySeries series = new DailySeries();
            order.forEach(day -> series.put(day, days.getOrDefault(day, Counts.NONE)));

            for (int day = FIRST; day < FIRST + length; day++) {
                assertThat(series.at(day))
                        .as("seed %s day %s", seed, day - FIRST)
                        .contains(days.get(day));
            }
            assertThat(series.at(FIRST - 1)).isEmpty();
            assertThat(series.at(FIRST + 100)).contains(days.get(FIRST + length - 1));
            List<DailySeries.Run> runs = series.runs();
            assertThat(runs.get(0).first()).isEqualTo(FIRST);
            for (int i = 1; i < runs.size(); i++) {
                assertThat(runs.get(i).first()).isEqualTo(runs.get(i - 1).last() + 1);
                assertThat(runs.get(i).counts())
                        .as("runs are joined")
                        .isNotEqualTo(runs.get(i - 1).counts());
            }
        }
    }

    /** In order, wholly shuffled, or dealt as partitions do: every second day first. */
    private static void shuffleLocally(List<Integer> order, Random random) {
        switch (random.nextInt(3)) {
            case 1 -> Collections.shuffle(order, random);
            case 2 -> order.sort((a, b) -> a % 2 == b % 2 ? Integer.compare(a, b) : Integer.compare(a % 2, b % 2));
            default -> Collections.sort(order);
        }
    }

    @Test
    void shouldTakeFewBytes() {
        DailySeries series = new DailySeries();
        for (int day = 0; day < 365; day++) {
            series.put(FIRST + day, new Counts(40 + day / 9, 20, 3, 40, 20, 2, 1, 1, 2_563_750_000L, 2_563_750_000L));
        }
        assertThat(series.runs()).hasSize(41);
        assertThat(series.size()).isLessThan(41 * 30);
    }

    @Test
    void shouldKeepTheSumsOfThirtyDays() {
        DailySeries series = new DailySeries();
        series.put30(FIRST, 30, 20);
        assertThat(series.at30(FIRST))
                .hasValueSatisfying(sums -> assertThat(sums).containsExactly(30, 20));
        assertThat(series.at30(FIRST + 1)).isEqualTo(Optional.empty());
    }
}
