package id.cakupan.streams;

import cakupan.records.Progress;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Alert;
import id.cakupan.coverage.AlertPolicy;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Group;
import id.cakupan.coverage.HireTimeline;
import id.cakupan.coverage.ProjectState;
import id.cakupan.coverage.Rules;
import id.cakupan.coverage.WorkerContribution;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerLedger;
import id.cakupan.coverage.WorkerTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
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
 * Keeps the ledgers of the workers of one partition.
 *
 * <p>Only the ledger is state. The sums by group, the workers of each project and the days on which alerts change follow
 * from it and from the projects: they are in memory, rebuilt when the task starts, and kept current by replacing the
 * contribution of a worker before an event by the one after it. So an event costs one state write, whatever the number
 * of groups and days, and a changed rule needs a restart, not a migration.
 */
final class LedgerProcessor implements Processor<String, Object, String, Object> {
    /**
     * Alerts are published less often than figures. Of the events of one worker that arrive together, only the outcome
     * counts then: a hire and its enrolment raise no alert between them.
     */
    private static final Duration ALERTS_EVERY = Duration.ofSeconds(1);

    private static final int MOST_ALERT_CHECKS = 20_000;

    private final Rules rules;
    private final AlertPolicy policy;
    private final Pulse pulse;
    private final StageContext stage;

    private ProcessorContext<String, Object> context;
    private LedgerStore ledgers;
    private ForwardedGroups forwarded;
    private ProcessedOffsets offsets;
    private StreamsMeters.TaskShare share;

    private final Map<String, ProjectState> projects = new HashMap<>();
    private final Map<String, Set<String>> workersByProject = new HashMap<>();
    private WorkerTotals totals;
    private final GroupQueue waiting = new GroupQueue();
    /** Workers whose alerts may differ from what was published. */
    private final Set<String> alertsToCheck = new LinkedHashSet<>();
    /** Workers by the day on which one of their alerts changes by itself. */
    private final TreeMap<Integer, Set<String>> alertsByDay = new TreeMap<>();

    private long entries;
    private int today;
    private long alertsAt;

    @SuppressWarnings("NullAway.Init")
    LedgerProcessor(Rules rules, Pulse pulse, StageContext stage) {
        this.rules = rules;
        this.policy = new AlertPolicy(rules);
        this.pulse = pulse;
        this.stage = stage;
    }

    /** Rebuilds all that is derived. The same object is initialised again after its task was closed dirty. */
    @Override
    public void init(ProcessorContext<String, Object> context) {
        long start = System.nanoTime();
        this.context = context;
        int partition = context.taskId().partition();
        ledgers = new LedgerStore(context.getStateStore(CoverageTopology.LEDGER_STORE));
        forwarded = new ForwardedGroups(context.getStateStore(CoverageTopology.LEDGER_GROUPS_STORE));
        offsets = new ProcessedOffsets(stage.applicationId(), Stage.LEDGER, partition);
        share = stage.meters().share(Stage.LEDGER.task(partition));
        share.alerts.clear();
        projects.clear();
        workersByProject.clear();
        totals = new WorkerTotals();
        waiting.clear();
        alertsToCheck.clear();
        alertsByDay.clear();
        today = Days.day(pulse.today());

        loadProjects(context.getStateStore(CoverageTopology.DIRECTORY_COPY_STORE));
        long now = pulse.now().toEpochMilli();
        entries = 0;
        ledgers.forEachWorker((workerId, entry) -> {
            entries += entry.facts().size() + entry.alerts().size();
            List<HireTimeline> timelines = timelines(entry);
            totals.replace(
                    WorkerContribution.NONE,
                    WorkerContribution.of(entry.facts(), timelines),
                    group -> waiting.add(group, now));
            for (Hire hire : entry.facts().hires()) {
                index(hire.projectId(), workerId);
            }
            entry.alerts().values().forEach(alert -> count(alert, 1));
            checkAlerts(workerId, timelines, entry);
        });
        share.ledgerEntries = entries;
        forwarded.forEach(group -> waiting.add(group, now));
        context.schedule(pulse.interval(), PunctuationType.WALL_CLOCK_TIME, this::flush);
        stage.meters().rebuilt(Stage.LEDGER, Duration.ofNanos(System.nanoTime() - start));
    }

    private void loadProjects(KeyValueStore<String, byte[]> directory) {
        try (KeyValueIterator<String, byte[]> all = directory.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> project = all.next();
                projects.put(project.key, ProjectCodec.decode(project.key, project.value));
            }
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        offsets.note(context);
        if (record.value() instanceof byte[] project) {
            moveWorkers(record.key(), ProjectCodec.decode(record.key(), project), record.timestamp());
        } else if (record.value() instanceof UncoveredHire alert) {
            takeOver(record.key(), OutputRecords.alert(alert));
        } else {
            SpecificRecord event = stage.accepted(record.withValue((SpecificRecord) record.value()));
            if (!merge(record.key(), EventFacts.workerFact(event), record.timestamp())) {
                stage.meters().unchanged(event.getSchema().getName());
            }
        }
    }

    private boolean merge(String workerId, WorkerFact fact, long timestamp) {
        LedgerStore.Entry entry = ledgers.load(workerId);
        WorkerLedger facts = entry.facts();
        WorkerFact replaced = facts.find(fact.kind(), fact.id());
        if (replaced != null && fact.stamp().compareTo(replaced.stamp()) <= 0) {
            return false;
        }
        WorkerContribution before = contribution(entry);
        facts.merge(fact);
        ledgers.put(workerId, fact);
        if (replaced == null) {
            entries++;
        }
        List<HireTimeline> timelines = timelines(entry);
        totals.replace(before, WorkerContribution.of(facts, timelines), group -> waiting.add(group, timestamp));
        if (fact instanceof Hire hire) {
            if (replaced instanceof Hire old && !old.projectId().equals(hire.projectId())) {
                unindex(old.projectId(), workerId, facts);
            }
            index(hire.projectId(), workerId);
        }
        checkAlerts(workerId, timelines, entry);
        return true;
    }

    /** Another app published this alert: it counts as published before, unless this one has published a later one. */
    private void takeOver(String workerId, Alert alert) {
        LedgerStore.Entry entry = ledgers.load(workerId);
        if (entry.alerts().putIfAbsent(alert.hireId(), alert) == null) {
            ledgers.put(workerId, alert);
            entries++;
            count(alert, 1);
            checkAlerts(workerId, timelines(entry), entry);
        }
    }

    /** A project changed: the contributions of all workers with a hire on it move along. */
    private void moveWorkers(String projectId, ProjectState after, long timestamp) {
        ProjectState old = project(projectId);
        projects.put(projectId, after);
        Set<String> workers = workersByProject.get(projectId);
        if (workers == null || after.countsHiresLike(old)) {
            return;
        }
        Consumer<Group> changed = group -> waiting.add(group, timestamp);
        for (String workerId : workers) {
            LedgerStore.Entry entry = ledgers.load(workerId);
            WorkerContribution was =
                    WorkerContribution.of(entry.facts(), id -> id.equals(projectId) ? old : project(id), rules);
            List<HireTimeline> timelines = timelines(entry);
            totals.replace(was, WorkerContribution.of(entry.facts(), timelines), changed);
            checkAlerts(workerId, timelines, entry);
        }
    }

    private WorkerContribution contribution(LedgerStore.Entry entry) {
        return WorkerContribution.of(entry.facts(), timelines(entry));
    }

    private List<HireTimeline> timelines(LedgerStore.Entry entry) {
        return HireTimeline.all(entry.facts(), this::project, rules);
    }

    private ProjectState project(String id) {
        return projects.getOrDefault(id, ProjectState.UNKNOWN);
    }

    private void index(String projectId, String workerId) {
        workersByProject.computeIfAbsent(projectId, p -> new HashSet<>()).add(workerId);
    }

    private void unindex(String projectId, String workerId, WorkerLedger facts) {
        if (facts.hires().stream().noneMatch(hire -> hire.projectId().equals(projectId))) {
            Set<String> workers = workersByProject.get(projectId);
            if (workers != null) {
                workers.remove(workerId);
            }
        }
    }

    /** Notes whether an alert of the worker has to be published now, and when one changes next by itself. */
    private void checkAlerts(String workerId, List<HireTimeline> timelines, LedgerStore.Entry entry) {
        int next = Days.OPEN;
        for (HireTimeline timeline : timelines) {
            Alert published = entry.alerts().get(timeline.hire().id());
            if (!Objects.equals(published, policy.on(today, timeline, published))) {
                alertsToCheck.add(workerId);
            }
            next = Math.min(next, policy.nextChange(today, timeline, published));
        }
        schedule(workerId, next);
    }

    private void schedule(String workerId, int day) {
        if (day != Days.OPEN) {
            alertsByDay.computeIfAbsent(day, d -> new HashSet<>()).add(workerId);
        }
    }

    private void flush(long timestamp) {
        int now = Days.day(pulse.today());
        if (now > today) {
            today = now;
            Map<Integer, Set<String>> due = alertsByDay.headMap(today, true);
            due.values().forEach(alertsToCheck::addAll);
            due.clear();
        }
        if (timestamp - alertsAt >= ALERTS_EVERY.toMillis()) {
            alertsAt = timestamp;
            publishAlerts(timestamp);
        }
        forwardGroups();
        share.dirtyGroups = waiting.size();
        share.ledgerEntries = entries;
        if (waiting.isEmpty() && alertsToCheck.isEmpty()) {
            Progress progress = offsets.untold(pulse.now());
            if (progress != null) {
                context.forward(
                        new Record<>(stage.progressKey(progress), progress, timestamp),
                        CoverageTopology.progressSink(Stage.LEDGER));
            }
        }
    }

    private void publishAlerts(long timestamp) {
        Iterator<String> workers = alertsToCheck.iterator();
        for (int i = 0; i < MOST_ALERT_CHECKS && workers.hasNext(); i++) {
            String workerId = workers.next();
            workers.remove();
            LedgerStore.Entry entry = ledgers.load(workerId);
            int next = Days.OPEN;
            for (HireTimeline timeline : timelines(entry)) {
                Alert published = entry.alerts().get(timeline.hire().id());
                Alert alert = policy.on(today, timeline, published);
                if (alert != null && !alert.equals(published)) {
                    publish(workerId, alert, published, timestamp);
                }
                next = Math.min(next, policy.nextChange(today, timeline, alert));
            }
            schedule(workerId, next);
        }
    }

    private void publish(String workerId, Alert alert, @Nullable Alert published, long timestamp) {
        ledgers.put(workerId, alert);
        if (published == null) {
            entries++;
        } else {
            count(published, -1);
        }
        count(alert, 1);
        context.forward(
                new Record<>(alert.hireId(), OutputRecords.uncoveredHire(workerId, alert, today), timestamp),
                CoverageTopology.ALERTS_SINK);
    }

    private void count(Alert alert, long change) {
        share.alerts.merge(alert.state(), change, Long::sum);
    }

    private void forwardGroups() {
        List<Group> groups = new ArrayList<>();
        Map<Group, Long> since = new HashMap<>();
        waiting.drain(pulse.mostGroups(), (group, time) -> {
            groups.add(group);
            since.put(group, time);
        });
        if (groups.stream().anyMatch(totals::needsRecount)) {
            totals.recount(this::forEachContribution);
        }
        String task = Stage.LEDGER.task(context.taskId().partition());
        for (Group group : groups) {
            forwarded.remember(group);
            context.forward(
                    new Record<>(
                            PartialCodec.key(group, task),
                            PartialCodec.encode(totals.partial(group)),
                            Objects.requireNonNull(since.get(group))),
                    CoverageTopology.partialsSink(Stage.LEDGER));
        }
    }

    private void forEachContribution(Consumer<WorkerContribution> action) {
        ledgers.forEachWorker((workerId, entry) -> action.accept(contribution(entry)));
    }

    @Override
    public void close() {
        stage.meters().leave(Stage.LEDGER.task(context.taskId().partition()));
    }
}
