package id.cakupan.dashboard;

import static id.cakupan.dashboard.board.Records.alert;
import static id.cakupan.dashboard.board.Records.figure;
import static id.cakupan.dashboard.board.Records.point;
import static id.cakupan.dashboard.board.Records.progress;
import static id.cakupan.dashboard.board.Records.project;
import static id.cakupan.dashboard.board.Records.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import cakupan.records.TimelinePoint;
import cakupan.records.UncoveredHire;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a process of its own, with many groups, many readers and many changes. It prints what it measured. */
class DashboardLoadTest {
    private static final int SECONDS = Integer.getInteger("cakupan.load.seconds", 12);
    private static final int WARM_SECONDS = 6;
    private static final int CHANGES_A_SECOND = 200;
    private static final int READERS = 50;
    private static final int GROUPS = Integer.getInteger("cakupan.load.groups", 100_000);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SOON_OF_TWO_CORES = Duration.ofSeconds(8);
    private static final long MOST_MEMORY = 512L << 20;
    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Jakarta"));
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static DashboardStack stack;

    @TempDir
    private Path folder;

    private final List<Future<?>> sent = new ArrayList<>();

    @BeforeAll
    static void startStack() {
        stack = new DashboardStack();
    }

    @AfterAll
    static void stopStack() throws Exception {
        stack.close();
    }

    private <V extends SpecificRecord> void send(String prefix, Topic<V> topic, V value) throws Exception {
        sent.add(stack.send(prefix, topic, value));
        if (sent.size() >= 10_000) {
            settle();
        }
    }

    private void settle() throws Exception {
        stack.flush();
        for (Future<?> future : sent) {
            future.get(30, TimeUnit.SECONDS);
        }
        sent.clear();
    }

    private void change(String prefix, Level level, String id, long workers) throws Exception {
        CoverageFigure value = figure(level, id, today, workers, workers / 3);
        value.setUpdatedAt(Instant.now());
        send(prefix, Objects.requireNonNull(Topics.COVERAGE_BY.get(level)), value);
    }

    /** Figures, master data and timelines of as many groups, nine in ten of them projects. */
    private void groups(String prefix, int count, int points) throws Exception {
        TimelinePoint[] steps = new TimelinePoint[points];
        for (int i = 0; i < points; i++) {
            steps[i] = point(today.minusDays(100 - 3L * i), 40 + i, 20 + i);
        }
        change(prefix, Level.CITY, "35.73", 90_000);
        change(prefix, Level.FUNDING, "35.73:APBD", 90_000);
        for (int i = 1; i <= 5; i++) {
            change(prefix, Level.DISTRICT, "35.73.0" + i, 20_000);
        }
        int contractors = count / 10;
        for (int i = 0; i < contractors; i++) {
            change(prefix, Level.CONTRACTOR, contractor(i), i % 500);
            send(prefix, Topics.COVERAGE_TIMELINE, timeline(Level.CONTRACTOR, contractor(i), steps));
        }
        for (int i = 0; i < count - contractors; i++) {
            change(prefix, Level.PROJECT, projectId(i), i % 300);
            send(
                    prefix,
                    Topics.PROJECT_REGISTERED,
                    project(projectId(i), "35.73.0" + (1 + i % 5), contractor(i % contractors)));
            send(prefix, Topics.COVERAGE_TIMELINE, timeline(Level.PROJECT, projectId(i), steps));
        }
        send(prefix, Topics.COVERAGE_TIMELINE, timeline(Level.CITY, "35.73", steps));
        settle();
    }

    private static String contractor(int number) {
        return "npwp:099000000000" + (1_000 + number);
    }

    private static String projectId(int number) {
        return "spse:nontender:" + (10_000_000 + number);
    }

    private DashboardProcess start(String prefix) throws Exception {
        return DashboardProcess.start(
                List.of(
                        "--bootstrap",
                        stack.bootstrap(),
                        "--registry",
                        stack.registryUrl(),
                        "--topic-prefix",
                        prefix,
                        "--dashboard-port",
                        "0",
                        "--http-port",
                        "0"),
                folder.resolve("dashboard.log"));
    }

    private static boolean isReady(URI address) throws Exception {
        HttpResponse<String> status = HTTP.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/status")).build(),
                HttpResponse.BodyHandlers.ofString());
        return !status.body().contains("rebuilding");
    }

    @Test
    void shouldStartQuicklyWithManyGroups() throws Exception {
        String prefix = stack.topics("many.");
        groups(prefix, GROUPS, 20);
        try (DashboardProcess process = start(prefix)) {
            URI address = process.awaitAddress();
            Duration cpuBefore = process.cpu();
            long start = System.nanoTime();
            await("ready")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isReady(address));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Duration cpu = process.cpu().minus(cpuBefore);
            HttpResponse<String> page = HTTP.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/groups?level=project&state=all&sort=name&limit=1"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.printf(
                    "start with %d groups: ready after %d ms, %d ms of processors, %d MB at most%n",
                    GROUPS, took.toMillis(), cpu.toMillis(), process.peakMemory() >> 20);
            assertThat(page.body()).contains("\"total\":" + (GROUPS - GROUPS / 10));
            // On a machine that is busy with other things only the time of processors tells anything.
            assertThat(took.compareTo(SOON) < 0 || cpu.compareTo(SOON_OF_TWO_CORES) < 0)
                    .as("%s, %s of processors", took, cpu)
                    .isTrue();
            assertThat(process.peakMemory()).isLessThan(MOST_MEMORY);
        }
    }

    @Test
    void shouldServeManyReadersAndManyChangesWithLessThanACore() throws Exception {
        String prefix = stack.topics("load.");
        groups(prefix, 5_000, 20);
        for (int i = 0; i < 3_000; i++) {
            UncoveredHire hire = alert("w" + i, projectId(i % 4_000), contractor(i % 500), AlertState.values()[i % 3]);
            hire.setHireId("h" + i);
            send(prefix, Topics.UNCOVERED_HIRES, hire);
        }
        send(prefix, Topics.PROGRESS, progress(Instant.now()));
        settle();
        try (DashboardProcess process = start(prefix)) {
            URI address = process.awaitAddress();
            await("ready").atMost(Duration.ofSeconds(60)).until(() -> isReady(address));
            AtomicLong bytes = new AtomicLong();
            List<AtomicLong> snapshots = new ArrayList<>();
            List<HttpResponse<InputStream>> streams = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                AtomicLong count = new AtomicLong();
                snapshots.add(count);
                streams.add(read(address.resolve("/api/v1/live" + view(i)), count, bytes));
            }
            changes(prefix, WARM_SECONDS);
            Duration cpuBefore = process.cpu();
            long bytesBefore = bytes.get();
            List<Long> before = snapshots.stream().map(AtomicLong::get).toList();
            long start = System.nanoTime();
            int changes = changes(prefix, SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cores = process.cpu().minus(cpuBefore).toNanos() / 1e9 / seconds;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < READERS; i++) {
                least = Math.min(least, snapshots.get(i).get() - before.get(i));
            }
            System.out.printf(
                    "%d readers, %.0f changes/s for %.0f s: %.2f cores, %d MB at most, %.1f MB/s sent, at least %d"
                            + " snapshots each%n",
                    READERS,
                    changes / seconds,
                    seconds,
                    cores,
                    process.peakMemory() >> 20,
                    (bytes.get() - bytesBefore) / seconds / (1 << 20),
                    least);
            for (HttpResponse<InputStream> stream : streams) {
                stream.body().close();
            }
            assertThat(cores).isLessThan(1.0);
            assertThat(process.peakMemory()).isLessThan(MOST_MEMORY);
            assertThat(least).as("snapshots of the slowest").isGreaterThanOrEqualTo(SECONDS / 3);
        }
    }

    /** What people look at: the first page, lists in their orders, groups, timelines, hires. All of it changes. */
    private static String view(int reader) {
        return switch (reader % 8) {
            case 0, 1 -> "/overview";
            case 2 -> "/groups?level=project";
            case 3 -> "/groups?level=project&district=35.73.0" + (1 + reader % 5) + "&sort=workers";
            case 4 -> "/groups?level=contractor&offset=" + reader;
            case 5 -> "/groups?level=project&limit=500&sort=name&q=" + reader % 10;
            case 6 -> "/groups/city/35.73";
            default -> "/groups?level=district&sort=id";
        };
    }

    private static HttpResponse<InputStream> read(URI address, AtomicLong count, AtomicLong bytes) throws Exception {
        HttpResponse<InputStream> response =
                HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).as(address.toString()).isEqualTo(200);
        byte[] mark = "event: snapshot".getBytes(StandardCharsets.UTF_8);
        Thread reader = new Thread(
                () -> {
                    byte[] buffer = new byte[64 * 1024];
                    int matched = 0;
                    try (InputStream in = response.body()) {
                        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                            bytes.addAndGet(read);
                            for (int i = 0; i < read; i++) {
                                matched = buffer[i] == mark[matched] ? matched + 1 : buffer[i] == mark[0] ? 1 : 0;
                                if (matched == mark.length) {
                                    matched = 0;
                                    count.incrementAndGet();
                                }
                            }
                        }
                    } catch (IOException e) {
                        // Closed at the end of the test.
                    }
                },
                "reader");
        reader.setDaemon(true);
        reader.start();
        return response;
    }

    /** Changes figures at an even pace. Returns how many. */
    private int changes(String prefix, int seconds) throws Exception {
        long start = System.nanoTime();
        int changes = 0;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
            long due = start + changes * TimeUnit.SECONDS.toNanos(1) / CHANGES_A_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            switch (changes % 10) {
                case 0 -> change(prefix, Level.CITY, "35.73", 90_000 + changes);
                case 1 -> change(prefix, Level.DISTRICT, "35.73.0" + (1 + changes / 10 % 5), 20_000 + changes);
                case 2, 3 -> change(prefix, Level.CONTRACTOR, contractor(changes % 500), 500 + changes);
                default -> change(prefix, Level.PROJECT, projectId(changes * 7 % 4_500), 200 + changes % 977);
            }
            if (changes % CHANGES_A_SECOND == 0) {
                send(prefix, Topics.PROGRESS, progress(Instant.now()));
            }
            changes++;
        }
        settle();
        return changes;
    }
}
