package id.cakupan.coverage;

import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cover of one hire over its active days: contiguous pieces of days with one status each.
 *
 * <p>The status can only change where an interval of the rules begins or ends. So the timeline collects those days,
 * and asks the rule itself once at the first day of each piece.
 */
public final class HireTimeline {
    private static final UncoveredReason[] REASONS = UncoveredReason.values();
    private static final byte NAMED = -2;
    private static final byte GRACE = -1;

    private final Hire hire;
    private final ProjectState project;
    private final boolean voided;
    private final int dueOn;
    private final int last;
    /** First day of each piece; empty when the hire has no active day. */
    private final int[] from;
    /** NAMED, GRACE or the ordinal of the reason. */
    private final byte[] status;

    private HireTimeline(
            Hire hire, ProjectState project, boolean voided, int dueOn, int last, int[] from, byte[] status) {
        this.hire = hire;
        this.project = project;
        this.voided = voided;
        this.dueOn = dueOn;
        this.last = last;
        this.from = from;
        this.status = status;
    }

    /** The timelines of all hires of the ledger, given the states of projects. */
    public static List<HireTimeline> all(WorkerLedger ledger, Function<String, ProjectState> projects, Rules rules) {
        List<Hire> hires = ledger.hires();
        List<HireTimeline> timelines = new ArrayList<>(hires.size());
        for (Hire hire : hires) {
            timelines.add(of(hire, ledger, projects.apply(hire.projectId()), rules));
        }
        return timelines;
    }

    /** The timeline of a hire of the ledger on a project in the given state. */
    public static HireTimeline of(Hire hire, WorkerLedger ledger, ProjectState project, Rules rules) {
        Release release = ledger.release(hire.id());
        boolean voided = release != null && release.voided();
        int first = hire.startsOn();
        int last = release == null ? hire.endsOn() : release.endedOn();
        int dueOn = rules.dueOn(first);
        if (voided || last < first) {
            return new HireTimeline(hire, project, voided, dueOn, last, new int[0], new byte[0]);
        }
        List<Enrolment> enrolments = ledger.enrolments();
        int[] enrolled = new int[2 * enrolments.size()];
        int named = 0;
        for (Enrolment enrolment : enrolments) {
            if (names(enrolment, hire, rules)) {
                EnrolmentEnd end = ledger.enrolmentEnd(enrolment.id());
                if (end == null || !end.voided()) {
                    enrolled[named++] = enrolment.effectiveFrom();
                    enrolled[named++] =
                            end == null ? enrolment.effectiveTo() : Math.min(enrolment.effectiveTo(), end.endedOn());
                }
            }
        }
        int graceUntil = rules.graceUntil(first);

        int[] breaks = new int[4 + named];
        int count = 0;
        breaks[count++] = first;
        breaks[count++] = Days.after(graceUntil);
        ProjectFact.Insurance insurance = project.insurance();
        if (insurance != null) {
            breaks[count++] = insurance.effectiveFrom();
            breaks[count++] = Days.after(insurance.effectiveTo());
        }
        for (int i = 0; i < named; i += 2) {
            breaks[count++] = enrolled[i];
            breaks[count++] = Days.after(enrolled[i + 1]);
        }
        Arrays.sort(breaks, 0, count);

        int[] from = new int[count];
        byte[] status = new byte[count];
        int pieces = 0;
        for (int i = 0; i < count; i++) {
            int day = breaks[i];
            if (day < first || day > last || day == Days.OPEN || (pieces > 0 && from[pieces - 1] == day)) {
                continue;
            }
            byte now = statusOn(day, enrolled, named, graceUntil, project);
            if (pieces == 0 || status[pieces - 1] != now) {
                from[pieces] = day;
                status[pieces++] = now;
            }
        }
        return new HireTimeline(
                hire, project, false, dueOn, last, Arrays.copyOf(from, pieces), Arrays.copyOf(status, pieces));
    }

    private static boolean names(Enrolment enrolment, Hire hire, Rules rules) {
        if (!rules.counts(enrolment.segment(), enrolment.programmes())) {
            return false;
        }
        return switch (enrolment.segment()) {
            case JAKON -> hire.projectId().equals(enrolment.projectId());
            case PU -> enrolment.contractorId() == null || hire.contractorId().equals(enrolment.contractorId());
            case BPU -> true;
        };
    }

    private static byte statusOn(int day, int[] enrolled, int named, int graceUntil, ProjectState project) {
        for (int i = 0; i < named; i += 2) {
            if (enrolled[i] <= day && day <= enrolled[i + 1]) {
                return NAMED;
            }
        }
        if (day <= graceUntil && project.insuredOn(day)) {
            return GRACE;
        }
        return (byte) project.reasonOn(day).ordinal();
    }

    /** The hire. */
    public Hire hire() {
        return hire;
    }

    /** The project as it was taken into account. */
    public ProjectState project() {
        return project;
    }

    /** Whether the hire never was. */
    public boolean voided() {
        return voided;
    }

    /** Last day on which an enrolment is in time. */
    public int dueOn() {
        return dueOn;
    }

    /** Whether the hire is active on the day. */
    public boolean activeOn(int day) {
        return from.length > 0 && from[0] <= day && day <= last;
    }

    /** Whether the hire is active and covered on the day. */
    public boolean coveredOn(int day) {
        return activeOn(day) && status[piece(day)] < 0;
    }

    /** Whether the hire is covered on the day by the grace period only. */
    public boolean graceOn(int day) {
        return activeOn(day) && status[piece(day)] == GRACE;
    }

    /** Whether the hire is active, uncovered and past its deadline on the day. */
    public boolean overdueOn(int day) {
        return day > dueOn && activeOn(day) && status[piece(day)] >= 0;
    }

    /** Why the hire is uncovered on the day; null when it is covered or not active. */
    public @Nullable UncoveredReason reasonOn(int day) {
        if (!activeOn(day)) {
            return null;
        }
        byte now = status[piece(day)];
        return now < 0 ? null : REASONS[now];
    }

    /** First day of the uncovered stretch that the day lies in; the hire must be active and uncovered on it. */
    public int uncoveredSince(int day) {
        int piece = piece(day);
        while (piece > 0 && status[piece - 1] >= 0) {
            piece--;
        }
        return from[piece];
    }

    /** Writes the days on which the counts of this hire may change; returns how many. Needs room for pieces + 2. */
    int breaks(int[] into, int at) {
        int n = at;
        if (from.length == 0) {
            return n;
        }
        for (int day : from) {
            into[n++] = day;
        }
        if (activeOn(dueOn + 1)) {
            into[n++] = dueOn + 1;
        }
        if (last != Days.OPEN) {
            into[n++] = last + 1;
        }
        return n;
    }

    /** Number of pieces. */
    int pieces() {
        return from.length;
    }

    private int piece(int day) {
        int i = from.length - 1;
        while (from[i] > day) {
            i--;
        }
        return i;
    }
}
