package id.cakupan.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PipelineLagTest {
    private static final TopicPartition FIRST = new TopicPartition("worker-hired", 0);
    private static final TopicPartition SECOND = new TopicPartition("worker-hired", 1);

    @Test
    void shouldCountWhatStandsAfterTheLastRecordThatWasWorkedOff() {
        assertThat(PipelineLag.waiting(Map.of(FIRST, 9L, SECOND, 4L), Map.of(FIRST, 10L, SECOND, 8L)))
                .isEqualTo(3);
    }

    @Test
    void shouldCountNothingOfATopicThatWasMadeAnew() {
        assertThat(PipelineLag.waiting(Map.of(FIRST, 9L), Map.of(FIRST, 2L))).isZero();
        assertThat(PipelineLag.waiting(Map.of(FIRST, 9L), Map.of())).isZero();
    }
}
