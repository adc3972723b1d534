package id.cakupan.dashboard;

import static id.cakupan.dashboard.board.Records.NOW;
import static id.cakupan.dashboard.board.Records.TODAY;
import static id.cakupan.dashboard.board.Records.alert;
import static id.cakupan.dashboard.board.Records.figure;
import static id.cakupan.dashboard.board.Records.insured;
import static id.cakupan.dashboard.board.Records.point;
import static id.cakupan.dashboard.board.Records.progress;
import static id.cakupan.dashboard.board.Records.project;
import static id.cakupan.dashboard.board.Records.reference;
import static id.cakupan.dashboard.board.Records.target;
import static id.cakupan.dashboard.board.Records.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import com.fasterxml.jackson.databind.JsonNode;
import id.cakupan.dashboard.DashboardUnderTest.Reply;
import id.cakupan.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What anybody is told by the real server. Two towns differ in nothing but counts that are to be hidden and in what is live: whatever
 * is asked, both must answer alike, byte by byte.
 */
class PublicModeTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String CITY = "35.73";
    private static final String DISTRICT = "35.73.01";
    private static final String LARGE = "npp:10000001";
    private static final String SMALL = "npp:10000002";
    private static final String ELSEWHERE = "npp:10000003";
    private static final int DAYS = 40;

    private static DashboardStack stack;
    private final List<DashboardUnderTest> started = new ArrayList<>();

    @BeforeAll
    static void startStack() {
        stack = new DashboardStack();
    }

    @AfterAll
    static void stopStack() throws Exception {
        stack.close();
    }

    @AfterEach
    void close() {
        started.forEach(DashboardUnderTest::close);
    }

    /** A town with a large site and small ones, of which one has 2 or 3 workers who are covered or not. */
    private DashboardUnderTest town(String name, int few, int coveredOfFew, long live) throws Exception {
        String prefix = stack.topics(name + ".");
        stack.write(prefix, Topics.PROGRESS, progress(NOW));
        stack.write(prefix, Topics.COVERAGE_TARGETS, target(Level.CITY, CITY));
        stack.write(prefix, Topics.REFERENCE_FIGURES, reference());
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("large", DISTRICT, LARGE));
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("good", DISTRICT, LARGE));
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("small", DISTRICT, SMALL));
        stack.write(
                prefix,
                Topics.PROJECT_INSURED,
                insured("small", InsuranceStatus.PAID, TODAY.minusDays(30), NOW.minusSeconds(60)));
        for (int day = DAYS; day >= 1; day--) {
            LocalDate date = TODAY.minusDays(day);
            int large = 60 + day % 3;
            put(prefix, figure(Level.PROJECT, "large", date, large, 30));
            put(prefix, figure(Level.PROJECT, "good", date, 40, 39 + few % 2));
            put(prefix, figure(Level.PROJECT, "small", date, few, coveredOfFew));
            put(prefix, figure(Level.CONTRACTOR, LARGE, date, large + 40, 69 + few % 2));
            put(prefix, figure(Level.CONTRACTOR, SMALL, date, few, coveredOfFew));
            put(prefix, figure(Level.CONTRACTOR, ELSEWHERE, date, few, 0));
            int workers = large + 40 + few;
            int covered = 69 + few % 2 + coveredOfFew;
            put(prefix, figure(Level.DISTRICT, DISTRICT, date, workers, covered));
            put(prefix, figure(Level.FUNDING, CITY + ":APBD", date, workers, covered));
            put(prefix, figure(Level.CITY, CITY, date, workers, covered));
        }
        for (Level level : List.of(Level.CITY, Level.DISTRICT, Level.FUNDING, Level.CONTRACTOR, Level.PROJECT)) {
            for (String id : ids(level)) {
                stack.figure(prefix, figure(level, id, live, live / 2));
                stack.write(
                        prefix,
                        Topics.COVERAGE_TIMELINE,
                        timeline(level, id, point(TODAY.minusDays(40), live, 1), point(TODAY.plusDays(10), 1, 1)));
            }
        }
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("a".repeat(22), "small", SMALL, AlertState.OVERDUE));
        if (few == 3) {
            stack.write(
                    prefix, Topics.UNCOVERED_HIRES, alert("b".repeat(22), "small", ELSEWHERE, AlertState.ESCALATED));
        }
        stack.flush();
        DashboardUnderTest dashboard = new DashboardUnderTest(stack.settings(prefix, Map.of()), CLOCK)
                .start()
                .awaitReady();
        started.add(dashboard);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> dashboard
                        .getAs("public", "/status")
                        .json()
                        .path("asOf")
                        .asText()
                        .equals(TODAY.minusDays(1).toString()));
        return dashboard;
    }

    private static void put(String prefix, CoverageFigure figure) throws Exception {
        var unused = stack.send(prefix, Topics.COVERAGE_DAILY, figure);
    }

    private static List<String> ids(Level level) {
        return switch (level) {
            case CITY -> List.of(CITY);
            case DISTRICT -> List.of(DISTRICT);
            case FUNDING -> List.of(CITY + ":APBD");
            case CONTRACTOR -> List.of(LARGE, SMALL, ELSEWHERE);
            default -> List.of("large", "good", "small");
        };
    }

    @Test
    void shouldTellNothingThatIsHidden() throws Exception {
        DashboardUnderTest one = town("public-one", 2, 2, 8);
        DashboardUnderTest other = town("public-other", 3, 1, 777);

        List<String> questions = questions();
        for (String question : questions) {
            Reply here = one.getAs("public", question);
            Reply there = other.getAs("public", question);
            assertThat(text(here)).as(question).isEqualTo(text(there));
            assertThat(here.status()).as(question).isEqualTo(there.status());
            assertThat(here.header("ETag")).as(question).isEqualTo(there.header("ETag"));
        }
        assertThat(questions.stream()
                        .filter(question -> one.getAs("public", question).status() == 200))
                .hasSizeGreaterThan(150);
        assertThat(text(one.get("/groups?level=project")))
                .as("the test can tell")
                .isNotEqualTo(text(other.get("/groups?level=project")));
    }

    /** Each resource with each filter, order, search and day, and each download. */
    private static List<String> questions() {
        List<String> questions = new ArrayList<>(List.of(
                "/overview",
                "/overview?city=35.73",
                "/overview?asOf=" + TODAY.minusDays(3),
                "/overview?asOf=" + TODAY,
                "/hires",
                "/hires?project=small",
                "/decisions",
                "/letter?contractor=" + SMALL,
                "/export/hires.csv",
                "/groups/contractor/" + ELSEWHERE));
        for (String level : List.of("city", "district", "funding", "contractor", "project")) {
            questions.add("/groups?level=" + level + "&asOf=" + TODAY.minusDays(9));
            questions.add("/export/groups.csv?level=" + level);
            for (String sort : OpenApiTest.SORTS) {
                questions.add("/groups?level=" + level + "&sort=" + sort + "&order=asc");
                questions.add("/groups?level=" + level + "&state=all&sort=" + sort + "&order=desc&limit=1");
            }
            for (String state : List.of("all", "active", "uncovered", "overdue", "uninsured", "below-target")) {
                questions.add("/groups?level=" + level + "&state=" + state);
                questions.add("/export/groups.csv?level=" + level + "&state=" + state + "&sort=uncovered");
            }
            for (String filter : List.of(
                    "contractor=" + SMALL,
                    "contractor=" + ELSEWHERE,
                    "district=" + DISTRICT,
                    "funding=APBD",
                    "q=small",
                    "q=2",
                    "q=3",
                    "id=small",
                    "city=35.73")) {
                questions.add("/groups?level=" + level + "&state=all&" + filter);
            }
            for (String id : ids(Level.valueOf(level.toUpperCase(Locale.ROOT)))) {
                questions.add("/groups/" + level + "/" + id);
                questions.add("/groups/" + level + "/" + id + "?asOf=" + TODAY.minusDays(20));
                questions.add("/groups/" + level + "/" + id + "/timeline");
                questions.add("/groups/" + level + "/" + id + "/timeline?from=" + TODAY.minusDays(9) + "&to=" + TODAY);
                questions.add("/export/timeline.csv?level=" + level + "&id=" + id);
            }
        }
        return questions;
    }

    private static String text(Reply reply) {
        return new String(reply.response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellWhatIsPublic() throws Exception {
        DashboardUnderTest dashboard = town("public-told", 3, 1, 777);

        JsonNode large = dashboard.getAs("public", "/groups/project/large").json();
        assertThat(large.at("/row/workers").asInt()).isEqualTo(60);
        assertThat(large.at("/row/coveredWorkers").asInt()).isEqualTo(30);
        assertThat(large.at("/row/coverage").asText()).isEqualTo("SHOWN");
        assertThat(large.at("/row/hires").isNull()).isTrue();
        assertThat(large.at("/row/project/declaredWorkers").isNull()).isTrue();
        assertThat(large.at("/payment").isNull()).isTrue();
        assertThat(large.at("/change7/workers").isNumber()).isTrue();
        JsonNode good = dashboard.getAs("public", "/groups/project/good").json();
        assertThat(good.at("/row/workers").asInt()).isEqualTo(40);
        assertThat(good.at("/row/coverage").asText()).isEqualTo("FEW_UNCOVERED");
        assertThat(good.at("/row/coveredWorkers").isNull()).isTrue();
        JsonNode small = dashboard.getAs("public", "/groups/project/small").json();
        assertThat(small.at("/row/suppressed").asBoolean()).isTrue();
        assertThat(small.at("/row/workers").isNull()).isTrue();
        assertThat(small.at("/row/projects").asInt()).isEqualTo(1);
        assertThat(small.at("/row/project/insurance/status").asText()).isEqualTo("PAID");
        JsonNode city = dashboard.getAs("public", "/overview").json();
        assertThat(city.at("/city/workers").asInt()).isBetween(95, 110);
        assertThat(city.at("/city/asOf").asText()).isEqualTo(TODAY.minusDays(1).toString());
        assertThat(city.at("/path/ratio").asDouble()).isEqualTo(0.413);
        JsonNode line = dashboard
                .getAs("public", "/groups/district/" + DISTRICT + "/timeline")
                .json();
        assertThat(line.at("/points")).isEmpty();
        assertThat(line.at("/changesAhead")).isEmpty();
        assertThat(line.at("/reported")).isNotEmpty();
        JsonNode status = dashboard.getAs("public", "/status").json();
        assertThat(status.path("updatedAt").isNull()).isTrue();
        assertThat(status.path("pipelineSeenAt").isNull()).isTrue();
        assertThat(status.at("/me/role").asText()).isEqualTo("public");
        for (String hidden : List.of("/hires", "/decisions", "/letter?contractor=" + LARGE, "/export/hires.csv")) {
            assertThat(dashboard.getAs("public", hidden).status()).as(hidden).isEqualTo(404);
        }
        assertThat(dashboard.getAs("public", "/overview").header("Cache-Control"))
                .isEqualTo("public, max-age=300");
    }

    @Test
    void shouldBeTheSameAfterARestart() throws Exception {
        DashboardUnderTest dashboard = town("public-again", 3, 1, 777);
        DashboardUnderTest another = new DashboardUnderTest(stack.settings("public-again.", Map.of()), CLOCK)
                .start()
                .awaitReady();
        started.add(another);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        !another.getAs("public", "/status").json().path("asOf").isNull());
        for (String question : questions()) {
            assertThat(text(another.getAs("public", question)))
                    .as(question)
                    .isEqualTo(text(dashboard.getAs("public", question)));
        }
    }
}
