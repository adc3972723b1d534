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
import id.cakupan.coverage.WorkerIdentity;
import id.cakupan.coverage.WorkerLedger;
import id.cakupan.coverage.WorkerTotals;
import id.cakupan.schemas.Topics;
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
 *
 * <p>What is said of an id that has a former id is kept in the ledger of the former one and counted nowhere else; see
 * {@link WorkerIdentity}.
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
            entries += entry.size();
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
            takeOver(record.key(), OutputRecords.alert(alert), record.timestamp());
        } else if (record.value() instanceof Relocated relocated) {
            takeIn(record.key(), relocated, record.timestamp());
        } else {
            SpecificRecord event = stage.accepted(record.withValue((SpecificRecord) record.value()));
            if (!takeIn(record.key(), event, record.timestamp())) {
                stage.meters().unchanged(event.getSchema().getName());
            }
        }
    }

    /** Returns whether the event may have changed anything: what it does to another ledger is not known here. */
    private boolean takeIn(String workerId, SpecificRecord event, long timestamp) {
        LedgerStore.Entry entry = ledgers.load(workerId);
        String former = EventFacts.formerWorkerId(event);
        if (former != null) {
            hear(workerId, former, entry, 0, timestamp);
        }
        WorkerFact fact = EventFacts.workerFact(event);
        String next = entry.identity().former();
        if (next == null) {
            return merge(workerId, fact, entry, timestamp);
        }
        handOn(next, new Relocated(1, List.of(workerId), fact, null), timestamp);
        return true;
    }

    private void takeIn(String workerId, Relocated relocated, long timestamp) {
        LedgerStore.Entry entry = ledgers.load(workerId);
        WorkerIdentity identity = entry.identity();
        String link = relocated.former();
        WorkerFact fact = relocated.fact();
        String next = identity.former();
        if (link != null) {
            hear(workerId, link, entry, relocated.hops(), timestamp);
        } else if (next != null && !identity.keeps(relocated.path())) {
            List<String> path = identity.onward(relocated.path());
            handOn(next, new Relocated(relocated.hops() + 1, path, fact, null), timestamp);
        } else {
            int known = identity.size();
            List<WorkerIdentity.Newer> learned = identity.learn(relocated.path());
            learned.forEach(newer -> ledgers.put(workerId, newer));
            entries += identity.size() - known;
            boolean changed = fact != null && merge(workerId, fact, entry, timestamp);
            if (!changed && !learned.isEmpty()) {
                checkAlerts(workerId, timelines(entry), entry);
            }
        }
    }

    /** The worker is said to have had another id before: what this ledger holds is that of the other one. */
    private void hear(String workerId, String former, LedgerStore.Entry entry, int hops, long timestamp) {
        WorkerIdentity identity = entry.identity();
        int known = identity.size();
        WorkerIdentity.Heard heard = identity.hear(former);
        if (heard.linked()) {
            ledgers.putLink(workerId, former);
            entries += identity.size() - known;
        }
        WorkerIdentity.Link tell = heard.tell();
        if (tell != null) {
            handOn(tell.id(), new Relocated(hops + 1, List.of(), null, tell.former()), timestamp);
        }
        String next = identity.former();
        if (heard.isNews() && next != null) {
            moveOn(workerId, next, entry, hops, timestamp);
        }
    }

    /** Hands on all that is kept under an id, and takes back what it led to. */
    private void moveOn(String workerId, String next, LedgerStore.Entry entry, int hops, long timestamp) {
        totals.replace(contribution(entry), WorkerContribution.NONE, group -> waiting.add(group, timestamp));
        ledgers.deleteAllButLink(workerId, entry);
        entries -= entry.size() - 1;
        for (WorkerFact fact : entry.facts().facts()) {
            handOn(next, new Relocated(hops + 1, List.of(workerId), fact, null), timestamp);
        }
        for (List<String> path : entry.identity().forget()) {
            handOn(next, new Relocated(hops + 1, path, null, null), timestamp);
        }
        entry.facts().hires().forEach(hire -> unindex(hire.projectId(), workerId, new WorkerLedger()));
        entry.alerts().values().forEach(alert -> withdraw(workerId, alert, timestamp));
    }

    private void handOn(String workerId, Relocated relocated, long timestamp) {
        if (relocated.fact() != null) {
            stage.meters().relocated();
        }
        context.forward(new Record<>(workerId, relocated, timestamp), CoverageTopology.RELOCATED_SINK);
    }

    /** The alert is another worker's now: that ledger publishes it. */
    private void withdraw(String workerId, PublishedAlert published, long timestamp) {
        count(published, -1);
        publish(workerId, published.alert().hireId(), null, timestamp);
    }

    private boolean merge(String workerId, WorkerFact fact, LedgerStore.Entry entry, long timestamp) {
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
    private void takeOver(String workerId, PublishedAlert alert, long timestamp) {
        LedgerStore.Entry entry = ledgers.load(workerId);
        String hireId = alert.alert().hireId();
        if (entry.identity().former() != null && entry.facts().find(WorkerFact.Kind.HIRE, hireId) == null) {
            publish(workerId, hireId, null, timestamp);
        } else if (entry.alerts().putIfAbsent(hireId, alert) == null) {
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
            PublishedAlert published = entry.alerts().get(timeline.hire().id());
            if (!Objects.equals(published, alert(timeline, published, entry))) {
                alertsToCheck.add(workerId);
            }
            next = Math.min(next, policy.nextChange(today, timeline, content(published)));
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
                PublishedAlert published = entry.alerts().get(timeline.hire().id());
                PublishedAlert alert = alert(timeline, published, entry);
                if (alert != null && !alert.equals(published)) {
                    publish(workerId, alert, published, timestamp);
                }
                next = Math.min(next, policy.nextChange(today, timeline, content(alert)));
            }
            schedule(workerId, next);
        }
    }

    /** The alert of a hire today; null when it needs none and never did. */
    private @Nullable PublishedAlert alert(
            HireTimeline timeline, @Nullable PublishedAlert published, LedgerStore.Entry entry) {
        Alert alert = policy.on(today, timeline, content(published));
        return alert == null ? null : new PublishedAlert(alert, entry.identity().newest());
    }

    private static @Nullable Alert content(@Nullable PublishedAlert published) {
        return published == null ? null : published.alert();
    }

    private void publish(String workerId, PublishedAlert alert, @Nullable PublishedAlert published, long timestamp) {
        ledgers.put(workerId, alert);
        if (published == null) {
            entries++;
        } else {
            count(published, -1);
        }
        count(alert, 1);
        publish(workerId, alert.alert().hireId(), OutputRecords.uncoveredHire(workerId, alert, today), timestamp);
    }

    private void publish(String workerId, String hireId, @Nullable UncoveredHire alert, long timestamp) {
        context.forward(
                new Record<>(Topics.alertKey(workerId, hireId), alert, timestamp), CoverageTopology.ALERTS_SINK);
    }

    private void count(PublishedAlert alert, long change) {
        share.alerts.merge(alert.alert().state(), change, Long::sum);
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
