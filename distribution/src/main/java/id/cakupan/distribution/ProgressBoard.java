package id.cakupan.distribution;

import cakupan.records.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of streams apps have told of their progress. A task that was started anew tells only of the topics that
 * it has read since; what was told before still holds.
 */
final class ProgressBoard {
    private record Task(String applicationId, String stage, int partition) {}

    /** Where a task told something last. */
    private record Place(TopicPartition partition, long offset) {}

    private final Map<Task, Map<String, Long>> told = new HashMap<>();
    private final Map<Task, Place> lastTold = new HashMap<>();

    /**
     * Notes what a task tells.
     *
     * @param partition partition of the progress topic in which it was told
     * @param offset offset in it
     */
    void add(Progress progress, TopicPartition partition, long offset) {
        Task task = new Task(progress.getApplicationId(), progress.getStage(), progress.getPartition());
        Map<String, Long> offsets = told.computeIfAbsent(task, t -> new HashMap<>());
        progress.getOffsets().forEach((topic, processed) -> offsets.merge(topic, processed, Math::max));
        lastTold.put(task, new Place(partition, offset));
    }

    /** The apps that have told anything. */
    Set<String> applications() {
        Set<String> ids = new TreeSet<>();
        told.keySet().forEach(task -> ids.add(task.applicationId()));
        return ids;
    }

    /** Whether all up to an offset has been forwarded by the stage's task of that partition. */
    boolean covers(String applicationId, String stage, TopicPartition input, long offset) {
        Map<String, Long> offsets = told.getOrDefault(new Task(applicationId, stage, input.partition()), Map.of());
        return offsets.getOrDefault(input.topic(), -1L) >= offset;
    }

    /**
     * Whether the stage's task of a partition has told anything since the progress topic ended at these offsets. Whatever
     * it tells, all that it had committed before has been forwarded.
     */
    boolean toldSince(
            String applicationId, String stage, TopicPartition input, @Nullable Map<TopicPartition, Long> ends) {
        Place place = lastTold.get(new Task(applicationId, stage, input.partition()));
        return place != null && ends != null && place.offset() >= ends.getOrDefault(place.partition(), Long.MAX_VALUE);
    }
}
