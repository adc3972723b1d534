package id.cakupan.dashboard.board;

import cakupan.records.AlertDecision;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTarget;
import cakupan.records.FigureTarget;
import cakupan.records.Level;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.UncoveredHire;
import id.cakupan.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known now. One thread changes it; any number of threads read it meanwhile, without waiting. A reader may see one
 * group newer than another, never a group half changed.
 */
public final class Board {
    /** Levels that figures exist for, the largest groups first. */
    public static final List<Level> LEVELS =
            List.of(Level.CITY, Level.FUNDING, Level.DISTRICT, Level.CONTRACTOR, Level.PROJECT);

    private static final String SIMULATED_SOURCE = "simulasi";

    private final Map<Level, ConcurrentMap<String, Row>> rows = new EnumMap<>(Level.class);
    private final Map<Level, ChangeLog> logs = new EnumMap<>(Level.class);
    private final ConcurrentMap<String, Stamped<Project>> projects = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Stamped<Insurance>> insurances = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Stamped<Target>> targets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Stamped<Reference>> references = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, byte[]> timelines = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AlertDecision> decisions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Alert> alerts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Alert> alertsByHandle = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConcurrentMap<String, Alert>> projectAlerts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConcurrentMap<String, Alert>> contractorAlerts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> contractorNames = new ConcurrentHashMap<>();
    /** Open alerts by key of the group. */
    private final Map<String, AlertCounts> alertCounts = new HashMap<>();
    /** The groups whose counts an alert is in, by key of the alert. */
    private final Map<String, List<Group>> countedIn = new HashMap<>();
    /** How many projects and open alerts give a contractor a tag. */
    private final Map<String, Map<String, Integer>> contractorTags = new HashMap<>();

    private final Map<Place, List<String>> places = new HashMap<>();
    private final Map<String, String> tagTexts = new HashMap<>();

    private final AtomicLong version = new AtomicLong();
    private volatile boolean simulated;
    private volatile @Nullable Instant pipelineSeenAt;

    private record Place(String district, String funding) {}

    private record Group(Level level, String id) {
        String key() {
            return Topics.groupKey(level, id);
        }
    }

    /** An empty board. */
    public Board() {
        LEVELS.forEach(level -> {
            rows.put(level, new ConcurrentHashMap<>());
            logs.put(level, new ChangeLog());
        });
    }

    // What changes it, always called by one thread.

    /** Takes the figure of a group. */
    public void figure(CoverageFigure figure) {
        ConcurrentMap<String, Row> level = rows.get(figure.getLevel());
        if (level == null) {
            return;
        }
        Group group = new Group(figure.getLevel(), figure.getId());
        Row before = level.get(figure.getId());
        Project project = group.level() == Level.PROJECT ? project(group.id()).orElse(null) : null;
        FigureTarget own = figure.getTarget();
        Target target = target(group.key())
                .orElseGet(() -> own == null ? null : new Target(own.getRatio(), own.getDueOn(), null, null, ""));
        put(new Row(
                group.level(),
                before != null ? before.id() : project != null ? project.id() : group.id(),
                shared(figure.getName(), project),
                figure.getAsOf(),
                Counts.of(figure),
                figure.getWorkerDays30(),
                figure.getCoveredWorkerDays30(),
                target,
                alertCounts.getOrDefault(group.key(), AlertCounts.NONE),
                project,
                group.level() == Level.PROJECT ? insurance(group.id()).orElse(null) : null,
                before != null ? before.tags() : tags(group),
                figure.getRecordedThrough(),
                figure.getUpdatedAt()));
    }

    /** The same text as the project's, where it is the same: it is kept once. */
    private static @Nullable String shared(@Nullable String name, @Nullable Project project) {
        return project != null && project.name().equals(name) ? project.name() : name;
    }

    /** Takes the timeline of a group, as it is on the wire. */
    public void timeline(String groupKey, byte @Nullable [] bytes) {
        if (bytes == null) {
            timelines.remove(groupKey);
        } else {
            timelines.put(groupKey, bytes);
        }
        version.incrementAndGet();
    }

    /** Takes master data of a project. */
    public void registered(ProjectRegistered event) {
        Project project = Project.of(event);
        Optional<Project> before = project(project.id());
        Stamp stamp = new Stamp(event.getRecordedAt(), event.getEventId());
        if (!Stamped.merge(projects, project.id(), new Stamped<>(stamp, project))) {
            return;
        }
        markSimulated(event.getSource());
        if (before.filter(project::equals).isPresent()) {
            return;
        }
        contractorNames.put(project.contractorId(), project.contractorName());
        before.ifPresent(old -> tag(old.contractorId(), places(old), -1));
        tag(project.contractorId(), places(project), 1);
        for (Alert alert : projectAlerts
                .getOrDefault(project.id(), new ConcurrentHashMap<>())
                .values()) {
            count(alert, alert);
        }
        refresh(new Group(Level.PROJECT, project.id()));
        version.incrementAndGet();
    }

    /** Takes the state of a project's insurance. */
    public void insured(ProjectInsured event) {
        Stamp stamp = new Stamp(event.getRecordedAt(), event.getEventId());
        if (Stamped.merge(insurances, event.getProjectId(), new Stamped<>(stamp, Insurance.of(event)))) {
            markSimulated(event.getSource());
            refresh(new Group(Level.PROJECT, event.getProjectId()));
            version.incrementAndGet();
        }
    }

    private void markSimulated(String source) {
        if (source.startsWith(SIMULATED_SOURCE)) {
            simulated = true;
        }
    }

    /** Takes a promise. */
    public void target(CoverageTarget event) {
        Group group = new Group(event.getLevel(), event.getId());
        Stamp stamp = new Stamp(event.getRecordedAt(), event.getEventId());
        if (Stamped.merge(targets, group.key(), new Stamped<>(stamp, Target.of(event)))) {
            refresh(group);
            version.incrementAndGet();
        }
    }

    /** Takes a figure from outside; those of one source on several days are a series. */
    public void reference(ReferenceFigure event) {
        Stamp stamp = new Stamp(event.getRecordedAt(), event.getEventId());
        String key = Topics.REFERENCE_FIGURES.key().apply(event) + "/" + event.getValidOn();
        if (Stamped.merge(references, key, new Stamped<>(stamp, Reference.of(event)))) {
            version.incrementAndGet();
        }
    }

    /** Takes a decision; null = it is deleted. */
    public void decision(String id, @Nullable AlertDecision decision) {
        if (decision == null) {
            decisions.remove(id);
        } else {
            decisions.put(id, decision);
        }
        version.incrementAndGet();
    }

    /** Takes an alert; null = it is deleted. */
    public void alert(String key, @Nullable UncoveredHire hire) {
        Alert before = alerts.get(key);
        Alert after = hire == null ? null : Alert.of(key, hire);
        if (before != null) {
            alertsByHandle.remove(before.handle());
            take(projectAlerts, before.hire().getProjectId(), key);
            take(contractorAlerts, before.hire().getContractorId(), key);
        }
        if (after == null) {
            alerts.remove(key);
        } else {
            alerts.put(key, after);
            alertsByHandle.put(after.handle(), after);
            give(projectAlerts, after.hire().getProjectId(), after);
            give(contractorAlerts, after.hire().getContractorId(), after);
        }
        count(before, after);
        if (before != null) {
            refresh(new Group(Level.PROJECT, before.hire().getProjectId()));
        }
        if (after != null) {
            refresh(new Group(Level.PROJECT, after.hire().getProjectId()));
        }
        version.incrementAndGet();
    }

    /** Takes a sign of life of the streams app. */
    public void progress(Instant at) {
        Instant seen = pipelineSeenAt;
        if (seen == null || seen.isBefore(at)) {
            pipelineSeenAt = at;
        }
    }

    private static void take(ConcurrentMap<String, ConcurrentMap<String, Alert>> map, String owner, String key) {
        ConcurrentMap<String, Alert> own = map.get(owner);
        if (own != null) {
            own.remove(key);
            if (own.isEmpty()) {
                map.remove(owner);
            }
        }
    }

    private static void give(ConcurrentMap<String, ConcurrentMap<String, Alert>> map, String owner, Alert alert) {
        map.computeIfAbsent(owner, id -> new ConcurrentHashMap<>(4)).put(alert.key(), alert);
    }

    /** Moves an alert from the counts that it is in to those in which it belongs. */
    private void count(@Nullable Alert before, @Nullable Alert after) {
        Set<Group> touched = new HashSet<>();
        if (before != null) {
            List<Group> groups = Objects.requireNonNullElse(countedIn.remove(before.key()), List.<Group>of());
            for (Group group : groups) {
                alertCounts.merge(group.key(), before.counts(), AlertCounts::minus);
            }
            touched.addAll(groups);
            tag(before.hire().getContractorId(), places(groups), before.isOpen() ? -1 : 0);
        }
        if (after != null) {
            List<Group> groups = groups(after);
            countedIn.put(after.key(), groups);
            for (Group group : groups) {
                alertCounts.merge(group.key(), after.counts(), AlertCounts::plus);
            }
            touched.addAll(groups);
            tag(after.hire().getContractorId(), places(groups), after.isOpen() ? 1 : 0);
        }
        touched.forEach(this::refresh);
    }

    private List<Group> groups(Alert alert) {
        UncoveredHire hire = alert.hire();
        List<Group> groups = new ArrayList<>(5);
        groups.add(new Group(Level.PROJECT, hire.getProjectId()));
        groups.add(new Group(Level.CONTRACTOR, hire.getContractorId()));
        String district = hire.getDistrictCode();
        groups.add(new Group(Level.DISTRICT, district == null ? Row.UNASSIGNED : district.intern()));
        groups.add(new Group(
                Level.CITY,
                district == null ? Row.UNASSIGNED : Project.cityOf(district).intern()));
        groups.add(new Group(
                Level.FUNDING,
                project(hire.getProjectId())
                        .map(project -> project.fundingGroup().intern())
                        .orElse(Row.UNASSIGNED)));
        return List.copyOf(groups);
    }

    /** Tags of where a project is; the few that there are exist once. */
    private List<String> places(Project project) {
        return places.computeIfAbsent(
                new Place(project.districtCode(), project.funding()),
                place -> List.of(tag(Row.district(project.districtCode())), tag(Row.funding(project.fundingGroup()))));
    }

    private String tag(String text) {
        return tagTexts.computeIfAbsent(text, same -> same);
    }

    private List<String> places(List<Group> groups) {
        List<String> places = new ArrayList<>(2);
        for (Group group : groups) {
            if (group.level() == Level.DISTRICT) {
                places.add(tag(Row.district(group.id())));
            } else if (group.level() == Level.FUNDING) {
                places.add(tag(Row.funding(group.id())));
            }
        }
        return places;
    }

    private void tag(String contractorId, List<String> places, int change) {
        if (change == 0) {
            return;
        }
        Map<String, Integer> tags = contractorTags.computeIfAbsent(contractorId, id -> new HashMap<>(4));
        int size = tags.size();
        for (String place : places) {
            tags.merge(place, change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        }
        if (tags.size() != size || change < 0) {
            refresh(new Group(Level.CONTRACTOR, contractorId));
        }
    }

    private Set<String> tags(Group group) {
        if (group.level() == Level.CONTRACTOR) {
            return Set.copyOf(contractorTags.getOrDefault(group.id(), Map.of()).keySet());
        }
        if (group.level() != Level.PROJECT) {
            return Set.of();
        }
        Set<String> tags = new HashSet<>();
        project(group.id()).ifPresent(project -> {
            tags.addAll(places(project));
            tags.add(tag(Row.contractor(project.contractorId())));
        });
        alertsOfProject(group.id())
                .forEach(alert -> tags.add(tag(Row.contractor(alert.hire().getContractorId()))));
        return Set.copyOf(tags);
    }

    /** Makes the row of a group anew from what it consists of, if there is one and anything changed. */
    private void refresh(Group group) {
        ConcurrentMap<String, Row> level = rows.get(group.level());
        Row row = level == null ? null : level.get(group.id());
        if (row == null) {
            return;
        }
        boolean isProject = group.level() == Level.PROJECT;
        Set<String> tags = tags(group);
        Row fresh = new Row(
                row.level(),
                row.id(),
                row.name(),
                row.asOf(),
                row.counts(),
                row.workerDays30(),
                row.coveredWorkerDays30(),
                target(group.key()).orElse(row.target()),
                alertCounts.getOrDefault(group.key(), AlertCounts.NONE),
                isProject ? project(group.id()).orElse(null) : null,
                isProject ? insurance(group.id()).orElse(null) : null,
                tags.equals(row.tags()) ? row.tags() : tags,
                row.recordedThrough(),
                row.updatedAt());
        if (!fresh.equals(row)) {
            put(fresh);
        }
    }

    private void put(Row row) {
        Row before = of(row.level()).put(row.id(), row);
        Objects.requireNonNull(logs.get(row.level())).add(new Change(before, row));
        version.incrementAndGet();
    }

    // What reads it.

    /** Grows with each change. */
    public long version() {
        return version.get();
    }

    /** Whether events say that they are invented. */
    public boolean isSimulated() {
        return simulated;
    }

    /** When the streams app last gave a sign of life. */
    public Optional<Instant> pipelineSeenAt() {
        return Optional.ofNullable(pipelineSeenAt);
    }

    private ConcurrentMap<String, Row> of(Level level) {
        return Objects.requireNonNull(rows.get(level), "no such level");
    }

    /** All rows of a level, of {@link #LEVELS}, in no order. */
    public Collection<Row> rows(Level level) {
        return of(level).values();
    }

    /** How many rows a level has. */
    public int size(Level level) {
        return of(level).size();
    }

    /** The row of a group. */
    public Optional<Row> row(Level level, String id) {
        return Optional.ofNullable(of(level).get(id));
    }

    /** Number of the last change of a level, for {@link #changesAfter}. */
    public long lastChange(Level level) {
        return Objects.requireNonNull(logs.get(level)).last();
    }

    /** Changes of a level after the one with this number; empty when they are too many. */
    public Optional<List<Change>> changesAfter(Level level, long number) {
        return Objects.requireNonNull(logs.get(level)).after(number);
    }

    /** Master data of a project. */
    public Optional<Project> project(String id) {
        return Optional.ofNullable(projects.get(id)).map(Stamped::value);
    }

    private Optional<Insurance> insurance(String projectId) {
        return Optional.ofNullable(insurances.get(projectId)).map(Stamped::value);
    }

    /** What was promised for a group, by its key. */
    public Optional<Target> target(String groupKey) {
        return Optional.ofNullable(targets.get(groupKey)).map(Stamped::value);
    }

    /** Figures from outside about an area, of all days. */
    public List<Reference> references(String area) {
        return references.values().stream()
                .map(Stamped::value)
                .filter(reference -> reference.area().equals(area))
                .toList();
    }

    /** The timeline of a group, by its key, as it is on the wire. */
    public Optional<byte[]> timelineBytes(String groupKey) {
        return Optional.ofNullable(timelines.get(groupKey));
    }

    /** Name of a contractor; its id when no project and no figure names it. */
    public String contractorName(String id) {
        String name = contractorNames.get(id);
        return name == null ? row(Level.CONTRACTOR, id).map(Row::title).orElse(id) : name;
    }

    /** All alerts, also resolved ones, in no order. */
    public Collection<Alert> alerts() {
        return alerts.values();
    }

    /** All alerts on hires of a contractor. */
    public Collection<Alert> alertsOfContractor(String id) {
        Map<String, Alert> own = contractorAlerts.get(id);
        return own == null ? List.of() : own.values();
    }

    /** All alerts on hires on a project. */
    public Collection<Alert> alertsOfProject(String id) {
        Map<String, Alert> own = projectAlerts.get(id);
        return own == null ? List.of() : own.values();
    }

    /** Open alerts on hires of a contractor on a project. */
    public AlertCounts alertCounts(String projectId, String contractorId) {
        return alertsOfProject(projectId).stream()
                .filter(alert -> alert.hire().getContractorId().equals(contractorId))
                .map(Alert::counts)
                .reduce(AlertCounts.NONE, AlertCounts::plus);
    }

    /** An alert by its {@link Alert#handle}. */
    public Optional<Alert> alert(String handle) {
        return Optional.ofNullable(alertsByHandle.get(handle));
    }

    /** An alert by its {@link Alert#key}. */
    public Optional<Alert> alertOfKey(String key) {
        return Optional.ofNullable(alerts.get(key));
    }

    /** All decisions, also those that are over, in no order. */
    public Collection<AlertDecision> decisions() {
        return decisions.values();
    }

    /** A decision. */
    public Optional<AlertDecision> decisionOf(String id) {
        return Optional.ofNullable(decisions.get(id));
    }
}
