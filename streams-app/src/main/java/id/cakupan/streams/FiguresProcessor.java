package id.cakupan.streams;

import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTarget;
import cakupan.records.CoverageTimeline;
import cakupan.records.Progress;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Group;
import id.cakupan.coverage.GroupPartial;
import id.cakupan.coverage.GroupTimeline;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.Stamp;
import id.cakupan.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the newest partials of each group and publishes what changed: the figure of today, the timeline, and at the
 * end of each day the figure as it stood.
 */
final class FiguresProcessor implements Processor<String, Object, String, SpecificRecord> {
    /** A process that was away for longer than this does not report all days that it missed. */
    private static final int MOST_MISSED_DAYS = 366;
    /** In the queue: changed by no event. */
    private static final long NO_EVENT = Long.MAX_VALUE;

    private static final double MILLIS = 1_000;
    private static final double MICROS = 1_000_000;

    private static final class GroupState {
        final Map<String, GroupPartial> partials = new HashMap<>(4);

        @Nullable
        Published published;

        @Nullable
        Target target;
    }

    private final AreaNames areaNames;
    private final Pulse pulse;
    private final StageContext stage;

    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, byte[]> publishedStore;
    private KeyValueStore<String, byte[]> targetStore;
    private ProcessedOffsets offsets;
    private StreamsMeters.TaskShare share;

    private final Map<Group, GroupState> groups = new HashMap<>();
    private final GroupQueue waiting = new GroupQueue();
    private int today;

    @SuppressWarnings("NullAway.Init")
    FiguresProcessor(AreaNames areaNames, Pulse pulse, StageContext stage) {
        this.areaNames = areaNames;
        this.pulse = pulse;
        this.stage = stage;
    }

    /** Reads all from the stores. The same object is initialised again after its task was closed dirty. */
    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        long start = System.nanoTime();
        this.context = context;
        int partition = context.taskId().partition();
        publishedStore = context.getStateStore(CoverageTopology.PUBLISHED_STORE);
        targetStore = context.getStateStore(CoverageTopology.TARGETS_STORE);
        offsets = new ProcessedOffsets(stage.applicationId(), Stage.FIGURES, partition);
        share = stage.meters().share(Stage.FIGURES.task(partition));
        groups.clear();
        waiting.clear();
        today = Days.day(pulse.today());

        KeyValueStore<String, byte[]> partials = context.getStateStore(CoverageTopology.PARTIALS_STORE);
        try (KeyValueIterator<String, byte[]> all = partials.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                state(Group.parse(PartialCodec.groupKey(entry.key)))
                        .partials
                        .put(PartialCodec.task(entry.key), PartialCodec.decode(entry.value));
            }
        }
        try (KeyValueIterator<String, byte[]> all = publishedStore.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                state(Group.parse(entry.key)).published = Published.decode(entry.value);
            }
        }
        try (KeyValueIterator<String, byte[]> all = targetStore.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                state(Group.parse(entry.key)).target = Target.decode(entry.value);
            }
        }
        groups.keySet().forEach(group -> waiting.add(group, NO_EVENT));
        context.schedule(pulse.interval(), PunctuationType.WALL_CLOCK_TIME, this::flush);
        stage.meters().rebuilt(Stage.FIGURES, Duration.ofNanos(System.nanoTime() - start));
    }

    private GroupState state(Group group) {
        return groups.computeIfAbsent(group, g -> new GroupState());
    }

    @Override
    public void process(Record<String, Object> record) {
        offsets.note(context);
        noticeMidnight();
        if (record.value() instanceof byte[] partial) {
            Group group = Group.parse(PartialCodec.groupKey(record.key()));
            GroupState state = state(group);
            GroupPartial fresh = PartialCodec.decode(partial);
            String task = PartialCodec.task(record.key());
            if (!fresh.equals(state.partials.get(task))) {
                // What this partial says came after the days that are over.
                reportPastDays(group, state);
                state.partials.put(task, fresh);
                waiting.add(group, record.timestamp());
            }
        } else {
            setTarget((CoverageTarget) stage.accepted(record.withValue((SpecificRecord) record.value())));
        }
    }

    private void setTarget(CoverageTarget event) {
        Group group = new Group(Level.valueOf(event.getLevel().name()), event.getId());
        Stamp stamp = EventFacts.stamp(event.getRecordedAt(), event.getEventId());
        GroupState state = state(group);
        Target present = state.target;
        if (present != null && present.stamp().compareTo(stamp) >= 0) {
            stage.meters().unchanged(event.getSchema().getName());
            return;
        }
        reportPastDays(group, state);
        Target target = new Target(event.getRatio(), Days.day(event.getDueOn()), stamp);
        state.target = target;
        targetStore.put(group.key(), target.encode());
        waiting.add(group, NO_EVENT);
    }

    private void noticeMidnight() {
        int now = Days.day(pulse.today());
        if (now > today) {
            today = now;
            groups.keySet().forEach(group -> waiting.add(group, NO_EVENT));
        }
    }

    private void flush(long timestamp) {
        noticeMidnight();
        Instant at = pulse.now();
        waiting.drain(pulse.mostGroups(), (group, since) -> publish(group, state(group), since, at));
        share.dirtyGroups = waiting.size();
        if (waiting.isEmpty()) {
            Progress progress = offsets.untold(at);
            if (progress != null) {
                context.forward(
                        new Record<>(stage.progressKey(progress), progress, timestamp),
                        CoverageTopology.progressSink(Stage.FIGURES));
            }
        }
    }

    private void publish(Group group, GroupState state, long since, Instant now) {
        if (state.partials.isEmpty()) {
            return;
        }
        reportPastDays(group, state);
        GroupTimeline timeline = GroupTimeline.sum(state.partials.values());
        CoverageFigure figure = figure(group, state, timeline, today, now);
        CoverageTimeline points = OutputRecords.timeline(group, timeline);
        long recordedThrough = recordedThrough(state);
        Published before = state.published;
        Published after = new Published(
                fingerprint(figure),
                Fingerprint.of(points),
                before == null ? today - 1 : before.reportedThrough(),
                recordedThrough);
        if (after.equals(before)) {
            return;
        }
        long millis = now.toEpochMilli();
        if (before == null || before.timeline() != after.timeline()) {
            context.forward(new Record<>(group.key(), points, millis), CoverageTopology.TIMELINE_SINK);
        }
        if (before == null || before.figure() != after.figure()) {
            context.forward(new Record<>(group.id(), figure, millis), CoverageTopology.figureSink(group.level()));
            if (since != NO_EVENT) {
                stage.meters().published((millis - since) / MILLIS);
                if (before == null || recordedThrough > before.recordedThrough()) {
                    stage.meters().shown((ChronoUnit.MICROS.between(Instant.EPOCH, now) - recordedThrough) / MICROS);
                }
            }
        }
        note(group, state, after);
    }

    /** Publishes the figures of the days that are over, as they stand now, before anything later is taken in. */
    private void reportPastDays(Group group, GroupState state) {
        Published published = state.published;
        if (published == null || published.reportedThrough() >= today - 1) {
            return;
        }
        GroupTimeline timeline = GroupTimeline.sum(state.partials.values());
        Instant now = pulse.now();
        int first = Math.max(published.reportedThrough() + 1, today - MOST_MISSED_DAYS);
        for (int day = first; day < today; day++) {
            CoverageFigure figure = figure(group, state, timeline, day, now);
            context.forward(
                    new Record<>(Topics.COVERAGE_DAILY.key().apply(figure), figure, now.toEpochMilli()),
                    CoverageTopology.DAILY_SINK);
        }
        note(
                group,
                state,
                new Published(published.figure(), published.timeline(), today - 1, published.recordedThrough()));
    }

    private void note(Group group, GroupState state, Published published) {
        state.published = published;
        publishedStore.put(group.key(), published.encode());
    }

    private CoverageFigure figure(Group group, GroupState state, GroupTimeline timeline, int day, Instant now) {
        return OutputRecords.figure(
                group, name(group, state), timeline, day, state.target, recordedThrough(state), now);
    }

    private static long fingerprint(CoverageFigure figure) {
        Instant updatedAt = figure.getUpdatedAt();
        figure.setUpdatedAt(Instant.EPOCH);
        long fingerprint = Fingerprint.of(figure);
        figure.setUpdatedAt(updatedAt);
        return fingerprint;
    }

    private static long recordedThrough(GroupState state) {
        return state.partials.values().stream()
                .mapToLong(GroupPartial::recordedThrough)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private @Nullable String name(Group group, GroupState state) {
        String name = areaNames.of(group);
        Stamp latest = null;
        for (GroupPartial partial : state.partials.values()) {
            Stamp stamp = partial.namedBy();
            if (stamp != null && (latest == null || stamp.compareTo(latest) > 0)) {
                latest = stamp;
                name = partial.name();
            }
        }
        return name;
    }

    @Override
    public void close() {
        stage.meters().leave(Stage.FIGURES.task(context.taskId().partition()));
    }
}
