package id.cakupan.producers.simulator;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Programme;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one worker does and what is said about it. It follows from the seed and the worker's number alone, so that any
 * life can be made again when its next event is due; only the times of all events are kept. One object is used for many
 * lives, one after the other.
 *
 * <p>{@link #live} decides what happens and asks nothing about how sites are insured, {@link #tell} what is recorded.
 */
final class Life extends Story {
    static final int MOST_HIRES = 8;

    /** Probability of at most one hire, at most two, and so on. */
    private static final double[] HIRES = {0.05, 0.12, 0.22, 0.34, 0.48, 0.64, 0.82, 1};

    private static final int LIVING = 3;
    private static final int TELLING = 4;
    /** 30 working days, in calendar days. */
    private static final int GRACE_DAYS = 42;

    private static final int ATTEMPTS = 12;

    private static final List<Programme> BOTH = List.of(Programme.JKK, Programme.JKM);
    private static final List<Programme> INCOMPLETE = List.of(Programme.JKK);
    private static final List<Programme> STAFF = List.of(Programme.JKK, Programme.JKM, Programme.JHT, Programme.JP);

    private static final int HIRE = 0;
    private static final int HIRE_AS_FIRST_SAID = 1;
    private static final int RELEASE = 2;
    private static final int VOID = 3;
    private static final int LIST = 4;
    private static final int LIST_AS_FIRST_SAID = 5;
    private static final int LIST_END = 6;
    private static final int LIST_VOID = 7;
    private static final int STAFF_ENROLMENT = 8;
    private static final int STAFF_END = 9;
    private static final int OWN_ENROLMENT = 10;

    private final Sites sites;
    private final Contractors contractors;
    private final Dice dice = new Dice();

    private int worker;
    private int hires;
    private final Site[] site = new Site[MOST_HIRES];
    private final int[] employer = new int[MOST_HIRES];
    private final int[] start = new int[MOST_HIRES];
    private final int[] end = new int[MOST_HIRES];
    private final boolean[] voided = new boolean[MOST_HIRES];
    private final double[] listing = new double[MOST_HIRES];
    private final int[] listedAfter = new int[MOST_HIRES];
    private final int[] listedDays = new int[MOST_HIRES];

    private boolean staff;
    private int staffFrom;
    private int staffTo;
    private boolean own;

    Life(World world) {
        super(world);
        this.sites = world.sites();
        this.contractors = world.contractors();
    }

    /** Lives the life of a worker. */
    void live(int worker) {
        this.worker = worker;
        dice.start(world().seed(), LIVING, worker);
        staff = dice.chance(0.06);
        own = dice.chance(0.05);
        int employerOfStaff = contractors.pick(dice);
        double many = dice.unit();
        int wanted = 1;
        while (many > HIRES[wanted - 1]) {
            wanted++;
        }
        hires = 0;
        for (int i = 0; i < wanted; i++) {
            hire(employerOfStaff);
        }
        staffFrom = start[0] - dice.between(5, 400) + (dice.chance(0.2) ? 420 : 0);
        staffTo = dice.chance(0.08) ? staffFrom + dice.between(200, 700) : Site.NEVER;
    }

    private void hire(int employerOfStaff) {
        boolean besides = dice.chance(0.04);
        int free = hires == 0 || besides ? 0 : end[hires - 1] + 1 + (int) dice.span(8);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Site found = sites.pick(dice);
            int days = found.end - found.start;
            int from = found.start + (int) (days * (dice.chance(0.5) ? 0.12 : 0.85) * dice.unit());
            if (from < free) {
                from = free;
            }
            if (from > found.end - 5 || (hires > 0 && from < start[hires - 1])) {
                continue;
            }
            int i = hires++;
            site[i] = found;
            start[i] = from;
            end[i] = Math.min(found.end, from + 6 + (int) dice.span(45));
            employer[i] = staff ? employerOfStaff : dice.chance(0.12) ? contractors.pick(dice) : found.contractor;
            voided[i] = dice.chance(0.01);
            listing[i] = dice.unit();
            listedAfter[i] = dice.chance(0.3) ? dice.between(8, 75) : 0;
            listedDays[i] = dice.chance(0.03) ? dice.between(15, 60) : Site.NEVER;
            return;
        }
    }

    int hires() {
        return hires;
    }

    Site site(int hire) {
        return site[hire];
    }

    boolean isActive(int hire, int day) {
        return !voided[hire] && start[hire] <= day && day <= end[hire];
    }

    int start(int hire) {
        return start[hire];
    }

    int end(int hire) {
        return end[hire];
    }

    /** Whether the hire is covered on a day on which it is active, were its site's contractor to behave so. */
    boolean isCovered(int hire, int day, Conduct conduct) {
        if (staff && staffFrom <= day && day <= staffTo) {
            return true;
        }
        int paid = site[hire].paidFrom(conduct);
        if (paid == Site.NEVER) {
            return false;
        }
        int listed = listedFrom(hire, paid);
        if (listed <= day && day <= listedTo(hire, listed)) {
            return true;
        }
        return paid <= day && day <= site[hire].insuredTo() && day <= start[hire] + GRACE_DAYS;
    }

    /** First day on the named list, or {@link Site#NEVER}. */
    private int listedFrom(int hire, int paid) {
        if (paid == Site.NEVER || listing[hire] >= site[hire].listing()) {
            return Site.NEVER;
        }
        int day = Math.max(start[hire], paid) + listedAfter[hire];
        return day > end[hire] || day > site[hire].insuredTo() ? Site.NEVER : day;
    }

    private int listedTo(int hire, int listed) {
        int lapse = listedDays[hire] == Site.NEVER ? Site.NEVER : listed + listedDays[hire];
        return Math.min(lapse, site[hire].insuredTo());
    }

    /** Says when which of its events is recorded; ask {@link #live} first. */
    void tell() {
        clear();
        dice.start(world().seed(), TELLING, worker);
        for (int i = 0; i < hires; i++) {
            tellHire(i);
            tellList(i);
        }
        if (staff && hires > 0) {
            add(STAFF_ENROLMENT, 0, Math.max(world().originDay(), staffFrom) + dice.between(0, 9), dice);
            if (staffTo != Site.NEVER) {
                add(STAFF_END, 0, staffTo + dice.between(1, 20), dice);
            }
        }
        if (own && hires > 0) {
            add(OWN_ENROLMENT, 0, start[0] - dice.between(0, 60), dice);
        }
    }

    private void tellHire(int i) {
        double when = dice.unit();
        int recorded =
                start[i] + (when < 0.25 ? -dice.between(0, 4) : when < 0.85 ? dice.between(0, 3) : dice.between(8, 40));
        if (dice.chance(0.04)) {
            add(HIRE_AS_FIRST_SAID, i, recorded, dice);
            add(HIRE, i, recorded + dice.between(2, 21), dice);
        } else {
            add(HIRE, i, recorded, dice);
        }
        if (voided[i]) {
            add(VOID, i, start[i] + dice.between(2, 20), dice);
        } else if (isReleased(i)) {
            add(RELEASE, i, end[i] + (dice.chance(0.06) ? dice.between(8, 35) : dice.between(-1, 4)), dice);
        }
    }

    /** Every sixth hire or so ends as planned, and nobody says so. */
    private boolean isReleased(int hire) {
        return (worker + hire) % 6 != 0;
    }

    private void tellList(int i) {
        int listed = listedFrom(i, site[i].paidFrom(site[i].conduct));
        if (listed != Site.NEVER) {
            int recorded = listed + dice.between(0, 5);
            if (dice.chance(0.02)) {
                add(LIST_AS_FIRST_SAID, i, recorded - 1, dice);
                recorded += dice.between(1, 9);
            }
            add(LIST, i, recorded, dice);
            int to = listedTo(i, listed);
            if (to < end[i] && to < site[i].insuredTo()) {
                add(LIST_END, i, to + dice.between(0, 6), dice);
            } else if (dice.chance(0.5)) {
                add(LIST_END, i, Math.max(recorded, end[i]) + dice.between(1, 20), dice);
            }
        } else if (listing[i] > 0.994) {
            int recorded = start[i] + dice.between(0, 20);
            add(LIST, i, recorded, dice);
            add(LIST_VOID, i, recorded + dice.between(1, 14), dice);
        }
    }

    /** Pseudonym of the worker. */
    String workerId() {
        return world().workerId(worker);
    }

    /** Id of a hire, unique in the city. */
    String hireId(int hire) {
        return world().id("h", worker) + "-" + hire;
    }

    /** Contractor that hired. */
    String employerId(int hire) {
        return contractors.id(employer[hire]);
    }

    @Override
    SpecificRecord record(int moment) {
        int i = detail(moment);
        return switch (kind(moment)) {
            case HIRE -> hired(moment, i, start[i]);
            case HIRE_AS_FIRST_SAID -> hired(moment, i, start[i] - 1 - worker % 4);
            case RELEASE -> released(moment, i, end[i], reason());
            case VOID -> released(moment, i, start[i], ReleaseReason.VOIDED);
            case LIST -> listed(moment, i, BOTH);
            case LIST_AS_FIRST_SAID -> listed(moment, i, INCOMPLETE);
            case LIST_END -> listEnded(moment, i);
            case LIST_VOID -> ended(moment, "e" + i, start[i], EndReason.VOIDED);
            case STAFF_ENROLMENT ->
                enrolled(moment, "pu", Segment.PU, null, employerId(0), STAFF, staffFrom, Site.NEVER);
            case STAFF_END -> ended(moment, "pu", staffTo, EndReason.WITHDRAWN);
            case OWN_ENROLMENT ->
                enrolled(moment, "bpu", Segment.BPU, null, null, BOTH, start[0] - worker % 300, Site.NEVER);
            default -> throw new IllegalStateException("No such moment");
        };
    }

    private ReleaseReason reason() {
        int kind = worker % 20;
        return kind < 14 ? ReleaseReason.FINISHED : kind < 17 ? ReleaseReason.RESIGNED : ReleaseReason.REPLACED;
    }

    private WorkerHired hired(int moment, int i, int from) {
        boolean planned = !isReleased(i);
        LocalDate endsOn =
                planned ? LocalDate.ofEpochDay(end[i]) : worker % 3 == 0 ? null : LocalDate.ofEpochDay(site[i].end);
        return new WorkerHired(
                eventId(moment, "w", worker),
                "simulasi-hr",
                recordedAt(moment),
                workerId(),
                hireId(i),
                world().projectId(site[i]),
                employerId(i),
                LocalDate.ofEpochDay(from),
                endsOn,
                null);
    }

    private WorkerReleased released(int moment, int i, int day, ReleaseReason reason) {
        return new WorkerReleased(
                eventId(moment, "w", worker),
                "simulasi-hr",
                recordedAt(moment),
                workerId(),
                hireId(i),
                LocalDate.ofEpochDay(day),
                reason,
                null);
    }

    private WorkerEnrolled listed(int moment, int i, List<Programme> programmes) {
        int listed = listedFrom(i, site[i].paidFrom(site[i].conduct));
        int from = listed == Site.NEVER ? start[i] : listed;
        int to = Math.max(from, site[i].insuredTo());
        return enrolled(moment, "e" + i, Segment.JAKON, world().projectId(site[i]), null, programmes, from, to);
    }

    private EnrolmentEnded listEnded(int moment, int i) {
        int to = listedTo(i, listedFrom(i, site[i].paidFrom(site[i].conduct)));
        return to < end[i]
                ? ended(moment, "e" + i, to, EndReason.LAPSED)
                : ended(moment, "e" + i, end[i], EndReason.COMPLETED);
    }

    private WorkerEnrolled enrolled(
            int moment,
            String enrolment,
            Segment segment,
            @Nullable String projectId,
            @Nullable String contractorId,
            List<Programme> programmes,
            int from,
            int to) {
        WorkerEnrolled event = new WorkerEnrolled();
        event.setEventId(eventId(moment, "w", worker));
        event.setSource(segment == Segment.JAKON ? "simulasi-ejakon" : "simulasi-sipp");
        event.setRecordedAt(recordedAt(moment));
        event.setWorkerId(workerId());
        event.setEnrolmentId(world().id("n", worker) + "-" + enrolment);
        event.setSegment(segment);
        if (projectId != null) {
            event.setProjectId(projectId);
        }
        if (contractorId != null) {
            event.setContractorId(contractorId);
        }
        event.setProgrammes(programmes);
        event.setEffectiveFrom(LocalDate.ofEpochDay(from));
        if (to != Site.NEVER) {
            event.setEffectiveTo(LocalDate.ofEpochDay(to));
        }
        return event;
    }

    private EnrolmentEnded ended(int moment, String enrolment, int day, EndReason reason) {
        return new EnrolmentEnded(
                eventId(moment, "w", worker),
                "simulasi-bpjs",
                recordedAt(moment),
                workerId(),
                world().id("n", worker) + "-" + enrolment,
                LocalDate.ofEpochDay(day),
                reason,
                null);
    }
}
