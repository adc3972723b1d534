package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.Notification;
import cakupan.records.NotificationKind;
import cakupan.records.NotificationStatus;
import cakupan.records.NotifiedAlert;
import cakupan.records.UncoveredHire;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned, without Kafka and receivers: everything planned counts as sent at once unless a test says otherwise. */
class PlannerTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final Instant NOON = Instant.parse("2025-07-10T05:00:00Z");

    private static final String ROUTES = """
            version: 1
            receivers:
              - name: officer
                email: {to: [officer@example.org]}
              - name: arba
                contractor: npwp:0317037091445000
                email: {to: [owner@arba.example]}
              - name: hr
                most-per-hour: 100
                webhook: {url: "http://127.0.0.1:1/hook", secret-file: secret}
              - name: watch
                alertmanager: {url: "http://127.0.0.1:1"}
            routes:
              - {name: watched, receivers: [watch], match: {districts: ["35.73.03"]}, window: PT0S}
              - {name: city, receivers: [officer], digest: "07:00", escalation: PT15M}
              - {name: own, receivers: contractors, digest: "07:00", escalation: PT15M}
              - {name: system, receivers: [hr], match: {states: [OVERDUE, ESCALATED]}, window: PT30S}
            """;

    @TempDir
    Path folder;

    private final World world =
            new World(new AvroSerdes(RegistryClients.create("http://127.0.0.1:1"), Duration.ZERO), "");
    private final Ledger ledger = new Ledger();
    private final SourceTimes sources = new SourceTimes();
    private Planner planner;
    private boolean sends = true;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        planner = new Planner(RoutesFile.parse(ROUTES, folder), JAKARTA);
    }

    private void put(UncoveredHire... hires) {
        for (UncoveredHire hire : hires) {
            world.take(Topics.UNCOVERED_HIRES, Topics.UNCOVERED_HIRES.key().apply(hire), hire);
        }
    }

    private void put(AlertDecision decision) {
        world.take(Topics.ALERT_DECISIONS, decision.getDecisionId(), decision);
    }

    /** Plans, takes the plans over and, unless told otherwise, sends them. */
    private List<Notification> plan(Instant now) {
        List<Notification> plans = planner.plan(world, ledger, sources, now, n -> false);
        plans.forEach(ledger::apply);
        if (sends) {
            plans.forEach(this::sent);
        }
        return plans.stream().filter(plan -> !isNothing(plan)).toList();
    }

    /** The record that nothing was to be told in a digest. */
    private static boolean isNothing(Notification plan) {
        return plan.getStatus() == NotificationStatus.SUPERSEDED
                && plan.getAlerts().isEmpty();
    }

    private void sent(Notification notification) {
        if (notification.getStatus() == NotificationStatus.PLANNED) {
            ledger.apply(Notification.newBuilder(notification)
                    .setStatus(NotificationStatus.SENT)
                    .build());
        }
    }

    private static Predicate<Notification> to(String receiver) {
        return notification -> notification.getReceiver().equals(receiver);
    }

    private static List<AlertState> states(Notification notification) {
        return notification.getAlerts().stream().map(NotifiedAlert::getState).toList();
    }

    @Test
    void shouldNotFloodAnybodyOnTheFirstStart() {
        for (int i = 0; i < 5_000; i++) {
            put(Samples.hire("h-" + i, Routing.openStates().get(i % 3)));
        }
        List<Notification> all = new ArrayList<>(plan(NOON));
        for (int minute = 1; minute < 60 * 18; minute += minute < 60 ? 1 : 15) {
            all.addAll(plan(NOON.plus(Duration.ofMinutes(minute))));
        }
        assertThat(all.stream().filter(to("officer"))).hasSize(1).allSatisfy(digest -> {
            assertThat(digest.getKind()).isEqualTo(NotificationKind.DIGEST);
            assertThat(digest.getTotal()).isEqualTo(5_000);
            assertThat(states(digest).get(0)).isEqualTo(AlertState.ESCALATED);
        });
        assertThat(all.stream().filter(to("arba"))).hasSize(1);
        assertThat(all.stream().filter(to("hr")))
                .hasSize(17)
                .allMatch(message -> message.getAlerts().size() <= Planner.MOST_IN_MESSAGE);
    }

    @Test
    void shouldPlanTheSameAfterARestart() {
        put(Samples.hire("a-1", AlertState.ESCALATED), Samples.hire("a-2", AlertState.OVERDUE));
        List<Notification> plans = new ArrayList<>(plan(NOON));
        plans.addAll(plan(NOON.plusSeconds(40)));
        assertThat(plans).hasSize(3);

        Ledger again = new Ledger();
        List<Notification> newestFirst = new ArrayList<>(plans);
        java.util.Collections.reverse(newestFirst);
        newestFirst.forEach(plan -> again.applyPast(
                Notification.newBuilder(plan).setStatus(NotificationStatus.SENT).build()));
        Planner restarted = new Planner(routing(), JAKARTA);
        assertThat(restarted.plan(world, again, sources, NOON.plusSeconds(60), n -> false))
                .isEmpty();
        assertThat(restarted.plan(world, again, sources, NOON.plusSeconds(3_600), n -> false))
                .isEmpty();
    }

    private Routing routing() {
        try {
            return RoutesFile.parse(ROUTES, folder);
        } catch (RoutesFile.RoutesException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldGatherEscalationsAndTellEachOnce() {
        UncoveredHire one = Samples.hire("a-1", AlertState.OVERDUE);
        UncoveredHire two = Samples.hire("a-2", AlertState.OVERDUE);
        put(one, two);
        plan(NOON);
        put(Samples.in(one, AlertState.ESCALATED));
        assertThat(plan(NOON.plusSeconds(60)).stream().filter(to("officer"))).isEmpty();
        put(Samples.in(two, AlertState.ESCALATED));
        assertThat(plan(NOON.plusSeconds(600)).stream().filter(to("officer"))).isEmpty();
        List<Notification> mails = plan(NOON.plusSeconds(60 + 900)).stream()
                .filter(n -> !n.getReceiver().equals("hr"))
                .toList();
        assertThat(mails)
                .extracting(Notification::getReceiver, Notification::getKind, Notification::getTotal)
                .containsExactly(
                        tuple("officer", NotificationKind.ESCALATION, 2),
                        tuple("arba", NotificationKind.ESCALATION, 2));

        // It flaps: resolved by an error, and back.
        put(Samples.resolved(one));
        plan(NOON.plusSeconds(1_000));
        put(Samples.in(one, AlertState.ESCALATED));
        for (int i = 0; i < 10; i++) {
            assertThat(plan(NOON.plusSeconds(1_100 + i * 600)).stream().filter(to("officer")))
                    .isEmpty();
        }
        List<Notification> digests = plan(Instant.parse("2025-07-11T00:00:00Z"));
        assertThat(digests.stream().filter(to("officer")))
                .singleElement()
                .satisfies(digest -> assertThat(digest.getAlerts())
                        .extracting(NotifiedAlert::getAlertKey)
                        .doesNotHaveDuplicates()
                        .hasSize(2));
    }

    @Test
    void shouldHoldBackWhatIsSilencedUntilItExpiresOrIsEnded() {
        UncoveredHire hire = Samples.hire("a-1", AlertState.ESCALATED);
        put(hire);
        AlertDecision silence =
                Samples.decision(DecisionKind.SILENCED, "d-1", "2025-07-10T04:00:00Z", "2025-07-12T17:00:00Z");
        silence.setAlertKey(Topics.UNCOVERED_HIRES.key().apply(hire));
        put(silence);
        for (int hours = 0; hours < 48; hours++) {
            assertThat(plan(NOON.plus(Duration.ofHours(hours)))).isEmpty();
        }
        Instant expired = Instant.parse("2025-07-12T17:00:00Z");
        plan(expired);
        assertThat(plan(expired.plusSeconds(30)))
                .extracting(Notification::getReceiver)
                .containsExactly("hr");
        assertThat(plan(Instant.parse("2025-07-13T00:00:00Z")))
                .extracting(Notification::getReceiver)
                .containsExactly("officer", "arba");
        expired = Instant.parse("2025-07-13T00:00:00Z");

        put(Samples.hire("a-2", AlertState.OVERDUE));
        silence.setAlertKey(null);
        silence.setProjectId(Samples.MARKET);
        silence.setDistrictCode(Samples.KLOJEN);
        silence.setExpiresAt(expired.plus(Duration.ofDays(9)));
        put(silence);
        plan(expired.plusSeconds(1_000));
        assertThat(plan(expired.plusSeconds(1_040))).as("another district").hasSize(1);

        put(Samples.hire("a-3", AlertState.OVERDUE));
        silence.setDistrictCode(Samples.BLIMBING);
        put(silence);
        plan(expired.plusSeconds(1_100));
        assertThat(plan(expired.plusSeconds(1_200))).isEmpty();
        silence.setEndedAt(expired.plusSeconds(1_300));
        put(silence);
        plan(expired.plusSeconds(1_300));
        assertThat(plan(expired.plusSeconds(1_340))).hasSize(1);
    }

    @Test
    void shouldRemindNobodyOfWhatIsAcknowledgedAndStillListIt() {
        UncoveredHire known = Samples.hire("a-1", AlertState.OVERDUE);
        put(known);
        plan(NOON);
        plan(NOON.plusSeconds(40));
        AlertDecision acknowledged =
                Samples.decision(DecisionKind.ACKNOWLEDGED, "d-1", "2025-07-10T04:00:00Z", "2025-07-20T17:00:00Z");
        acknowledged.setContractorId(Samples.ARBA);
        put(acknowledged);
        put(Samples.in(known, AlertState.ESCALATED));
        Instant nextDay = Instant.parse("2025-07-11T00:00:00Z");
        assertThat(plan(nextDay)).as("all that there is, is acknowledged").isEmpty();
        assertThat(plan(nextDay.plusSeconds(1_800))).isEmpty();

        put(Samples.hire("b-1", AlertState.OVERDUE, Samples.BUMI, Samples.SCHOOL, Samples.KLOJEN));
        List<Notification> later = plan(Instant.parse("2025-07-12T00:00:00Z"));
        assertThat(later.stream().filter(to("officer")))
                .singleElement()
                .satisfies(digest -> assertThat(digest.getTotal()).isEqualTo(2));

        put(Samples.resolved(known));
        List<Notification> ends = new ArrayList<>(plan(Instant.parse("2025-07-12T00:01:00Z")));
        ends.addAll(plan(Instant.parse("2025-07-12T00:02:00Z")));
        assertThat(ends.stream()
                        .filter(to("hr"))
                        .flatMap(n -> n.getAlerts().stream())
                        .map(NotifiedAlert::getState))
                .as("its end is told")
                .contains(AlertState.RESOLVED);
    }

    @Test
    void shouldTellSystemsTheSumOfWhatChanged() {
        UncoveredHire flapping = Samples.hire("a-1", AlertState.OVERDUE);
        put(flapping);
        plan(NOON);
        put(Samples.resolved(flapping));
        plan(NOON.plusSeconds(10));
        put(flapping);
        assertThat(plan(NOON.plusSeconds(20)).stream().filter(to("hr"))).isEmpty();
        assertThat(plan(NOON.plusSeconds(60)).stream().filter(to("hr")))
                .singleElement()
                .satisfies(n -> assertThat(states(n)).containsExactly(AlertState.OVERDUE));
        put(Samples.resolved(flapping));
        plan(NOON.plusSeconds(70));
        put(flapping);
        assertThat(plan(NOON.plusSeconds(80))).isEmpty();
        assertThat(plan(NOON.plusSeconds(200))).as("nothing has changed").isEmpty();

        put(Samples.in(flapping, AlertState.DUE_SOON));
        plan(NOON.plusSeconds(210));
        assertThat(plan(NOON.plusSeconds(250)))
                .as("a state that the route does not take ends it")
                .singleElement()
                .satisfies(n -> assertThat(states(n)).containsExactly(AlertState.RESOLVED));
    }

    @Test
    void shouldBeginNoMoreThanTheReceiverTakesInAnHour() {
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            put(Samples.hire("a-" + i, AlertState.OVERDUE));
            all.addAll(plan(NOON.plusSeconds(i * 10L)));
            all.addAll(plan(NOON.plusSeconds(i * 10L + 5)));
        }
        // Nothing more than 12 mails of escalations either.
        for (int i = 0; i < 60; i++) {
            put(Samples.hire("e-" + i, AlertState.ESCALATED));
            all.addAll(plan(NOON.plusSeconds(2_000 + i * 20L)));
        }
        assertThat(all.stream().filter(to("hr")).count()).isBetween(10L, 100L);
        assertThat(all.stream().filter(to("officer")).count()).isLessThanOrEqualTo(12);
        assertThat(all.stream()
                        .filter(to("hr"))
                        .flatMap(n -> n.getAlerts().stream())
                        .map(NotifiedAlert::getAlertKey))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldSupersedeADigestThatStillWaits() {
        put(Samples.hire("a-1", AlertState.OVERDUE));
        sends = false;
        plan(NOON);
        List<Notification> next = plan(Instant.parse("2025-07-11T00:00:00Z"));
        assertThat(next.stream().filter(to("officer")))
                .extracting(Notification::getNotificationId, Notification::getStatus)
                .containsExactly(
                        tuple("digest/officer/2025-07-10/07:00", NotificationStatus.SUPERSEDED),
                        tuple("digest/officer/2025-07-11/07:00", NotificationStatus.PLANNED));
        assertThat(ledger.openOf("officer")).hasSize(1);
    }

    @Test
    void shouldShowAContractorOnlyItsOwnAlsoWhenAHireMoves() {
        UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE);
        put(hire, Samples.hire("b-1", AlertState.OVERDUE, Samples.BUMI, Samples.SCHOOL, Samples.KLOJEN));
        assertThat(plan(NOON).stream().filter(to("arba")))
                .singleElement()
                .satisfies(n -> assertThat(n.getAlerts())
                        .extracting(NotifiedAlert::getAlertKey)
                        .containsExactly(Topics.UNCOVERED_HIRES.key().apply(hire)));
        put(UncoveredHire.newBuilder(hire).setContractorId(Samples.BUMI).build());
        assertThat(plan(Instant.parse("2025-07-11T00:00:00Z")).stream().filter(to("arba")))
                .isEmpty();
    }

    @Test
    void shouldEndAtAlertmanagerWhatIsDecidedAndFireAgainAfterwards() {
        UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE, Samples.ARBA, Samples.MARKET, "35.73.03");
        put(hire);
        assertThat(watched(NOON)).containsExactly(AlertState.OVERDUE);
        for (DecisionKind kind : List.of(DecisionKind.ACKNOWLEDGED, DecisionKind.SILENCED)) {
            AlertDecision decision =
                    Samples.decision(kind, "d-" + kind, "2025-07-10T04:00:00Z", "2025-07-20T17:00:00Z");
            decision.setProjectId(Samples.MARKET);
            put(decision);
            assertThat(watched(NOON.plusSeconds(10))).containsExactly(AlertState.RESOLVED);
            assertThat(watched(NOON.plusSeconds(20))).isEmpty();
            decision.setEndedAt(NOON.plusSeconds(30));
            put(decision);
            assertThat(watched(NOON.plusSeconds(30))).containsExactly(AlertState.OVERDUE);
        }
        put(UncoveredHire.newBuilder(hire).setDistrictCode(Samples.KLOJEN).build());
        assertThat(watched(NOON.plusSeconds(40))).as("no longer of the route").containsExactly(AlertState.RESOLVED);
    }

    private List<AlertState> watched(Instant now) {
        return plan(now).stream()
                .filter(to("watch"))
                .flatMap(notification -> states(notification).stream())
                .toList();
    }

    @Test
    void shouldPlanForManyContractorsQuickly() throws Exception {
        StringBuilder file = new StringBuilder("version: 1\nreceivers:\n");
        for (int i = 0; i < 500; i++) {
            file.append("  - {name: c-")
                    .append(i)
                    .append(", contractor: \"npp:")
                    .append(i)
                    .append("\", email: {to: [x@example.org]}}\n");
        }
        file.append("  - {name: officer, email: {to: [x@example.org]}}\nroutes:\n")
                .append("  - {name: own, receivers: contractors, digest: \"07:00\", escalation: PT1H}\n")
                .append("  - {name: city, receivers: [officer], digest: \"07:00\", escalation: PT1H}\n");
        planner = new Planner(RoutesFile.parse(file.toString(), folder), JAKARTA);
        for (int i = 0; i < 20_000; i++) {
            put(Samples.hire("h-" + i, AlertState.OVERDUE, "npp:" + i % 500, Samples.MARKET, Samples.BLIMBING));
        }
        assertThat(plan(NOON)).hasSize(501).allMatch(n -> n.getAlerts().size() <= Planner.MOST_IN_MAIL);
        long start = System.nanoTime();
        assertThat(plan(NOON.plusSeconds(10))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private void end(Notification notification, NotificationStatus status) {
        ledger.apply(Notification.newBuilder(notification).setStatus(status).build());
    }

    private Notification toHr(Instant now) {
        List<Notification> plans = plan(now).stream().filter(to("hr")).toList();
        assertThat(plans).hasSize(1);
        return plans.get(0);
    }

    private static List<String> hires(Notification notification) {
        return notification.getAlerts().stream()
                .map(alert -> alert.getAlertKey() + " " + alert.getState())
                .toList();
    }

    @Test
    void shouldTellAgainWhatWasRefusedWhenTheReceiverTakesSomething() {
        UncoveredHire one = Samples.hire("h-1", AlertState.OVERDUE);
        UncoveredHire two = Samples.hire("h-2", AlertState.OVERDUE);
        put(one);
        plan(NOON);
        plan(NOON.plusSeconds(31));
        sends = false;
        put(Samples.resolved(one), two);
        plan(NOON.plusSeconds(60));
        Notification refused = toHr(NOON.plusSeconds(100));
        assertThat(refused.getAlerts()).hasSize(2);
        end(refused, NotificationStatus.GIVEN_UP);
        plan(NOON.plusSeconds(200));
        assertThat(plan(NOON.plusSeconds(300)).stream().filter(to("hr")))
                .as("not at once, for it would be refused again")
                .isEmpty();

        put(Samples.hire("h-3", AlertState.OVERDUE));
        plan(NOON.plusSeconds(400));
        Notification taken = toHr(NOON.plusSeconds(500));
        end(taken, NotificationStatus.SENT);
        plan(NOON.plusSeconds(600));
        Notification again = toHr(NOON.plusSeconds(700));
        assertThat(hires(again)).as("also the end").isEqualTo(hires(refused));
        end(again, NotificationStatus.SENT);
        plan(NOON.plusSeconds(800));
        assertThat(plan(NOON.plusSeconds(900)).stream().filter(to("hr"))).isEmpty();
    }

    @Test
    void shouldKnowWhichAlertsReachNobody() throws Exception {
        Predicate<Alert> reached = RoutesFile.parse("""
                version: 1
                receivers:
                  - {name: city, email: {to: [city@example.org]}}
                  - {name: arba, contractor: "npwp:0317037091445000", email: {to: [owner@arba.example]}}
                routes:
                  - {name: klojen, receivers: [city], match: {districts: ["35.73.02", UNASSIGNED]}, digest: "07:00"}
                  - {name: own, receivers: contractors, digest: "07:00"}
                """, folder).reachesSomebody();
        UncoveredHire hire = Samples.hire("b-1", AlertState.OVERDUE, Samples.BUMI, Samples.SCHOOL, Samples.BLIMBING);
        assertThat(reached.test(Alert.of(hire))).isFalse();
        assertThat(reached.test(Alert.of(Samples.hire("a-1", AlertState.OVERDUE))))
                .isTrue();
        assertThat(reached.test(Alert.of(UncoveredHire.newBuilder(hire)
                        .setDistrictCode(Samples.KLOJEN)
                        .build())))
                .isTrue();
        assertThat(reached.test(Alert.of(
                        UncoveredHire.newBuilder(hire).setDistrictCode(null).build())))
                .isTrue();
    }

    @Test
    void shouldSendNoDigestOutsideItsTimeAfterARestart() {
        Instant morning = Instant.parse("2025-07-10T00:00:00Z");
        assertThat(plan(morning)).isEmpty();
        put(Samples.hire("a-1", AlertState.DUE_SOON));
        planner = new Planner(routing(), JAKARTA);
        assertThat(plan(morning.plus(Duration.ofHours(5))).stream().filter(to("officer")))
                .isEmpty();
        assertThat(plan(morning.plus(Duration.ofDays(1))).stream().filter(to("officer")))
                .hasSize(1);
    }

    @Test
    void shouldMailNobodyAtNightWhatTheMorningsDigestTells() {
        UncoveredHire hire = Samples.hire("a-1", AlertState.OVERDUE);
        put(hire);
        plan(NOON);
        Instant midnight = Instant.parse("2025-07-10T17:00:00Z");
        put(Samples.in(hire, AlertState.ESCALATED));
        List<Notification> mails = new ArrayList<>();
        for (int minutes = 0; minutes < 10 * 60; minutes += 15) {
            mails.addAll(plan(midnight.plus(Duration.ofMinutes(minutes))));
        }
        assertThat(mails.stream().filter(to("officer")))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getKind()).isEqualTo(NotificationKind.DIGEST));
    }
}
