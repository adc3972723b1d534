package id.cakupan.producers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cakupan.records.CoverageTarget;
import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final LocalDate FROM = LocalDate.of(2025, 1, 1);
    private static final LocalDate TO = LocalDate.of(2025, 12, 31);

    private static final List<SpecificRecord> YEAR = list(new Simulation(plan(1, 15_000)));

    private static CityPlan plan(long seed, int workers) {
        return new CityPlan(seed, FROM, TO, CityPlan.PROJECTS, CityPlan.CONTRACTORS, workers, ZONE);
    }

    private static List<SpecificRecord> list(Simulation simulation) {
        return StreamSupport.stream(simulation.spliterator(), false).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldMoveTheCityFrom33To41PercentOver2025(long seed) {
        DayByDay city = new DayByDay();
        new Simulation(plan(seed, 15_000)).forEach(city::add);

        assertThat(city.city("35.73", FROM).ratio()).isCloseTo(0.33, within(0.02));
        assertThat(city.city("35.73", LocalDate.of(2025, 7, 1)).ratio()).isCloseTo(0.37, within(0.025));
        assertThat(city.city("35.73", TO).ratio()).isCloseTo(0.41, within(0.02));
        assertThat(city.city("35.73", FROM).workers()).isGreaterThan(800);
    }

    @Test
    void shouldReach41PercentInAYearThatGoesOn() {
        DayByDay city = new DayByDay();
        new Simulation(new CityPlan(4, FROM, LocalDate.of(2026, 6, 30), 360, 120, 15_000, ZONE)).forEach(city::add);

        assertThat(city.city("35.73", TO).ratio()).isCloseTo(0.41, within(0.02));
        assertThat(city.city("35.73", LocalDate.of(2026, 5, 31)).ratio()).isBetween(0.40, 0.45);
    }

    @Test
    void shouldGiveTheSameEventsForTheSameSeedOnly() {
        assertThat(list(new Simulation(plan(7, 300)))).isEqualTo(list(new Simulation(plan(7, 300))));
        assertThat(list(new Simulation(plan(7, 300)))).isNotEqualTo(list(new Simulation(plan(8, 300))));
    }

    @Test
    void shouldHaveEveryKindOfEventAndOfMisbehaviour() {
        assertMany(10, ProjectRegistered.class, e -> e.getFunding() == Funding.APBD);
        assertMany(10, ProjectRegistered.class, e -> e.getFunding() == Funding.APBN);
        assertMany(10, ProjectRegistered.class, e -> e.getFunding() == Funding.PRIVATE);
        assertMany(30, ProjectInsured.class, e -> e.getStatus() == InsuranceStatus.REGISTERED);
        assertMany(30, ProjectInsured.class, e -> e.getStatus() == InsuranceStatus.PAID);
        assertMany(1, ProjectInsured.class, e -> e.getStatus() == InsuranceStatus.CANCELLED);
        assertMany(5_000, WorkerHired.class, e -> true);
        assertMany(5_000, WorkerReleased.class, e -> e.getReason() == ReleaseReason.FINISHED);
        assertMany(100, WorkerReleased.class, e -> e.getReason() == ReleaseReason.REPLACED);
        assertMany(50, WorkerReleased.class, e -> e.getReason() == ReleaseReason.VOIDED);
        assertMany(1_000, WorkerEnrolled.class, e -> e.getSegment() == Segment.JAKON);
        assertMany(100, WorkerEnrolled.class, e -> e.getSegment() == Segment.PU && e.getContractorId() != null);
        assertMany(100, WorkerEnrolled.class, e -> e.getSegment() == Segment.BPU);
        assertMany(10, EnrolmentEnded.class, e -> e.getReason() == EndReason.LAPSED);
        assertMany(10, EnrolmentEnded.class, e -> e.getReason() == EndReason.WITHDRAWN);
        assertMany(5, EnrolmentEnded.class, e -> e.getReason() == EndReason.VOIDED);
        assertMany(
                500,
                WorkerHired.class,
                e -> Duration.between(e.getStartsOn().atStartOfDay(ZONE).toInstant(), e.getRecordedAt())
                                .toDays()
                        > 7);
    }

    private static <T> void assertMany(int least, Class<T> type, Predicate<T> condition) {
        assertThat(YEAR.stream().filter(type::isInstance).map(type::cast).filter(condition))
                .hasSizeGreaterThanOrEqualTo(least);
    }

    @Test
    void shouldRepeatSomeEventsAndCorrectOthers() {
        assertThat(YEAR.size() - new HashSet<>(YEAR).size()).isBetween(YEAR.size() / 60, YEAR.size() / 20);

        Map<String, Set<String>> versions = new HashMap<>();
        Map<String, Set<String>> districts = new HashMap<>();
        Map<String, Set<String>> contractors = new HashMap<>();
        for (SpecificRecord event : YEAR) {
            if (event instanceof WorkerHired e) {
                versions.computeIfAbsent(e.getHireId(), id -> new HashSet<>()).add(e.getEventId());
            } else if (event instanceof ProjectRegistered e) {
                districts
                        .computeIfAbsent(e.getProjectId(), id -> new HashSet<>())
                        .add(e.getDistrictCode());
                contractors
                        .computeIfAbsent(e.getProjectId(), id -> new HashSet<>())
                        .add(e.getContractorId());
            }
        }
        assertThat(versions.values()).filteredOn(ids -> ids.size() > 1).hasSizeGreaterThan(200);
        assertThat(districts.values()).filteredOn(ids -> ids.size() > 1).isNotEmpty();
        assertThat(contractors.values()).filteredOn(ids -> ids.size() > 1).isNotEmpty();
    }

    @Test
    void shouldGiveEachEventIdOneContent() {
        Map<String, SpecificRecord> byId = new HashMap<>();
        for (SpecificRecord event : YEAR) {
            SpecificRecord before = byId.putIfAbsent(event.get(0).toString(), event);
            assertThat(before == null || before.equals(event)).isTrue();
        }
    }

    @Test
    void shouldGiveEachHireIdToOneWorker() {
        Map<String, Set<String>> workers = YEAR.stream()
                .filter(WorkerHired.class::isInstance)
                .map(WorkerHired.class::cast)
                .collect(Collectors.groupingBy(
                        WorkerHired::getHireId, Collectors.mapping(WorkerHired::getWorkerId, Collectors.toSet())));

        assertThat(workers.values()).allMatch(ids -> ids.size() == 1);
    }

    @Test
    void shouldBeNearlyInTheOrderOfRecording() {
        Instant latest = Instant.EPOCH;
        int late = 0;
        for (SpecificRecord event : YEAR) {
            Instant recorded = (Instant) event.get(2);
            if (recorded.isBefore(latest.minus(Duration.ofHours(1)))) {
                late++;
            }
            latest = recorded.isAfter(latest) ? recorded : latest;
        }

        assertThat(late).isBetween(YEAR.size() / 50, YEAR.size() / 5);
        assertThat(latest).isBefore(TO.plusDays(1).atStartOfDay(ZONE).toInstant());
    }

    @Test
    void shouldHireBeforeProjectsAreKnownAndReleaseBeforeHiresAreKnown() {
        Set<String> projects = new HashSet<>();
        Set<String> hires = new HashSet<>();
        int unknownProjects = 0;
        int unknownHires = 0;
        for (SpecificRecord event : YEAR) {
            if (event instanceof ProjectRegistered e) {
                projects.add(e.getProjectId());
            } else if (event instanceof WorkerHired e) {
                hires.add(e.getHireId());
                unknownProjects += projects.contains(e.getProjectId()) ? 0 : 1;
            } else if (event instanceof WorkerReleased e) {
                unknownHires += hires.contains(e.getHireId()) ? 0 : 1;
            }
        }
        assertThat(unknownProjects).isGreaterThan(100);
        assertThat(unknownHires).isGreaterThan(20);
    }

    @Test
    void shouldHoldThePromiseOfTheCityAndTheFigureOverAllSectors() {
        assertThat(YEAR)
                .filteredOn(CoverageTarget.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    CoverageTarget target = (CoverageTarget) event;
                    assertThat(target.getLevel()).isEqualTo(Level.CITY);
                    assertThat(target.getId()).isEqualTo("35.73");
                    assertThat(target.getRatio()).isEqualTo(0.413);
                    assertThat(target.getDueOn()).isEqualTo(TO);
                    assertThat(target.getBaselineRatio()).isEqualTo(0.33);
                    assertThat(target.getBaselineOn()).isEqualTo(FROM);
                });
        assertThat(YEAR)
                .filteredOn(ReferenceFigure.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    ReferenceFigure figure = (ReferenceFigure) event;
                    assertThat(figure.getConcept()).isEqualTo("ucj-all-sectors");
                    assertThat(figure.getWorkforce()).isEqualTo(468_000L);
                    assertThat(figure.getParticipants()).isEqualTo(154_440L);
                });
    }

    @Test
    void shouldUseMalangsDistrictsAndManySmallWorks() {
        Map<String, ProjectRegistered> projects = new HashMap<>();
        for (SpecificRecord event : YEAR) {
            if (event instanceof ProjectRegistered e) {
                projects.put(e.getProjectId(), e);
            }
        }
        assertThat(projects.values().stream()
                        .map(ProjectRegistered::getDistrictCode)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("35.73.01", "35.73.02", "35.73.03", "35.73.04", "35.73.05");
        long small = projects.keySet().stream()
                .filter(id -> id.startsWith("spse:nontender:"))
                .count();
        long tenders = projects.keySet().stream()
                .filter(id -> id.startsWith("spse:tender:"))
                .count();
        assertThat(small).isGreaterThan(tenders);
        assertThat(tenders).isGreaterThan(20);
        assertThat(projects).hasSizeBetween(330, 360);
    }

    @Test
    void shouldHoldTheNumberOfEventsThatAWorkerGivesOnAverage() {
        double mean = Simulation.eventsPerWorker(plan(1, 15_000));

        assertThat(YEAR.size() / 15_000.0).isCloseTo(mean, within(mean * 0.05));
    }

    @Test
    void shouldRefuseImpossiblePlans() {
        for (List<Integer> sizes : List.of(List.of(0, 1, 1), List.of(1, 0, 1), List.of(1, 1, 0))) {
            assertThatThrownBy(() -> new CityPlan(1, FROM, TO, sizes.get(0), sizes.get(1), sizes.get(2), ZONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new CityPlan(1, TO, FROM, 1, 1, 1, ZONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CityPlan(1, FROM, FROM.plusYears(16), 1, 1, 1, ZONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMakeTheSmallestCity() {
        CityPlan one = new CityPlan(-1, FROM, FROM, 1, 1, 1, ZoneId.of("America/New_York"));
        List<SpecificRecord> events = new ArrayList<>(list(new Simulation(one)));

        assertThat(events).hasAtLeastOneElementOfType(CoverageTarget.class);
    }
}
