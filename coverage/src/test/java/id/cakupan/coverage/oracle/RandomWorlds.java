package id.cakupan.coverage.oracle;

import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.Programme;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random worlds as lists of events: hires, releases, enrolments, projects and insurances with their corrections, voids,
 * moves and lapses, many of them on the same days so that intervals touch, overlap and miss each other by one day.
 *
 * <p>Every event passes the checks of section 2: no first day after the last within one event, all dates within
 * 1990-01-01 … 2100-12-31, every enrolment with a programme, every JAKON enrolment with a project. No event is recorded
 * later than 2025-12-31. The same arguments give the same world.
 */
public final class RandomWorlds {
    private static final List<String> DISTRICTS =
            List.of("35.73.01", "35.73.02", "35.73.03", "35.73.04", "35.73.05", "35.07.22", "35.79.01");
    private static final LocalDate FIRST = LocalDate.of(2024, 6, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);
    private static final LocalDate LAST_RECORDING = LocalDate.of(2025, 12, 30);
    private static final int BOTH = OracleWorld.bit(Programme.JKK) | OracleWorld.bit(Programme.JKM);

    /**
     * How a world is made.
     *
     * @param events least number of events
     * @param projects number of projects, from 1 on; some stay unregistered
     * @param contractors number of contractors, from 1 on
     * @param sharedHireIds whether workers have hires of the same id
     */
    public record Size(int events, int projects, int contractors, boolean sharedHireIds) {
        /** A world in proportion, with hire ids shared between workers. */
        public static Size of(int events) {
            return new Size(events, Math.max(2, events / 330), Math.max(2, events / 660), true);
        }

        /** The same with hire ids that no two workers share. */
        public Size withUniqueHireIds() {
            return new Size(events, projects, contractors, false);
        }
    }

    private final Random random;
    private final Size size;
    private final List<OracleEvent> events = new ArrayList<>();
    private final List<Integer> projectStarts = new ArrayList<>();

    private RandomWorlds(long seed, Size size) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.size = size;
    }

    /** A world in random order and with some events twice or three times. */
    public static List<OracleEvent> events(long seed, Size size) {
        RandomWorlds world = new RandomWorlds(seed, size);
        world.build();
        return shuffledWithDuplicates(seed, world.events);
    }

    /** A world of about this many events. */
    public static List<OracleEvent> events(long seed, int events) {
        return events(seed, Size.of(events));
    }

    /** The same events in another order. */
    public static List<OracleEvent> shuffled(long seed, List<OracleEvent> events) {
        List<OracleEvent> copy = new ArrayList<>(events);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }

    /** The same events in another order, about every tenth of them more than once. */
    public static List<OracleEvent> shuffledWithDuplicates(long seed, List<OracleEvent> events) {
        Random random = new Random(seed);
        List<OracleEvent> copy = new ArrayList<>(events);
        for (int i = 0; i < events.size() / 10; i++) {
            copy.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(copy, random);
        return copy;
    }

    /**
     * The same world as told while keys were rotated: of most workers some events come under the id of a second or third
     * key, with the former id or without; some come under several. Ids of newer keys are now greater, now less.
     */
    public static List<OracleEvent> rotated(long seed, List<OracleEvent> events) {
        Random random = new Random(seed);
        Map<String, List<String>> chains = new HashMap<>();
        List<OracleEvent> told = new ArrayList<>();
        for (OracleEvent event : events) {
            if (!(event.fact() instanceof WorkerFact)) {
                told.add(event);
                continue;
            }
            List<String> chain = chains.computeIfAbsent(event.key(), id -> chain(id, random.nextInt(3), random));
            int first = random.nextInt(chain.size());
            int last = random.nextInt(3) == 0 ? random.nextInt(first, chain.size()) : first;
            for (int i = first; i <= last; i++) {
                boolean says = i > 0 && random.nextInt(4) > 0;
                told.add(event.under(chain.get(i), says ? chain.get(i - 1) : null));
            }
        }
        return told;
    }

    /** The same world as told by producers with useless keys: any id of a worker is any other's former id. */
    public static List<OracleEvent> muddled(long seed, List<OracleEvent> events) {
        Random random = new Random(seed);
        List<OracleEvent> told = new ArrayList<>();
        for (OracleEvent event : events) {
            if (event.fact() instanceof WorkerFact) {
                List<String> ids =
                        chain(event.key(), 3, new Random(seed + event.key().hashCode()));
                String id = ids.get(random.nextInt(ids.size()));
                String former = ids.get(random.nextInt(ids.size()));
                told.add(event.under(id, id.equals(former) || random.nextInt(3) == 0 ? null : former));
            } else {
                told.add(event);
            }
        }
        return told;
    }

    /** The ids of a worker, the oldest first. */
    private static List<String> chain(String workerId, int rotations, Random random) {
        List<String> chain = new ArrayList<>(List.of(workerId));
        for (int i = 1; i <= rotations; i++) {
            chain.add((random.nextBoolean() ? "k0" : "k2") + i + workerId.substring(workerId.indexOf('.')));
        }
        return chain;
    }

    /** Random rules: the defaults with holidays for every third seed, anything possible for the others. */
    public static OracleOptions options(long seed) {
        Random random = new Random(seed);
        OracleOptions options = OracleOptions.defaults().withHolidays(holidays(seed));
        if (seed % 3 == 0) {
            return options;
        }
        if (random.nextInt(3) == 0) {
            options = options.withDeadline(random.nextInt(20), OracleOptions.Unit.CALENDAR);
        } else if (random.nextInt(3) == 0) {
            options = options.withDeadline(random.nextInt(40), OracleOptions.Unit.WORKING);
        }
        if (random.nextBoolean()) {
            options = options.withGrace(random.nextInt(40));
        }
        if (random.nextBoolean()) {
            options = options.withCountedSegments(EnumSet.allOf(Segment.class));
        }
        if (random.nextInt(3) == 0) {
            options = options.withRequiredProgrammes(Set.of(Programme.JKK));
        }
        if (random.nextInt(3) == 0) {
            options = options.withAlerts(random.nextInt(6), random.nextInt(15), random.nextInt(15));
        }
        return options;
    }

    /** Random holidays within 2024 … 2026: single days and a week now and then, weekends among them. */
    public static Set<LocalDate> holidays(long seed) {
        Random random = new Random(~seed);
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = random.nextInt(50); i > 0; i--) {
            LocalDate day = LocalDate.of(2024, 6, 1).plusDays(random.nextInt(900));
            for (int length = random.nextInt(5) == 0 ? 7 : 1; length > 0; length--) {
                holidays.add(day.plusDays(length));
            }
        }
        return Set.copyOf(holidays);
    }

    private void build() {
        for (int project = 0; project < size.projects(); project++) {
            addProject(project);
        }
        for (int worker = 0; events.size() < size.events(); worker++) {
            addWorker(worker);
        }
    }

    private void addProject(int number) {
        String projectId = projectId(number);
        int start = someDay();
        projectStarts.add(start);
        if (oneIn(5)) {
            if (oneIn(2)) {
                events.add(OracleEvent.of(insurance(projectId, start, recordedNear(start, 20))));
            }
            return;
        }
        ProjectFact.Registration registration = registration(projectId, start, recordedNear(start, 90));
        events.add(OracleEvent.of(registration));
        for (int corrections = oneIn(2) ? random.nextInt(4) : 0; corrections > 0; corrections--) {
            registration = corrected(registration);
            events.add(OracleEvent.of(registration));
        }
        long recordedAt = recordedNear(start, 60);
        for (int insurances = oneIn(5) ? 0 : random.nextInt(1, 4); insurances > 0; insurances--) {
            events.add(OracleEvent.of(insurance(projectId, start, recordedAt)));
            recordedAt = laterOrEqual(recordedAt);
        }
    }

    private ProjectFact.Registration registration(String projectId, int start, long recordedAt) {
        int startsOn = oneIn(7) ? Days.NONE : start;
        return new ProjectFact.Registration(
                projectId,
                "Site " + projectId.substring(projectId.length() - 4),
                district(),
                contractor(),
                "Contractor",
                funding(),
                oneIn(10) ? 0 : 1_000_000L * random.nextInt(1, 90_000) + random.nextInt(1_000),
                startsOn,
                oneIn(5) ? Days.OPEN : end(start, 400),
                stamp(recordedAt));
    }

    private ProjectFact.Registration corrected(ProjectFact.Registration said) {
        int start = said.startsOn() == Days.NONE || oneIn(3) ? someDay() : said.startsOn();
        return new ProjectFact.Registration(
                said.projectId(),
                said.name(),
                oneIn(2) ? said.districtCode() : district(),
                oneIn(2) ? said.contractorId() : contractor(),
                said.contractorName(),
                oneIn(2) ? said.funding() : funding(),
                oneIn(2) ? said.contractValue() : 1_000_000L * random.nextInt(90_000),
                start,
                oneIn(4) ? Days.OPEN : end(start, 400),
                stamp(laterOrEqual(said.stamp().recordedAt())));
    }

    private ProjectFact.Insurance insurance(String projectId, int projectStart, long recordedAt) {
        int from = limited(projectStart + random.nextInt(-20, 120));
        InsuranceStatus status =
                oneIn(3) ? pick(List.of(InsuranceStatus.REGISTERED, InsuranceStatus.CANCELLED)) : InsuranceStatus.PAID;
        return new ProjectFact.Insurance(
                projectId,
                status,
                oneIn(9) ? Days.NONE : from,
                oneIn(3) ? Days.OPEN : end(from, 400),
                stamp(recordedAt));
    }

    private void addWorker(int number) {
        String workerId = workerId(number);
        List<WorkerFact.Hire> hires = new ArrayList<>();
        for (int i = oneIn(10) ? 0 : random.nextInt(1, 4); i > 0; i--) {
            String hireId = size.sharedHireIds() && oneIn(2) ? "h" + i : "h" + number + "-" + i;
            WorkerFact.Hire hire = hire(hireId, hires.isEmpty() || oneIn(2) ? null : hires.get(0));
            hires.add(hire);
            addHire(workerId, hire);
        }
        if (oneIn(20)) {
            events.add(OracleEvent.of(workerId, release("orphan-" + number, someDay())));
        }
        WorkerFact.@Nullable Enrolment previous = null;
        for (int i = oneIn(3) ? 0 : random.nextInt(1, 4); i > 0; i--) {
            previous = enrolment("n" + i, hires.isEmpty() ? null : pick(hires), previous);
            addEnrolment(workerId, previous);
        }
        if (oneIn(20)) {
            events.add(OracleEvent.of(
                    workerId,
                    new WorkerFact.EnrolmentEnd("orphan-" + number, someDay(), oneIn(3), stamp(someInstant()))));
        }
    }

    private void addHire(String workerId, WorkerFact.Hire first) {
        WorkerFact.Hire hire = first;
        events.add(OracleEvent.of(workerId, hire));
        for (int corrections = oneIn(3) ? random.nextInt(1, 4) : 0; corrections > 0; corrections--) {
            hire = corrected(hire);
            events.add(OracleEvent.of(workerId, hire));
        }
        if (oneIn(2)) {
            WorkerFact.Release release = release(hire.id(), hire.startsOn());
            events.add(OracleEvent.of(workerId, release));
            if (oneIn(4)) {
                events.add(OracleEvent.of(
                        workerId,
                        new WorkerFact.Release(
                                hire.id(),
                                limited(release.endedOn() + random.nextInt(-30, 30)),
                                !release.voided() && oneIn(2),
                                stamp(laterOrEqual(release.stamp().recordedAt())))));
            }
        }
    }

    private WorkerFact.Hire hire(String hireId, WorkerFact.@Nullable Hire like) {
        int project = random.nextInt(1 + random.nextInt(size.projects()));
        int start = like != null && oneIn(2)
                ? limited(like.startsOn() + random.nextInt(-40, 40))
                : limited(projectStarts.get(project) + random.nextInt(-10, 200));
        return new WorkerFact.Hire(
                hireId,
                like != null && oneIn(2) ? like.projectId() : projectId(project),
                like != null && oneIn(2) ? like.contractorId() : contractor(),
                start,
                oneIn(3) ? Days.OPEN : end(start, 1 + random.nextInt(300)),
                stamp(recordedNear(start, 7)));
    }

    private WorkerFact.Hire corrected(WorkerFact.Hire said) {
        int start = oneIn(2) ? said.startsOn() : limited(said.startsOn() + random.nextInt(-60, 60));
        return new WorkerFact.Hire(
                said.id(),
                oneIn(2) ? said.projectId() : projectId(random.nextInt(size.projects())),
                oneIn(2) ? said.contractorId() : contractor(),
                start,
                said.endsOn() < start || oneIn(3) ? end(start, 200) : said.endsOn(),
                stamp(laterOrEqual(said.stamp().recordedAt())));
    }

    private WorkerFact.Release release(String hireId, int start) {
        int endedOn = limited(start + random.nextInt(-20, 250));
        return new WorkerFact.Release(hireId, endedOn, oneIn(6), stamp(recordedNear(endedOn, 10)));
    }

    private void addEnrolment(String workerId, WorkerFact.Enrolment first) {
        events.add(OracleEvent.of(workerId, first));
        WorkerFact.Enrolment enrolment = first;
        if (oneIn(5)) {
            WorkerFact.Enrolment other = enrolment(first.id(), null, first);
            enrolment = new WorkerFact.Enrolment(
                    first.id(),
                    other.segment(),
                    other.projectId(),
                    other.contractorId(),
                    other.programmes(),
                    other.effectiveFrom(),
                    other.effectiveTo(),
                    stamp(laterOrEqual(first.stamp().recordedAt())));
            events.add(OracleEvent.of(workerId, enrolment));
        }
        for (int ends = oneIn(3) ? random.nextInt(1, 3) : 0; ends > 0; ends--) {
            int endedOn = limited(enrolment.effectiveFrom() + random.nextInt(-10, 200));
            events.add(OracleEvent.of(
                    workerId,
                    new WorkerFact.EnrolmentEnd(enrolment.id(), endedOn, oneIn(5), stamp(recordedNear(endedOn, 10)))));
        }
    }

    private WorkerFact.Enrolment enrolment(
            String id, WorkerFact.@Nullable Hire hire, WorkerFact.@Nullable Enrolment previous) {
        int from = hire == null ? someDay() : limited(hire.startsOn() + random.nextInt(-15, 60));
        if (previous != null && previous.effectiveTo() != Days.OPEN && oneIn(2)) {
            from = limited(previous.effectiveTo() + random.nextInt(3));
        }
        Segment segment = pick(List.of(Segment.JAKON, Segment.JAKON, Segment.PU, Segment.BPU));
        String project = hire != null && !oneIn(4) ? hire.projectId() : projectId(random.nextInt(size.projects()));
        String contractor = hire != null && !oneIn(4) ? hire.contractorId() : contractor();
        return new WorkerFact.Enrolment(
                id,
                segment,
                segment == Segment.JAKON || oneIn(4) ? project : null,
                segment == Segment.PU && !oneIn(5) ? contractor : null,
                oneIn(5) ? random.nextInt(1, 1 << Programme.values().length) : BOTH | random.nextInt(1 << 4),
                from,
                oneIn(3) ? Days.OPEN : end(from, 150),
                stamp(recordedNear(from, 10)));
    }

    private static String projectId(int number) {
        return "spse:nontender:" + (10_099_782_000L + number);
    }

    private static String workerId(int number) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(8, number).array();
        return "k1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String contractor() {
        return "npp:" + (15_070_900 + random.nextInt(size.contractors()));
    }

    private String district() {
        return pick(DISTRICTS);
    }

    private Funding funding() {
        return pick(List.of(Funding.values()));
    }

    private int someDay() {
        return oneIn(100)
                ? random.nextInt(Days.FIRST, Days.LAST + 1)
                : random.nextInt(Days.day(FIRST), Days.day(LAST) + 1);
    }

    private int limited(int day) {
        if (oneIn(1000)) {
            return day < Days.day(FIRST) ? Days.FIRST : Days.LAST;
        }
        return Math.max(Days.FIRST, Math.min(Days.LAST, day));
    }

    /** A last day that is not before the first. */
    private int end(int first, int days) {
        return Math.max(first, limited(first + random.nextInt(days)));
    }

    private long someInstant() {
        return recordedNear(someDay(), 0);
    }

    /** An instant some days after a day, often right before or after midnight in Jakarta or on the full hour. */
    private long recordedNear(int day, int days) {
        LocalDate date = Days.date(day).plusDays(oneIn(3) ? days : random.nextInt(-5, 2 + 2 * days));
        if (date.isAfter(LAST_RECORDING)) {
            date = LAST_RECORDING.minusDays(random.nextInt(200));
        }
        LocalTime time = switch (random.nextInt(4)) {
            case 0 -> LocalTime.of(17, 0).minusNanos(1_000);
            case 1 -> LocalTime.of(17, 0);
            case 2 -> LocalTime.of(random.nextInt(24), 0);
            default -> LocalTime.ofNanoOfDay(1_000L * random.nextLong(86_400_000_000L));
        };
        return ChronoUnit.MICROS.between(Instant.EPOCH, date.atTime(time).toInstant(ZoneOffset.UTC));
    }

    private long laterOrEqual(long recordedAt) {
        return oneIn(3) ? recordedAt : recordedAt + random.nextInt(-1_000_000, 1_000_000_000);
    }

    private Stamp stamp(long recordedAt) {
        return new Stamp(recordedAt, Integer.toHexString(random.nextInt()) + "-" + events.size());
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
