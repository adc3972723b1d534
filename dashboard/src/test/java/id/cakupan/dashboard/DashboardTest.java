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
import cakupan.records.ProjectRegistered;
import com.fasterxml.jackson.databind.JsonNode;
import id.cakupan.dashboard.DashboardUnderTest.Reply;
import id.cakupan.schemas.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.awaitility.core.ConditionFactory;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The dashboard over HTTP, with a real broker and a real registry behind it; the records are written as the streams app would. */
class DashboardTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String CITY = "35.73";
    private static final String ONE = "npp:10000001";
    private static final String TWO = "npp:10000002";
    private static final String[] PAGE = {"X-Cakupan-Request", "page"};

    private static DashboardStack stack;
    private String prefix = "";
    private DashboardUnderTest dashboard;

    @BeforeAll
    static void startStack() {
        stack = new DashboardStack();
    }

    @AfterAll
    static void stopStack() throws Exception {
        stack.close();
    }

    @BeforeEach
    void topics(TestInfo test) throws Exception {
        prefix = stack.topics(test.getTestMethod().orElseThrow().getName() + ".");
        dashboard = new DashboardUnderTest(stack.settings(prefix, Map.of()), CLOCK);
    }

    @AfterEach
    void close() {
        dashboard.close();
    }

    /** A city with two districts, two contractors and three projects; the third belongs to both contractors' hires. */
    private void city() throws Exception {
        stack.write(prefix, Topics.PROGRESS, progress(NOW));
        stack.write(prefix, Topics.COVERAGE_TARGETS, target(Level.CITY, CITY));
        stack.write(prefix, Topics.REFERENCE_FIGURES, reference());
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("p1", "35.73.01", ONE));
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("p2", "35.73.02", TWO));
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("p3", "35.73.01", TWO));
        stack.write(
                prefix,
                Topics.PROJECT_INSURED,
                insured("p1", InsuranceStatus.PAID, TODAY.minusDays(30), NOW.minusSeconds(60)));
        stack.figure(prefix, figure(Level.CITY, CITY, 100, 40));
        stack.figure(prefix, figure(Level.FUNDING, CITY + ":APBD", 100, 40));
        stack.figure(prefix, figure(Level.DISTRICT, "35.73.01", 70, 20));
        stack.figure(prefix, figure(Level.DISTRICT, "35.73.02", 30, 20));
        stack.figure(prefix, figure(Level.CONTRACTOR, ONE, 50, 10));
        stack.figure(prefix, figure(Level.CONTRACTOR, TWO, 50, 30));
        stack.figure(prefix, figure(Level.PROJECT, "p1", 40, 10));
        stack.figure(prefix, figure(Level.PROJECT, "p2", 30, 20));
        stack.figure(prefix, figure(Level.PROJECT, "p3", 30, 10));
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("aaaaaaaaaaaaaaaaaaaaaa", "p1", ONE, AlertState.OVERDUE));
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("bbbbbbbbbbbbbbbbbbbbbb", "p3", ONE, AlertState.DUE_SOON));
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("cccccccccccccccccccccc", "p3", TWO, AlertState.ESCALATED));
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("dddddddddddddddddddddd", "p2", TWO, AlertState.RESOLVED));
        stack.write(
                prefix,
                Topics.COVERAGE_TIMELINE,
                timeline(
                        Level.CITY,
                        CITY,
                        point(TODAY.minusDays(100), 50, 10),
                        point(TODAY.minusDays(20), 80, 20),
                        point(TODAY.plusDays(10), 70, 20)));
        for (int day = 1; day <= 10; day++) {
            stack.write(
                    prefix, Topics.COVERAGE_DAILY, figure(Level.CITY, CITY, TODAY.minusDays(day), 90 - day / 6, 30));
            stack.write(
                    prefix,
                    Topics.COVERAGE_DAILY,
                    figure(Level.PROJECT, "p1", TODAY.minusDays(day), 20, day > 5 ? 1 : 2));
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
    }

    private List<String> rows(String who, String query) {
        Reply reply = dashboard.getAs(who, query);
        assertThat(reply.status()).as(query).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        reply.json().path("rows").forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    @Test
    void shouldShowTheCityAndWhatHoldsItBack() throws Exception {
        city();
        dashboard.start().awaitReady();

        JsonNode overview = dashboard.get("/overview").json();

        assertThat(overview.at("/city/workers").asInt()).isEqualTo(100);
        assertThat(overview.at("/city/ratio").asDouble()).isEqualTo(0.4);
        assertThat(overview.at("/city/target/workersToTarget").asInt()).isEqualTo(2);
        assertThat(overview.at("/city/alerts").toString()).isEqualTo("{\"dueSoon\":1,\"overdue\":1,\"escalated\":1}");
        assertThat(overview.at("/change7").toString())
                .isEqualTo("{\"since\":\"2025-06-24\",\"basis\":\"REPORTED\",\"workers\":11,\"coveredWorkers\":10,"
                        + "\"ratio\":" + (0.4 - 30 / 89.0) + "}");
        assertThat(overview.at("/change30/basis").asText()).isEqualTo("KNOWN");
        assertThat(overview.at("/change30/workers").asInt()).isEqualTo(50);
        assertThat(overview.at("/path/plannedWorkersToday").asInt()).isEqualTo(38);
        assertThat(overview.at("/path/gapToday").asInt()).isEqualTo(-2);
        assertThat(overview.at("/path/perWeek").asInt()).isEqualTo(1);
        assertThat(overview.at("/references/0/concept").asText()).isEqualTo("ucj-all-sectors");
        assertThat(overview.at("/districts").findValuesAsText("ratio")).hasSize(2);
        assertThat(overview.at("/heldBackBy/contractors/0/id").asText()).isEqualTo(ONE);
        assertThat(overview.at("/heldBackBy/projects/0/id").asText()).isEqualTo("p1");
        assertThat(overview.at("/unassigned").isNull()).isTrue();
        JsonNode status = dashboard.get("/status").json();
        assertThat(status.path("state").asText()).isEqualTo("live");
        assertThat(status.path("simulated").asBoolean()).isFalse();
        assertThat(status.path("historyFrom").asText()).isEqualTo("2025-06-21");
        assertThat(status.at("/cities/0/id").asText()).isEqualTo(CITY);
    }

    @Test
    void shouldSortFilterAndPage() throws Exception {
        city();
        dashboard.start().awaitReady();

        assertThat(rows("", "/groups?level=project")).containsExactly("p1", "p3", "p2");
        assertThat(rows("", "/groups?level=project&sort=ratio")).containsExactly("p1", "p3", "p2");
        assertThat(rows("", "/groups?level=project&sort=ratio&order=desc")).containsExactly("p2", "p3", "p1");
        assertThat(rows("", "/groups?level=project&sort=id&offset=1&limit=1")).containsExactly("p2");
        assertThat(rows("", "/groups?level=project&sort=id&offset=5")).isEmpty();
        assertThat(rows("", "/groups?level=project&district=35.73.01&sort=id")).containsExactly("p1", "p3");
        assertThat(rows("", "/groups?level=project&contractor=" + ONE + "&sort=id"))
                .containsExactly("p1", "p3");
        assertThat(rows("", "/groups?level=contractor&district=35.73.02&sort=id"))
                .containsExactly(TWO);
        assertThat(rows("", "/groups?level=contractor&district=35.73.01&sort=id"))
                .containsExactly(ONE, TWO);
        assertThat(rows("", "/groups?level=project&q=PROJECT%20p2")).containsExactly("p2");
        assertThat(rows("", "/groups?level=project&q=pt+" + ONE)).containsExactly("p1");
        assertThat(rows("", "/groups?level=project&ids=p1,p2&sort=id")).containsExactly("p1", "p2");
        assertThat(rows("", "/groups?level=project&id=p3&id=p2&sort=id")).containsExactly("p2", "p3");
        assertThat(rows("", "/groups?level=project&funding=APBN")).isEmpty();
        assertThat(rows("", "/groups?level=project&funding=" + CITY + ":APBD")).hasSize(3);
        assertThat(rows("", "/groups?level=project&state=below-target&sort=id")).containsExactly("p1", "p3");
        assertThat(rows("", "/groups?level=district&city=35.78")).isEmpty();
        assertThat(rows("", "/groups?level=district&city=" + CITY)).containsExactly("35.73.01", "35.73.02");
        assertThat(dashboard
                        .get("/groups?level=project&limit=1")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(3);

        assertThat(rows("", "/groups?level=project&sort=workers&order=desc")).startsWith("p1");
        stack.figure(prefix, figure(Level.PROJECT, "p2", 60, 60));
        soon().untilAsserted(() -> assertThat(rows("", "/groups?level=project&sort=workers&order=desc"))
                .containsExactly("p2", "p1", "p3"));
        assertThat(rows("", "/groups?level=project&state=uncovered&sort=id")).containsExactly("p1", "p3");
    }

    @Test
    void shouldShowAGroupWithItsPaymentAndItsTimeline() throws Exception {
        city();
        dashboard.start().awaitReady();

        JsonNode first = dashboard.get("/groups/project/p1").json();
        assertThat(first.path("parents").findValuesAsText("id")).containsExactly(CITY, "35.73.01", ONE);
        assertThat(first.at("/payment/verdict").asText()).isEqualTo("HOLD");
        assertThat(first.at("/payment/insured").asBoolean()).isTrue();
        assertThat(first.at("/payment/reasons").toString())
                .isEqualTo("[\"OVERDUE_HIRES\",\"UNCOVERED_WORKERS\",\"MORE_THAN_DECLARED\",\"LIST_INCOMPLETE\"]");
        assertThat(first.at("/row/project/insurance/inEffect").asBoolean()).isTrue();
        assertThat(first.at("/change7/coveredWorkers").asInt()).isEqualTo(9);
        assertThat(dashboard.get("/overview").json().at("/heldBackBy").findValuesAsText("cityTarget"))
                .as("of contractors and projects")
                .containsOnly("0.413")
                .hasSize(5);
        assertThat(dashboard.get("/overview").json().at("/districts").findValuesAsText("cityTarget"))
                .containsOnly("0.413");
        JsonNode second = dashboard.get("/groups/project/p2").json();
        assertThat(second.at("/payment/reasons/0").asText()).isEqualTo("NOT_INSURED");
        assertThat(dashboard.get("/groups/project/none").status()).isEqualTo(404);
        assertThat(dashboard.get("/groups/village/p1").status()).isEqualTo(404);

        JsonNode timeline = dashboard
                .get("/groups/city/" + CITY + "/timeline?from=2025-06-01&to=2025-12-31")
                .json();
        assertThat(timeline.path("points").findValuesAsText("from"))
                .containsExactly("2025-06-01", "2025-06-11", "2025-07-11");
        assertThat(timeline.at("/points/0/workers").asInt()).isEqualTo(50);
        assertThat(timeline.path("reported").findValuesAsText("day")).containsExactly("2025-06-21", "2025-06-26");
        assertThat(timeline.path("reportedTo").asText()).isEqualTo("2025-06-30");
        assertThat(timeline.at("/months/0").toString())
                .isEqualTo("{\"month\":\"2025-06\",\"workerDays\":" + (10 * 50 + 20 * 80) + ",\"coveredWorkerDays\":"
                        + (10 * 10 + 20 * 20) + "}");
        assertThat(timeline.at("/changesAhead/0/workers").asInt()).isEqualTo(-10);
    }

    @Test
    void shouldShowADayAsItWasReported() throws Exception {
        city();
        dashboard.start().awaitReady();

        JsonNode then = dashboard.get("/overview?asOf=2025-06-23").json();
        assertThat(then.at("/city/workers").asInt()).isEqualTo(89);
        assertThat(then.at("/city/asOf").asText()).isEqualTo("2025-06-23");
        assertThat(then.at("/city/alerts").isNull()).isTrue();
        assertThat(then.at("/city/workerDays30").asInt()).isEqualTo(89 * 30);
        assertThat(rows("", "/groups?level=project&asOf=2025-06-23")).containsExactly("p1");
        assertThat(dashboard
                        .get("/groups/project/p1?asOf=2025-06-23")
                        .json()
                        .at("/row/coveredWorkers")
                        .asInt())
                .isEqualTo(1);
        JsonNode past = dashboard.get("/groups/project/p1?asOf=2025-06-23").json();
        assertThat(past.path("payment").isNull()).as("of a day that is over").isTrue();
        assertThat(past.at("/row/project/asKnownNow").asBoolean()).isTrue();
        assertThat(dashboard
                        .get("/groups/project/p1")
                        .json()
                        .at("/row/project/asKnownNow")
                        .asBoolean())
                .isFalse();
        assertThat(dashboard.get("/groups/project/p2?asOf=2025-06-23").status()).isEqualTo(404);
        assertThat(dashboard.get("/overview?asOf=2025-07-01").status()).isEqualTo(404);
        assertThat(dashboard.get("/overview?asOf=2025-06-20").status()).isEqualTo(404);
        assertThat(dashboard.getAs("", "/live/overview?asOf=2025-06-23").status())
                .isEqualTo(409);
        assertThat(dashboard.get("/hires?asOf=2025-06-23").status()).isEqualTo(400);
    }

    @Test
    void shouldListHiresWithTheirCounts() throws Exception {
        city();
        dashboard.start().awaitReady();

        JsonNode all = dashboard.get("/hires?sort=state").json();
        assertThat(all.path("rows").findValuesAsText("state")).containsExactly("DUE_SOON", "OVERDUE", "ESCALATED");
        assertThat(all.path("counts").toString()).isEqualTo("{\"dueSoon\":1,\"overdue\":1,\"escalated\":1}");
        JsonNode first = all.at("/rows/1");
        assertThat(first.path("worker").asText()).isEqualTo("k1·…aaaa");
        assertThat(first.at("/project/name").asText()).isEqualTo("PROJECT p1");
        assertThat(first.at("/contractor/name").asText()).isEqualTo("PT " + ONE);
        assertThat(first.path("daysUncovered").asInt()).isEqualTo(30);
        assertThat(first.path("daysOverdue").asInt()).isEqualTo(9);
        assertThat(all.toString()).doesNotContain("aaaaa", "bbbbb", "ccccc");
        assertThat(dashboard.get("/hires?state=resolved").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(dashboard
                        .get("/hires?state=overdue,escalated&project=p3")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(dashboard.get("/hires?state=unknown").status()).isEqualTo(400);
    }

    @Test
    void shouldShowAFigureWithinASecondOfItsPublication() throws Exception {
        city();
        dashboard.start().awaitReady();
        try (EventStream stream = dashboard.live("", "/groups/project/p2")) {
            soon().until(() -> stream.events("snapshot").size() == 1);
            for (int workers = 31; workers <= 35; workers++) {
                int wanted = workers;
                long start = System.nanoTime();
                stack.figure(prefix, figure(Level.PROJECT, "p2", workers, 20));
                soon().until(() -> stream.events("snapshot").stream()
                        .anyMatch(event -> event.data().at("/row/workers").asInt() == wanted));
                EventStream.Event event =
                        stream.events("snapshot").get(stream.events("snapshot").size() - 1);
                assertThat(Duration.ofNanos(event.at() - start)).isLessThan(Duration.ofMillis(1_200));
                assertThat(dashboard
                                .get("/groups/project/p2")
                                .json()
                                .at("/row/workers")
                                .asInt())
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void shouldStreamWithSnapshotsStatusAndResume() throws Exception {
        city();
        dashboard.start().awaitReady();
        String tag;
        try (EventStream stream = dashboard.live("", "/groups?level=project")) {
            soon().until(() -> stream.events("snapshot").size() == 1
                    && stream.events("status").size() == 1);
            EventStream.Event first = stream.events("snapshot").get(0);
            Reply get = dashboard.get("/groups?level=project");
            assertThat(first.data()).isEqualTo(get.json());
            assertThat("\"" + first.id() + "\"").isEqualTo(get.header("ETag"));
            tag = first.id();
            stack.figure(prefix, figure(Level.DISTRICT, "35.73.02", 31, 20));
            soon().until(() -> dashboard
                            .get("/groups/district/35.73.02")
                            .json()
                            .at("/row/workers")
                            .asInt()
                    == 31);
            await("the next status")
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> stream.events("status").size() == 2);
            assertThat(stream.events("snapshot"))
                    .as("what did not change is not sent")
                    .hasSize(1);
        }
        try (EventStream resumed = dashboard.live("", "/groups?level=project", "Last-Event-ID", tag)) {
            soon().until(() -> resumed.events("status").size() == 1);
            stack.figure(prefix, figure(Level.PROJECT, "p1", 41, 10));
            soon().until(() -> !resumed.events("snapshot").isEmpty());
            assertThat(resumed.events("snapshot")
                            .get(0)
                            .data()
                            .at("/rows/0/workers")
                            .asInt())
                    .isEqualTo(41);
        }
        try (EventStream other = dashboard.live("", "/groups?level=project", "Last-Event-ID", tag)) {
            soon().until(() -> other.events("snapshot").size() == 1);
        }
    }

    @Test
    void shouldSendAtMostOneSnapshotASecond() throws Exception {
        city();
        dashboard.start().awaitReady();
        try (EventStream stream = dashboard.live("", "/groups/project/p2")) {
            soon().until(() -> stream.events("snapshot").size() == 1);
            long start = System.nanoTime();
            for (int i = 0; System.nanoTime() - start < Duration.ofMillis(3_500).toNanos(); i++) {
                stack.figure(prefix, figure(Level.PROJECT, "p2", 100 + i, 20));
            }
            List<EventStream.Event> events = stream.events("snapshot");
            // Over all of it: one that is late on its way seems close to the next.
            double seconds = (System.nanoTime() - events.get(0).at()) / 1e9;
            assertThat(events).hasSizeBetween(3, 2 + (int) seconds);
        }
    }

    @Test
    void shouldSayRebuildingUntilThereAreTopicsAndThenShowThem() throws Exception {
        try (DashboardUnderTest early =
                new DashboardUnderTest(stack.settings("later.", Map.of("simulated", "true")), CLOCK)) {
            early.start();
            JsonNode status = early.get("/status").json();
            assertThat(status.path("state").asText()).isEqualTo("rebuilding");
            assertThat(status.path("simulated").asBoolean()).isTrue();
            assertThat(early.get("/overview").status()).isEqualTo(503);
            assertThat(early.dashboard.health().ready().get()).isNotEmpty();
            try (EventStream stream = early.live("", "/overview")) {
                soon().until(() -> stream.events("status").size() == 1);
                stack.topics("later.");
                stack.figure("later.", figure(Level.CITY, CITY, 7, 3));
                soon().until(() -> stream.events("snapshot").stream()
                        .anyMatch(event -> event.data().at("/city/workers").asInt() == 7));
                assertThat(stream.events("status")
                                .get(stream.events("status").size() - 1)
                                .data()
                                .path("state")
                                .asText())
                        .isEqualTo("stale");
            }
        }
    }

    @Test
    void shouldPassOverWhatCannotBeRead() throws Exception {
        city();
        stack.garbage(prefix, Topics.PROJECT_REGISTERED);
        stack.garbage(prefix, Topics.COVERAGE_DAILY);
        dashboard.start().awaitReady();
        stack.garbage(prefix, Topics.UNCOVERED_HIRES);
        soon().until(() -> dashboard.count("undecodable") == 3);
        stack.figure(prefix, figure(Level.PROJECT, "p2", 77, 20));
        soon().until(() ->
                dashboard.get("/groups/project/p2").json().at("/row/workers").asInt() == 77);
    }

    @Test
    void shouldShowAContractorNothingOfOthers() throws Exception {
        city();
        dashboard.start().awaitReady();

        assertThat(rows(ONE, "/groups?level=contractor&state=all")).containsExactly(ONE);
        assertThat(rows(ONE, "/groups?level=project&state=all&sort=id")).containsExactly("p1", "p3");
        assertThat(rows(ONE, "/groups?level=project&state=all&ids=p2")).isEmpty();
        assertThat(rows(ONE, "/groups?level=project&state=all&q=p2")).isEmpty();
        assertThat(rows(ONE, "/groups?level=project&state=all&contractor=" + TWO + "&sort=id"))
                .containsExactly("p3");
        assertThat(rows(ONE, "/groups?level=district&sort=id")).containsExactly("35.73.01", "35.73.02");
        for (String path : List.of(
                "/groups/project/p2",
                "/groups/project/p2/timeline",
                "/groups/contractor/" + TWO,
                "/groups/contractor/" + TWO + "/timeline",
                "/live/groups/project/p2",
                "/live/groups/contractor/" + TWO + "/timeline",
                "/letter?contractor=" + TWO,
                "/export/timeline.csv?level=project&id=p2")) {
            Reply foreign = dashboard.getAs(ONE, path);
            Reply missing = dashboard.getAs(ONE, path.replace("p2", "p9").replace(TWO, "npp:99999999"));
            assertThat(foreign.status()).as(path).isEqualTo(404);
            assertThat(foreign.response().body())
                    .as("the same as for what does not exist")
                    .isEqualTo(missing.response().body());
        }
        JsonNode overview = dashboard.getAs(ONE, "/overview").json();
        assertThat(overview.at("/heldBackBy/contractors").findValuesAsText("id"))
                .containsExactly(ONE);
        assertThat(overview.at("/heldBackBy/projects").findValuesAsText("districtCode"))
                .hasSize(2);
        JsonNode hires = dashboard.getAs(ONE, "/hires?sort=state").json();
        assertThat(hires.path("rows").findValuesAsText("worker")).containsExactly("k1·…bbbb", "k1·…aaaa");
        assertThat(hires.path("counts").toString()).isEqualTo("{\"dueSoon\":1,\"overdue\":1,\"escalated\":0}");
        assertThat(dashboard
                        .getAs(ONE, "/hires?contractor=" + TWO)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(dashboard
                        .getAs(ONE, "/hires?project=p2&state=resolved")
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(text(dashboard.getAs(ONE, "/export/hires.csv")))
                .contains("aaaa", "bbbb")
                .doesNotContain("cccc");
        assertThat(text(dashboard.getAs(ONE, "/export/groups.csv?level=project&state=all")))
                .contains("p1", "p3")
                .doesNotContain("p2");
        assertThat(text(dashboard.getAs(ONE, "/letter?contractor=" + ONE)))
                .contains("bbbb")
                .doesNotContain("cccc");
        try (EventStream stream = dashboard.live(ONE, "/hires")) {
            soon().until(() -> stream.events("snapshot").size() == 1);
            assertThat(stream.events("snapshot").get(0).data().toString()).doesNotContain("cccc");
        }
        assertThat(dashboard.getAs(ONE, "/status").json().at("/me").toString())
                .isEqualTo("{\"name\":\"budi\",\"role\":\"contractor\",\"contractorId\":\"" + ONE
                        + "\",\"mayDecide\":true,\"maySilence\":false}");
    }

    @Test
    void shouldNotTellAContractorWhoElseHasAlerts() throws Exception {
        city();
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("p4", "35.73.01", ONE));
        stack.figure(prefix, figure(Level.PROJECT, "p4", 9, 3));
        for (String worker : List.of("eeeeeeeeeeeeeeeeeeeeee", "ffffffffffffffffffffff")) {
            stack.write(prefix, Topics.UNCOVERED_HIRES, alert(worker, "p4", TWO, AlertState.ESCALATED));
        }
        stack.write(prefix, Topics.UNCOVERED_HIRES, alert("gggggggggggggggggggggg", "p1", ONE, AlertState.ESCALATED));
        dashboard.start().awaitReady();

        String others = "level=project&state=all&sort=id&contractor=" + TWO;
        assertThat(rows("", "/groups?" + others)).containsExactly("p2", "p3", "p4");
        assertThat(rows(ONE, "/groups?" + others))
                .as("of p3, TWO has the contract")
                .containsExactly("p3");
        assertThat(rows(ONE, "/groups?level=project&state=all&sort=id&contractor=" + ONE))
                .containsExactly("p1", "p3", "p4");
        assertThat(text(dashboard.getAs(ONE, "/export/groups.csv?" + others))).doesNotContain("p4");
        try (EventStream stream = dashboard.live(ONE, "/groups?" + others)) {
            soon().until(() -> stream.events("snapshot").size() == 1);
            assertThat(stream.events("snapshot").get(0).data().toString()).doesNotContain("\"p4\"");
        }

        JsonNode project = dashboard.getAs(ONE, "/groups/project/p4").json();
        assertThat(project.at("/row/alerts").toString()).isEqualTo("{\"dueSoon\":0,\"overdue\":0,\"escalated\":0}");
        assertThat(project.at("/payment/openAlerts").asInt()).isZero();
        assertThat(dashboard
                        .get("/groups/project/p4")
                        .json()
                        .at("/payment/openAlerts")
                        .asInt())
                .isEqualTo(2);
        assertThat(dashboard
                        .getAs(ONE, "/groups?level=project&ids=p4")
                        .json()
                        .at("/rows/0/alerts/escalated")
                        .asInt())
                .isZero();
        assertThat(rows("", "/groups?level=project&sort=escalated&ids=p1,p4")).containsExactly("p4", "p1");
        assertThat(rows(ONE, "/groups?level=project&sort=escalated&ids=p1,p4")).containsExactly("p1", "p4");
    }

    @Test
    void shouldKeepNotesOfOfficialsFromContractors() throws Exception {
        city();
        dashboard.start().awaitReady();
        String wide = decision("\"district\":\"35.73.01\"", "SILENCED", "catatan dalam");
        assertThat(dashboard.post("", "/decisions", wide, PAGE).status()).isEqualTo(201);
        soon().until(() ->
                dashboard.get("/hires?decision=silenced").json().path("total").asInt() == 3);

        assertThat(dashboard.get("/hires").json().at("/rows/0/decision/note").asText())
                .isEqualTo("catatan dalam");
        JsonNode own = dashboard.getAs(ONE, "/hires").json().at("/rows/0/decision");
        assertThat(own.path("kind").asText()).isEqualTo("SILENCED");
        assertThat(own.path("note").isNull()).isTrue();
        assertThat(own.path("by").isNull()).isTrue();
        assertThat(text(dashboard.getAs(ONE, "/export/hires.csv"))).doesNotContain("catatan", "siti");
        assertThat(text(dashboard.get("/export/hires.csv"))).contains("catatan dalam", "siti");
        String single = decision("\"key\":\"" + key("", "aaaa") + "\"", "ACKNOWLEDGED", "untuk Anda");
        assertThat(dashboard.post("", "/decisions", single, PAGE).status()).isEqualTo(201);
        soon().untilAsserted(
                        () -> assertThat(text(dashboard.getAs(ONE, "/hires"))).contains("untuk Anda"));
    }

    private static String text(Reply reply) {
        return new String(reply.response().body(), StandardCharsets.UTF_8);
    }

    private String key(String who, String worker) {
        for (JsonNode row : dashboard.getAs(who, "/hires").json().path("rows")) {
            if (row.path("worker").asText().endsWith(worker)) {
                return row.path("key").asText();
            }
        }
        throw new AssertionError("no hire of " + worker);
    }

    private static String decision(String scope, String kind, String note) {
        return "{\"kind\":\"" + kind + "\"," + scope + ",\"reason\":\"PAYMENT_UNDER_WAY\",\"note\":\"" + note
                + "\",\"until\":\"2025-07-15\"}";
    }

    @Test
    void shouldKeepDecisionsAndShowThemUntilTheyEnd() throws Exception {
        city();
        dashboard.start().awaitReady();
        String scope = "\"key\":\"" + key("", "aaaa") + "\"";

        Reply made = dashboard.post("", "/decisions", decision(scope, "ACKNOWLEDGED", "Dihubungi 12 Juni"), PAGE);
        assertThat(made.status()).as(text(made)).isEqualTo(201);
        assertThat(new Description().faults("Decided", made.json())).isEmpty();
        String id = made.json().at("/decision/id").asText();
        soon().until(() -> dashboard
                        .get("/hires?decision=acknowledged")
                        .json()
                        .path("total")
                        .asInt()
                == 1);
        JsonNode hire = dashboard.get("/hires?decision=acknowledged").json().at("/rows/0");
        assertThat(hire.at("/decision/by").asText()).isEqualTo("siti");
        assertThat(hire.at("/decision/until").asText()).isEqualTo("2025-07-15T17:00:00Z");
        assertThat(dashboard.get("/hires?decision=none").json().path("total").asInt())
                .isEqualTo(2);
        assertThat(dashboard.getAs(ONE, "/decisions").json().path("rows")).hasSize(1);
        assertThat(dashboard
                        .getAs(ONE, "/decisions")
                        .json()
                        .at("/rows/0/mayEnd")
                        .asBoolean())
                .isFalse();
        assertThat(dashboard.get("/decisions").json().at("/rows/0/mayEnd").asBoolean())
                .isTrue();
        assertThat(dashboard.getAs(TWO, "/decisions").json().path("rows")).isEmpty();
        assertThat(dashboard.delete(TWO, "/decisions/" + id, PAGE).status()).isEqualTo(404);
        assertThat(dashboard.delete(ONE, "/decisions/" + id, PAGE).status()).isEqualTo(403);

        Reply wide = dashboard.post("", "/decisions", decision("\"district\":\"35.73.01\"", "SILENCED", ""), PAGE);
        assertThat(wide.status()).isEqualTo(201);
        soon().until(() ->
                dashboard.get("/hires?decision=silenced").json().path("total").asInt() == 2);

        assertThat(dashboard.delete("", "/decisions/" + id, PAGE).status()).isEqualTo(204);
        soon().until(() ->
                dashboard.get("/hires?decision=silenced").json().path("total").asInt() == 3);
        assertThat(dashboard.get("/decisions").json().path("rows").findValuesAsText("ended"))
                .contains("2025-07-01T02:00:00Z");
    }

    @Test
    void shouldRefuseDecisionsThatAreNotAllowed() throws Exception {
        city();
        dashboard.start().awaitReady();
        String own = "\"key\":\"" + key("", "aaaa") + "\"";
        String foreign = "\"key\":\"" + key("", "cccc") + "\"";
        String good = decision(own, "ACKNOWLEDGED", "");

        assertThat(dashboard.post("", "/decisions", good).status()).isEqualTo(403);
        assertThat(dashboard
                        .post("", "/decisions", good, "X-Cakupan-Request", "page", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(dashboard
                        .post("", "/decisions", good, "X-Cakupan-Request", "page", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        for (String note : List.of(
                "NIK 3573014506900001",
                "357301 450690 0001",
                "3573.0145.0690",
                "1-2-3-4-5-6-7-8-9",
                "１２３４５６７８９",
                "x".repeat(201))) {
            assertThat(dashboard
                            .post("", "/decisions", decision(own, "ACKNOWLEDGED", note), PAGE)
                            .status())
                    .as(note)
                    .isEqualTo(400);
        }
        for (String body : List.of(
                "",
                "null",
                "[]",
                "{}",
                good + good,
                good.replace("\"kind\"", "\"kinds\""),
                good.replace("PAYMENT_UNDER_WAY", "UNKNOWN"),
                good.replace("2025-07-15", "2025-06-30"),
                good.replace("2025-07-15", "2027-07-15"),
                good.replace(own, own + ",\"project\":\"p1\""),
                good.replace(own + ",", ""))) {
            assertThat(dashboard.post("", "/decisions", body, PAGE).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(dashboard.post("", "/decisions", " ".repeat(5_000), PAGE).status())
                .isEqualTo(413);
        assertThat(dashboard
                        .post("", "/decisions", decision("\"key\":\"none\"", "SILENCED", ""), PAGE)
                        .status())
                .isEqualTo(404);
        assertThat(dashboard
                        .post("", "/decisions", decision("\"project\":\"p9\"", "SILENCED", ""), PAGE)
                        .status())
                .isEqualTo(404);
        assertThat(dashboard
                        .post(ONE, "/decisions", decision(foreign, "ACKNOWLEDGED", ""), PAGE)
                        .status())
                .isEqualTo(404);
        assertThat(dashboard
                        .post(ONE, "/decisions", decision(own, "SILENCED", ""), PAGE)
                        .status())
                .isEqualTo(403);
        assertThat(dashboard
                        .post(ONE, "/decisions", decision("\"project\":\"p1\"", "ACKNOWLEDGED", ""), PAGE)
                        .status())
                .isEqualTo(403);
        assertThat(dashboard.post("public", "/decisions", good, PAGE).status()).isEqualTo(404);
        assertThat(dashboard.get("/decisions").json().path("rows")).isEmpty();
        assertThat(dashboard.post(ONE, "/decisions", good, PAGE).status()).isEqualTo(201);
    }

    @Test
    void shouldRefuseWhatIsNotInTheContract() throws Exception {
        city();
        dashboard.start().awaitReady();
        for (String path : List.of(
                "/groups",
                "/groups?level=village",
                "/groups?level=project&x=1",
                "/groups?level=project&level=city",
                "/groups?level=project&limit=0",
                "/groups?level=project&limit=501",
                "/groups?level=project&offset=-1",
                "/groups?level=project&sort=salary",
                "/groups?level=project&order=up",
                "/groups?level=project&state=sleepy",
                "/groups?level=project&asOf=2025-02-30",
                "/groups?level=project&asOf=99999-01-01",
                "/groups?level=project&q=" + "x".repeat(201),
                "/groups?level=project&q=%00",
                "/groups?level=project&q=%ff",
                "/groups?level",
                "/groups?" + "level=project&".repeat(200),
                "/overview?q=1",
                "/groups/city/35.73/timeline?from=2025-02-01&to=2025-01-01",
                "/export/groups.csv",
                "/export/groups.csv?level=city&limit=1",
                "/export/groups.csv?level=city&language=fr",
                "/letter",
                "/groups/project/a%2fb",
                "/groups/project/..%2f..%2fetc",
                "/groups/project/%252e")) {
            assertThat(dashboard.get(path).status()).as(path).isEqualTo(400);
        }
        for (String path : List.of("/", "/nothing", "/groups/project", "/export/groups.pdf", "/live", "/live/letter")) {
            assertThat(dashboard.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(dashboard.post("", "/overview", "{}", PAGE).status()).isEqualTo(405);
        assertThat(raw("GET /assets/../../secret HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /%2e%2e/secret HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET //api/v1/status HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /" + "x".repeat(3_000) + " HTTP/1.1")).startsWith("HTTP/1.1 414");
        assertThat(raw("GET / HTTP/1.1\r\nX: " + "x".repeat(9_000))).startsWith("HTTP/1.1 431");
        String garbage = raw("NOT HTTP <script>");
        assertThat(garbage)
                .startsWith("HTTP/1.1 400")
                .contains("Content-Security-Policy")
                .doesNotContain("script>");
    }

    private String raw(String head) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.dashboard.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write((head + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldAnswerWithTagsCompressionAndHeaders() throws Exception {
        city();
        dashboard.start().awaitReady();
        Reply plain = dashboard.get("/overview");
        String tag = plain.header("ETag");
        Reply same = dashboard.getAs("", "/overview", "If-None-Match", "\"x\", " + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.response().body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(dashboard.getAs("", "/overview", "If-None-Match", "\"x\"").status())
                .isEqualTo(200);
        Reply zipped = dashboard.getAs("", "/overview", "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(
                                new ByteArrayInputStream(zipped.response().body()))
                        .readAllBytes())
                .isEqualTo(plain.response().body());
        assertThat(dashboard
                        .getAs("", "/overview", "Accept-Encoding", "gzip;q=0")
                        .header("Content-Encoding"))
                .isEmpty();
        Reply page = dashboard.send(HttpRequest.newBuilder(dashboard.uri("/group/project/spse%3A1?lang=en"))
                .build());
        for (Reply reply : List.of(plain, same, page, dashboard.get("/nothing"))) {
            assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(reply.header("Server")).isEmpty();
        }
        assertThat(dashboard
                        .send(HttpRequest.newBuilder(dashboard.uri("/projects/"))
                                .build())
                        .status())
                .isEqualTo(200);
        assertThat(dashboard
                        .send(HttpRequest.newBuilder(dashboard.uri("/proyek")).build())
                        .header("Content-Type"))
                .isEqualTo("application/problem+json");
        Reply mistyped = dashboard.send(HttpRequest.newBuilder(dashboard.uri("/proyek"))
                .header("Accept", "text/html,*/*;q=0.8")
                .build());
        assertThat(mistyped.status()).isEqualTo(404);
        assertThat(mistyped.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(mistyped.response().body()).isEqualTo(page.response().body());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(plain.header("Cache-Control")).isEqualTo("private, no-cache");
        for (String path : List.of("/hires", "/decisions", "/letter?contractor=" + ONE, "/export/hires.csv")) {
            assertThat(dashboard.get(path).header("Cache-Control")).as(path).isEqualTo("no-store");
        }
        String letter = text(dashboard.get("/letter?contractor=" + ONE));
        String style = letter.replaceAll("(?s).*href=\"([^\"]+letter.css)\".*", "$1");
        Reply asset =
                dashboard.send(HttpRequest.newBuilder(dashboard.uri(style)).build());
        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.header("Cache-Control")).contains("immutable");
        assertThat(asset.header("Content-Type")).startsWith("text/css");
        Reply description = dashboard.get("/openapi.json");
        assertThat(description.json()).isEqualTo(new Description().root());
    }

    @Test
    void shouldDownloadExactlyWhatIsSelected() throws Exception {
        city();
        stack.write(prefix, Topics.PROJECT_REGISTERED, project("=cmd|' /C calc'!A0", "35.73.02", "@sum", NOW));
        stack.figure(prefix, figure(Level.PROJECT, "=cmd|' /C calc'!A0", 5, 1));
        dashboard.start().awaitReady();

        Reply csv = dashboard.get("/export/groups.csv?level=project&sort=workers&language=id");
        assertThat(csv.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"cakupan-project-2025-07-01.csv\"");
        List<String> lines = text(csv).lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("\ufeffID;Nama;Per tanggal;Kecamatan;");
        assertThat(lines.get(1))
                .startsWith("p1;PROJECT p1;01/07/2025;DISTRICT 35.73.01;" + ONE)
                .contains(";0,2500;");
        assertThat(lines.get(4)).startsWith("'=cmd|").contains(";'@sum;");
        List<String> english = text(dashboard.get("/export/groups.csv?level=project&district=35.73.01&language=en"))
                .lines()
                .toList();
        assertThat(english).hasSize(3);
        assertThat(english.get(1)).startsWith("p1,PROJECT p1,2025-07-01,").contains(",0.2500,");

        Reply formula = dashboard.get("/export/groups.xlsx?level=project&district=35.73.02&sort=workers&language=en");
        try (ReadableWorkbook workbook = new ReadableWorkbook(
                        new ByteArrayInputStream(formula.response().body()));
                Stream<Row> all = workbook.getSheet(1).orElseThrow().openStream()) {
            Row last = all.reduce((one, next) -> next).orElseThrow();
            assertThat(last.getCellText(0)).as("no apostrophe").isEqualTo("=cmd|' /C calc'!A0");
            assertThat(last.getCell(0).getType()).isEqualTo(CellType.STRING);
        }

        Reply xlsx = dashboard.get("/export/groups.xlsx?level=project&district=35.73.01&language=en");
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(xlsx.response().body()))) {
            List<List<Row>> sheets = new ArrayList<>();
            workbook.getSheets().forEach(sheet -> {
                try (Stream<Row> rows = sheet.openStream()) {
                    sheets.add(rows.toList());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(sheets.get(0).stream().map(Row::toString).toList().toString())
                    .contains("Coverage of construction workers", "35.73.01", "2025-07-01", "2025-07-01T02:00:00Z");
            Row first = sheets.get(1).get(1);
            assertThat(first.getCellText(0)).isEqualTo("p1");
            assertThat(first.getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(first.getCellAsDate(2).orElseThrow().toLocalDate()).isEqualTo(LocalDate.of(2025, 7, 1));
            assertThat(first.getCellAsNumber(15).orElseThrow().intValue()).isEqualTo(40);
            assertThat(sheets.get(1)).hasSize(3);
        }
        assertThat(text(dashboard.get("/export/hires.csv?language=en&form=id"))
                        .lines()
                        .toList())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("\ufeffWorker (masked);Hire id;");
        assertThat(text(dashboard.get("/export/timeline.csv?level=city&id=35.73&language=en"))
                        .lines()
                        .toList())
                .hasSize(1 + 3 + 2);
    }

    @Test
    void shouldAuditWhoReadsHiresAndDecisions() throws Exception {
        city();
        dashboard.start().awaitReady();
        List<String> lines = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("audit-lines", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger("audit");
        logger.addAppender(appender);
        logger.setLevel(org.apache.logging.log4j.Level.INFO);
        try (EventStream stream = dashboard.live(ONE, "/hires?project=p3")) {
            soon().until(() -> stream.events("snapshot").size() == 1);
            dashboard.get("/hires?limit=2");
            dashboard.get("/decisions");
            soon().untilAsserted(() -> assertThat(lines)
                    .containsExactlyInAnyOrder(
                            "account=budi action=watch-hires scope=project/p3 count=1",
                            "account=siti action=read-hires scope=all count=2",
                            "account=siti action=read-decisions scope=all count=0"));
        } finally {
            logger.removeAppender(appender);
        }
    }

    @Test
    void shouldSayOfWhichDayDownloadsAndLettersAre() throws Exception {
        city();
        dashboard.close();
        dashboard = new DashboardUnderTest(
                stack.settings(prefix, Map.of()), Clock.fixed(NOW.plus(Duration.ofDays(2)), ZoneOffset.UTC));
        dashboard.start().awaitReady();

        Reply xlsx = dashboard.get("/export/groups.xlsx?level=project&language=en");
        assertThat(xlsx.header("Content-Disposition")).contains("cakupan-project-2025-07-01.xlsx");
        try (ReadableWorkbook workbook = new ReadableWorkbook(
                        new ByteArrayInputStream(xlsx.response().body()));
                Stream<Row> about = workbook.getFirstSheet().openStream()) {
            assertThat(about.map(row -> row.getCellText(0) + "=" + row.getCellText(1)))
                    .contains(
                            "As of=2025-07-01",
                            "State of the figures=STALE: not updated",
                            "Recorded through (UTC)=2025-07-01T01:59:00Z",
                            "Written at (UTC)=2025-07-03T02:00:00Z");
        }
        assertThat(dashboard
                        .get("/export/hires.csv?state=overdue,escalated&reason=unlisted&q=abc")
                        .header("Content-Disposition"))
                .contains("cakupan-hires-overdue-escalated-unlisted-disaring-2025-07-01.csv");
        assertThat(dashboard
                        .get("/export/groups.csv?level=project&state=all&funding=APBD")
                        .header("Content-Disposition"))
                .contains("cakupan-project-apbd-all-2025-07-01.csv");
        assertThat(dashboard.get("/export/hires.csv").header("Content-Disposition"))
                .contains("cakupan-hires-2025-07-01.csv");
        assertThat(dashboard.get("/export/timeline.csv?level=city&id=" + CITY).header("Content-Disposition"))
                .contains("2025-07-01.csv");
        assertThat(text(dashboard.get("/letter?contractor=" + ONE + "&language=en")))
                .contains("3 July 2025", "As of 1 July 2025");
    }

    @Test
    void shouldWriteALetterWithEverythingEscaped() throws Exception {
        city();
        stack.write(
                prefix,
                Topics.PROJECT_REGISTERED,
                ProjectRegistered.newBuilder(project("p1", "35.73.01", ONE, NOW))
                        .setName("<script>alert(1)</script>")
                        .setContractorName("PT \"A\" & <b>")
                        .build());
        stack.figure(
                prefix,
                CoverageFigure.newBuilder(figure(Level.PROJECT, "p1", 5, 1))
                        .setName("<script>alert(1)</script>")
                        .build());
        dashboard.start().awaitReady();
        Reply letter = dashboard.get("/letter?contractor=" + ONE + "&language=en");
        assertThat(letter.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(text(letter))
                .contains("1 July 2025", "<h2>&lt;script&gt;", "k1·…aaaa", "Subject", "<td class=\"id\">hire-a</td>")
                .doesNotContain("<script", "style=", "cccc");
    }
}
