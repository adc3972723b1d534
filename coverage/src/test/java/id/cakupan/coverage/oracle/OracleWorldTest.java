package id.cakupan.coverage.oracle;

import static id.cakupan.coverage.oracle.OracleWorld.State.DUE_SOON;
import static id.cakupan.coverage.oracle.OracleWorld.State.ESCALATED;
import static id.cakupan.coverage.oracle.OracleWorld.State.OVERDUE;
import static id.cakupan.coverage.oracle.OracleWorld.Status.GRACE;
import static id.cakupan.coverage.oracle.OracleWorld.Status.INACTIVE;
import static id.cakupan.coverage.oracle.OracleWorld.Status.NAMED;
import static id.cakupan.coverage.oracle.OracleWorld.Status.UNCOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.Programme;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.UncoveredReason;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.HireKey;
import id.cakupan.coverage.oracle.OracleWorld.Point;
import id.cakupan.coverage.oracle.OracleWorld.Resolution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Cases computed by hand. Most hires start on Monday 2025-06-02; with holidays on Friday 6, Monday 9 and Friday 27 June
 * the 14th working day after it is Tuesday 2025-06-24 and the 30th is Thursday 2025-07-17.
 */
class OracleWorldTest {
    private static final Set<LocalDate> HOLIDAYS = Set.of(day("2025-06-06"), day("2025-06-09"), day("2025-06-27"));
    private static final OracleOptions OPTIONS = OracleOptions.defaults().withHolidays(HOLIDAYS);

    private final List<OracleEvent> events = new ArrayList<>();
    private String recordedAt = "2025-06-02T02:00:00Z";

    @Test
    void shouldCountWorkingDays() {
        LocalDate start = day("2025-06-02");
        assertThat(OracleOptions.defaults().workingDaysAfter(start, 14)).isEqualTo("2025-06-20");
        assertThat(OracleOptions.defaults().workingDaysAfter(start, 30)).isEqualTo("2025-07-14");
        assertThat(OPTIONS.workingDaysAfter(start, 14)).isEqualTo("2025-06-24");
        assertThat(OPTIONS.workingDaysAfter(start, 30)).isEqualTo("2025-07-17");
        assertThat(OPTIONS.workingDaysAfter(day("2025-06-07"), 1)).isEqualTo("2025-06-10");
        assertThat(OPTIONS.workingDaysAfter(start, 0)).isEqualTo(start);
        assertThat(OPTIONS.workingDaysBefore(day("2025-06-24"), 3)).isEqualTo("2025-06-19");
        assertThat(OPTIONS.workingDaysBefore(day("2025-06-10"), 1)).isEqualTo("2025-06-05");
        assertThat(OPTIONS.workingDaysBefore(day("2025-06-08"), 2)).isEqualTo("2025-06-04");
    }

    @Test
    void shouldBeActiveFromFirstToLastDay() {
        hire("w", "h", "p", "c", "2025-06-02", "2025-06-10");
        assertThat(status("w", "h", "2025-06-01")).isEqualTo(INACTIVE);
        assertThat(status("w", "h", "2025-06-02")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h", "2025-06-10")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h", "2025-06-11")).isEqualTo(INACTIVE);
    }

    @Test
    void shouldEndWithTheReleaseWhateverWasPlanned() {
        hire("w", "h1", "p", "c", "2025-06-02", "2025-06-10");
        release("w", "h1", "2025-06-20", false);
        hire("w", "h2", "p", "c", "2025-06-02", null);
        release("w", "h2", "2025-06-05", false);
        hire("w", "h3", "p", "c", "2025-06-02", null);
        release("w", "h3", "2025-06-01", false);
        hire("w", "h4", "p", "c", "2025-06-02", null);
        release("w", "h4", "2025-06-30", true);
        assertThat(status("w", "h1", "2025-06-20")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h1", "2025-06-21")).isEqualTo(INACTIVE);
        assertThat(status("w", "h2", "2025-06-05")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h2", "2025-06-06")).isEqualTo(INACTIVE);
        assertThat(status("w", "h3", "2025-06-02")).isEqualTo(INACTIVE);
        assertThat(status("w", "h4", "2025-06-02")).isEqualTo(INACTIVE);
        assertThat(counts(Level.PROJECT, "p", "2025-06-02").hires()).isEqualTo(2);
        assertThat(counts(Level.PROJECT, "p", "2025-06-02").workers()).isEqualTo(1);
    }

    @Test
    void shouldCoverByTheEnrolmentsThatName() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        enrol("w", "other-project", Segment.JAKON, "q", null, "2025-06-01", null);
        enrol("w", "other-employer", Segment.PU, null, "d", "2025-06-01", null);
        enrol("w", "self", Segment.BPU, null, null, "2025-06-01", null);
        assertThat(status("w", "h", "2025-06-02")).isEqualTo(UNCOVERED);
        assertThat(new OracleWorld(events, OPTIONS.withCountedSegments(EnumSet.of(Segment.BPU)))
                        .status("w", "h", day("2025-06-02")))
                .isEqualTo(NAMED);

        enrol("w", "project", Segment.JAKON, "p", null, "2025-06-03", "2025-06-04");
        assertThat(status("w", "h", "2025-06-02")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h", "2025-06-03")).isEqualTo(NAMED);
        assertThat(status("w", "h", "2025-06-04")).isEqualTo(NAMED);
        assertThat(status("w", "h", "2025-06-05")).isEqualTo(UNCOVERED);

        enrol("w", "employer", Segment.PU, null, "c", "2025-06-06", "2025-06-20");
        endEnrolment("w", "employer", "2025-06-07", false);
        assertThat(status("w", "h", "2025-06-07")).isEqualTo(NAMED);
        assertThat(status("w", "h", "2025-06-08")).isEqualTo(UNCOVERED);

        enrol("w", "any-employer", Segment.PU, null, null, "2025-06-10", "2025-06-10");
        endEnrolment("w", "any-employer", "2025-06-20", false);
        assertThat(status("w", "h", "2025-06-10")).isEqualTo(NAMED);
        assertThat(status("w", "h", "2025-06-11")).isEqualTo(UNCOVERED);

        enrol("w", "voided", Segment.PU, null, null, "2025-06-12", "2025-06-12");
        endEnrolment("w", "voided", "2025-06-12", true);
        assertThat(status("w", "h", "2025-06-12")).isEqualTo(UNCOVERED);
    }

    @Test
    void shouldAskForAllRequiredProgrammes() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        say(
                "w",
                new WorkerFact.Enrolment(
                        "n",
                        Segment.PU,
                        null,
                        null,
                        OracleWorld.bit(Programme.JKK) | OracleWorld.bit(Programme.JHT),
                        Days.day(day("2025-06-01")),
                        Days.OPEN,
                        stamp("1")));
        assertThat(status("w", "h", "2025-06-02")).isEqualTo(UNCOVERED);
        assertThat(new OracleWorld(events, OPTIONS.withRequiredProgrammes(Set.of(Programme.JKK)))
                        .status("w", "h", day("2025-06-02")))
                .isEqualTo(NAMED);
    }

    @Test
    void shouldCoverByGraceUpToTheThirtiethWorkingDay() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        insure("p", InsuranceStatus.PAID, "2025-06-04", null);
        assertThat(status("w", "h", "2025-06-03")).isEqualTo(UNCOVERED);
        assertThat(status("w", "h", "2025-06-04")).isEqualTo(GRACE);
        assertThat(status("w", "h", "2025-07-17")).isEqualTo(GRACE);
        assertThat(status("w", "h", "2025-07-18")).isEqualTo(UNCOVERED);
        assertThat(reason("w", "h", "2025-07-18")).isEqualTo(UncoveredReason.UNLISTED);
        enrol("w", "n", Segment.JAKON, "p", null, "2025-06-04", "2025-06-05");
        assertThat(status("w", "h", "2025-06-05")).isEqualTo(NAMED);
        assertThat(status("w", "h", "2025-06-06")).isEqualTo(GRACE);
    }

    @Test
    void shouldGiveTheFirstReasonThatHolds() {
        for (String project : List.of("none", "cancelled", "unpaid", "later", "no-start", "expired", "over")) {
            hire("w", project, project, "c", "2025-06-02", null);
        }
        insure("cancelled", InsuranceStatus.CANCELLED, "2025-01-01", null);
        insure("unpaid", InsuranceStatus.REGISTERED, "2025-01-01", null);
        insure("later", InsuranceStatus.PAID, "2025-06-03", null);
        insure("no-start", InsuranceStatus.PAID, null, "2025-06-01");
        insure("expired", InsuranceStatus.PAID, "2025-01-01", "2025-06-01");
        insure("over", InsuranceStatus.PAID, "2025-01-01", null);
        assertThat(reason("w", "none", "2025-06-02")).isEqualTo(UncoveredReason.NOT_REGISTERED);
        assertThat(reason("w", "cancelled", "2025-06-02")).isEqualTo(UncoveredReason.NOT_REGISTERED);
        assertThat(reason("w", "unpaid", "2025-06-02")).isEqualTo(UncoveredReason.REGISTERED_UNPAID);
        assertThat(reason("w", "later", "2025-06-02")).isEqualTo(UncoveredReason.NOT_YET_EFFECTIVE);
        assertThat(status("w", "later", "2025-06-03")).isEqualTo(GRACE);
        assertThat(reason("w", "no-start", "2025-06-02")).isEqualTo(UncoveredReason.NOT_YET_EFFECTIVE);
        assertThat(reason("w", "expired", "2025-06-02")).isEqualTo(UncoveredReason.EXPIRED);
        assertThat(status("w", "over", "2025-06-02")).isEqualTo(GRACE);
        assertThat(reason("w", "over", "2025-07-18")).isEqualTo(UncoveredReason.UNLISTED);
    }

    @Test
    void shouldBeOverdueFromTheDayAfterTheDeadline() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        assertThat(counts(Level.CONTRACTOR, "c", "2025-06-24").overdueHires()).isZero();
        assertThat(counts(Level.CONTRACTOR, "c", "2025-06-25").overdueHires()).isOne();
        OracleWorld calendar = new OracleWorld(events, OPTIONS.withDeadline(14, OracleOptions.Unit.CALENDAR));
        assertThat(calendar.counts(Level.CONTRACTOR, "c", day("2025-06-16")).overdueHires())
                .isZero();
        assertThat(calendar.counts(Level.CONTRACTOR, "c", day("2025-06-17")).overdueHires())
                .isOne();
    }

    @Test
    void shouldCountACoveredWorkerByGraceWhenOneHireIsCoveredByGraceOnly() {
        register("p", "35.73.01", "c", 100, "2025-06-01", "2025-06-10");
        register("q", "35.73.01", "c", 50, "2025-06-02", null);
        insure("p", InsuranceStatus.PAID, "2025-06-01", null);
        hire("w", "grace", "p", "c", "2025-06-02", null);
        hire("w", "named", "q", "c", "2025-06-02", null);
        enrol("w", "n", Segment.JAKON, "q", null, "2025-06-02", null);
        hire("v", "named", "q", "c", "2025-06-02", null);
        enrol("v", "n", Segment.JAKON, "q", null, "2025-06-02", null);
        hire("u", "uncovered", "q", "c", "2025-06-02", null);
        hire("u", "grace", "p", "c", "2025-06-02", null);

        assertThat(counts(Level.DISTRICT, "35.73.01", "2025-06-02"))
                .isEqualTo(new Counts(5, 4, 0, 3, 2, 1, 2, 1, 150, 100));
        assertThat(counts(Level.PROJECT, "p", "2025-06-02")).isEqualTo(new Counts(2, 2, 0, 2, 2, 2, 1, 1, 100, 100));
        assertThat(counts(Level.PROJECT, "q", "2025-06-02")).isEqualTo(new Counts(3, 2, 0, 3, 2, 0, 1, 0, 50, 0));
        assertThat(counts(Level.FUNDING, "35.73:APBD", "2025-06-11"))
                .isEqualTo(new Counts(5, 4, 0, 3, 2, 1, 1, 0, 50, 0));
    }

    @Test
    void shouldCountAWorkerInTwoDistrictsOnceInEachAndOnceInTheCity() {
        register("p", "35.73.01", "c", 0, "2025-06-01", null);
        register("q", "35.73.02", "d", 0, "2025-06-01", null);
        hire("w", "h1", "p", "c", "2025-06-02", null);
        hire("w", "h2", "q", "e", "2025-06-02", null);
        enrol("w", "n", Segment.JAKON, "q", null, "2025-06-02", null);

        assertThat(counts(Level.DISTRICT, "35.73.01", "2025-06-02").workers()).isOne();
        assertThat(counts(Level.DISTRICT, "35.73.02", "2025-06-02").coveredWorkers())
                .isOne();
        Counts city = counts(Level.CITY, "35.73", "2025-06-02");
        assertThat(city).isEqualTo(new Counts(2, 1, 0, 1, 0, 0, 2, 0, 0, 0));
        assertThat(world().groups())
                .containsExactlyInAnyOrder(
                        new Group(Level.PROJECT, "p"),
                        new Group(Level.PROJECT, "q"),
                        new Group(Level.CONTRACTOR, "c"),
                        new Group(Level.CONTRACTOR, "d"),
                        new Group(Level.CONTRACTOR, "e"),
                        new Group(Level.DISTRICT, "35.73.01"),
                        new Group(Level.DISTRICT, "35.73.02"),
                        new Group(Level.CITY, "35.73"),
                        new Group(Level.FUNDING, "35.73:APBD"));
    }

    @Test
    void shouldKeepHiresOnUnknownProjectsUnassigned() {
        insure("p", InsuranceStatus.PAID, "2025-06-01", null);
        assertThat(world().groups()).isEmpty();
        hire("w", "h", "p", "c", "2025-06-02", null);
        assertThat(world().groups())
                .containsExactlyInAnyOrder(
                        new Group(Level.PROJECT, "p"),
                        new Group(Level.CONTRACTOR, "c"),
                        new Group(Level.DISTRICT, "UNASSIGNED"),
                        new Group(Level.CITY, "UNASSIGNED"),
                        new Group(Level.FUNDING, "UNASSIGNED"));
        assertThat(counts(Level.CITY, "UNASSIGNED", "2025-06-02")).isEqualTo(new Counts(1, 1, 0, 1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void shouldLetTheLastWriterWinInAnyOrder() {
        recordedAt = "2025-06-02T02:00:00Z";
        hire("w", "h", "p", "c", "2025-06-02", null, "2");
        hire("w", "h", "p", "b", "2025-06-02", null, "1");
        assertThat(counts(Level.CONTRACTOR, "c", "2025-06-02").hires()).isOne();
        recordedAt = "2025-06-02T02:00:00.000001Z";
        hire("w", "h", "p", "a", "2025-06-02", null, "0");
        events.add(events.get(0));
        assertThat(counts(Level.CONTRACTOR, "a", "2025-06-02").hires()).isOne();
        assertThat(counts(Level.CONTRACTOR, "c", "2025-06-02").hires()).isZero();
    }

    @Test
    void shouldBeginAProjectOnTheDayOfItsRecordingWhenNoOtherIsKnown() {
        recordedAt = "2025-06-02T17:00:00Z";
        register("p", "35.73.01", "c", 7, null, "2025-06-04");
        assertThat(counts(Level.PROJECT, "p", "2025-06-02")).isEqualTo(Counts.ZERO);
        assertThat(counts(Level.PROJECT, "p", "2025-06-03").contractValue()).isEqualTo(7);
        assertThat(counts(Level.PROJECT, "p", "2025-06-05")).isEqualTo(Counts.ZERO);
    }

    @Test
    void shouldSumThirtyDaysAndTellHowFarItsFactsGo() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        enrol("w", "n", Segment.PU, null, null, "2025-06-12", null);
        recordedAt = "2025-08-01T00:00:00Z";
        release("w", "without-hire", "2025-08-01", false);
        insure("p", InsuranceStatus.CANCELLED, null, null);
        OracleWorld.Figure figure = world().figure(Level.PROJECT, "p", day("2025-06-21"));
        assertThat(figure.workerDays30()).isEqualTo(20);
        assertThat(figure.coveredWorkerDays30()).isEqualTo(10);
        assertThat(figure.ratio()).isEqualTo(OptionalDouble.of(1));
        assertThat(figure.recordedThrough()).isEqualTo(OptionalLong.of(micros("2025-06-02T02:00:00Z")));
        assertThat(world().figure(Level.PROJECT, "p", day("2025-07-11")).workerDays30())
                .isEqualTo(30);
        assertThat(world().figure(Level.PROJECT, "p", day("2025-06-01")).ratio())
                .isEmpty();
        register("p", "35.73.01", "c", 7, null, null);
        assertThat(world().recordedThrough(Level.PROJECT, "p"))
                .isEqualTo(OptionalLong.of(micros("2025-08-01T00:00:00Z")));
        recordedAt = "2025-08-02T00:00:00Z";
        endEnrolment("w", "without-enrolment", "2025-08-01", false);
        assertThat(world().recordedThrough(Level.CITY, "35.73"))
                .isEqualTo(OptionalLong.of(micros("2025-08-02T00:00:00Z")));
    }

    @Test
    void shouldGiveTheWholeTimeline() {
        hire("w", "h", "p", "c", "2025-06-02", "2025-08-01");
        enrol("w", "n", Segment.JAKON, "p", null, "2025-06-05", "2025-07-01");
        insure("p", InsuranceStatus.PAID, "2025-07-10", null);
        Counts uncovered = new Counts(1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        Counts overdue = new Counts(1, 0, 1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(world().timeline(Level.CITY, "UNASSIGNED"))
                .containsExactly(
                        new Point(day("2025-06-02"), uncovered),
                        new Point(day("2025-06-05"), new Counts(1, 1, 0, 1, 1, 0, 0, 0, 0, 0)),
                        new Point(day("2025-07-02"), overdue),
                        new Point(day("2025-07-10"), new Counts(1, 1, 0, 1, 1, 1, 0, 0, 0, 0)),
                        new Point(day("2025-07-18"), overdue),
                        new Point(day("2025-08-02"), Counts.ZERO));
    }

    @Test
    void shouldChangeOnNoDayThatTheTimelineLeavesOut() {
        for (long seed = 1; seed <= 15; seed++) {
            OracleWorld world = new OracleWorld(RandomWorlds.events(seed, 60), RandomWorlds.options(seed));
            for (Group group : world.groups()) {
                List<Point> daily = new ArrayList<>();
                Counts last = Counts.ZERO;
                for (int d = Days.FIRST - 2_000; d < Days.LAST + 200; d++) {
                    Counts counts = world.counts(group.level(), group.id(), Days.date(d));
                    if (!counts.equals(last)) {
                        daily.add(new Point(Days.date(d), counts));
                        last = counts;
                    }
                }
                assertThat(world.timeline(group.level(), group.id()))
                        .as("seed %s, %s", seed, group)
                        .isEqualTo(daily);
            }
        }
    }

    @Test
    void shouldRaiseAlertsByTheDeadline() {
        register("p", "35.73.02", "main", 7, "2025-06-01", null);
        hire("w", "h", "p", "c", "2025-06-02", null);
        assertThat(world().alert("w", "h", day("2025-06-18"))).isEmpty();
        assertThat(resolution("w", "h", "2025-06-18")).isEqualTo(Resolution.CORRECTED);
        assertThat(world().alert("w", "h", day("2025-06-19")))
                .hasValue(new OracleWorld.Alert(
                        new HireKey("w", "h"),
                        "p",
                        "c",
                        "35.73.02",
                        day("2025-06-02"),
                        day("2025-06-24"),
                        day("2025-06-02"),
                        day("2025-06-25"),
                        DUE_SOON,
                        UncoveredReason.NOT_REGISTERED,
                        false));
        assertThat(state("w", "h", "2025-06-24")).isEqualTo(DUE_SOON);
        assertThat(state("w", "h", "2025-06-25")).isEqualTo(OVERDUE);
        assertThat(state("w", "h", "2025-07-02")).isEqualTo(OVERDUE);
        assertThat(state("w", "h", "2025-07-03")).isEqualTo(ESCALATED);
        assertThat(world().alerts(day("2025-07-03"))).containsOnlyKeys(new HireKey("w", "h"));
    }

    @Test
    void shouldBeOverdueSinceTheCoverWasLostWhenThatIsAfterTheDeadline() {
        hire("w", "h", "p", "c", "2025-06-02", null);
        enrol("w", "n", Segment.JAKON, "p", null, "2025-06-10", "2025-07-31");
        assertThat(resolution("w", "h", "2025-07-31")).isEqualTo(Resolution.COVERED);
        OracleWorld.Alert alert = world().alert("w", "h", day("2025-08-08")).orElseThrow();
        assertThat(alert.uncoveredSince()).isEqualTo("2025-08-01");
        assertThat(alert.overdueSince()).isEqualTo("2025-08-01");
        assertThat(alert.districtCode()).isNull();
        assertThat(alert.state()).isEqualTo(OVERDUE);
        assertThat(state("w", "h", "2025-08-09")).isEqualTo(ESCALATED);
    }

    @Test
    void shouldResolveByTheFirstThatHolds() {
        hire("w", "h1", "p", "c", "2025-06-02", null);
        release("w", "h1", "2025-06-05", true);
        hire("w", "h2", "p", "c", "2025-06-02", null);
        release("w", "h2", "2025-07-05", false);
        assertThat(resolution("w", "h1", "2025-07-20")).isEqualTo(Resolution.VOIDED);
        assertThat(resolution("w", "h2", "2025-07-06")).isEqualTo(Resolution.RELEASED);
        assertThat(resolution("w", "h2", "2025-06-01")).isEqualTo(Resolution.RELEASED);
        assertThat(world().resolution("w", "h2", day("2025-07-05"))).isEmpty();
        assertThat(world().resolution("w", "unknown", day("2025-07-05"))).isEmpty();
    }

    @Test
    void shouldTellWhichHiresWereRecordedLate() {
        recordedAt = "2025-06-09T16:59:59.999999Z";
        hire("w", "in-time", "p", "c", "2025-06-02", null);
        recordedAt = "2025-06-09T17:00:00Z";
        hire("w", "late", "p", "c", "2025-06-02", null);
        assertThat(world().alert("w", "in-time", day("2025-06-24"))
                        .orElseThrow()
                        .backdated())
                .isFalse();
        assertThat(world().alert("w", "late", day("2025-06-24")).orElseThrow().backdated())
                .isTrue();
    }

    private OracleWorld world() {
        return new OracleWorld(events, OPTIONS);
    }

    private OracleWorld.Status status(String workerId, String hireId, String day) {
        return world().status(workerId, hireId, day(day));
    }

    private UncoveredReason reason(String workerId, String hireId, String day) {
        return world().reason(workerId, hireId, day(day)).orElseThrow();
    }

    private OracleWorld.State state(String workerId, String hireId, String day) {
        return world().alert(workerId, hireId, day(day)).orElseThrow().state();
    }

    private Resolution resolution(String workerId, String hireId, String day) {
        return world().resolution(workerId, hireId, day(day)).orElseThrow();
    }

    private Counts counts(Level level, String id, String day) {
        return world().counts(level, id, day(day));
    }

    private void say(String workerId, WorkerFact fact) {
        events.add(OracleEvent.of(workerId, fact));
    }

    private void hire(String workerId, String id, String project, String contractor, String from, @Nullable String to) {
        hire(workerId, id, project, contractor, from, to, "e" + events.size());
    }

    private void hire(
            String workerId,
            String id,
            String project,
            String contractor,
            String from,
            @Nullable String to,
            String eventId) {
        say(workerId, new WorkerFact.Hire(id, project, contractor, number(from, Days.NONE), last(to), stamp(eventId)));
    }

    private void release(String workerId, String id, String endedOn, boolean voided) {
        say(workerId, new WorkerFact.Release(id, last(endedOn), voided, stamp("e" + events.size())));
    }

    private void enrol(
            String workerId,
            String id,
            Segment segment,
            @Nullable String project,
            @Nullable String contractor,
            String from,
            @Nullable String to) {
        int both = OracleWorld.bit(Programme.JKK) | OracleWorld.bit(Programme.JKM);
        say(
                workerId,
                new WorkerFact.Enrolment(
                        id,
                        segment,
                        project,
                        contractor,
                        both,
                        number(from, Days.NONE),
                        last(to),
                        stamp("e" + events.size())));
    }

    private void endEnrolment(String workerId, String id, String endedOn, boolean voided) {
        say(workerId, new WorkerFact.EnrolmentEnd(id, last(endedOn), voided, stamp("e" + events.size())));
    }

    private void register(
            String id, String district, String contractor, long value, @Nullable String from, @Nullable String to) {
        events.add(OracleEvent.of(new ProjectFact.Registration(
                id,
                "Site",
                district,
                contractor,
                "Contractor",
                Funding.APBD,
                value,
                number(from, Days.NONE),
                last(to),
                stamp("e" + events.size()))));
    }

    private void insure(String id, InsuranceStatus status, @Nullable String from, @Nullable String to) {
        events.add(OracleEvent.of(
                new ProjectFact.Insurance(id, status, number(from, Days.NONE), last(to), stamp("e" + events.size()))));
    }

    private Stamp stamp(String eventId) {
        return new Stamp(micros(recordedAt), eventId);
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    private static int last(@Nullable String date) {
        return number(date, Days.OPEN);
    }

    private static int number(@Nullable String date, int missing) {
        return date == null ? missing : Days.day(LocalDate.parse(date));
    }

    private static LocalDate day(String date) {
        return LocalDate.parse(date);
    }
}
