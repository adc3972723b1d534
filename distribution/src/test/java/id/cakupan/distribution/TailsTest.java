package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.runtime.FailedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TailsTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** Partitions in which only some offsets hold records; the others are marks of transactions. */
    private static final class Partitions extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Set<Long>> records = new HashMap<>();
        private final Map<TopicPartition, Long> readable = new HashMap<>();
        private int seeks;

        Partitions() {
            super("earliest");
        }

        Partitions with(TopicPartition partition, long begin, long end, Long... offsets) {
            updateBeginningOffsets(Map.of(partition, begin));
            readable.put(partition, end);
            records.put(partition, new TreeSet<>(Set.of(offsets)));
            return this;
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            seeks++;
            super.seek(partition, offset);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            for (TopicPartition partition : assignment()) {
                long position = position(partition);
                for (long offset : records.getOrDefault(partition, Set.of())) {
                    if (offset >= position && offset < readable.getOrDefault(partition, 0L)) {
                        addRecord(new ConsumerRecord<>(
                                partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
                    }
                }
            }
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            // Past the marks, as a real consumer of committed records goes.
            assignment().forEach(partition -> super.seek(partition, readable.getOrDefault(partition, 0L)));
            return polled;
        }
    }

    private final Partitions partitions = new Partitions();

    @Test
    void shouldPassOverMarksOfTransactions() {
        partitions.with(FIRST, 0, 10, 3L, 8L).with(SECOND, 0, 6, 5L);

        assertThat(tails(record -> true).last(Map.of(FIRST, 10L, SECOND, 6L))).isEqualTo(Map.of(FIRST, 8L, SECOND, 5L));
    }

    @Test
    void shouldGoBackInGrowingStepsUntilThereIsARecord() {
        partitions.with(FIRST, 100, 3_000, 120L, 150L);

        assertThat(tails(record -> true).last(Map.of(FIRST, 3_000L))).isEqualTo(Map.of(FIRST, 150L));
        assertThat(partitions.seeks).isEqualTo(5);
    }

    @Test
    void shouldFindNothingWhereThereAreOnlyMarks() {
        partitions.with(FIRST, 0, 50);

        assertThat(tails(record -> true).last(Map.of(FIRST, 50L))).isEmpty();
    }

    @Test
    void shouldNotReadAnEmptyPartition() {
        partitions.with(FIRST, 7, 7);

        assertThat(tails(record -> true).last(Map.of(FIRST, 7L))).isEmpty();
        assertThat(partitions.seeks).isZero();
    }

    @Test
    void shouldLeaveOutWhatDoesNotCount() {
        partitions.with(FIRST, 0, 10, 2L, 4L, 9L);

        assertThat(tails(record -> record.offset() < 9).last(Map.of(FIRST, 10L)))
                .isEqualTo(Map.of(FIRST, 4L));
    }

    @Test
    void shouldLeaveOutWhatCameLater() {
        partitions.with(FIRST, 0, 20, 5L, 15L);

        assertThat(tails(record -> true).last(Map.of(FIRST, 10L))).isEqualTo(Map.of(FIRST, 5L));
    }

    @Test
    void shouldLeaveOutWhatCameBefore() {
        partitions.with(FIRST, 0, 20, 5L, 15L).with(SECOND, 0, 20, 5L);

        assertThat(tails(record -> true).last(Map.of(FIRST, 10L, SECOND, 10L), Map.of(FIRST, 20L, SECOND, 20L)))
                .isEqualTo(Map.of(FIRST, 15L));
    }

    @Test
    void shouldGiveUpOnATransactionThatIsNotOver() {
        partitions.with(FIRST, 0, 4, 3L);
        Tails tails = new Tails(partitions, record -> true, System.nanoTime());

        assertThatThrownBy(() -> tails.last(Map.of(FIRST, 10L)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("a transaction is not over");
    }

    private Tails tails(Predicate<ConsumerRecord<byte[], byte[]>> counts) {
        return new Tails(
                partitions, counts, System.nanoTime() + Duration.ofSeconds(20).toNanos());
    }
}
