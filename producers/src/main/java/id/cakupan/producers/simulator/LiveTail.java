package id.cakupan.producers.simulator;

import cakupan.records.InsuranceStatus;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events without end after a {@link Simulation}: what happens in the same city today, by the clock. New workers start,
 * workers get on the named lists, leave; now and then a site is paid for, a hire corrected, an event repeated. Which
 * events come follows from the seed, their times and ids from the clock. Not thread-safe.
 */
public final class LiveTail {
    private static final int PURPOSE = 7;

    /**
     * Parts of the events, as borders between 0 and 1; the rest are hires. As many come as go, and as many are enrolled as the
     * city loses of its ratio by that, so that it stays what it is however long it runs.
     */
    private static final double ENROLMENTS = 0.06;

    private static final double RELEASES = 0.5;
    private static final double PAYMENTS = 0.502;
    private static final double CORRECTIONS = 0.94;
    private static final double REPETITIONS = 0.97;
    private static final int ATTEMPTS = 60;
    private static final int LONGEST_PLAN_DAYS = 60;

    private final World world;
    private final Clock clock;
    private final Dice dice;
    private final Life life;
    private final String run;
    private int count;
    private int newcomers;
    private int today;
    private List<Site> open = List.of();
    private @Nullable WorkerHired lastHire;
    private @Nullable SpecificRecord last;

    /** The tail of a simulation, from now on. */
    public LiveTail(Simulation simulation, Clock clock) {
        this.world = simulation.world();
        this.clock = clock.withZone(world.plan().zone());
        this.dice = new Dice().start(world.seed(), PURPOSE, 0);
        this.life = new Life(world);
        this.run = "live" + Long.toString(clock.millis(), Character.MAX_RADIX) + "-";
    }

    /** The next event, recorded now. */
    public SpecificRecord next() {
        turnDay();
        count++;
        double what = dice.unit();
        SpecificRecord event =
                what < ENROLMENTS ? enrolment() : what < RELEASES ? release() : what < PAYMENTS ? payment() : null;
        if (event == null && what > REPETITIONS) {
            event = last;
        } else if (event == null && what > CORRECTIONS) {
            event = correction();
        }
        last = event == null ? hire() : event;
        return last;
    }

    private void turnDay() {
        int day = (int) LocalDate.now(clock).toEpochDay();
        if (day == today) {
            return;
        }
        today = day;
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < world.sites().count(); i++) {
            Site site = world.sites().get(i);
            if (site.start <= today && today <= site.end) {
                sites.add(site);
            }
        }
        if (sites.isEmpty()) {
            sites.add(world.sites().get(0));
        }
        open = sites;
    }

    private WorkerHired hire() {
        int worker = world.plan().workers() + newcomers++;
        Site site = anyOpen();
        WorkerHired hire = new WorkerHired(
                eventId(),
                "simulasi-hr",
                now(),
                world.workerId(worker),
                world.id(run + "h", count),
                world.projectId(site),
                world.contractors().id(site.contractor),
                LocalDate.ofEpochDay(today),
                LocalDate.ofEpochDay(today + dice.between(10, LONGEST_PLAN_DAYS)),
                null);
        lastHire = hire;
        return hire;
    }

    /** The last newcomer in fact started a day earlier. */
    private @Nullable WorkerHired correction() {
        if (lastHire == null) {
            return null;
        }
        WorkerHired corrected = WorkerHired.newBuilder(lastHire)
                .setEventId(eventId())
                .setRecordedAt(now())
                .setStartsOn(lastHire.getStartsOn().minusDays(1))
                .build();
        lastHire = corrected;
        return corrected;
    }

    private @Nullable WorkerEnrolled enrolment() {
        int hire = anyActiveHire();
        if (hire < 0) {
            return null;
        }
        WorkerEnrolled event = new WorkerEnrolled();
        event.setEventId(eventId());
        event.setSource("simulasi-ejakon");
        event.setRecordedAt(now());
        event.setWorkerId(life.workerId());
        event.setEnrolmentId(world.id(run + "n", count));
        event.setSegment(Segment.JAKON);
        event.setProjectId(world.projectId(life.site(hire)));
        event.setProgrammes(List.of(Programme.JKK, Programme.JKM));
        event.setEffectiveFrom(LocalDate.ofEpochDay(today));
        event.setEffectiveTo(
                LocalDate.ofEpochDay(Math.max(today, life.site(hire).maintenanceEnd())));
        return event;
    }

    private @Nullable WorkerReleased release() {
        int hire = anyActiveHire();
        return hire < 0
                ? null
                : new WorkerReleased(
                        eventId(),
                        "simulasi-hr",
                        now(),
                        life.workerId(),
                        life.hireId(hire),
                        LocalDate.ofEpochDay(today - 1),
                        ReleaseReason.FINISHED,
                        null);
    }

    private ProjectInsured payment() {
        Site site = anyOpen();
        ProjectInsured event = new ProjectInsured();
        event.setEventId(eventId());
        event.setSource("simulasi-ejakon");
        event.setRecordedAt(now());
        event.setProjectId(world.projectId(site));
        event.setStatus(InsuranceStatus.PAID);
        event.setEffectiveFrom(LocalDate.ofEpochDay(Math.min(today, site.termFrom())));
        event.setEffectiveTo(LocalDate.ofEpochDay(Math.max(today, site.maintenanceEnd())));
        return event;
    }

    private Site anyOpen() {
        return open.get(dice.between(0, open.size() - 1));
    }

    /** Makes {@link #life} one of which a hire is active today, and returns the hire; -1 if none was found. */
    private int anyActiveHire() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            life.live((int) (dice.unit() * world.plan().workers()));
            for (int hire = 0; hire < life.hires(); hire++) {
                if (life.isActive(hire, today)) {
                    return hire;
                }
            }
        }
        return -1;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String eventId() {
        return world.id(run, count);
    }
}
