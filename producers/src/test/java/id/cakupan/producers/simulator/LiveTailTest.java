package id.cakupan.producers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import cakupan.records.ProjectInsured;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class LiveTailTest {
    // Already the next day in Malang.
    private static final Instant NOW = Instant.parse("2025-07-01T18:00:00.123456789Z");
    private static final LocalDate TODAY = LocalDate.of(2025, 7, 2);

    private final Simulation simulation = new Simulation(new CityPlan(
            1, LocalDate.of(2025, 1, 1), LocalDate.of(2025, 7, 1), 100, 40, 2_000, ZoneId.of("Asia/Jakarta")));

    @Test
    void shouldGoOnWithEventsOfTodayByTheClock() {
        Map<Class<?>, Integer> counts = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (SpecificRecord event : next(4_000)) {
            counts.merge(event.getClass(), 1, Integer::sum);
            ids.add(event.get(0).toString());
            assertThat(event.get(2)).isEqualTo(Instant.parse("2025-07-01T18:00:00.123456Z"));
            if (event instanceof WorkerHired e) {
                assertThat(e.getStartsOn()).isBetween(TODAY.minusDays(40), TODAY);
            } else if (event instanceof WorkerEnrolled e) {
                assertThat(e.getEffectiveFrom()).isEqualTo(TODAY);
            } else if (event instanceof WorkerReleased e) {
                assertThat(e.getEndedOn()).isEqualTo(TODAY.minusDays(1));
            }
        }

        assertThat(counts.get(WorkerHired.class)).isGreaterThan(1_500);
        assertThat(counts.get(WorkerEnrolled.class)).isBetween(150, 350);
        assertThat(counts.get(WorkerReleased.class))
                .as("as many go as come")
                .isCloseTo(counts.get(WorkerHired.class), withinPercentage(15));
        assertThat(counts.get(ProjectInsured.class)).isBetween(3, 60);
        assertThat(ids).hasSizeBetween(3_600, 3_990);
    }

    @Test
    void shouldShareNoIdWithTheHistoryOrAnEarlierTail() {
        Set<String> ids = new HashSet<>();
        simulation.forEach(event -> ids.add(event.get(0).toString()));
        next(500).forEach(event -> ids.add(event.get(0).toString()));
        LiveTail later = new LiveTail(simulation, Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC));

        for (int i = 0; i < 500; i++) {
            assertThat(ids).doesNotContain(later.next().get(0).toString());
        }
    }

    @Test
    void shouldReleaseHiresOfTheHistory() {
        Set<String> hires = new HashSet<>();
        for (SpecificRecord event : simulation) {
            if (event instanceof WorkerHired e) {
                hires.add(e.getWorkerId() + e.getHireId());
            }
        }
        List<WorkerReleased> released = new ArrayList<>();
        for (SpecificRecord event : next(300)) {
            if (event instanceof WorkerReleased e) {
                released.add(e);
            }
        }

        assertThat(released).isNotEmpty();
        assertThat(released.stream().filter(e -> hires.contains(e.getWorkerId() + e.getHireId())))
                .hasSizeGreaterThan(released.size() / 2);
    }

    private List<SpecificRecord> next(int count) {
        LiveTail tail = new LiveTail(simulation, Clock.fixed(NOW, ZoneOffset.UTC));
        List<SpecificRecord> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(tail.next());
        }
        return events;
    }
}
