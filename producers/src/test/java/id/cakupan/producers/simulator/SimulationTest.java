package id.cakupan.producers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    static CityPlan plan(long seed, int workers) {
        return new CityPlan(seed, LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31), 360, 120, workers, ZONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldMoveTheCityFrom33To41PercentOver2025(long seed) {
        DayByDay city = new DayByDay();
        for (SpecificRecord event : new Simulation(plan(seed, 15_000))) {
            city.add(event);
        }
        for (int m = 1; m <= 12; m++) {
            var c = city.city("35.73", LocalDate.of(2025, m, 1));
            System.out.println(seed + " " + m + " " + c + " " + c.ratio());
        }
        var c = city.city("35.73", LocalDate.of(2025, 12, 31));
        System.out.println(seed + " end " + c + " " + c.ratio());
        assertThat(c.ratio()).isCloseTo(0.41, within(0.02));
    }
}
