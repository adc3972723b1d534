package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.CoverageFigure;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topics;
import id.cakupan.streams.CoverageTopology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers keep one identity while the keys that their ids are made with are rotated. */
@ExtendWith(Cluster.Shared.class)
class RotationTest {
    private static final int PARTITIONS = 4;
    private static final RandomWorlds.Size WORLD = new RandomWorlds.Size(800, 10, 5, true);
    private static final RandomWorlds.Size NEWS = new RandomWorlds.Size(250, 10, 5, true);
    private static final long LATER_MICROS = TimeUnit.MINUTES.toMicros(1);

    @Test
    @Timeout(180)
    void shouldKeepEveryFigureWhileKeysAreRotated(Cluster cluster) throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "rotation", PARTITIONS)) {
            StreamsProcess one = space.start("one");
            List<OracleEvent> all = new ArrayList<>(RandomWorlds.events(1, WORLD));
            space.send(all);
            assertAgreement(space, space.applicationId(), all);

            List<Reader.Entry<CoverageFigure>> before = space.readFigures();
            int timelines = space.read(Topics.COVERAGE_TIMELINE).size();
            List<OracleEvent> again = sentAgain(all);
            space.send(again.subList(0, again.size() / 2));
            one.kill();
            one = space.start("one");
            space.send(again.subList(again.size() / 2, again.size()));
            all.addAll(again);
            assertAgreement(space, space.applicationId(), all);
            assertNoCountChanged(before, Reader.after(space.readFigures(), before));
            assertThat(space.read(Topics.COVERAGE_TIMELINE)).hasSize(timelines);

            // Corrections, and workers who are new, while both keys are valid; then while only the new one is.
            add(
                    space,
                    all,
                    told(RandomWorlds.events(2, NEWS), "k2", "k1"),
                    told(RandomWorlds.events(3, NEWS), "k2", null));
            // The next rotation, and its end.
            add(
                    space,
                    all,
                    told(RandomWorlds.events(4, NEWS), "k3", "k2"),
                    told(RandomWorlds.events(5, NEWS), "k3", null));

            one.stop();
            assertThat(cleanup(cluster, CoverageTopology.relocatedTopic(space.applicationId())))
                    .isEqualTo("delete");
            String replay = space.applicationId() + "-again";
            space.startAs(replay, "two");
            assertAgreement(space, replay, all);
            assertThat(Invariants.assertHeldByAll(space)).isGreaterThan(100);
            assertThat(Reader.raw(cluster, space.prefix() + Topics.DEAD_LETTERS))
                    .isEmpty();
        }
    }

    private static void add(Space space, List<OracleEvent> all, List<OracleEvent> events, List<OracleEvent> more)
            throws IOException {
        space.send(events);
        space.send(more);
        all.addAll(events);
        all.addAll(more);
        assertAgreement(space, space.applicationId(), all);
    }

    private static void assertAgreement(Space space, String applicationId, List<OracleEvent> events) {
        Expected expected = new Expected(events);
        Looking.awaitFigures(space, applicationId);
        Outcome.onOneDay(today -> {
            Outcome.assertEqual(space, expected, today);
            Outcome.assertSame("alerts as shown", Looking.openAlerts(space), expected.alerts(today));
        });
    }

    /** Compaction of a topic in which several records of a key wait would lose facts. */
    private static String cleanup(Cluster cluster, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrap()))) {
            return Objects.requireNonNull(
                            admin.describeConfigs(List.of(resource)).values().get(resource))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
        }
    }

    /** Events about workers under the id of a key. */
    private static List<OracleEvent> told(List<OracleEvent> events, String key, @Nullable String former) {
        return events.stream()
                .map(event -> event.fact() instanceof WorkerFact
                        ? event.under(renamed(event.key(), key), former == null ? null : renamed(event.key(), former))
                        : event)
                .toList();
    }

    private static String renamed(String workerId, String key) {
        return key + workerId.substring(workerId.indexOf('.'));
    }

    /**
     * All that was said of workers, under their new ids: what was valid of it as if it had been recorded anew, and all of
     * it as it was.
     */
    private static List<OracleEvent> sentAgain(List<OracleEvent> events) {
        Map<List<String>, OracleEvent> valid = new HashMap<>();
        List<OracleEvent> again = new ArrayList<>();
        for (OracleEvent event : events) {
            if (event.fact() instanceof WorkerFact fact) {
                again.add(event);
                valid.merge(
                        List.of(event.key(), fact.kind().name(), fact.id()),
                        event,
                        (a, b) -> a.fact().stamp().compareTo(b.fact().stamp()) > 0 ? a : b);
            }
        }
        valid.values().forEach(event -> again.add(new OracleEvent(event.key(), later(event.fact()), null)));
        return told(RandomWorlds.shuffled(9, again), "k2", "k1");
    }

    private static Fact later(Fact fact) {
        Stamp stamp =
                new Stamp(fact.stamp().recordedAt() + LATER_MICROS, fact.stamp().eventId() + "-again");
        if (fact instanceof Hire f) {
            return new Hire(f.id(), f.projectId(), f.contractorId(), f.startsOn(), f.endsOn(), stamp);
        } else if (fact instanceof Release f) {
            return new Release(f.id(), f.endedOn(), f.voided(), stamp);
        } else if (fact instanceof Enrolment f) {
            return new Enrolment(
                    f.id(),
                    f.segment(),
                    f.projectId(),
                    f.contractorId(),
                    f.programmes(),
                    f.effectiveFrom(),
                    f.effectiveTo(),
                    stamp);
        }
        EnrolmentEnd f = (EnrolmentEnd) fact;
        return new EnrolmentEnd(f.id(), f.endedOn(), f.voided(), stamp);
    }

    /** No figure that was published since says of a group on a day what was not said before. */
    private static void assertNoCountChanged(
            List<Reader.Entry<CoverageFigure>> before, List<Reader.Entry<CoverageFigure>> since) {
        Map<Group, Outcome.Shown> said = new HashMap<>();
        before.forEach(entry -> said.put(Outcome.group(entry.value()), Outcome.shown(entry.value())));
        assertThat(since).as("figures with a later recording").isNotEmpty();
        for (Reader.Entry<CoverageFigure> entry : since) {
            Outcome.Shown shown = Outcome.shown(entry.value());
            Outcome.Shown last = said.get(Outcome.group(entry.value()));
            assertThat(last).as("said before of %s", entry.key()).isNotNull();
            if (shown.asOf().equals(last.asOf())) {
                assertThat(shown.counts()).as("%s", entry).isEqualTo(last.counts());
                assertThat(shown.workerDays30()).as("%s", entry).isEqualTo(last.workerDays30());
                assertThat(shown.coveredWorkerDays30()).as("%s", entry).isEqualTo(last.coveredWorkerDays30());
            }
        }
    }
}
