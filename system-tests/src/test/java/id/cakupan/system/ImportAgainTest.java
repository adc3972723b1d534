package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.UncoveredHire;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.oracle.OracleWorld.Counts;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.Point;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Importing tables a second time changes nothing, also after an import that was killed. */
@ExtendWith(Cluster.Shared.class)
class ImportAgainTest {
    private static final int PARTITIONS = 4;
    private static final int SITES = 12;
    private static final int WORKERS = 3_000;
    /** The larger list: some workers of the first files, who start on another site, and many new ones. */
    private static final int LARGE_FROM = 2_900;

    private static final int LARGE_TO = 16_000;
    private static final int SOME = 1_000;
    private static final int FEW = 30;
    private static final Group CITY = new Group(Level.CITY, "35.73");

    /** An import: a profile and its files. */
    private record Import(String profile, List<Path> files) {
        List<String> arguments(Space space, Path keyFile) {
            return space.arguments(
                    "import",
                    Stream.concat(
                                    Stream.of("--profile", profile, "--key-file", keyFile.toString()),
                                    files.stream().map(Path::toString))
                            .toArray(String[]::new));
        }
    }

    /** All that is published, as of a day. */
    private record Published(
            LocalDate day,
            Map<Group, Outcome.Shown> figures,
            Map<Group, List<Point>> timelines,
            Map<String, Outcome.ShownAlert> openAlerts,
            Map<String, UncoveredHire> alerts) {
        static Published of(Space space) {
            LocalDate day = Outcome.today();
            Published published = new Published(
                    day,
                    Looking.awaitFigures(space, space.applicationId()),
                    Outcome.timelines(space),
                    Looking.openAlerts(space),
                    new TreeMap<>(Reader.latest(space.read(Topics.UNCOVERED_HIRES))));
            return day.equals(Outcome.today()) ? published : of(space);
        }

        Counts city() {
            return Objects.requireNonNull(figures.get(CITY), "figure of the city")
                    .counts();
        }
    }

    @Test
    @Timeout(240)
    void shouldChangeNothingWhenFilesAreImportedAgainEvenAfterAKill(Cluster cluster)
            throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "import-again", PARTITIONS);
                Space clean = Space.setUp(cluster, "import-clean", PARTITIONS)) {
            StreamsProcess app = space.start("one");
            Path keyFile = space.folder().resolve("pseudonym.key");
            Commands.succeed(List.of("keys", "create", "--key-file", keyFile.toString()));
            List<Import> files = files(space.folder());
            files.forEach(one -> Commands.succeed(one.arguments(space, keyFile)));

            Published before = Published.of(space);
            assertThat(before.city().workers()).isEqualTo(WORKERS);
            assertThat(before.city().projects()).isEqualTo(SITES);
            assertThat(before.figures()).hasSizeGreaterThan(SITES);
            assertThat(before.openAlerts().size()).isGreaterThan(FEW);
            int timelines = space.read(Topics.COVERAGE_TIMELINE).size();
            int alerts = space.read(Topics.UNCOVERED_HIRES).size();

            files.forEach(one -> Commands.succeed(one.arguments(space, keyFile)));
            Published again = Published.of(space);
            Outcome.assertSame("timelines", again.timelines(), before.timelines());
            assertThat(space.read(Topics.COVERAGE_TIMELINE)).hasSize(timelines);
            if (again.day().equals(before.day())) {
                Outcome.assertSame("figures", again.figures(), before.figures());
                Outcome.assertSame("alerts", again.alerts(), before.alerts());
                assertThat(space.read(Topics.UNCOVERED_HIRES)).hasSize(alerts);
            }

            Import large = large(space.folder());
            killInTheMiddle(large.arguments(space, keyFile), space);
            try (StreamsProcess whole = StreamsProcess.start(
                    large.arguments(space, keyFile), space.folder().resolve("import.log"))) {
                assertThat(whole.awaitExit(Duration.ofSeconds(60)))
                        .as(whole.log())
                        .isZero();
            }
            Published mended = Published.of(space);
            assertThat(mended.city().workers()).isEqualTo(LARGE_TO);
            app.stop();

            files.forEach(one -> Commands.succeed(one.arguments(clean, keyFile)));
            Commands.succeed(large.arguments(clean, keyFile));
            clean.start("one");
            Published expected = Published.of(clean);
            Outcome.assertSame("timelines", mended.timelines(), expected.timelines());
            if (mended.day().equals(expected.day())) {
                Outcome.assertSame("figures", mended.figures(), expected.figures());
                Outcome.assertSame("open alerts", mended.openAlerts(), expected.openAlerts());
            }
        }
    }

    /** A city's sites and workers in tables of several kinds. */
    private static List<Import> files(Path folder) throws IOException {
        LocalDate today = Outcome.today();
        Instant recordedAt = Instant.now().minus(Duration.ofHours(2));
        Path projects = Sheets.csv(folder.resolve("proyek.csv"), Site.projects(SITES, today), recordedAt);
        Path insured = Sheets.xlsx(folder.resolve("lunas.xlsx"), Site.insured(SITES, today), recordedAt);
        int half = WORKERS / 2;
        Path csv = Sheets.csv(folder.resolve("daftar.csv"), Site.workers(0, half, SITES, today), recordedAt);
        Path xlsx = Sheets.xlsx(folder.resolve("daftar.xlsx"), Site.workers(half, WORKERS, SITES, today), recordedAt);
        return List.of(
                new Import("project-registered", List.of(projects)),
                new Import("insured-projects", List.of(insured)),
                new Import("jakon-workers", List.of(csv, xlsx)));
    }

    private static Import large(Path folder) throws IOException {
        List<List<String>> rows = new ArrayList<>(Site.workers(LARGE_FROM, LARGE_TO, SITES - 1, Outcome.today()));
        Path file = Sheets.csv(folder.resolve("besar.csv"), rows, Instant.now().minus(Duration.ofHours(1)));
        return new Import("jakon-workers", List.of(file));
    }

    /** Runs an import and ends it as kill -9 does, when some of its events have arrived, but not all. */
    private static void killInTheMiddle(List<String> arguments, Space space) throws IOException, InterruptedException {
        try (StreamsProcess process =
                        StreamsProcess.start(arguments, space.folder().resolve("killed.log"));
                Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        space.cluster().bootstrap()))) {
            long before = count(admin, space, Topics.WORKER_ENROLLED);
            await("some events")
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> count(admin, space, Topics.WORKER_ENROLLED) >= before + SOME);
            process.kill();
            assertThat(count(admin, space, Topics.WORKER_ENROLLED) - before)
                    .as("events that arrived before the kill: %s", process.log())
                    .isBetween((long) SOME, LARGE_TO - LARGE_FROM - 1L);
        }
    }

    /** Records in a topic, from the offsets at which it ends. */
    private static long count(Admin admin, Space space, Topic<?> topic) {
        Map<TopicPartition, OffsetSpec> ends = new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(space.topic(topic), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().toCompletionStage().toCompletableFuture().join().values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }
}
