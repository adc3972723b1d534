package id.cakupan.producers.gateway;

import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether events can be stored: all input topics have their leaders, and the schemas are known, which takes one answer of
 * the registry. A failure to send makes it false at once; only a probe that began after that makes it true again.
 * Thread-safe.
 */
final class Availability {
    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final Duration PROBE_LIMIT = Duration.ofMillis(1_500);

    private final Admin admin;
    private final AvroSerdes serdes;
    private final String prefix;
    private final AtomicLong failures = new AtomicLong();
    private volatile Optional<String> fault = Optional.of("Starting");
    private boolean schemasKnown;

    /** @param serdes those of the publisher, impatient ones */
    Availability(Admin admin, AvroSerdes serdes, String prefix) {
        this.admin = admin;
        this.serdes = serdes;
        this.prefix = prefix;
    }

    /** Why events cannot be stored; empty = they can. */
    Optional<String> fault() {
        return fault;
    }

    /** An event could not be sent. */
    void failed() {
        failures.incrementAndGet();
        set(Optional.of("An event could not be sent"));
    }

    /** Asks broker and registry. Called by one thread, about twice a second. */
    void probe() {
        long before = failures.get();
        Optional<String> found = ask();
        if (found.isPresent() || failures.get() == before) {
            set(found);
        }
    }

    private void set(Optional<String> found) {
        if (found.isPresent() != fault.isPresent()) {
            if (found.isPresent()) {
                LOG.warn("Events are refused: {}", found.get());
            } else {
                LOG.info("Events are taken");
            }
        }
        fault = found;
    }

    private Optional<String> ask() {
        try {
            List<String> names =
                    Topics.EVENTS.stream().map(topic -> topic.name(prefix)).toList();
            for (TopicDescription topic : admin.describeTopics(names)
                    .allTopicNames()
                    .get(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()) {
                if (topic.partitions().stream()
                        .anyMatch(partition ->
                                partition.leader() == null || partition.leader().isEmpty())) {
                    return Optional.of("A partition of " + topic.name() + " has no leader");
                }
            }
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? "A topic is missing: run `cakupan setup`"
                            : "Brokers do not answer");
        } catch (TimeoutException e) {
            return Optional.of("Brokers do not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("Interrupted");
        }
        if (!schemasKnown) {
            try {
                for (Topic<?> topic : Topics.EVENTS) {
                    serdes.prefetch(topic, prefix);
                }
                schemasKnown = true;
            } catch (KafkaException e) {
                return Optional.of("The schema registry does not know the schemas: " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
