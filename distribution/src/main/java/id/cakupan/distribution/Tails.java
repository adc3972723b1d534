package id.cakupan.distribution;

import id.cakupan.runtime.FailedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds the last records of partitions, whose ends may hold marks of transactions and records that were taken back. */
final class Tails {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FIRST_STEP = 2;
    private static final long GROWTH = 10;

    private final Consumer<byte[], byte[]> consumer;
    private final Predicate<ConsumerRecord<byte[], byte[]>> counts;
    private final long deadline;

    /**
     * @param consumer of committed records, used by nobody else
     * @param counts which records count
     * @param deadline {@link System#nanoTime} at which to give up
     */
    Tails(Consumer<byte[], byte[]> consumer, Predicate<ConsumerRecord<byte[], byte[]>> counts, long deadline) {
        this.consumer = consumer;
        this.counts = counts;
        this.deadline = deadline;
    }

    /**
     * Offset of the last committed record before an offset, of each partition that has one.
     *
     * @param ends only what is before these counts
     * @throws FailedException if the records cannot be read in time, because a transaction is not over
     */
    Map<TopicPartition, Long> last(Map<TopicPartition, Long> ends) {
        return last(consumer.beginningOffsets(ends.keySet()), ends);
    }

    /**
     * Offset of the last committed record within a range of offsets, of each partition that has one.
     *
     * @param begins only what is not before these counts
     * @param ends only what is before these counts
     * @throws FailedException if the records cannot be read in time, because a transaction is not over
     */
    Map<TopicPartition, Long> last(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> found = new HashMap<>();
        Map<TopicPartition, Long> unread = new HashMap<>(ends);
        for (long step = FIRST_STEP; ; step *= GROWTH) {
            unread.entrySet()
                    .removeIf(end ->
                            found.containsKey(end.getKey()) || begins.getOrDefault(end.getKey(), 0L) >= end.getValue());
            if (unread.isEmpty()) {
                return found;
            }
            Map<TopicPartition, Long> from = new HashMap<>();
            for (TopicPartition partition : unread.keySet()) {
                long begin = begins.getOrDefault(partition, 0L);
                from.put(partition, Math.max(begin, ends.getOrDefault(partition, begin) - step));
            }
            read(from, unread, found);
            unread.putAll(from);
        }
    }

    private void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> found) {
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        Set<TopicPartition> reading = new HashSet<>(from.keySet());
        while (!reading.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L) && counts.test(record)) {
                    found.put(partition, record.offset());
                }
            }
            reading.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (!reading.isEmpty() && System.nanoTime() - deadline > 0) {
                throw new FailedException("The end of " + reading
                        + " cannot be read: brokers do not answer, or a transaction is not over");
            }
        }
    }
}
