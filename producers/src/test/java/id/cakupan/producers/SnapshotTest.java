package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.WorkerHired;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    private static final Instant FIRST = Instant.parse("2025-07-01T00:00:00Z");
    private static final int MANY = 60_000;
    private static final String ADDED = "added";

    @TempDir
    Path folder;

    /** A process that takes in a snapshot of a day: arguments are the folder and the day. */
    static final class Taking {
        private Taking() {}

        public static void main(String[] arguments) throws IOException {
            Instant recordedAt = Instant.parse(arguments[1]);
            try (Snapshot snapshot = Snapshot.open(Path.of(arguments[0]), "x", recordedAt, false)) {
                addMany(snapshot);
                System.out.println(ADDED);
                snapshot.commit(false);
            }
        }
    }

    @Test
    void shouldHoldTheLastSnapshotWholeWhereverAnImportIsKilled() throws Exception {
        take(FIRST);
        Instant last = FIRST;
        boolean ended = false;
        int killed = 0;

        for (long patience = 0; !ended; patience = 3 * patience + 50) {
            Instant next = last.plusSeconds(86_400);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Taking.class.getName(),
                            folder.toString(),
                            next.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).isEqualTo(ADDED);
                ended = process.waitFor(patience, TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
            killed += ended ? 0 : 1;
            Instant now = whole();
            assertThat(now).isIn(last, next);
            last = now;
        }

        assertThat(killed).isPositive();
    }

    /** The instant of the snapshot that is there; all that it has was seen on its day. */
    private Instant whole() throws IOException {
        try (Snapshot snapshot = Snapshot.open(folder, "x", FIRST.plusSeconds(864_000_000), true)) {
            Instant recordedAt = snapshot.lastRecordedAt();
            assertThat(recordedAt).isNotNull();
            Map<LocalDate, Integer> days = new HashMap<>();
            snapshot.forEachOfLast((entry, about) -> days.merge(entry.seenOn(), 1, Integer::sum));
            assertThat(days).containsExactly(Map.entry(day(recordedAt), MANY));
            return recordedAt;
        }
    }

    @Test
    void shouldTellWhatIsNewAndGoneOfMoreThanMemoryHolds() throws Exception {
        take(FIRST);

        try (Snapshot snapshot = Snapshot.open(folder, "x", FIRST.plusSeconds(86_400), false)) {
            Map<Snapshot.Change, Integer> changes = new HashMap<>();
            for (int i = MANY + 9; i >= 3; i--) {
                changes.merge(add(snapshot, i), 1, Integer::sum);
            }
            add(snapshot, 3);
            assertThat(changes)
                    .containsOnly(Map.entry(Snapshot.Change.NEW, 10), Map.entry(Snapshot.Change.SAME, MANY - 3));
            List<String> gone = new ArrayList<>();
            snapshot.forEachVanished(one -> gone.add(one.key().of()));
            assertThat(gone).containsExactlyInAnyOrder(worker(0), worker(1), worker(2));
            snapshot.commit(false);
        }

        try (Snapshot snapshot = Snapshot.open(folder, "x", FIRST.plusSeconds(86_400), false)) {
            Set<LocalDate> days = new HashSet<>();
            int[] size = new int[1];
            snapshot.forEachOfLast((entry, about) -> {
                days.add(entry.seenOn());
                size[0]++;
            });
            assertThat(days).containsExactly(day(FIRST.plusSeconds(86_400)));
            assertThat(size[0]).isEqualTo(MANY + 7);
            assertThat(add(snapshot, 0)).isEqualTo(Snapshot.Change.BACK);
        }
    }

    private void take(Instant recordedAt) throws IOException {
        try (Snapshot snapshot = Snapshot.open(folder, "x", recordedAt, false)) {
            addMany(snapshot);
            snapshot.commit(false);
        }
    }

    private static void addMany(Snapshot snapshot) {
        for (int i = 0; i < MANY; i++) {
            add(snapshot, i);
        }
    }

    private static Snapshot.Change add(Snapshot snapshot, int worker) {
        return snapshot.add(
                new WorkerHired("e", "x", FIRST, worker(worker), "h", "p", "npp:1", day(FIRST), null, null),
                "p",
                "npp:1",
                day(snapshot.recordedAt()),
                "END");
    }

    /** Ids in an order that is not that of the numbers. */
    private static String worker(int number) {
        return "k1." + Integer.toHexString(Integer.reverse(number));
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
