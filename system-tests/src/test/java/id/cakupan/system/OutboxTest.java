package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.producers.relay.TestDatabase;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The outbox under load: writers whose transactions commit in another order than they begin, while relay and database are
 * killed. Rows: {@code -Dcakupan.outbox.rows=100000}, 20,000 unless said otherwise.
 */
@ExtendWith(Cluster.Shared.class)
class OutboxTest {
    private static final int ROWS = Integer.getInteger("cakupan.outbox.rows", 20_000);
    private static final int WRITERS = 8;
    private static final int WORKERS_OF_A_WRITER = 50;
    private static final int MOST_IN_TRANSACTION = 25;
    private static final int KILLS = 5;
    private static final long MOMENT_NANOS = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final String WAITING = "select count(*) from cakupan_outbox o where not exists (select from"
            + " cakupan_outbox_position p where (o.xid, o.id) <= (p.xid, p.id))";
    private static final String SENT = "select count(*) from cakupan_outbox o where exists (select from"
            + " cakupan_outbox_position p where (o.xid, o.id) <= (p.xid, p.id))";
    private static final String OUT_OF_ORDER = "select count(*) from (select xid, lag(xid) over (order by id) as before"
            + " from cakupan_outbox) o where xid < before";

    private final AtomicInteger written = new AtomicInteger();

    /** Rows up to which the writers go: at every kill there is something left to write and to relay. */
    private volatile int allowed = 2 * ROWS / (KILLS + 1);

    @Test
    void shouldLoseNothingAndKeepTheOrderOfEachWorkerWhileRelayAndDatabaseAreKilled(Cluster cluster) throws Exception {
        try (Space space = Space.setUp(cluster, "outbox", 4);
                TestDatabase database = TestDatabase.start(space.folder().resolve("postgresql"))) {
            String outbox = database.newOutbox();
            long start = System.nanoTime();
            StreamsProcess relay = relay(space, database.url(outbox));
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            try {
                relay.awaitReady();
                List<Future<Integer>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    writers.add(threads.submit(new Writer(database, outbox, i)));
                }
                for (int kill = 1; kill <= KILLS; kill++) {
                    int due = ROWS * kill / (KILLS + 1);
                    await("kill " + kill).atMost(LIMIT).until(() -> count(database, outbox, SENT) >= due);
                    if (kill % 2 == 1) {
                        relay.kill();
                        relay = relay(space, database.url(outbox));
                    } else {
                        database.kill();
                        database.restart();
                    }
                    allowed = ROWS * (kill + 2) / (KILLS + 1);
                }
                allowed = Integer.MAX_VALUE;
                for (Future<Integer> writer : writers) {
                    writer.get();
                }
                double writing = seconds(start);
                await("all sent").atMost(LIMIT).until(() -> count(database, outbox, WAITING) == 0);
                double sending = seconds(start);
                relay.awaitReady();
                StreamsProcess last = relay;
                await("lag measured")
                        .untilAsserted(() -> assertThat(last.get("/metrics").body())
                                .containsPattern("cakupan_relay_lag_rows\\{[^}]*} 0.0")
                                .containsPattern("cakupan_relay_leader\\{[^}]*} 1.0"));
                assertThat(relay.stop()).isLessThan(Duration.ofSeconds(10));
                verify(space, database, outbox, writing, sending);
            } finally {
                threads.shutdownNow();
                relay.close();
            }
        }
    }

    private static void verify(Space space, TestDatabase database, String outbox, double writing, double sending)
            throws SQLException, IOException {
        List<Reader.Entry<? extends SpecificRecord>> records = Stream.of(Topics.WORKER_HIRED, Topics.WORKER_RELEASED)
                .<Reader.Entry<? extends SpecificRecord>>flatMap(topic -> space.read(topic).stream())
                .toList();
        Set<String> inTable = new HashSet<>();
        try (Connection connection = database.owner(outbox);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select event ->> 'eventId' from cakupan_outbox")) {
            while (rows.next()) {
                inTable.add(rows.getString(1));
            }
        }
        Set<String> inTopics = new HashSet<>();
        Map<String, Set<String>> byWorker = new HashMap<>();
        for (Reader.Entry<? extends SpecificRecord> entry : records) {
            String eventId = entry.value().get(0).toString();
            inTopics.add(eventId);
            byWorker.computeIfAbsent(entry.from().topic() + " " + entry.key(), key -> new LinkedHashSet<>())
                    .add(eventId);
        }
        long outOfOrder = count(database, outbox, OUT_OF_ORDER);
        Files.writeString(
                space.folder().resolve("figures.txt"),
                String.format(
                        "PostgreSQL %s, rows %d, records %d (%d twice), rows out of order %d, written in %.1f s, all sent after %.1f s%n",
                        database.value(outbox, "show server_version"),
                        inTable.size(),
                        records.size(),
                        records.size() - inTopics.size(),
                        outOfOrder,
                        writing,
                        sending));
        assertThat(inTable).hasSizeGreaterThanOrEqualTo(ROWS);
        assertThat(inTopics).as("events in the topics").isEqualTo(inTable);
        byWorker.forEach((worker, eventIds) -> assertThat(eventIds)
                .as("order of first occurrences of %s", worker)
                .containsExactlyElementsOf(new TreeSet<>(eventIds)));
        assertThat(count(database, outbox, "select count(*) from cakupan_outbox_rejects"))
                .isZero();
        assertThat(outOfOrder)
                .as("rows whose transaction is older than that of the row before")
                .isPositive();
    }

    private static StreamsProcess relay(Space space, String url) throws IOException {
        Path log = space.folder().resolve("relay.log");
        return StreamsProcess.start(
                space.arguments(
                        "relay",
                        "--database-url",
                        url,
                        "--http-port",
                        "0",
                        "--outbox-batch",
                        "200",
                        "--key-file",
                        space.folder().resolve("no-keys").toString()),
                log);
    }

    private static long count(TestDatabase database, String outbox, String sql) throws SQLException {
        return Long.parseLong(database.value(outbox, sql));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Writes events of its own workers, in transactions of some rows, each of which stays open for a random while. */
    private final class Writer implements Callable<Integer> {
        private final TestDatabase database;
        private final String outbox;
        private final int number;
        private final Random random;
        private int sequence;
        private int rows;

        Writer(TestDatabase database, String outbox, int number) {
            this.database = database;
            this.outbox = outbox;
            this.number = number;
            this.random = new Random(number);
        }

        @Override
        public Integer call() {
            // A server that was just killed is away for a while; what was not committed is written anew.
            await().atMost(LIMIT)
                    .ignoreExceptionsMatching(e -> e instanceof SQLException)
                    .until(() -> {
                        write();
                        return true;
                    });
            return rows;
        }

        /** Writes until there is enough. */
        private void write() throws SQLException {
            try (Connection connection = database.connect(outbox, TestDatabase.WRITER);
                    PreparedStatement insert =
                            connection.prepareStatement("insert into cakupan_outbox (event) values (?::jsonb)");
                    PreparedStatement delay = connection.prepareStatement("select pg_sleep(?)")) {
                connection.setAutoCommit(false);
                while (rows < ROWS / WRITERS) {
                    while (written.get() >= allowed) {
                        LockSupport.parkNanos(MOMENT_NANOS);
                    }
                    int size = 1 + random.nextInt(MOST_IN_TRANSACTION);
                    for (int i = 0; i < size; i++) {
                        insert.setString(1, event());
                        insert.execute();
                    }
                    delay.setDouble(1, random.nextInt(20) == 0 ? 0.2 : random.nextDouble() * 0.02);
                    delay.execute();
                    if (random.nextInt(20) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                        rows += size;
                        written.addAndGet(size);
                    }
                }
            }
        }

        private String event() {
            String worker = number + "-" + random.nextInt(WORKERS_OF_A_WRITER);
            String common = String.format(
                    "\"eventId\":\"w%d-%07d\",\"source\":\"hr\",\"workerId\":\"k1.%s%s\",\"hireId\":\"h\",",
                    number, sequence++, "x".repeat(22 - worker.length()), worker);
            return random.nextInt(3) == 0
                    ? "{\"type\":\"WorkerReleased\"," + common + "\"endedOn\":\"2025-08-01\",\"reason\":\"REPLACED\"}"
                    : "{\"type\":\"WorkerHired\"," + common
                            + "\"projectId\":\"p\",\"contractorId\":\"c\",\"startsOn\":\"2025-07-01\"}";
        }
    }
}
