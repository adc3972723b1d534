package id.cakupan.coverage.oracle;

import id.cakupan.coverage.Days;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.Programme;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.UncoveredReason;
import id.cakupan.coverage.WorkerFact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What semantics.md says about a set of events, written down once more: day by day, hire by hire, as close to its
 * sentences as Java allows. Knows the records of the facts and nothing else of the real rules.
 *
 * <p>Figures and alerts for a day are computed anew on each call from the merged facts. Immutable.
 */
public final class OracleWorld {
    /** Id of the groups of level district, city and funding that hold the hires on unknown projects. */
    public static final String UNASSIGNED = "UNASSIGNED";

    /** A group that has figures. Ordered by level, then id. */
    public record Group(Level level, String id) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            return Comparator.comparing(Group::level).thenComparing(Group::id).compare(this, other);
        }

        @Override
        public String toString() {
            return level + "/" + id;
        }
    }

    /** The counts of section 4 for one group on one day; contract values in whole rupiah. */
    public record Counts(
            long hires,
            long coveredHires,
            long overdueHires,
            long workers,
            long coveredWorkers,
            long coveredByGrace,
            long projects,
            long insuredProjects,
            long contractValue,
            long insuredContractValue) {
        /** Nothing at all. */
        public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * The figure of one group on one day.
     *
     * @param ratio coveredWorkers / workers; empty when there are no workers
     * @param workerDays30 person-days over the 30 days ending on asOf
     * @param coveredWorkerDays30 covered person-days over the 30 days ending on asOf
     * @param recordedThrough microseconds since 1970-01-01T00:00Z; empty when no fact is behind the figure
     */
    public record Figure(
            Group group,
            LocalDate asOf,
            Counts counts,
            OptionalDouble ratio,
            long workerDays30,
            long coveredWorkerDays30,
            OptionalLong recordedThrough) {}

    /** Counts that hold from a day until the next point. */
    public record Point(LocalDate from, Counts counts) {}

    /** A hire and its worker; hire ids alone are not unique. */
    public record HireKey(String workerId, String hireId) {}

    /** State of an alert that is open. */
    public enum State {
        DUE_SOON,
        OVERDUE,
        ESCALATED
    }

    /** Why a hire needs no alert. */
    public enum Resolution {
        VOIDED,
        RELEASED,
        COVERED,
        CORRECTED
    }

    /**
     * An alert that is open.
     *
     * @param districtCode district of the project; null while the project is not registered
     */
    public record Alert(
            HireKey hire,
            String projectId,
            String contractorId,
            @Nullable String districtCode,
            LocalDate startsOn,
            LocalDate dueOn,
            LocalDate uncoveredSince,
            LocalDate overdueSince,
            State state,
            UncoveredReason reason,
            boolean backdated) {}

    /** What a hire is on one day. */
    public enum Status {
        /** Not active. */
        INACTIVE,
        /** Covered by a named enrolment. */
        NAMED,
        /** Covered by the grace period of an insured project only. */
        GRACE,
        /** Active without any cover. */
        UNCOVERED
    }

    /** A project as merged: its registration and its insurance, either of which may be missing. */
    private record Project(
            ProjectFact.@Nullable Registration registration, ProjectFact.@Nullable Insurance insurance) {}

    private record Worker(List<Hire> hires, List<Enrolment> enrolments, List<Stamp> enrolmentStamps) {}

    /** A hire as merged. */
    private record Hire(
            HireKey key,
            WorkerFact.Hire fact,
            WorkerFact.@Nullable Release release,
            LocalDate startsOn,
            LocalDate end,
            boolean voided,
            LocalDate dueOn,
            LocalDate graceUntil,
            Worker worker,
            Project project) {}

    /** An enrolment as merged, not voided. */
    private record Enrolment(WorkerFact.Enrolment fact, LocalDate from, LocalDate to) {}

    private record FactKey(String key, String kind, String id) {}

    private record Members(Map<String, List<Hire>> hiresByWorker, List<ProjectFact.Registration> projects) {}

    private static final Project UNKNOWN = new Project(null, null);

    private final OracleOptions options;
    private final OraclePersons persons;
    private final Map<String, Project> projects = new TreeMap<>();
    private final Map<String, Worker> workers = new TreeMap<>();
    private final Map<Group, Members> groups = new TreeMap<>();

    /** The world that these events tell of, in whatever order and however often each is there. */
    public OracleWorld(Collection<OracleEvent> events, OracleOptions options) {
        this.options = options;
        this.persons = new OraclePersons(events);
        Map<FactKey, Fact> merged = merge(events);
        for (Map.Entry<FactKey, Fact> entry : merged.entrySet()) {
            if (entry.getValue() instanceof ProjectFact) {
                String projectId = entry.getKey().key();
                projects.put(
                        projectId,
                        new Project(
                                find(merged, ProjectFact.Registration.class, projectId, projectId),
                                find(merged, ProjectFact.Insurance.class, projectId, projectId)));
            }
        }
        merged.forEach((key, fact) -> {
            if (fact instanceof WorkerFact) {
                addWorkerFact(key, fact, merged);
            }
        });
        workers.forEach((workerId, worker) -> {
            for (Hire hire : worker.hires()) {
                for (Group group : groupsOf(hire)) {
                    members(group)
                            .hiresByWorker()
                            .computeIfAbsent(workerId, id -> new ArrayList<>())
                            .add(hire);
                }
            }
        });
        for (Project project : projects.values()) {
            ProjectFact.Registration registration = project.registration();
            if (registration != null) {
                for (Group group : groupsOf(registration)) {
                    members(group).projects().add(registration);
                }
            }
        }
    }

    /** Section 2: facts about one id are merged, the last writer wins by recordedAt, then eventId. */
    private Map<FactKey, Fact> merge(Collection<OracleEvent> events) {
        Map<FactKey, Fact> merged = new LinkedHashMap<>();
        for (OracleEvent event : events) {
            Fact fact = event.fact();
            String id = fact instanceof WorkerFact workerFact ? workerFact.id() : event.key();
            String whom = fact instanceof WorkerFact ? persons.oldest(event.key()) : event.key();
            FactKey key = new FactKey(whom, fact.getClass().getName(), id);
            Fact known = merged.get(key);
            if (known == null || isLater(fact.stamp(), known.stamp())) {
                merged.put(key, fact);
            }
        }
        return merged;
    }

    private static boolean isLater(Stamp stamp, Stamp than) {
        return stamp.recordedAt() > than.recordedAt()
                || (stamp.recordedAt() == than.recordedAt() && stamp.eventId().compareTo(than.eventId()) > 0);
    }

    private static <F extends Fact> @Nullable F find(Map<FactKey, Fact> merged, Class<F> type, String key, String id) {
        return type.cast(merged.get(new FactKey(key, type.getName(), id)));
    }

    private void addWorkerFact(FactKey key, Fact fact, Map<FactKey, Fact> merged) {
        Worker worker = workers.computeIfAbsent(
                key.key(), id -> new Worker(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        if (fact instanceof WorkerFact.Hire hire) {
            worker.hires()
                    .add(hire(
                            new HireKey(key.key(), key.id()),
                            hire,
                            find(merged, WorkerFact.Release.class, key.key(), key.id()),
                            worker));
        } else if (fact instanceof WorkerFact.Enrolment enrolment) {
            worker.enrolmentStamps().add(fact.stamp());
            WorkerFact.EnrolmentEnd ended = find(merged, WorkerFact.EnrolmentEnd.class, key.key(), key.id());
            if (ended == null || !ended.voided()) {
                LocalDate effectiveTo = dateOrOpen(enrolment.effectiveTo());
                LocalDate endedOn = ended == null ? LocalDate.MAX : dateOrOpen(ended.endedOn());
                worker.enrolments()
                        .add(new Enrolment(
                                enrolment,
                                Days.date(enrolment.effectiveFrom()),
                                endedOn.isBefore(effectiveTo) ? endedOn : effectiveTo));
            }
        } else if (fact instanceof WorkerFact.EnrolmentEnd) {
            worker.enrolmentStamps().add(fact.stamp());
        }
    }

    private Hire hire(HireKey key, WorkerFact.Hire fact, WorkerFact.@Nullable Release release, Worker worker) {
        LocalDate startsOn = Days.date(fact.startsOn());
        return new Hire(
                key,
                fact,
                release,
                startsOn,
                dateOrOpen(release == null ? fact.endsOn() : release.endedOn()),
                release != null && release.voided(),
                options.deadlineUnit() == OracleOptions.Unit.WORKING
                        ? options.workingDaysAfter(startsOn, options.deadlineDays())
                        : startsOn.plusDays(options.deadlineDays()),
                options.workingDaysAfter(startsOn, options.graceWorkingDays()),
                worker,
                projects.getOrDefault(fact.projectId(), UNKNOWN));
    }

    private static LocalDate dateOrOpen(int day) {
        return day == Days.OPEN ? LocalDate.MAX : Days.date(day);
    }

    private static boolean within(LocalDate day, LocalDate first, LocalDate last) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    private Members members(Group group) {
        return groups.computeIfAbsent(group, g -> new Members(new HashMap<>(), new ArrayList<>()));
    }

    private static List<Group> groupsOf(Hire hire) {
        Group project = new Group(Level.PROJECT, hire.fact().projectId());
        Group contractor = new Group(Level.CONTRACTOR, hire.fact().contractorId());
        ProjectFact.Registration registration = hire.project().registration();
        if (registration == null) {
            return List.of(
                    project,
                    contractor,
                    new Group(Level.DISTRICT, UNASSIGNED),
                    new Group(Level.CITY, UNASSIGNED),
                    new Group(Level.FUNDING, UNASSIGNED));
        }
        return List.of(project, contractor, district(registration), city(registration), funding(registration));
    }

    private static List<Group> groupsOf(ProjectFact.Registration registration) {
        return List.of(
                new Group(Level.PROJECT, registration.projectId()),
                new Group(Level.CONTRACTOR, registration.contractorId()),
                district(registration),
                city(registration),
                funding(registration));
    }

    private static Group district(ProjectFact.Registration registration) {
        return new Group(Level.DISTRICT, registration.districtCode());
    }

    private static Group city(ProjectFact.Registration registration) {
        return new Group(Level.CITY, cityOf(registration.districtCode()));
    }

    private static Group funding(ProjectFact.Registration registration) {
        return new Group(Level.FUNDING, cityOf(registration.districtCode()) + ":" + registration.funding());
    }

    private static String cityOf(String districtCode) {
        String[] parts = districtCode.split("\\.", -1);
        return parts.length < 2 ? districtCode : parts[0] + "." + parts[1];
    }

    // Section 3: active, covered, overdue.

    private Status status(Hire hire, LocalDate day) {
        if (hire.voided() || !within(day, hire.startsOn(), hire.end())) {
            return Status.INACTIVE;
        }
        for (Enrolment enrolment : hire.worker().enrolments()) {
            if (within(day, enrolment.from(), enrolment.to()) && counts(enrolment.fact(), hire.fact())) {
                return Status.NAMED;
            }
        }
        return isInsured(hire.project(), day) && !day.isAfter(hire.graceUntil()) ? Status.GRACE : Status.UNCOVERED;
    }

    private boolean counts(WorkerFact.Enrolment enrolment, WorkerFact.Hire hire) {
        if (!options.countedSegments().contains(enrolment.segment())) {
            return false;
        }
        for (Programme required : options.requiredProgrammes()) {
            if ((enrolment.programmes() & bit(required)) == 0) {
                return false;
            }
        }
        if (enrolment.segment() == Segment.JAKON) {
            return hire.projectId().equals(enrolment.projectId());
        }
        if (enrolment.segment() == Segment.PU) {
            return enrolment.contractorId() == null || enrolment.contractorId().equals(hire.contractorId());
        }
        return true;
    }

    /** The bit that stands for a programme in {@link WorkerFact.Enrolment#programmes()}. */
    static int bit(Programme programme) {
        return switch (programme) {
            case JKK -> 1;
            case JKM -> 2;
            case JHT -> 4;
            case JP -> 8;
        };
    }

    private static boolean isInsured(Project project, LocalDate day) {
        ProjectFact.Insurance insurance = project.insurance();
        return insurance != null
                && insurance.status() == InsuranceStatus.PAID
                && insurance.effectiveFrom() != Days.NONE
                && within(day, Days.date(insurance.effectiveFrom()), dateOrOpen(insurance.effectiveTo()));
    }

    private static UncoveredReason reason(Hire hire, LocalDate day) {
        ProjectFact.Insurance insurance = hire.project().insurance();
        if (insurance == null || insurance.status() == InsuranceStatus.CANCELLED) {
            return UncoveredReason.NOT_REGISTERED;
        }
        if (insurance.status() == InsuranceStatus.REGISTERED) {
            return UncoveredReason.REGISTERED_UNPAID;
        }
        if (insurance.effectiveFrom() == Days.NONE || day.isBefore(Days.date(insurance.effectiveFrom()))) {
            return UncoveredReason.NOT_YET_EFFECTIVE;
        }
        if (day.isAfter(dateOrOpen(insurance.effectiveTo()))) {
            return UncoveredReason.EXPIRED;
        }
        return UncoveredReason.UNLISTED;
    }

    // Section 4: groups and figures.

    /** All groups that have at least one hire (voided or not) or one registered project. */
    public Set<Group> groups() {
        return Set.copyOf(groups.keySet());
    }

    /** The counts of one group on one day; zero for a group that nobody belongs to. */
    public Counts counts(Level level, String groupId, LocalDate day) {
        Members members = groups.get(new Group(level, groupId));
        return members == null ? Counts.ZERO : counts(members, day);
    }

    private Counts counts(Members members, LocalDate day) {
        long hires = 0;
        long coveredHires = 0;
        long overdueHires = 0;
        long workersSeen = 0;
        long coveredWorkers = 0;
        long coveredByGrace = 0;
        for (List<Hire> hiresOfWorker : members.hiresByWorker().values()) {
            boolean any = false;
            boolean allCovered = true;
            boolean anyByGrace = false;
            for (Hire hire : hiresOfWorker) {
                Status status = status(hire, day);
                if (status == Status.INACTIVE) {
                    continue;
                }
                any = true;
                hires++;
                if (status == Status.UNCOVERED) {
                    allCovered = false;
                    if (day.isAfter(hire.dueOn())) {
                        overdueHires++;
                    }
                } else {
                    coveredHires++;
                    anyByGrace |= status == Status.GRACE;
                }
            }
            if (any) {
                workersSeen++;
                if (allCovered) {
                    coveredWorkers++;
                    if (anyByGrace) {
                        coveredByGrace++;
                    }
                }
            }
        }
        long activeProjects = 0;
        long insuredProjects = 0;
        long contractValue = 0;
        long insuredContractValue = 0;
        for (ProjectFact.Registration registration : members.projects()) {
            if (within(day, firstDay(registration), dateOrOpen(registration.endsOn()))) {
                activeProjects++;
                contractValue += registration.contractValue();
                if (isInsured(projectOf(registration), day)) {
                    insuredProjects++;
                    insuredContractValue += registration.contractValue();
                }
            }
        }
        return new Counts(
                hires,
                coveredHires,
                overdueHires,
                workersSeen,
                coveredWorkers,
                coveredByGrace,
                activeProjects,
                insuredProjects,
                contractValue,
                insuredContractValue);
    }

    private Project projectOf(ProjectFact.Registration registration) {
        return projects.getOrDefault(registration.projectId(), UNKNOWN);
    }

    private LocalDate firstDay(ProjectFact.Registration registration) {
        return registration.startsOn() == Days.NONE ? dayOf(registration.stamp()) : Days.date(registration.startsOn());
    }

    private LocalDate dayOf(Stamp stamp) {
        return LocalDate.ofInstant(Instant.EPOCH.plus(stamp.recordedAt(), ChronoUnit.MICROS), options.zone());
    }

    /** The figure of one group on a day. */
    public Figure figure(Level level, String groupId, LocalDate today) {
        Counts counts = counts(level, groupId, today);
        long workerDays = 0;
        long coveredWorkerDays = 0;
        for (int back = 0; back < 30; back++) {
            Counts then = counts(level, groupId, today.minusDays(back));
            workerDays += then.workers();
            coveredWorkerDays += then.coveredWorkers();
        }
        return new Figure(
                new Group(level, groupId),
                today,
                counts,
                counts.workers() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) counts.coveredWorkers() / counts.workers()),
                workerDays,
                coveredWorkerDays,
                recordedThrough(level, groupId));
    }

    /**
     * The latest recordedAt, in microseconds, among the facts of the group's hires (voided ones and their releases
     * too), their workers' enrolments and enrolment ends, and its registered projects; empty when there is none.
     */
    public OptionalLong recordedThrough(Level level, String groupId) {
        Members members = groups.get(new Group(level, groupId));
        if (members == null) {
            return OptionalLong.empty();
        }
        List<Stamp> stamps = new ArrayList<>();
        for (List<Hire> hires : members.hiresByWorker().values()) {
            for (Hire hire : hires) {
                stamps.add(hire.fact().stamp());
                if (hire.release() != null) {
                    stamps.add(hire.release().stamp());
                }
                stamps.addAll(hire.worker().enrolmentStamps());
            }
        }
        for (ProjectFact.Registration registration : members.projects()) {
            stamps.add(registration.stamp());
            ProjectFact.Insurance insurance = projectOf(registration).insurance();
            if (insurance != null) {
                stamps.add(insurance.stamp());
            }
        }
        return stamps.stream().mapToLong(Stamp::recordedAt).max();
    }

    /**
     * The counts of one group as a step function over all days: the points at which something changes, the first of
     * them with the first counts that are not zero. Empty for a group without any active day.
     */
    public List<Point> timeline(Level level, String groupId) {
        Members members = groups.get(new Group(level, groupId));
        if (members == null) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        Counts last = Counts.ZERO;
        for (LocalDate day : daysOfInterest(members)) {
            Counts counts = counts(members, day);
            if (!counts.equals(last)) {
                points.add(new Point(day, counts));
                last = counts;
            }
        }
        return points;
    }

    /**
     * Every first and last day of anything that the group's counts depend on, with the days before and after: counts
     * can change on no other day.
     */
    private SortedSet<LocalDate> daysOfInterest(Members members) {
        Set<LocalDate> bounds = new TreeSet<>();
        for (List<Hire> hires : members.hiresByWorker().values()) {
            for (Hire hire : hires) {
                bounds.add(hire.startsOn());
                bounds.add(hire.end());
                bounds.add(hire.dueOn());
                bounds.add(hire.graceUntil());
                addInsurance(hire.project(), bounds);
                for (Enrolment enrolment : hire.worker().enrolments()) {
                    bounds.add(enrolment.from());
                    bounds.add(enrolment.to());
                }
            }
        }
        for (ProjectFact.Registration registration : members.projects()) {
            bounds.add(firstDay(registration));
            bounds.add(dateOrOpen(registration.endsOn()));
            addInsurance(projectOf(registration), bounds);
        }
        bounds.remove(LocalDate.MAX);
        SortedSet<LocalDate> days = new TreeSet<>();
        for (LocalDate bound : bounds) {
            days.add(bound.minusDays(1));
            days.add(bound);
            days.add(bound.plusDays(1));
        }
        return days;
    }

    private static void addInsurance(Project project, Set<LocalDate> bounds) {
        ProjectFact.Insurance insurance = project.insurance();
        if (insurance != null) {
            if (insurance.effectiveFrom() != Days.NONE) {
                bounds.add(Days.date(insurance.effectiveFrom()));
            }
            bounds.add(dateOrOpen(insurance.effectiveTo()));
        }
    }

    // Section 5: alerts.

    /** The id under which a worker's facts are told of, given any of the worker's ids. */
    public String oldestWorkerId(String workerId) {
        return persons.oldest(workerId);
    }

    /** The newest id of a worker, given the oldest; empty when there is only one. */
    public Optional<String> currentWorkerId(String workerId) {
        return persons.newest(workerId);
    }

    /** All hires of the merged state by the oldest id of their worker, voided ones too. */
    public Set<HireKey> hires() {
        Set<HireKey> keys =
                new TreeSet<>(Comparator.comparing(HireKey::workerId).thenComparing(HireKey::hireId));
        workers.values().forEach(worker -> worker.hires().forEach(hire -> keys.add(hire.key())));
        return keys;
    }

    /** What a hire is on a day; INACTIVE when there is no such hire. */
    public Status status(String workerId, String hireId, LocalDate day) {
        return find(workerId, hireId).map(hire -> status(hire, day)).orElse(Status.INACTIVE);
    }

    /** Why a hire is uncovered on a day; empty when it is not. */
    public Optional<UncoveredReason> reason(String workerId, String hireId, LocalDate day) {
        return find(workerId, hireId)
                .filter(hire -> status(hire, day) == Status.UNCOVERED)
                .map(hire -> reason(hire, day));
    }

    /** The alerts that hires need on a day, ordered by worker and hire. */
    public Map<HireKey, Alert> alerts(LocalDate today) {
        Map<HireKey, Alert> alerts = new LinkedHashMap<>();
        for (HireKey key : hires()) {
            alert(key.workerId(), key.hireId(), today).ifPresent(alert -> alerts.put(key, alert));
        }
        return alerts;
    }

    /** The alert that one hire needs on a day, if it needs one. */
    public Optional<Alert> alert(String workerId, String hireId, LocalDate today) {
        return find(workerId, hireId).flatMap(hire -> alert(hire, today));
    }

    private Optional<Alert> alert(Hire hire, LocalDate today) {
        if (status(hire, today) != Status.UNCOVERED) {
            return Optional.empty();
        }
        if (today.isBefore(options.workingDaysBefore(hire.dueOn(), options.dueSoonWorkingDays()))) {
            return Optional.empty();
        }
        LocalDate uncoveredSince = today;
        while (status(hire, uncoveredSince.minusDays(1)) == Status.UNCOVERED) {
            uncoveredSince = uncoveredSince.minusDays(1);
        }
        LocalDate afterDue = hire.dueOn().plusDays(1);
        LocalDate overdueSince = afterDue.isAfter(uncoveredSince) ? afterDue : uncoveredSince;
        State state = State.DUE_SOON;
        if (today.isAfter(hire.dueOn())) {
            state = today.isAfter(overdueSince.plusDays(options.escalationDays())) ? State.ESCALATED : State.OVERDUE;
        }
        ProjectFact.Registration registration = hire.project().registration();
        return Optional.of(new Alert(
                hire.key(),
                hire.fact().projectId(),
                hire.fact().contractorId(),
                registration == null ? null : registration.districtCode(),
                hire.startsOn(),
                hire.dueOn(),
                uncoveredSince,
                overdueSince,
                state,
                reason(hire, today),
                backdated(hire)));
    }

    private boolean backdated(Hire hire) {
        return dayOf(hire.fact().stamp()).isAfter(hire.startsOn().plusDays(options.backdatedDays()));
    }

    /** Whether a hire was recorded long after it started; empty when there is no such hire. */
    public Optional<Boolean> backdated(String workerId, String hireId) {
        return find(workerId, hireId).map(this::backdated);
    }

    /** The last day on which an enrolment of a hire is in time; empty when there is no such hire. */
    public Optional<LocalDate> dueOn(String workerId, String hireId) {
        return find(workerId, hireId).map(Hire::dueOn);
    }

    /**
     * Why a hire needs no alert on a day: what an alert published before says when it is resolved. Empty when the hire
     * needs one or when there is no such hire.
     */
    public Optional<Resolution> resolution(String workerId, String hireId, LocalDate today) {
        return find(workerId, hireId)
                .filter(hire -> alert(hire, today).isEmpty())
                .map(hire -> {
                    if (hire.voided()) {
                        return Resolution.VOIDED;
                    }
                    return switch (status(hire, today)) {
                        case INACTIVE -> Resolution.RELEASED;
                        case NAMED, GRACE -> Resolution.COVERED;
                        case UNCOVERED -> Resolution.CORRECTED;
                    };
                });
    }

    private Optional<Hire> find(String workerId, String hireId) {
        Worker worker = workers.get(workerId);
        return worker == null
                ? Optional.empty()
                : worker.hires().stream()
                        .filter(hire -> hire.key().hireId().equals(hireId))
                        .findFirst();
    }
}
