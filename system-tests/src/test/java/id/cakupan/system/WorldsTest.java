package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.CoverageFigure;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.RandomWorlds;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random worlds end in the oracle's figures, timelines and alerts, whatever happens to the processes. */
@ExtendWith(Cluster.Shared.class)
class WorldsTest {
    private static final int EVENTS = 20_000;
    private static final int CORRECTIONS = 5_000;
    private static final int LATE = 2_000;
    private static final int SLICES = 8;

    /** Days around which the worlds have holidays, so that working days are not only about weekends. */
    private static final OracleOptions OPTIONS = OracleOptions.defaults().withHolidays(RandomWorlds.holidays(7));

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void shouldAgreeWithTheOracleAfterShufflesKillsAndReplay(int partitions, Cluster cluster)
            throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "worlds" + partitions, partitions)) {
            String[] flags = {"--holidays", holidays(space)};
            List<OracleEvent> events = world(2L * partitions, EVENTS);
            StreamsProcess one = space.start("one", flags);
            StreamsProcess two = space.start("two", flags);
            space.send(events);
            assertAgreement(space, space.applicationId(), new Expected(events, OPTIONS));

            // A second world about the same ids is full of corrections to the first. It flows while processes die.
            List<OracleEvent> more = world(2L * partitions + 1, CORRECTIONS);
            List<OracleEvent> all = new ArrayList<>(events);
            all.addAll(more);
            int slice = more.size() / SLICES + 1;
            for (int i = 0; i < SLICES; i++) {
                space.send(more.subList(i * slice, Math.min(more.size(), (i + 1) * slice)));
                if (i == 1) {
                    one.kill();
                } else if (i == 3) {
                    one = space.start("one", flags);
                } else if (i == 5) {
                    two.kill();
                    two = space.start("two", flags);
                }
            }
            Expected expected = new Expected(all, OPTIONS);
            assertAgreement(space, space.applicationId(), expected);
            assertThat(one.isAlive()).isTrue();
            assertThat(two.isAlive()).isTrue();

            assertThat(one.stop()).isLessThan(Duration.ofSeconds(10));
            assertThat(two.stop()).isLessThan(Duration.ofSeconds(10));
            // What comes while no app runs, the next one has to find out about, alerts that are open included.
            List<OracleEvent> late = world(2L * partitions + 40, LATE);
            space.send(late);
            all.addAll(late);
            Expected atLast = new Expected(all, OPTIONS);
            List<Reader.Entry<CoverageFigure>> before = space.readFigures();
            String replay = space.applicationId() + "-again";
            space.startAs(replay, "three", flags);
            space.startAs(replay, "four", flags);
            assertAgreement(space, replay, atLast);
            assertThat(Reader.after(space.readFigures(), before))
                    .as("groups published again by the replay")
                    .extracting(entry -> Outcome.group(entry.value()))
                    .containsAll(atLast.oracle().groups());

            assertThat(Invariants.assertHeldByAll(space)).isGreaterThan(500);
            assertThat(Reader.raw(cluster, space.prefix() + Topics.DEAD_LETTERS))
                    .isEmpty();
        }
    }

    /** Every event in random order, every tenth more than once. */
    private static List<OracleEvent> world(long seed, int size) {
        List<OracleEvent> events =
                RandomWorlds.events(seed, new RandomWorlds.Size(size, EVENTS / 330, EVENTS / 660, true));
        assertThat(events).hasSizeGreaterThan(size);
        return events;
    }

    private static String holidays(Space space) throws IOException {
        return Files.write(
                        space.folder().resolve("holidays.txt"),
                        OPTIONS.holidays().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList())
                .toString();
    }

    private static void assertAgreement(Space space, String applicationId, Expected expected) {
        Map<Group, Outcome.Shown> figures = Looking.awaitFigures(space, applicationId);
        Outcome.onOneDay(today -> {
            Outcome.assertEqual(space, expected, today);
            Outcome.assertSame("alerts as shown", Looking.openAlerts(space), expected.alerts(today));
        });
        LocalDate asOf = figures.values().iterator().next().asOf();
        Outcome.assertSame("figures as shown", figures, expected.figures(figures.keySet(), asOf));
    }
}
