package id.cakupan.distribution;

import id.cakupan.runtime.FailedException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds the last record of a partition, whose end may hold marks of transactions and records that were taken back. */
final class Tails {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FIRST_STEP = 2;
    private static final int GROWTH = 10;

    private Tails() {}

    /**
     * Offset of the last committed record before an offset.
     *
     * @param consumer of committed records; assigned to the partition by this
     * @param begin first offset of the partition
     * @param end only what is before it counts
     * @param counts which records count
     * @param deadline {@link System#nanoTime} at which to give up
     * @return empty if there is none
     * @throws FailedException if the records cannot be read in time, because a transaction is not over
     */
    static OptionalLong last(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long begin,
            long end,
            Predicate<ConsumerRecord<byte[], byte[]>> counts,
            long deadline) {
        if (begin >= end) {
            return OptionalLong.empty();
        }
        consumer.assign(List.of(partition));
        long step = FIRST_STEP;
        long before = end;
        while (before > begin) {
            long from = Math.max(begin, end - step);
            OptionalLong last = lastBetween(consumer, partition, from, before, counts, deadline);
            if (last.isPresent()) {
                return last;
            }
            before = from;
            step *= GROWTH;
        }
        return OptionalLong.empty();
    }

    private static OptionalLong lastBetween(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long from,
            long end,
            Predicate<ConsumerRecord<byte[], byte[]>> counts,
            long deadline) {
        OptionalLong last = OptionalLong.empty();
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end && counts.test(record)) {
                    last = OptionalLong.of(record.offset());
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new FailedException("The end of " + partition
                        + " cannot be read: brokers do not answer, or a transaction is not over");
            }
        }
        return last;
    }
}
