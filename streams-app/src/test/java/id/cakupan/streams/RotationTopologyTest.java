package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.Hire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workers whose ids change with the keys that they are made with. */
class RotationTopologyTest {
    /** 10:00 in Jakarta on Monday 2 March 2026. */
    private static final Instant MONDAY = Instant.parse("2026-03-02T03:00:00Z");

    /** Ids of one person by age of the key. The names of keys say nothing of their age. */
    private static final String OLD = "m.AAAAAAAAAAAAAAAAAAAAAA";

    private static final String NEW = "a.BBBBBBBBBBBBBBBBBBBBBB";
    private static final String NEWEST = "z.CCCCCCCCCCCCCCCCCCCCCC";

    private static final String PROJECT = "spse:tender:1";
    private static final String CONTRACTOR = "npp:15070955";
    private static final int JKK_JKM = 0b11;

    private int events;

    private Stamp stamp() {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, MONDAY), "e" + ++events);
    }

    /** Overdue since long. */
    private Hire hire(String hireId) {
        return new Hire(hireId, PROJECT, CONTRACTOR, day("2026-01-05"), Days.OPEN, stamp());
    }

    private Enrolment enrolment() {
        return new Enrolment("e1", Segment.PU, null, CONTRACTOR, JKK_JKM, day("2026-01-05"), Days.OPEN, stamp());
    }

    private static int day(String date) {
        return Days.day(LocalDate.parse(date));
    }

    private static void send(TopologyFixture app, String workerId, @Nullable String former, WorkerFact fact) {
        app.send(EventRecords.of(workerId, fact, former));
    }

    /** Hires, workers and covered workers of the project in each figure published since the last call. */
    private static List<Tuple> figures(TopologyFixture app) {
        app.advance(Duration.ofSeconds(2));
        return app.figures().stream()
                .filter(figure -> figure.getLevel() == Level.PROJECT)
                .map(f -> tuple(f.getHires(), f.getWorkers(), f.getCoveredWorkers()))
                .toList();
    }

    /** Key, state and newest id of each alert published since the last call; the key alone of those withdrawn. */
    private static List<Tuple> alerts(TopologyFixture app) {
        return app.alertRecords().stream().map(RotationTopologyTest::alert).toList();
    }

    private static Tuple alert(TestRecord<String, UncoveredHire> record) {
        UncoveredHire alert = record.value();
        return alert == null ? tuple(record.key()) : tuple(record.key(), alert.getState(), alert.getCurrentWorkerId());
    }

    private static double relocated(TopologyFixture app) {
        return app.meters().get("cakupan.facts.relocated").counter().count();
    }

    @Test
    void shouldPublishNothingNewWhenEventsAreSentAgainUnderTheNewId() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            Hire hire = hire("h1");
            Enrolment enrolment = enrolment();
            send(app, OLD, null, hire);
            send(app, OLD, null, enrolment);
            assertThat(figures(app)).containsExactly(tuple(1L, 1L, 1L));

            send(app, NEW, OLD, hire);
            send(app, NEW, OLD, enrolment);
            assertThat(figures(app)).isEmpty();
            assertThat(alerts(app)).isEmpty();
            assertThat(relocated(app)).isEqualTo(2);

            send(app, NEW, OLD, hire("h2"));
            assertThat(figures(app)).containsExactly(tuple(2L, 1L, 1L));
            send(app, NEW, null, hire("h3"));
            assertThat(figures(app)).containsExactly(tuple(3L, 1L, 1L));
        }
    }

    @Test
    void shouldTellTheNewestIdInAlertsWhoseKeyStays() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            Hire hire = hire("h1");
            send(app, OLD, null, hire);
            figures(app);
            assertThat(alerts(app)).containsExactly(tuple(OLD + "/h1", AlertState.ESCALATED, null));

            send(app, NEW, OLD, hire);
            figures(app);
            assertThat(alerts(app)).containsExactly(tuple(OLD + "/h1", AlertState.ESCALATED, NEW));
            send(app, NEW, OLD, hire);
            figures(app);
            assertThat(alerts(app)).isEmpty();

            send(app, NEWEST, NEW, hire);
            figures(app);
            assertThat(alerts(app)).containsExactly(tuple(OLD + "/h1", AlertState.ESCALATED, NEWEST));
            send(app, NEWEST, null, enrolment());
            figures(app);
            assertThat(alerts(app)).containsExactly(tuple(OLD + "/h1", AlertState.RESOLVED, NEWEST));
        }
    }

    @Test
    void shouldFollowAChainOfKeys() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, null, hire("h1"));
            send(app, NEW, OLD, hire("h2"));
            send(app, NEWEST, NEW, hire("h3"));
            send(app, NEWEST, null, enrolment());
            assertThat(figures(app)).containsExactly(tuple(3L, 1L, 1L));
            assertThat(relocated(app)).isEqualTo(1 + 2 * 2);
        }
    }

    @Test
    void shouldMoveWhatWasKeptUnderTheNewIdWhenTheFormerOneIsToldLate() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, null, hire("h1"));
            send(app, NEW, null, hire("h1"));
            send(app, NEW, null, hire("h2"));
            send(app, NEWEST, NEW, hire("h3"));
            assertThat(figures(app)).containsExactly(tuple(4L, 2L, 0L));
            assertThat(alerts(app))
                    .containsExactlyInAnyOrder(
                            tuple(OLD + "/h1", AlertState.ESCALATED, null),
                            tuple(NEW + "/h1", AlertState.ESCALATED, NEWEST),
                            tuple(NEW + "/h2", AlertState.ESCALATED, NEWEST),
                            tuple(NEW + "/h3", AlertState.ESCALATED, NEWEST));
            double entries = app.meters().get("cakupan.ledger.entries").gauge().value();

            send(app, NEW, OLD, enrolment());
            assertThat(figures(app)).containsExactly(tuple(3L, 1L, 1L));
            assertThat(alerts(app))
                    .containsExactlyInAnyOrder(
                            tuple(NEW + "/h1"),
                            tuple(NEW + "/h2"),
                            tuple(NEW + "/h3"),
                            tuple(OLD + "/h1", AlertState.RESOLVED, NEWEST));
            // Four facts, an alert, two newer ids; two links. Before: four facts, four alerts, an id, a link.
            assertThat(entries).isEqualTo(10);
            assertThat(app.meters().get("cakupan.ledger.entries").gauge().value())
                    .isEqualTo(9);
            assertThat(app.meters().find("cakupan.alerts.open").gauges()).allMatch(gauge -> gauge.value() == 0);

            send(app, NEW, null, hire("h4"));
            assertThat(figures(app)).containsExactly(tuple(4L, 1L, 1L));
        }
    }

    @Test
    void shouldLeaveNoTraceUnderTheNewIdForAProjectThatChanges() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, NEW, null, hire("h1"));
            send(app, NEW, OLD, hire("h1"));
            assertThat(figures(app)).containsExactly(tuple(1L, 1L, 0L));
            app.send(EventRecords.of(
                    PROJECT,
                    new Registration(
                            PROJECT,
                            "SDN 1",
                            "35.73.04",
                            CONTRACTOR,
                            "CV Arba",
                            Funding.APBD,
                            1,
                            day("2026-02-01"),
                            Days.OPEN,
                            stamp())));
            app.advance(Duration.ofSeconds(2));
            assertThat(app.figures())
                    .filteredOn(f -> f.getLevel() == Level.DISTRICT)
                    .extracting(CoverageFigure::getId, CoverageFigure::getHires)
                    .containsExactlyInAnyOrder(tuple("UNASSIGNED", 0L), tuple("35.73.04", 1L));
        }
    }

    @Test
    void shouldSettleWhatAKeyFileInReversedOrderSays() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, null, hire("h1"));
            send(app, NEWEST, OLD, hire("h2"));
            assertThat(figures(app)).containsExactly(tuple(2L, 1L, 0L));
            app.alertRecords();

            // The least id of a ring keeps the facts; it has them already.
            send(app, OLD, NEWEST, hire("h3"));
            assertThat(figures(app)).containsExactly(tuple(3L, 1L, 0L));
            assertThat(alerts(app)).containsExactly(tuple(OLD + "/h3", AlertState.ESCALATED, NEWEST));
        }
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, null, hire("h1"));
            send(app, NEW, OLD, hire("h2"));
            figures(app);
            app.alertRecords();

            send(app, OLD, NEW, hire("h3"));
            assertThat(figures(app)).containsExactly(tuple(3L, 1L, 0L));
            assertThat(alerts(app))
                    .containsExactlyInAnyOrder(
                            tuple(OLD + "/h1"),
                            tuple(OLD + "/h2"),
                            tuple(NEW + "/h1", AlertState.ESCALATED, OLD),
                            tuple(NEW + "/h2", AlertState.ESCALATED, OLD),
                            tuple(NEW + "/h3", AlertState.ESCALATED, OLD));
            send(app, OLD, null, hire("h4"));
            send(app, NEW, null, hire("h5"));
            assertThat(figures(app)).containsExactly(tuple(5L, 1L, 0L));
        }
    }

    @Test
    void shouldTakeTwoFormerIdsOfOneIdForThePersonTheyAre() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, null, hire("h1"));
            send(app, NEW, null, hire("h2"));
            assertThat(figures(app)).containsExactly(tuple(2L, 2L, 0L));
            send(app, NEWEST, NEW, hire("h3"));
            send(app, NEWEST, OLD, hire("h4"));
            assertThat(figures(app)).containsExactly(tuple(4L, 1L, 0L));
        }
    }

    @Test
    void shouldRejectAFormerIdThatIsTheIdItself() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            send(app, OLD, OLD, hire("h1"));
            assertThat(figures(app)).isEmpty();
            assertThat(app.deadLetters())
                    .singleElement()
                    .extracting(letter -> new String(
                            letter.headers()
                                    .lastHeader(DeadLetterHandler.REASON)
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("FORMER_ID_UNCHANGED");
        }
    }

    @Test
    void shouldWithdrawAnAlertThatAnotherAppPublishedUnderANewId() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            UncoveredHire left;
            try (TopologyFixture other = new TopologyFixture(MONDAY)) {
                send(other, NEW, null, hire("h1"));
                figures(other);
                left = other.alerts().get(0);
            }
            send(app, NEW, OLD, enrolment());
            app.takeOver(left);
            send(app, NEW, OLD, hire("h1"));
            figures(app);
            assertThat(alerts(app)).containsExactly(tuple(NEW + "/h1"));
        }
    }

    @Test
    void shouldTakeOverAnAlertWithItsNewestId() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            UncoveredHire left;
            Hire hire = hire("h1");
            try (TopologyFixture other = new TopologyFixture(MONDAY)) {
                send(other, NEW, OLD, hire);
                figures(other);
                left = other.alerts().get(0);
                assertThat(left.getCurrentWorkerId()).isEqualTo(NEW);
            }
            app.takeOver(left);
            send(app, NEW, OLD, hire);
            figures(app);
            assertThat(alerts(app)).isEmpty();
            send(app, NEW, null, enrolment());
            figures(app);
            assertThat(app.alertRecords()).singleElement().satisfies(record -> {
                assertThat(alert(record)).isEqualTo(tuple(OLD + "/h1", AlertState.RESOLVED, NEW));
                assertThat(record.value().getResolution()).isEqualTo(Resolution.COVERED);
            });
        }
    }
}
