package id.cakupan.dashboard.board;

import static id.cakupan.dashboard.board.Records.NOW;
import static id.cakupan.dashboard.board.Records.TODAY;
import static id.cakupan.dashboard.board.Records.alert;
import static id.cakupan.dashboard.board.Records.figure;
import static id.cakupan.dashboard.board.Records.insured;
import static id.cakupan.dashboard.board.Records.project;
import static id.cakupan.dashboard.board.Records.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.AlertState;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.UncoveredHire;
import id.cakupan.schemas.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final List<String> DISTRICTS = List.of("35.73.01", "35.73.02", "35.78.01");

    private static void put(Board board, UncoveredHire hire) {
        board.alert(Topics.alertKey(hire.getWorkerId(), hire.getHireId()), hire);
    }

    private static Row row(Board board, Level level, String id) {
        return board.row(level, id).orElseThrow();
    }

    @Test
    void shouldKeepTheLastWriterWhateverTheOrder() {
        ProjectRegistered first = project("p", "35.73.01", "a", NOW.minusSeconds(9));
        ProjectRegistered second = project("p", "35.73.02", "b", NOW.minusSeconds(5));
        for (List<ProjectRegistered> order : List.of(List.of(first, second), List.of(second, first, second))) {
            Board board = new Board();
            board.figure(figure(Level.PROJECT, "p", 3, 1));
            board.figure(figure(Level.CONTRACTOR, "a", 3, 1));
            board.figure(figure(Level.CONTRACTOR, "b", 3, 1));
            order.forEach(board::registered);
            assertThat(row(board, Level.PROJECT, "p").project()).isEqualTo(Project.of(second));
            assertThat(row(board, Level.CONTRACTOR, "a").tags()).isEmpty();
            assertThat(row(board, Level.CONTRACTOR, "b").tags())
                    .containsExactlyInAnyOrder(Row.district("35.73.02"), Row.funding("35.73:APBD"));
        }
        Board board = new Board();
        board.figure(figure(Level.PROJECT, "p", 3, 1));
        board.insured(insured("p", InsuranceStatus.PAID, TODAY, NOW));
        board.insured(insured("p", InsuranceStatus.REGISTERED, TODAY, NOW.minusSeconds(1)));
        assertThat(row(board, Level.PROJECT, "p").insurance())
                .isEqualTo(new Insurance(InsuranceStatus.PAID, TODAY, null));
    }

    @Test
    void shouldCountOpenAlertsAsASimpleCountDoesAfterAnyChanges() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Board board = new Board();
            List<Runnable> starts = new ArrayList<>();
            for (int p = 0; p < 4; p++) {
                String id = "p" + p;
                starts.add(() -> board.figure(figure(Level.PROJECT, id, 9, 1)));
                String district = DISTRICTS.get(random.nextInt(3));
                starts.add(() -> board.registered(project(id, district, "c" + random.nextInt(2))));
            }
            DISTRICTS.forEach(id -> starts.add(() -> board.figure(figure(Level.DISTRICT, id, 9, 1))));
            List.of("35.73", "35.78").forEach(id -> starts.add(() -> board.figure(figure(Level.CITY, id, 9, 1))));
            List.of("c0", "c1").forEach(id -> starts.add(() -> board.figure(figure(Level.CONTRACTOR, id, 9, 1))));
            List.of("35.73:APBD", "35.78:APBD", Row.UNASSIGNED)
                    .forEach(id -> starts.add(() -> board.figure(figure(Level.FUNDING, id, 9, 1))));
            Collections.shuffle(starts, random);
            Map<String, UncoveredHire> alerts = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                if (step < starts.size()) {
                    starts.get(step).run();
                }
                int worker = random.nextInt(12);
                AlertState state = AlertState.values()[random.nextInt(4)];
                UncoveredHire hire =
                        alert((char) ('a' + worker) + "", "p" + random.nextInt(5), "c" + random.nextInt(2), state);
                hire.setDistrictCode(random.nextInt(5) == 0 ? null : DISTRICTS.get(random.nextInt(3)));
                alerts.put(hire.getWorkerId(), hire);
                put(board, hire);
                if (step % 17 == 0) {
                    board.registered(project(
                            "p" + random.nextInt(4),
                            DISTRICTS.get(random.nextInt(3)),
                            "c" + random.nextInt(2),
                            NOW.plusSeconds(step)));
                }
            }
            compare(board, alerts, seed);
        }
    }

    private static void compare(Board board, Map<String, UncoveredHire> alerts, int seed) {
        for (Level level : Board.LEVELS) {
            for (Row row : board.rows(level)) {
                int[] counts = new int[AlertState.values().length];
                for (UncoveredHire hire : alerts.values()) {
                    if (group(board, level, hire).equals(row.id())) {
                        counts[hire.getState().ordinal()]++;
                    }
                }
                assertThat(row.alerts())
                        .as("seed %s, %s %s", seed, level, row.id())
                        .isEqualTo(new AlertCounts(counts[0], counts[1], counts[2]));
            }
        }
        for (Row contractor : board.rows(Level.CONTRACTOR)) {
            List<String> tags = new ArrayList<>();
            board.rows(Level.PROJECT).stream()
                    .map(Row::project)
                    .filter(project -> project != null && project.contractorId().equals(contractor.id()))
                    .forEach(project -> {
                        tags.add(Row.district(project.districtCode()));
                        tags.add(Row.funding(project.fundingGroup()));
                    });
            alerts.values().stream()
                    .filter(hire -> hire.getContractorId().equals(contractor.id()))
                    .filter(hire -> hire.getState() != AlertState.RESOLVED)
                    .forEach(hire -> {
                        tags.add(Row.district(group(board, Level.DISTRICT, hire)));
                        tags.add(Row.funding(group(board, Level.FUNDING, hire)));
                    });
            assertThat(contractor.tags())
                    .as("seed %s, %s", seed, contractor.id())
                    .containsExactlyInAnyOrderElementsOf(Set.copyOf(tags));
        }
    }

    private static String group(Board board, Level level, UncoveredHire hire) {
        String district = hire.getDistrictCode();
        return switch (level) {
            case PROJECT -> hire.getProjectId();
            case CONTRACTOR -> hire.getContractorId();
            case DISTRICT -> district == null ? Row.UNASSIGNED : district;
            case CITY -> district == null ? Row.UNASSIGNED : Project.cityOf(district);
            case FUNDING, UNKNOWN ->
                board.project(hire.getProjectId()).map(Project::fundingGroup).orElse(Row.UNASSIGNED);
        };
    }

    @Test
    void shouldMaskWorkersAndHideTheirKeys() {
        UncoveredHire hire = alert("abcdefghij", "p", "c", AlertState.OVERDUE);
        Alert alert = Alert.of("k1.abcdefghij/hire-a", hire);
        assertThat(alert.maskedWorker()).isEqualTo("k1·…ghij");
        assertThat(alert.handle()).hasSize(22).doesNotContain("abc");
        hire.setCurrentWorkerId("k2.zyxwvu");
        assertThat(alert.maskedWorker()).isEqualTo("k2·…xwvu");
    }

    @Test
    void shouldKeepAFigureFromOutsideForEachOfItsDays() {
        Board board = new Board();
        board.reference(reference());
        board.reference(ReferenceFigure.newBuilder(reference())
                .setEventId("corrected")
                .setRecordedAt(reference().getRecordedAt().plusSeconds(1))
                .setRatio(0.34)
                .build());
        board.reference(ReferenceFigure.newBuilder(reference())
                .setEventId("later")
                .setValidOn(reference().getValidOn().plusYears(1))
                .setRatio(0.36)
                .build());

        assertThat(board.references(reference().getArea()))
                .extracting(Reference::validOn, Reference::ratio)
                .containsExactlyInAnyOrder(
                        tuple(reference().getValidOn(), 0.34),
                        tuple(reference().getValidOn().plusYears(1), 0.36));
    }
}
