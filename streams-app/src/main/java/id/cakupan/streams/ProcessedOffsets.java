package id.cakupan.streams;

import cakupan.records.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** How far a task has read each of its topics, and whether that has been told. */
final class ProcessedOffsets {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final String applicationId;
    private final Stage stage;
    private final int partition;
    private final Map<String, Long> offsets = new HashMap<>();
    private boolean told;
    private Instant toldAt = Instant.EPOCH;

    ProcessedOffsets(String applicationId, Stage stage, int partition) {
        this.applicationId = applicationId;
        this.stage = stage;
        this.partition = partition;
    }

    /** Notes the offset of the record that is being processed. */
    void note(ProcessorContext<?, ?> context) {
        context.recordMetadata().ifPresent(metadata -> {
            offsets.put(metadata.topic(), metadata.offset());
            told = false;
        });
    }

    /** What to tell, if anything changed since the last call, or to show that the task is alive. */
    @Nullable
    Progress untold(Instant now) {
        if (told && now.isBefore(toldAt.plus(HEARTBEAT))) {
            return null;
        }
        told = true;
        toldAt = now;
        return Progress.newBuilder()
                .setApplicationId(applicationId)
                .setStage(stage.id())
                .setPartition(partition)
                .setOffsets(Map.copyOf(offsets))
                .setAt(now.truncatedTo(ChronoUnit.MICROS))
                .build();
    }
}
