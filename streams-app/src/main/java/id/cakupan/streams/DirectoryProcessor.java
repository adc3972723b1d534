package id.cakupan.streams;

import cakupan.records.Progress;
import id.cakupan.coverage.Group;
import id.cakupan.coverage.GroupPartial;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.ProjectState;
import id.cakupan.coverage.ProjectTotals;
import id.cakupan.coverage.Rules;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Merges the facts of projects; copies each changed project to all ledger partitions; sums projects by group. */
final class DirectoryProcessor implements Processor<String, SpecificRecord, String, Object> {
    private final Rules rules;
    private final Pulse pulse;
    private final StageContext stage;

    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, byte[]> projects;
    private ForwardedGroups forwarded;
    private ProjectTotals totals;
    private final GroupQueue waiting = new GroupQueue();
    private ProcessedOffsets offsets;
    private StreamsMeters.TaskShare share;

    @SuppressWarnings("NullAway.Init")
    DirectoryProcessor(Rules rules, Pulse pulse, StageContext stage) {
        this.rules = rules;
        this.pulse = pulse;
        this.stage = stage;
    }

    /** Rebuilds the sums from the store. The same object is initialised again after its task was closed dirty. */
    @Override
    public void init(ProcessorContext<String, Object> context) {
        long start = System.nanoTime();
        this.context = context;
        int partition = context.taskId().partition();
        projects = context.getStateStore(CoverageTopology.DIRECTORY_STORE);
        forwarded = new ForwardedGroups(context.getStateStore(CoverageTopology.DIRECTORY_GROUPS_STORE));
        totals = new ProjectTotals(rules);
        offsets = new ProcessedOffsets(stage.applicationId(), Stage.DIRECTORY, partition);
        share = stage.meters().share(Stage.DIRECTORY.task(partition));
        waiting.clear();
        long now = pulse.now().toEpochMilli();
        try (KeyValueIterator<String, byte[]> all = projects.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                totals.put(entry.key, ProjectCodec.decode(entry.key, entry.value), group -> waiting.add(group, now));
            }
        }
        forwarded.forEach(group -> waiting.add(group, now));
        context.schedule(pulse.interval(), PunctuationType.WALL_CLOCK_TIME, this::flush);
        stage.meters().rebuilt(Stage.DIRECTORY, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        offsets.note(context);
        SpecificRecord event = stage.accepted(record);
        ProjectFact fact = EventFacts.projectFact(event);
        ProjectState before = totals.project(fact.projectId());
        ProjectState after = before.merge(fact);
        if (after.equals(before)) {
            stage.meters().unchanged(event.getSchema().getName());
            return;
        }
        byte[] encoded = ProjectCodec.encode(after);
        projects.put(fact.projectId(), encoded);
        context.forward(new Record<>(fact.projectId(), encoded, record.timestamp()), CoverageTopology.DIRECTORY_SINK);
        totals.put(fact.projectId(), after, group -> waiting.add(group, record.timestamp()));
    }

    private void flush(long timestamp) {
        String task = Stage.DIRECTORY.task(context.taskId().partition());
        waiting.drain(pulse.mostGroups(), (group, since) -> forward(group, since, task));
        share.dirtyGroups = waiting.size();
        if (waiting.isEmpty()) {
            Progress progress = offsets.untold(pulse.now());
            if (progress != null) {
                context.forward(
                        new Record<>(stage.progressKey(progress), progress, timestamp),
                        CoverageTopology.progressSink(Stage.DIRECTORY));
            }
        }
    }

    private void forward(Group group, long since, String task) {
        GroupPartial partial = totals.partial(group);
        forwarded.remember(group);
        context.forward(
                new Record<>(PartialCodec.key(group, task), PartialCodec.encode(partial), since),
                CoverageTopology.partialsSink(Stage.DIRECTORY));
    }

    @Override
    public void close() {
        stage.meters().leave(Stage.DIRECTORY.task(context.taskId().partition()));
    }
}
