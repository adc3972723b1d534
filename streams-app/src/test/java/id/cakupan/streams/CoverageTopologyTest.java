package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTarget;
import cakupan.records.Level;
import cakupan.records.ReferenceFigure;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import cakupan.records.WorkerHired;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import id.cakupan.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class CoverageTopologyTest {
    /** 10:00 in Jakarta on Monday 2 March 2026. */
    private static final Instant MONDAY = Instant.parse("2026-03-02T03:00:00Z");

    private static final String WORKER = "k1.AAAAAAAAAAAAAAAAAAAAAA";
    private static final String PROJECT = "spse:tender:1";
    private static final String CONTRACTOR = "npp:15070955";
    private static final int JKK_JKM = 0b11;

    private int events;

    private Stamp stamp(Instant recordedAt) {
        return new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt), "e" + ++events);
    }

    private void register(TopologyFixture app, String district) {
        app.send(EventRecords.of(
                PROJECT,
                new Registration(
                        PROJECT,
                        "SDN 1",
                        district,
                        CONTRACTOR,
                        "CV Arba",
                        Funding.APBD,
                        200_000_000,
                        day("2026-02-01"),
                        day("2026-06-30"),
                        stamp(app.now()))));
    }

    private void insure(TopologyFixture app, String from, String to) {
        app.send(EventRecords.of(
                PROJECT, new Insurance(PROJECT, InsuranceStatus.PAID, day(from), day(to), stamp(app.now()))));
    }

    private void hire(TopologyFixture app, String hireId, String startsOn) {
        app.send(EventRecords.of(
                WORKER, new Hire(hireId, PROJECT, CONTRACTOR, day(startsOn), Days.OPEN, stamp(app.now()))));
    }

    private void enrol(TopologyFixture app, String from) {
        app.send(EventRecords.of(
                WORKER,
                new Enrolment("e1", Segment.PU, null, CONTRACTOR, JKK_JKM, day(from), Days.OPEN, stamp(app.now()))));
    }

    private static int day(String date) {
        return Days.day(LocalDate.parse(date));
    }

    private static CoverageFigure last(List<CoverageFigure> figures, Level level) {
        return figures.stream()
                .filter(figure -> figure.getLevel() == level && figure.getHires() > 0)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void shouldPublishTheFiguresOfAllLevels() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            hire(app, "h1", "2026-03-02");
            register(app, "35.73.04");
            insure(app, "2026-02-01", "2026-06-30");
            app.advance(Duration.ofSeconds(1));

            List<CoverageFigure> figures = app.figures();
            for (Level level : List.of(Level.PROJECT, Level.CONTRACTOR, Level.DISTRICT, Level.CITY, Level.FUNDING)) {
                CoverageFigure figure = last(
                        figures.stream()
                                .filter(f -> !f.getId().equals("UNASSIGNED"))
                                .toList(),
                        level);
                assertThat(figure.getAsOf()).isEqualTo("2026-03-02");
                assertThat(List.of(
                                figure.getHires(),
                                figure.getCoveredHires(),
                                figure.getWorkers(),
                                figure.getCoveredWorkers(),
                                figure.getCoveredByGrace(),
                                figure.getWorkerDays30(),
                                figure.getCoveredWorkerDays30(),
                                figure.getProjects(),
                                figure.getInsuredProjects()))
                        .as(level.name())
                        .containsOnly(1L);
                assertThat(figure.getOverdueHires()).isZero();
                assertThat(figure.getRatio()).isEqualTo(1.0);
                assertThat(figure.getContractValue()).isEqualTo(200_000_000);
                assertThat(figure.getInsuredContractValue()).isEqualTo(200_000_000);
                assertThat(figure.getRecordedThrough()).isEqualTo(MONDAY);
            }
            assertThat(last(figures, Level.PROJECT).getName()).isEqualTo("SDN 1");
            assertThat(last(figures, Level.CONTRACTOR).getName()).isEqualTo("CV Arba");
            assertThat(last(figures, Level.DISTRICT).getId()).isEqualTo("35.73.04");
            assertThat(last(figures, Level.DISTRICT).getName()).isEqualTo("Sukun");
            assertThat(last(figures, Level.FUNDING).getId()).isEqualTo("35.73:APBD");
            assertThat(last(figures, Level.FUNDING).getName()).isEqualTo("Kota Malang APBD");
        }
    }

    @Test
    void shouldMoveHiresWithTheirProject() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            hire(app, "h1", "2026-03-02");
            app.advance(Duration.ofSeconds(1));
            assertThat(last(app.figures(), Level.DISTRICT))
                    .returns("UNASSIGNED", CoverageFigure::getId)
                    .returns(1L, CoverageFigure::getHires);

            register(app, "35.73.04");
            app.advance(Duration.ofSeconds(1));
            List<CoverageFigure> registered = app.figures();
            assertThat(registered)
                    .filteredOn(f -> f.getLevel() == Level.DISTRICT)
                    .extracting(CoverageFigure::getId, CoverageFigure::getHires)
                    .containsExactlyInAnyOrder(tuple("UNASSIGNED", 0L), tuple("35.73.04", 1L));

            register(app, "35.73.01");
            app.advance(Duration.ofSeconds(1));
            assertThat(app.figures())
                    .filteredOn(f -> f.getLevel() == Level.DISTRICT)
                    .extracting(CoverageFigure::getId, CoverageFigure::getHires, CoverageFigure::getProjects)
                    .containsExactlyInAnyOrder(tuple("35.73.04", 0L, 0L), tuple("35.73.01", 1L, 1L));
        }
    }

    @Test
    void shouldPublishNothingForARepeatedEvent() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            var hire = EventRecords.of(
                    WORKER, new Hire("h1", PROJECT, CONTRACTOR, day("2026-03-02"), Days.OPEN, stamp(MONDAY)));
            app.send(hire);
            app.advance(Duration.ofSeconds(1));
            assertThat(app.figures()).hasSize(5);

            app.send(hire);
            app.advance(Duration.ofSeconds(1));
            assertThat(app.figures()).isEmpty();
            assertThat(app.meters()
                            .get("cakupan.events.unchanged")
                            .tag("type", "WorkerHired")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldChangeFiguresAndAlertsAtMidnightWithoutEvents() {
        Instant tenSecondsBefore = Instant.parse("2026-03-31T16:59:50Z");
        try (TopologyFixture app = new TopologyFixture(tenSecondsBefore)) {
            register(app, "35.73.04");
            insure(app, "2026-02-01", "2026-03-31");
            hire(app, "h1", "2026-02-23");
            app.advance(Duration.ofSeconds(1));
            assertThat(last(app.figures(), Level.CITY))
                    .returns(LocalDate.parse("2026-03-31"), CoverageFigure::getAsOf)
                    .returns(1L, CoverageFigure::getCoveredWorkers);
            assertThat(app.alerts()).isEmpty();
            assertThat(app.read(Topics.COVERAGE_DAILY)).isEmpty();

            app.advance(Duration.ofSeconds(10));
            assertThat(last(app.figures(), Level.CITY))
                    .returns(LocalDate.parse("2026-04-01"), CoverageFigure::getAsOf)
                    .returns(0L, CoverageFigure::getCoveredWorkers)
                    .returns(1L, CoverageFigure::getOverdueHires);
            assertThat(app.read(Topics.COVERAGE_DAILY))
                    .filteredOn(r -> r.key().equals("CITY/35.73/2026-03-31"))
                    .singleElement()
                    .extracting(TestRecord::value)
                    .returns(1L, CoverageFigure::getCoveredWorkers);
            assertThat(app.alerts())
                    .singleElement()
                    .returns("h1", UncoveredHire::getHireId)
                    .returns(AlertState.OVERDUE, UncoveredHire::getState)
                    .returns(UncoveredReason.EXPIRED, UncoveredHire::getReason)
                    .returns(LocalDate.parse("2026-04-01"), UncoveredHire::getUncoveredSince)
                    .returns(LocalDate.parse("2026-04-01"), UncoveredHire::getOverdueSince);
            assertThat(app.timelines()).isNotEmpty();
        }
    }

    @Test
    void shouldRaiseEscalateAndResolveAnAlert() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            register(app, "35.73.04");
            hire(app, "h1", "2026-03-02");
            app.advance(Duration.ofSeconds(1));
            assertThat(app.alerts()).isEmpty();

            // Due on Friday 20 March, the 14th working day after the start; due soon from Tuesday 17 March.
            app.advance(Duration.ofDays(14));
            assertThat(app.alerts()).isEmpty();
            app.advance(Duration.ofDays(1));
            assertThat(app.alerts())
                    .singleElement()
                    .returns(AlertState.DUE_SOON, UncoveredHire::getState)
                    .returns(LocalDate.parse("2026-03-20"), UncoveredHire::getDueOn)
                    .returns(UncoveredReason.NOT_REGISTERED, UncoveredHire::getReason)
                    .returns("35.73.04", UncoveredHire::getDistrictCode)
                    .returns(LocalDate.parse("2026-03-17"), UncoveredHire::getAsOf)
                    .returns(null, UncoveredHire::getResolution);
            app.advance(Duration.ofDays(4));
            assertThat(app.alerts())
                    .singleElement()
                    .returns(AlertState.OVERDUE, UncoveredHire::getState)
                    .returns(LocalDate.parse("2026-03-21"), UncoveredHire::getOverdueSince);
            app.advance(Duration.ofDays(7));
            assertThat(app.alerts()).isEmpty();
            app.advance(Duration.ofDays(1));
            assertThat(app.alerts()).singleElement().returns(AlertState.ESCALATED, UncoveredHire::getState);

            app.send(EventRecords.of(
                    WORKER,
                    new Enrolment(
                            "e1",
                            Segment.PU,
                            null,
                            CONTRACTOR,
                            JKK_JKM,
                            day("2026-03-25"),
                            Days.OPEN,
                            stamp(app.now()))));
            app.advance(Duration.ofSeconds(1));
            assertThat(app.alerts())
                    .singleElement()
                    .returns(AlertState.RESOLVED, UncoveredHire::getState)
                    .returns(Resolution.COVERED, UncoveredHire::getResolution);

            app.send(EventRecords.of(WORKER, new Release("h1", day("2026-03-27"), false, stamp(app.now()))));
            app.advance(Duration.ofSeconds(1));
            assertThat(app.alerts()).singleElement().returns(Resolution.RELEASED, UncoveredHire::getResolution);
        }
    }

    @Test
    void shouldResolveAnAlertThatAnotherAppLeftOpen() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            UncoveredHire left = new UncoveredHire();
            left.setHireId("h1");
            left.setWorkerId(WORKER);
            left.setProjectId(PROJECT);
            left.setContractorId("npp:00000001");
            left.setStartsOn(LocalDate.parse("2026-01-05"));
            left.setDueOn(LocalDate.parse("2026-01-23"));
            left.setUncoveredSince(LocalDate.parse("2026-01-05"));
            left.setOverdueSince(LocalDate.parse("2026-01-24"));
            left.setState(AlertState.ESCALATED);
            left.setReason(UncoveredReason.NOT_REGISTERED);
            left.setAsOf(LocalDate.parse("2026-03-01"));
            app.takeOver(left);
            app.advance(Duration.ofSeconds(2));
            assertThat(app.alerts()).isEmpty();

            enrol(app, "2026-01-05");
            hire(app, "h1", "2026-01-05");
            app.advance(Duration.ofSeconds(2));
            assertThat(app.alerts())
                    .singleElement()
                    .returns(AlertState.RESOLVED, UncoveredHire::getState)
                    .returns(Resolution.COVERED, UncoveredHire::getResolution)
                    .returns(CONTRACTOR, UncoveredHire::getContractorId)
                    .returns(UncoveredReason.NOT_REGISTERED, UncoveredHire::getReason);
            assertThat(app.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldCutADeadLetterThatIsTooLarge() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            byte[] huge = new byte[DeadLetterHandler.MOST_BYTES + 1];
            huge[0] = 7;
            app.sendBytes(Topics.WORKER_HIRED, WORKER, huge);
            assertThat(app.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).hasSize(DeadLetterHandler.MOST_BYTES);
                assertThat(header(letter, DeadLetterHandler.CUT_FROM))
                        .isEqualTo(Integer.toString(DeadLetterHandler.MOST_BYTES + 1));
            });
        }
    }

    @Test
    void shouldRejectWhatWasRecordedBeforeTheCalendarOfTheRules() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            WorkerHired event = new WorkerHired(
                    "e1",
                    "test",
                    Instant.parse("0001-01-01T00:00:00Z"),
                    WORKER,
                    "h1",
                    PROJECT,
                    CONTRACTOR,
                    LocalDate.parse("2026-03-02"),
                    null,
                    null);
            app.send(event);
            app.advance(Duration.ofSeconds(1));
            assertThat(app.deadLetters())
                    .extracting(letter -> header(letter, DeadLetterHandler.REASON))
                    .containsExactly("DAY_OUT_OF_RANGE");
        }
    }

    @Test
    void shouldReportEachDayAsItStoodWhenItEnded() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            register(app, "35.73.04");
            app.advance(Duration.ofSeconds(1));
            app.advance(Duration.ofDays(2));
            hire(app, "h1", "2026-03-02");
            app.advance(Duration.ofSeconds(1));
            app.advance(Duration.ofDays(1));

            assertThat(app.read(Topics.COVERAGE_DAILY))
                    .filteredOn(r -> r.value().getLevel() == Level.PROJECT)
                    .extracting(TestRecord::key, r -> r.value().getHires())
                    .containsExactly(
                            tuple("PROJECT/spse:tender:1/2026-03-02", 0L),
                            tuple("PROJECT/spse:tender:1/2026-03-03", 0L),
                            tuple("PROJECT/spse:tender:1/2026-03-04", 1L));
        }
    }

    @Test
    void shouldShowHowFarATargetIs() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            register(app, "35.73.04");
            hire(app, "h1", "2026-03-02");
            CoverageTarget target = new CoverageTarget();
            target.setEventId("t1");
            target.setSource("rpjmd");
            target.setRecordedAt(MONDAY);
            target.setLevel(Level.CITY);
            target.setId("35.73");
            target.setRatio(0.413);
            target.setDueOn(LocalDate.parse("2026-12-31"));
            app.send(target);
            app.advance(Duration.ofSeconds(1));

            var shown = last(app.figures(), Level.CITY).getTarget();
            assertThat(shown.getRatio()).isEqualTo(0.413);
            assertThat(shown.getDueOn()).isEqualTo("2026-12-31");
            assertThat(shown.getWorkersToTarget()).isEqualTo(1);
        }
    }

    @Test
    void shouldSendBadRecordsToTheDeadLettersAndGoOn() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            app.sendBytes(Topics.WORKER_HIRED, WORKER, "no avro".getBytes(StandardCharsets.UTF_8));
            app.send(
                    Topics.WORKER_HIRED,
                    "someone else",
                    EventRecords.of(
                            WORKER, new Hire("h0", PROJECT, CONTRACTOR, day("2026-03-02"), Days.OPEN, stamp(MONDAY))));
            hire(app, "h1", "2026-03-02");
            app.advance(Duration.ofSeconds(1));

            assertThat(last(app.figures(), Level.PROJECT).getHires()).isEqualTo(1);
            List<TestRecord<String, byte[]>> letters = app.deadLetters();
            assertThat(letters)
                    .extracting(letter -> header(letter, DeadLetterHandler.REASON))
                    .containsExactly("UNDECODABLE", "KEY_MISMATCH");
            TestRecord<String, byte[]> first = letters.get(0);
            assertThat(first.key()).isEqualTo(WORKER);
            assertThat(first.value()).isEqualTo("no avro".getBytes(StandardCharsets.UTF_8));
            assertThat(header(first, DeadLetterHandler.TOPIC)).isEqualTo("cakupan.worker-hired");
            assertThat(header(first, DeadLetterHandler.PARTITION)).isEqualTo("0");
            assertThat(header(first, DeadLetterHandler.OFFSET)).isEqualTo("0");
            assertThat(app.meters()
                            .get("cakupan.events.rejected")
                            .tag("reason", "KEY_MISMATCH")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldRejectReferenceFiguresThatBreakTheContract() {
        try (TopologyFixture app = new TopologyFixture(MONDAY)) {
            ReferenceFigure figure = new ReferenceFigure();
            figure.setEventId("r1");
            figure.setSource("rpjmd");
            figure.setRecordedAt(MONDAY);
            figure.setArea("35.73");
            figure.setConcept("ucj-all-sectors");
            figure.setRatio(0.33);
            figure.setValidOn(LocalDate.parse("2025-01-01"));
            app.send(figure);
            app.send(Topics.REFERENCE_FIGURES, "35.73", figure);
            assertThat(app.deadLetters())
                    .extracting(letter -> header(letter, DeadLetterHandler.REASON))
                    .containsExactly("KEY_MISMATCH");
        }
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
