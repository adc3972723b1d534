package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.Progress;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {
    private static final TopicPartition TOLD_IN = new TopicPartition("progress", 2);
    private static final TopicPartition HIRED = new TopicPartition("worker-hired", 1);

    private final ProgressBoard board = new ProgressBoard();

    @Test
    void shouldCoverWhatTheTaskOfThePartitionHasPassed() {
        board.add(progress("app", 1, Map.of("worker-hired", 41L)), TOLD_IN, 0);

        assertThat(board.covers("app", "ledger", HIRED, 41)).isTrue();
        assertThat(board.covers("app", "ledger", HIRED, 42)).isFalse();
        assertThat(board.covers("app", "ledger", new TopicPartition("worker-hired", 0), 0))
                .isFalse();
        assertThat(board.covers("app", "ledger", new TopicPartition("worker-released", 1), 0))
                .isFalse();
        assertThat(board.covers("app", "figures", HIRED, 0)).isFalse();
        assertThat(board.covers("other", "ledger", HIRED, 0)).isFalse();
    }

    @Test
    void shouldKeepWhatATaskToldBeforeItWasStartedAnew() {
        board.add(progress("app", 1, Map.of("worker-hired", 41L, "worker-released", 7L)), TOLD_IN, 0);
        board.add(progress("app", 1, Map.of("worker-hired", 50L)), TOLD_IN, 1);

        assertThat(board.covers("app", "ledger", HIRED, 50)).isTrue();
        assertThat(board.covers("app", "ledger", new TopicPartition("worker-released", 1), 7))
                .isTrue();
    }

    @Test
    void shouldNeverGoBack() {
        board.add(progress("app", 1, Map.of("worker-hired", 41L)), TOLD_IN, 0);
        board.add(progress("app", 1, Map.of("worker-hired", 3L)), TOLD_IN, 1);

        assertThat(board.covers("app", "ledger", HIRED, 41)).isTrue();
    }

    @Test
    void shouldKnowWhetherATaskToldAnythingSince() {
        board.add(progress("app", 1, Map.of()), TOLD_IN, 9);

        assertThat(board.toldSince("app", "ledger", HIRED, Map.of(TOLD_IN, 9L))).isTrue();
        assertThat(board.toldSince("app", "ledger", HIRED, Map.of(TOLD_IN, 10L)))
                .isFalse();
        assertThat(board.toldSince("app", "ledger", HIRED, null)).isFalse();
        assertThat(board.toldSince("app", "ledger", new TopicPartition("worker-hired", 3), Map.of(TOLD_IN, 0L)))
                .isFalse();
    }

    @Test
    void shouldListTheAppsThatTold() {
        board.add(progress("b", 0, Map.of()), TOLD_IN, 0);
        board.add(progress("a", 0, Map.of()), TOLD_IN, 1);
        board.add(progress("a", 1, Map.of()), TOLD_IN, 2);

        assertThat(board.applications()).containsExactly("a", "b");
    }

    private static Progress progress(String applicationId, int partition, Map<String, Long> offsets) {
        return new Progress(applicationId, "ledger", partition, offsets, Instant.EPOCH);
    }
}
