package id.cakupan.distribution;

import cakupan.records.Progress;
import id.cakupan.runtime.FailedException;
import id.cakupan.schemas.RegistryUnavailableException;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import id.cakupan.schemas.UndecodableException;
import id.cakupan.streams.CoverageTopology;
import id.cakupan.streams.Relocated;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until everything that was produced before the call is in the figures and the alerts.
 *
 * <p>Each stage tells how far it has forwarded what it read. First the stages must be past the last event of each topic;
 * then the ledger past what the directory wrote until then, and past what it handed to itself, as far as that came of those
 * events; then the figures past what both wrote until then. Which streams apps: the one that is named, else all that run.
 */
final class FiguresWait {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final String DIRECTORY = "directory";
    private static final String LEDGER = "ledger";
    private static final String FIGURES = "figures";

    /** Which stage reads which events. */
    private static final Map<Topic<? extends SpecificRecord>, String> READERS = Map.of(
            Topics.PROJECT_REGISTERED, DIRECTORY,
            Topics.PROJECT_INSURED, DIRECTORY,
            Topics.WORKER_HIRED, LEDGER,
            Topics.WORKER_RELEASED, LEDGER,
            Topics.WORKER_ENROLLED, LEDGER,
            Topics.ENROLMENT_ENDED, LEDGER,
            Topics.COVERAGE_TARGETS, FIGURES);

    private static final Set<Optional<GroupState>> NOBODY =
            Set.of(Optional.empty(), Optional.of(GroupState.EMPTY), Optional.of(GroupState.DEAD));

    /** That a stage must be past an offset of one of its inputs. */
    private record Need(String stage, TopicPartition input, long offset) {
        @Override
        public String toString() {
            return "stage " + stage + ": " + input + " up to offset " + offset;
        }
    }

    private final Viewer viewer;
    private final PrintWriter err;
    private final Duration timeout;
    private final @Nullable String applicationId;
    private final long start = System.nanoTime();

    private final Consumer<byte[], byte[]> tails;
    private final Consumer<byte[], byte[]> progress;
    private final Deserializer<Progress> progressReader;
    private final ProgressBoard board = new ProgressBoard();
    /** By need, where the progress topic ended when its input was seen to be committed. */
    private final Map<Need, Map<TopicPartition, Long>> committedBefore = new HashMap<>();

    private long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();
    private boolean told;

    /**
     * @param viewer its clients are used; the caller closes it
     * @param err where people are told what is waited for
     * @param timeout longest wait
     * @param applicationId the streams app; null = all that run
     */
    FiguresWait(Viewer viewer, PrintWriter err, Duration timeout, @Nullable String applicationId) {
        this.viewer = viewer;
        this.err = err;
        this.timeout = timeout;
        this.applicationId = applicationId;
        this.tails = viewer.consumer();
        this.progress = viewer.consumer();
        this.progressReader = viewer.serdes().deserializer(Progress.class);
    }

    /**
     * Waits.
     *
     * @throws FailedException if it takes longer than the time-out
     */
    void await() throws InterruptedException {
        Map<String, String> readers = new HashMap<>();
        READERS.forEach((topic, stage) -> readers.put(viewer.name(topic), stage));
        List<Need> events = needs(readers, readable());
        List<TopicPartition> partitions = viewer.partitions(progress, List.of(viewer.name(Topics.PROGRESS)));
        progress.assign(partitions);
        progress.seekToBeginning(partitions);
        Set<String> done = new HashSet<>();
        Set<String> waitedFor = running();
        while (!done.containsAll(waitedFor)) {
            for (String id : waitedFor) {
                if (done.add(id)) {
                    await(id, events);
                }
            }
            waitedFor = running();
        }
    }

    private void await(String id, List<Need> events) throws InterruptedException {
        awaitCovered(id, events);
        awaitCovered(id, needs(Map.of(CoverageTopology.directoryTopic(id), LEDGER), record -> true));
        awaitRelocated(id);
        awaitCovered(id, needs(Map.of(CoverageTopology.partialsTopic(id), FIGURES), record -> true));
    }

    /**
     * Facts of a worker whose id was made with a newer key go from ledger to ledger. Those that came of events before the
     * call have made so many hops after so many rounds; other ones that come meanwhile are not waited for.
     */
    private void awaitRelocated(String id) throws InterruptedException {
        List<TopicPartition> partitions = viewer.partitions(tails, List.of(CoverageTopology.relocatedTopic(id)));
        Map<TopicPartition, Long> from = tails.beginningOffsets(partitions);
        for (int round = 1; ; round++) {
            int hops = round;
            Map<TopicPartition, Long> ends = viewer.ends(partitions);
            Map<TopicPartition, Long> last =
                    new Tails(tails, record -> Relocated.hops(record.value()) >= hops, deadline()).last(from, ends);
            if (last.isEmpty()) {
                return;
            }
            List<Need> needs = new ArrayList<>();
            last.forEach((partition, offset) -> needs.add(new Need(LEDGER, partition, offset)));
            awaitCovered(id, needs);
            from = ends;
        }
    }

    /** Events that never reach a stage, because they cannot be decoded, are not waited for. */
    private Predicate<ConsumerRecord<byte[], byte[]>> readable() {
        Map<String, Deserializer<? extends SpecificRecord>> deserializers = new HashMap<>();
        READERS.keySet()
                .forEach(topic ->
                        deserializers.put(viewer.name(topic), viewer.serdes().deserializer(topic.type())));
        return record -> {
            try {
                var unused = Objects.requireNonNull(deserializers.get(record.topic()))
                        .deserialize(record.topic(), record.value());
                return true;
            } catch (UndecodableException e) {
                return false;
            } catch (RegistryUnavailableException e) {
                throw new FailedException(String.valueOf(e.getMessage()), e);
            }
        };
    }

    /** The last record of each partition, to be passed by the stage that reads the topic. */
    private List<Need> needs(Map<String, String> stageByTopic, Predicate<ConsumerRecord<byte[], byte[]>> counts)
            throws InterruptedException {
        List<TopicPartition> partitions = viewer.partitions(tails, stageByTopic.keySet());
        List<Need> needs = new ArrayList<>();
        new Tails(tails, counts, deadline())
                .last(viewer.ends(partitions))
                .forEach((partition, offset) -> needs.add(
                        new Need(Objects.requireNonNull(stageByTopic.get(partition.topic())), partition, offset)));
        return needs;
    }

    /** The named app; else those that have told of their progress and have members, at least one. */
    private Set<String> running() throws InterruptedException {
        if (applicationId != null) {
            return Set.of(applicationId);
        }
        while (true) {
            readProgress();
            Set<String> running = new TreeSet<>(board.applications());
            running.retainAll(groupsWithMembers());
            if (!running.isEmpty()) {
                return running;
            }
            tell("no streams app runs on this cluster, or none has told of its progress yet (bin/cakupan streams)");
        }
    }

    private Set<String> groupsWithMembers() throws InterruptedException {
        try {
            return viewer.admin().listGroups().all().get().stream()
                    .filter(group -> !NOBODY.contains(group.groupState()))
                    .map(GroupListing::groupId)
                    .collect(Collectors.toSet());
        } catch (ExecutionException e) {
            throw new FailedException("The consumer groups cannot be listed: " + e.getCause(), e);
        }
    }

    private void awaitCovered(String id, List<Need> needs) throws InterruptedException {
        List<Need> open = new ArrayList<>(needs);
        while (true) {
            readProgress();
            open.removeIf(need -> board.covers(id, need.stage(), need.input(), need.offset())
                    || board.toldSince(id, need.stage(), need.input(), committedBefore.get(need)));
            if (open.isEmpty()) {
                committedBefore.clear();
                return;
            }
            if (System.nanoTime() - askedAt > ASK_AGAIN.toNanos()) {
                noteCommitted(id, open);
                askedAt = System.nanoTime();
            }
            tell("the streams app " + id + " is on its way; " + open.get(0) + ", and " + (open.size() - 1) + " more");
        }
    }

    /** A task that was started anew no longer tells of what was committed before; see {@link ProgressBoard#toldSince}. */
    private void noteCommitted(String id, Collection<Need> needs) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = viewer.admin()
                    .listConsumerGroupOffsets(id)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            // Asked again in a second.
            return;
        }
        List<Need> passed = needs.stream()
                .filter(need -> !committedBefore.containsKey(need))
                .filter(need -> {
                    OffsetAndMetadata position = committed.get(need.input());
                    return position != null && position.offset() > need.offset();
                })
                .toList();
        if (!passed.isEmpty()) {
            Map<TopicPartition, Long> ends = viewer.ends(progress.assignment());
            passed.forEach(need -> committedBefore.put(need, ends));
        }
    }

    private void readProgress() {
        for (ConsumerRecord<byte[], byte[]> record : progress.poll(POLL)) {
            if (record.value() != null) {
                try {
                    Progress told = progressReader.deserialize(record.topic(), record.value());
                    board.add(told, new TopicPartition(record.topic(), record.partition()), record.offset());
                } catch (KafkaException e) {
                    throw new FailedException("The progress of the streams app cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    private long deadline() {
        return start + timeout.toNanos();
    }

    /** Says once, after some seconds, what is waited for; gives up when the time is over. */
    private void tell(String what) {
        long waited = System.nanoTime() - start;
        if (waited > timeout.toNanos()) {
            throw new FailedException(
                    "Not all that was produced is in the figures after " + timeout.toSeconds() + " s: " + what);
        }
        if (!told && waited > QUIET.toNanos()) {
            told = true;
            err.println("Waiting: " + what);
            err.flush();
        }
    }
}
