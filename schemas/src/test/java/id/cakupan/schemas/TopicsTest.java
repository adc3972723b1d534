package id.cakupan.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.Level;
import cakupan.records.UncoveredHire;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void shouldHaveOneTopicForEveryLevelButUnknown() {
        Set<Level> levels = EnumSet.allOf(Level.class);
        levels.remove(Level.UNKNOWN);
        assertThat(Topics.COVERAGE_BY.keySet()).isEqualTo(levels);
    }

    @Test
    void shouldNameEveryTopicOnce() {
        assertThat(Topics.ALL).extracting(Topic::suffix).doesNotHaveDuplicates().doesNotContain(Topics.DEAD_LETTERS);
    }

    @Test
    void shouldDeriveKeysFromValues() {
        assertThat(Topics.WORKER_HIRED.key().apply(SampleEvents.hired())).isEqualTo(SampleEvents.WORKER);
        assertThat(Topics.UNCOVERED_HIRES.key().apply(alert())).isEqualTo(SampleEvents.WORKER + "/h-1");
        assertThat(Topics.COVERAGE_TARGETS.key().apply(SampleEvents.target())).isEqualTo("CITY/35.73");
        assertThat(Topics.REFERENCE_FIGURES.key().apply(SampleEvents.reference()))
                .isEqualTo("35.73/all-sectors/test");
        assertThat(Topics.WORKER_HIRED.subject("p.")).isEqualTo("p.worker-hired-value");
    }

    private static UncoveredHire alert() {
        UncoveredHire alert = new UncoveredHire();
        alert.setWorkerId(SampleEvents.WORKER);
        alert.setHireId("h-1");
        return alert;
    }
}
