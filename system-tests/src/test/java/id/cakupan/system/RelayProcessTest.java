package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.WorkerHired;
import id.cakupan.localstack.LocalBroker;
import id.cakupan.producers.relay.TestDatabase;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The relay as the program that people run: what it says when it may not work, and how it ends. */
@ExtendWith(Cluster.Shared.class)
class RelayProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HANGS_AFTER = Duration.ofSeconds(30);
    private static final String PASSWORD = "the-right-one-71";
    private static final String WRONG_PASSWORD = "another-one-72";

    @TempDir
    private Path brokerData;

    private int inserted;

    @Test
    void shouldTellWhyItCannotWorkAndEndInTimeWhileKafkaIsAway(Cluster shared) throws Exception {
        LocalBroker broker = LocalBroker.start(0, brokerData.resolve("broker"));
        try (Space space = Space.setUp(shared.withBroker(broker), "relay", 1);
                TestDatabase database = TestDatabase.start(space.folder().resolve("postgresql"))) {
            String outbox = database.newOutbox();
            database.requirePassword(outbox, PASSWORD);
            String url = database.url(outbox);
            insert(database, outbox, "before", 1_500);

            try (StreamsProcess wrong = relay(space, url, WRONG_PASSWORD)) {
                assertThat(wrong.awaitExit(SOON)).isEqualTo(1);
                assertThat(wrong.log())
                        .contains("password authentication failed", "CAKUPAN_DATABASE_PASSWORD")
                        .doesNotContain("Exception");
            }
            database.execute(outbox, "postgres", "revoke insert on cakupan_outbox_rejects from cakupan_relay");
            try (StreamsProcess withoutRight = relay(space, url, PASSWORD)) {
                assertThat(withoutRight.awaitExit(SOON)).isEqualTo(1);
                assertThat(withoutRight.log())
                        .contains("lacks rights: insert on cakupan_outbox_rejects", "cakupan relay --ddl | psql")
                        .doesNotContain("Exception");
            }
            database.execute(outbox, "postgres", "grant insert on cakupan_outbox_rejects to cakupan_relay");

            try (StreamsProcess relay = relay(space, url, PASSWORD)) {
                relay.awaitReady();
                awaitSent(database, outbox, 1_500);
                broker.close();
                insert(database, outbox, "meanwhile", 1_500);
                await().atMost(SOON).until(() -> relay.get("/health/ready").statusCode() == 503);
                assertThat(relay.stop()).as("time to end").isLessThan(Duration.ofSeconds(10));
            }
            broker = LocalBroker.start(broker.port(), brokerData.resolve("broker"));
            try (StreamsProcess relay = relay(space, url, PASSWORD)) {
                insert(database, outbox, "after", 10);
                awaitSent(database, outbox, 3_010);
                relay.stop();
            }

            Set<String> ids = new LinkedHashSet<>();
            Reader.forEach(
                    space.cluster(),
                    space.topic(Topics.WORKER_HIRED),
                    WorkerHired.class,
                    entry -> ids.add(entry.value().getEventId()));
            assertThat(ids)
                    .containsExactlyElementsOf(IntStream.range(0, 3_010)
                            .mapToObj(i -> (i < 1_500 ? "before" : i < 3_000 ? "meanwhile" : "after") + i)
                            .toList());
            assertThat(Files.readString(log(space))).doesNotContain(PASSWORD, WRONG_PASSWORD);
        } finally {
            broker.close();
        }
    }

    @Test
    void shouldTakeOverFromALeaderThatHangs(Cluster shared) throws Exception {
        try (Space space = Space.setUp(shared, "relay-hangs", 1);
                TestDatabase database = TestDatabase.start(space.folder().resolve("postgresql"))) {
            String outbox = database.newOutbox();
            String url = database.url(outbox);
            try (StreamsProcess leader = relay(space, url, PASSWORD).awaitReady();
                    StreamsProcess standby = relay(space, url, PASSWORD)) {
                await().atMost(SOON).until(() -> standby.log().contains("Stands by"));
                leader.suspend();
                insert(database, outbox, "meanwhile", 10);
                awaitSent(database, outbox, 10, HANGS_AFTER.plus(SOON));
                standby.awaitReady();
                leader.resume();
                await().atMost(SOON)
                        .until(() -> leader.get("/health/ready").body().contains("Standby"));
                assertThat(standby.get("/health/ready").statusCode()).isEqualTo(200);
            }
        }
    }

    private void insert(TestDatabase database, String outbox, String id, int count) throws Exception {
        database.execute(
                outbox,
                TestDatabase.WRITER,
                String.format(
                        "insert into cakupan_outbox (event) select jsonb_build_object('type', 'WorkerHired', 'eventId', '%s' || i,"
                                + " 'source', 'hr', 'workerId', 'k1.5mTDyC8hKeCeUjp86slaNg', 'hireId', 'h', 'projectId', 'p',"
                                + " 'contractorId', 'c', 'startsOn', '2025-07-01') from generate_series(%d, %d) i",
                        id, inserted, inserted + count - 1));
        inserted += count;
    }

    private static void awaitSent(TestDatabase database, String outbox, int rows) {
        awaitSent(database, outbox, rows, SOON);
    }

    private static void awaitSent(TestDatabase database, String outbox, int rows, Duration limit) {
        await().atMost(limit)
                .until(() -> database.value(outbox, "select coalesce(max(id), 0) from cakupan_outbox_position")
                        .equals(String.valueOf(rows)));
    }

    private static StreamsProcess relay(Space space, String url, String password) throws IOException {
        Path config = space.folder().resolve("relay.yaml");
        Files.writeString(config, "database-password: " + password + "\n");
        List<String> arguments = space.arguments(
                "relay",
                "--database-url",
                url,
                "--http-port",
                "0",
                "--config",
                config.toString(),
                "--key-file",
                space.folder().resolve("no-keys").toString());
        return StreamsProcess.start(arguments, log(space));
    }

    private static Path log(Space space) {
        return space.folder().resolve("relay.log");
    }
}
