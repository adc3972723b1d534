package id.cakupan.producers.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cakupan.records.WorkerHired;
import id.cakupan.localstack.LocalBroker;
import id.cakupan.localstack.LocalStack;
import id.cakupan.producers.KeysCommand;
import id.cakupan.producers.TcpProxy;
import id.cakupan.publisher.EventSamples;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The rules of the relay against a real PostgreSQL, broker and registry; each test has a database and topics of its own. */
class RelayTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String WRITER = TestDatabase.WRITER;
    private static final String INSERT = "insert into cakupan_outbox (event) values ('%s'::jsonb)";
    private static final Pattern SQL_BLOCK = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
    private static final String REFUSED = "42501";

    @TempDir
    static Path shared;

    private static LocalStack stack;
    private static SchemaRegistryClient registry;
    private static TestDatabase database;
    private static int spaces;

    @TempDir
    Path folder;

    private String outbox;
    private String prefix;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.throwAway());
        registry = RegistryClients.create(stack.registryUrl());
        database = TestDatabase.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        registry.close();
        stack.close();
    }

    @BeforeEach
    void setUp() throws Exception {
        outbox = database.newOutbox();
        prefix = "space" + spaces++ + ".";
        provision(stack.bootstrap());
    }

    @Test
    void shouldHoldBackWhatAnOlderTransactionMayStillComeBefore() throws Exception {
        try (Running relay = new Running();
                Connection older = database.connect(outbox, WRITER);
                Connection newer = database.connect(outbox, WRITER)) {
            older.setAutoCommit(false);
            write(older, "older-1");
            write(newer, "newer-1");
            await("the newer row is seen and waits").atMost(SOON).until(() -> relay.meter("lag.rows") == 1);
            await("its age grows").atMost(SOON).until(() -> relay.meter("lag.seconds") > 1);
            assertThat(relay.meter("held.seconds")).isPositive();
            assertThat(sent()).isEmpty();

            write(older, "older-2");
            older.commit();

            awaitSent("older-1", "older-2", "newer-1");
            await().atMost(SOON).until(() -> relay.meter("lag.rows") == 0 && relay.meter("held.seconds") == 0);
            assertThat(relay.meter("lag.seconds")).isZero();
        }
    }

    @Test
    void shouldOrderTransactionsByTheirNumbers() throws Exception {
        for (String xid : List.of("100", "20", "9")) {
            database.execute(
                    outbox,
                    "postgres",
                    "insert into cakupan_outbox (event, xid) values ('" + event(xid) + "', '" + xid + "')");
        }
        try (Running relay = new Running(Map.of("outbox-batch", "2"))) {
            awaitSent("9", "20", "100");
            relay.awaitReady();
        }
    }

    @Test
    void shouldNotWaitForWhatWasRolledBack() throws Exception {
        try (Running relay = new Running();
                Connection older = database.connect(outbox, WRITER)) {
            older.setAutoCommit(false);
            write(older, "never");
            database.execute(outbox, WRITER, insert("newer"));
            older.rollback();
            awaitSent("newer");
            relay.awaitReady();
        }
    }

    @Test
    void shouldRejectRowsWithoutTheirValuesAndGoOn() throws Exception {
        database.execute(
                outbox,
                WRITER,
                insert("first"),
                INSERT.formatted("[1]"),
                INSERT.formatted("{\"type\":\"Nobody\"}"),
                insert("nik").replace("\"p1\"", "\"" + EventSamples.NIK + "\""),
                INSERT.formatted("{\"type\":\"" + "x".repeat(Outbox.LONGEST_EVENT) + "\"}"),
                insert("last"));
        try (Running relay = new Running()) {
            awaitSent("first", "last");
            await().atMost(SOON).until(() -> relay.counter("rejected") == 4);
            assertThat(relay.counter("relayed")).isEqualTo(2);
        }
        List<String> rejects = column("select concat_ws('|', outbox_id, relay, reason, field, kind, pesan, message)"
                + " from cakupan_outbox_rejects order by outbox_id");
        assertThat(rejects)
                .containsExactly(
                        "2|cakupan|NOT_AN_OBJECT|array|Peristiwa ini bukan objek JSON {…}.|The event is not a JSON object {…}.",
                        "3|cakupan|TYPE_UNKNOWN|type|string|Jenis peristiwa pada 'type' tidak dikenal.|'type' is not the"
                                + " name of an event.",
                        "4|cakupan|NIK_IN_WRONG_PLACE|projectId|string|Kolom 'projectId' tampaknya memuat NIK. NIK hanya"
                                + " boleh di kolom 'nik'.|'projectId' seems to hold a NIK. A NIK may stand in 'nik' only.",
                        "5|cakupan|EVENT_TOO_LONG|Peristiwa di baris ini lebih dari 64 KiB.|The event in this row has more than 64 KiB.");
    }

    @Test
    void shouldTellOfEachRejectWhenNumbersBeginAgain() throws Exception {
        database.execute(outbox, WRITER, INSERT.formatted("{}"), INSERT.formatted("{}"));
        try (Running relay = new Running(Map.of("outbox-keep", "0s"))) {
            await().atMost(SOON).until(() -> relay.counter("rejected") == 2);
            database.execute(outbox, "postgres", "truncate cakupan_outbox restart identity");
            database.execute(outbox, WRITER, insert("1"), INSERT.formatted("[1]"));
            await().atMost(SOON).until(() -> relay.counter("rejected") == 3);
        }
        assertThat(column("select reason from cakupan_outbox_rejects order by xid, outbox_id"))
                .containsExactly("FIELD_MISSING", "FIELD_MISSING", "NOT_AN_OBJECT");
        try (Outbox open = Outbox.open(database.url(outbox), TestDatabase.RELAY, null, "cakupan", SOON)) {
            assertThat(open.purge(Duration.ZERO)).isEqualTo(1);
        }
        assertThat(column("select id from cakupan_outbox"))
                .as("an old reject keeps no other row")
                .containsExactly("2");
        database.execute(outbox, "postgres", "select cakupan_outbox_restart()");
        try (Running relay = new Running(Map.of("outbox-keep", "0s"))) {
            await().atMost(SOON).until(() -> relay.counter("rejected") == 1);
            relay.awaitReady();
        }
        assertThat(column("select r.reason from cakupan_outbox_rejects r join cakupan_outbox o"
                        + " on (o.xid, o.id) = (r.xid, r.outbox_id)"))
                .as("numbered anew, with its row")
                .containsExactly("NOT_AN_OBJECT");
        assertThat(rejects()).isEqualTo("3");
    }

    @Test
    void shouldPseudonymiseAndComplete() throws Exception {
        Path keys = folder.resolve("pseudonym.key");
        assertThat(new CommandLine(new KeysCommand()).execute("create", "--key-file", keys.toString()))
                .isEqualTo(ExitCodes.DONE);
        Instant before = Instant.now().minusSeconds(1);
        database.execute(
                outbox,
                WRITER,
                INSERT.formatted(
                        "{\"type\":\"WorkerHired\",\"nik\":\"" + EventSamples.NIK
                                + "\",\"hireId\":\"h\",\"projectId\":\"p1\",\"contractorId\":\"c\",\"startsOn\":\"2025-07-01\"}"));
        String created =
                database.value(outbox, "select created_at::timestamptz at time zone 'UTC' from cakupan_outbox");
        Map<String, String> flags = Map.of("key-file", keys.toString(), "outbox-source", "hr-kota");
        try (Running relay = new Running(flags)) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 1);
        }
        database.execute(outbox, "postgres", "delete from cakupan_outbox_position");
        try (Running relay = new Running(flags)) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 1);
        }
        List<WorkerHired> events = read(stack.bootstrap());
        assertThat(events).hasSize(2);
        WorkerHired event = events.get(0);
        assertThat(events.get(1)).as("said again, the same").isEqualTo(event);
        assertThat(event.getSource()).isEqualTo("hr-kota");
        assertThat(event.getEventId()).startsWith("content-");
        assertThat(event.getWorkerId()).doesNotContain(EventSamples.NIK).contains(".");
        assertThat(event.getRecordedAt()).isAfter(before);
        assertThat(Instant.parse(created.replace(' ', 'T') + "Z")).isEqualTo(event.getRecordedAt());
    }

    @Test
    void shouldWaitForTheKeyFileRatherThanSkipARow() throws Exception {
        Path keys = folder.resolve("later.key");
        for (String id : List.of("first", "second", "last")) {
            database.execute(
                    outbox,
                    WRITER,
                    insert(id)
                            .replace(
                                    "\"workerId\":\"" + EventSamples.WORKER + "\"",
                                    "\"nik\":\"" + EventSamples.NIK + "\""));
        }
        try (Running relay = new Running(Map.of("key-file", keys.toString()))) {
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting: rows could not be sent"));
            new CommandLine(new KeysCommand()).execute("create", "--key-file", keys.toString());
            awaitFirstSent("first", "second", "last");
            assertThat(relay.counter("rejected")).isZero();
        }
    }

    @Test
    void shouldGoOnWhereItStopped() throws Exception {
        database.execute(outbox, WRITER, insert("1"), insert("2"), insert("3"));
        try (Running relay = new Running(Map.of("outbox-batch", "2"))) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 3);
        }
        database.execute(outbox, WRITER, insert("4"), insert("5"));
        try (Running relay = new Running()) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 2);
        }
        assertThat(sent()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void shouldStandByAndTakeOver() throws Exception {
        Running leader = new Running();
        leader.awaitReady();
        try (Running other = new Running()) {
            await().atMost(SOON).until(() -> other.notReady().startsWith("Standby"));
            assertThat(other.meter("leader")).isZero();
            assertThat(other.meter("lag.rows")).isNaN();
            assertThat(leader.meter("leader")).isEqualTo(1);
            database.execute(outbox, WRITER, insert("1"));
            awaitSent("1");
            leader.close();
            database.execute(outbox, WRITER, insert("2"));
            await("takes over").atMost(Duration.ofSeconds(3)).until(() -> other.counter("relayed") == 1);
            assertThat(sent()).containsExactly("1", "2");
        }
    }

    @Test
    void shouldNotStandByForAnotherName() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        try (Running one = new Running(Map.of("relay-name", "Aa"));
                Running other = new Running(Map.of("relay-name", "BB"))) {
            one.awaitReady();
            other.awaitReady();
        }
    }

    @Test
    void shouldTakeOverFromOneThatHangs() throws Exception {
        Duration silence = Duration.ofSeconds(2);
        String url = database.url(outbox);
        try (Outbox hangs = Outbox.open(url, TestDatabase.RELAY, null, "cakupan", silence)) {
            assertThat(hangs.tryLead()).isTrue();
            try (Running other = new Running()) {
                await().atMost(SOON).until(() -> other.notReady().startsWith("Standby"));
                if (!endsSilentSessions()) {
                    database.disconnectRelay(outbox);
                }
                other.awaitReady();
            }
        }
    }

    @Test
    void shouldKeepAShorterLimitOfSilence() throws Exception {
        if (!endsSilentSessions()) {
            return;
        }
        String url = database.url(outbox) + "?options=-c%20idle_session_timeout%3D1s";
        try (Outbox hangs = Outbox.open(url, TestDatabase.RELAY, null, "cakupan", SOON)) {
            assertThat(hangs.tryLead()).isTrue();
            await("its lock is gone")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> database.value(
                                    outbox,
                                    "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                                            + " where locktype = 'advisory' and datname = current_database()")
                            .equals("0"));
        }
    }

    @Test
    void shouldOutliveTheDatabase() throws Exception {
        try (Running relay = new Running()) {
            database.execute(outbox, WRITER, insert("1"));
            awaitSent("1");
            database.kill();
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting for the database"));
            assertThat(relay.meter("leader")).isZero();
            database.restart();
            database.execute(outbox, WRITER, insert("2"));
            awaitSent("1", "2");
            relay.awaitReady();
            assertThat(relay.databaseRetries()).isPositive();
        }
    }

    @Test
    void shouldWaitForABrokerThatIsAwayAndSkipNothing() throws Exception {
        Path data = folder.resolve("broker");
        LocalBroker broker = LocalBroker.start(0, data);
        int port = broker.port();
        String bootstrap = broker.bootstrap();
        provision(bootstrap);
        try (Running relay = new Running(Map.of("bootstrap", bootstrap))) {
            relay.awaitReady();
            broker.close();
            database.execute(outbox, WRITER, insert("1"), insert("2"));
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting"));
            assertThat(relay.counter("relayed")).isZero();
            broker = LocalBroker.start(port, data);
            await().atMost(SOON).until(() -> relay.counter("relayed") == 2);
            relay.awaitReady();
        }
        assertThat(distinct(ids(read(bootstrap)))).containsExactly("1", "2");
        broker.close();
    }

    @Test
    void shouldTellOfAnOutboxFromAnotherCluster() throws Exception {
        database.execute(
                outbox,
                "postgres",
                "insert into cakupan_outbox (event, xid) values ('" + event("restored")
                        + "', (pg_current_xact_id()::text::bigint + 1000000)::text::xid8)");
        try (Running relay = new Running()) {
            relay.thread.join(SOON.toMillis());
            assertThat(relay.failure.get())
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("select cakupan_outbox_restart();");
        }
        database.execute(outbox, "postgres", "select cakupan_outbox_restart()");
        database.execute(outbox, WRITER, insert("new"));
        try (Running relay = new Running()) {
            awaitSent("restored", "new");
            relay.awaitReady();
        }
        database.execute(outbox, "postgres", "update cakupan_outbox_position set cluster = '1'");
        try (Running relay = new Running()) {
            relay.thread.join(SOON.toMillis());
            assertThat(relay.failure.get()).hasMessageContaining("select cakupan_outbox_restart();");
        }
    }

    @Test
    void shouldSayWhatItLacksAtTheStart() throws Exception {
        database.execute(
                outbox,
                "postgres",
                "revoke insert on cakupan_outbox_rejects from cakupan_relay",
                "revoke execute on function cakupan_outbox_purge(interval, integer) from cakupan_relay");
        assertThat(failureAtStart(Map.of()))
                .contains("The role cakupan_relay lacks rights: insert on cakupan_outbox_rejects, execute on"
                        + " cakupan_outbox_purge (run as the owner")
                .contains("cakupan relay --ddl");
        database.execute(outbox, "postgres", RelayCommand.ddl());
        database.execute(outbox, WRITER, insert("1"));
        try (Running relay = new Running()) {
            awaitSent("1");
            relay.awaitReady();
        }
        database.execute(outbox, "postgres", "alter table cakupan_outbox_position rename to other");
        assertThat(failureAtStart(Map.of()))
                .contains("lacks tables or functions")
                .contains("select on cakupan_outbox_position");
        database.execute(outbox, "postgres", "create schema hidden", "alter table cakupan_outbox set schema hidden");
        assertThat(failureAtStart(Map.of())).contains("select on cakupan_outbox,", "currentSchema=SCHEMA");
        assertThat(failureAtStart(Map.of("database-url", database.url("nowhere"))))
                .contains("\"nowhere\" does not exist (check database-url)");
    }

    @Test
    void shouldWaitForARightThatIsTakenAwayAndSayWhich() throws Exception {
        try (Running relay = new Running()) {
            relay.awaitReady();
            database.execute(outbox, "postgres", "revoke select on cakupan_outbox from cakupan_relay");
            database.execute(outbox, WRITER, insert("1"));
            await().atMost(SOON).until(() -> relay.notReady().contains("lacks rights: select on cakupan_outbox (run"));
            database.execute(outbox, "postgres", RelayCommand.ddl());
            awaitSent("1");
            relay.awaitReady();
        }
    }

    @Test
    void shouldNotGetInWithAWrongPasswordAndWaitForTheRightOne() throws Exception {
        database.requirePassword(outbox, "hunter-two");
        assertThat(failureAtStart(Map.of("database-password", "hunter-three")))
                .contains("password authentication failed", "CAKUPAN_DATABASE_PASSWORD")
                .doesNotContain("hunter");
        assertThat(failureAtStart(Map.of())).contains("no password was provided", "CAKUPAN_DATABASE_PASSWORD");
        try (Running relay = new Running(Map.of("database-password", "hunter-two"))) {
            relay.awaitReady();
            database.requirePassword(outbox, "hunter-four");
            database.disconnectRelay(outbox);
            database.execute(outbox, WRITER, insert("1"));
            await().atMost(SOON).until(() -> relay.notReady().contains("password authentication failed"));
            assertThat(relay.notReady()).doesNotContain("hunter");
            double before = relay.databaseRetries();
            await("some attempts, with pauses")
                    .atMost(SOON)
                    .during(Duration.ofSeconds(4))
                    .until(() -> relay.databaseRetries() - before < 10);
            assertThat(relay.databaseRetries()).isGreaterThan(before);
            database.requirePassword(outbox, "hunter-two");
            awaitSent("1");
            relay.awaitReady();
        }
    }

    @Test
    void shouldGiveUpAConnectionThatHangsAndGoOn() throws Exception {
        try (TcpProxy proxy = TcpProxy.start(0, database.port());
                Running relay = new Running(Map.of(
                        "database-url", TestDatabase.url(outbox, proxy.port()) + "?socketTimeout=1&loginTimeout=2"))) {
            database.execute(outbox, WRITER, insert("1"));
            awaitSent("1");
            proxy.stall();
            database.execute(outbox, WRITER, insert("2"));
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting for the database"));
            assertThat(relay.meter("leader")).isZero();
            double before = relay.databaseRetries();
            await("tries again").atMost(SOON).until(() -> relay.databaseRetries() > before);
            assertThat(sent()).containsExactly("1");
            proxy.resume();
            awaitSent("1", "2");
            relay.awaitReady();
        }
    }

    @Test
    void shouldEndWhileTheDatabaseHangs() throws Exception {
        try (TcpProxy proxy = TcpProxy.start(0, database.port());
                Running relay = new Running(Map.of(
                        "database-url", TestDatabase.url(outbox, proxy.port()) + "?socketTimeout=1&loginTimeout=2"))) {
            relay.awaitReady();
            proxy.stall();
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting for the database"));
            long start = System.nanoTime();
            relay.relay.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldFailAtOnceWithoutTheTables() throws Exception {
        database.execute(outbox, "postgres", "drop table cakupan_outbox cascade");
        try (Running relay = new Running()) {
            relay.thread.join(SOON.toMillis());
            assertThat(relay.failure.get())
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("cakupan relay --ddl");
        }
    }

    @Test
    void shouldGiveEachRoleNoMoreThanItNeeds() throws Exception {
        // Before PostgreSQL 15 everybody may create tables in this schema.
        database.execute(outbox, "postgres", "revoke create on schema public from public", RelayCommand.ddl());
        for (String sql : List.of(
                insert("x"),
                "update cakupan_outbox set event = '{}'",
                "delete from cakupan_outbox",
                "delete from cakupan_outbox_position",
                "update cakupan_outbox_rejects set closed_at = now()",
                "delete from cakupan_outbox_rejects",
                "select cakupan_outbox_restart()",
                "create table other (n int)")) {
            assertRefused(TestDatabase.RELAY, sql);
        }
        for (String sql : List.of(
                "select * from cakupan_outbox",
                "insert into cakupan_outbox (event, xid) values ('{}', '5')",
                "insert into cakupan_outbox (event, created_at) values ('{}', now())",
                "update cakupan_outbox set event = '{}'",
                "delete from cakupan_outbox",
                "select * from cakupan_outbox_position",
                "select * from cakupan_outbox_rejects",
                "select cakupan_outbox_purge('0 s', 1)",
                "select cakupan_outbox_restart()")) {
            assertRefused(WRITER, sql);
        }
    }

    @Test
    void shouldPurgeOnlyWhatIsSentOldAndWithoutOpenReject() throws Exception {
        database.execute(outbox, WRITER, insert("1"), INSERT.formatted("{}"), insert("3"));
        try (Running relay = new Running()) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 2);
            relay.awaitReady();
        }
        database.execute(outbox, WRITER, insert("not yet sent"));
        try (Outbox open = Outbox.open(database.url(outbox), TestDatabase.RELAY, null, "cakupan", SOON)) {
            assertThat(open.purge(Duration.ofDays(7))).isZero();
            assertThat(open.purge(Duration.ZERO)).isEqualTo(2);
            assertThat(column("select id from cakupan_outbox order by id")).containsExactly("2", "4");
            database.execute(outbox, "postgres", "update cakupan_outbox_rejects set closed_at = now()");
            assertThat(open.purge(Duration.ofDays(7))).isZero();
            assertThat(rejects()).as("closed, but its row is there").isEqualTo("1");
            assertThat(open.purge(Duration.ZERO)).isEqualTo(1);
            assertThat(open.purge(Duration.ZERO)).isZero();
            assertThat(rejects()).isEqualTo("0");
            database.execute(
                    outbox,
                    "postgres",
                    "insert into cakupan_outbox_rejects (outbox_id, xid, relay, reason, pesan, message)"
                            + " values (1, '1', 'cakupan', '', '', '')");
            assertThat(open.purge(Duration.ZERO)).isZero();
            assertThat(rejects()).as("open, its row is gone").isEqualTo("1");
            database.execute(
                    outbox,
                    "postgres",
                    "insert into cakupan_outbox_position (relay, xid, id, cluster) values ('slow', '0', 0, '')",
                    "update cakupan_outbox_position set xid = '9223372036854775807' where relay = 'cakupan'");
            assertThat(open.purge(Duration.ZERO))
                    .as("another relay has not sent it")
                    .isZero();
        }
        assertThat(column("select id from cakupan_outbox")).containsExactly("4");
    }

    @Test
    void shouldPurgeByItself() throws Exception {
        database.execute(outbox, WRITER, insert("1"), insert("2"));
        try (Running relay = new Running(Map.of("outbox-keep", "0s"))) {
            await().atMost(SOON)
                    .until(() -> database.value(outbox, "select count(*) from cakupan_outbox")
                            .equals("0"));
            assertThat(relay.counter("purged")).isEqualTo(2);
        }
        assertThat(sent()).containsExactly("1", "2");
    }

    @Test
    void shouldNeverPrintThePassword() throws Exception {
        Path config = folder.resolve("cakupan.yaml");
        Files.writeString(
                config,
                "database-password: hunter-two\ndatabase-url: jdbc:postgresql://127.0.0.1:1/x?password=hunter-three\n",
                StandardCharsets.UTF_8);
        assertThat(run("--config", config.toString(), "--print-settings"))
                .contains("database-password: ****", "database-url:      ****")
                .doesNotContain("hunter");
        assertThat(run("--database-url", "jdbc:postgresql://127.0.0.1:1/x", "--database-password", "hunter-two"))
                .contains("can be seen by everybody", "CAKUPAN_DATABASE_PASSWORD")
                .doesNotContain("hunter");
        assertThat(run("--config", config.toString()))
                .contains("must hold no password")
                .doesNotContain("hunter");
        assertThat(run("--database-url", "jdbc:postgresql://[x?password=hunter-two"))
                .contains("must hold no password")
                .doesNotContain("hunter");
        assertThat(run("--database-url", "jdbc:mysql://127.0.0.1:1/x")).contains("Setting 'database-url'");
        assertThat(run()).contains("Setting 'database-url'");
        try (Running relay = new Running(
                Map.of("database-url", "jdbc:postgresql://127.0.0.1:1/x", "database-password", "hunter-two"))) {
            await().atMost(SOON).until(() -> relay.notReady().startsWith("Waiting for the database"));
            assertThat(relay.notReady()).doesNotContain("hunter");
        }
    }

    @Test
    void shouldDoWhatItsPageSays() throws Exception {
        Path keys = folder.resolve("pseudonym.key");
        new CommandLine(new KeysCommand()).execute("create", "--key-file", keys.toString());
        database.execute(
                outbox,
                "postgres",
                "do $$ begin if not exists (select from pg_roles where rolname = 'my_project_system') then"
                        + " create role my_project_system login; end if; end $$");
        List<String> blocks = SQL_BLOCK
                .matcher(Files.readString(Path.of("../docs/relay.md")))
                .results()
                .map(block -> block.group(1).replace("…", "1"))
                .toList();
        assertThat(blocks).hasSize(6);
        for (String block : blocks) {
            boolean writes = block.contains("insert into");
            database.execute(outbox, writes ? "my_project_system" : "postgres", block);
        }
        try (Running relay = new Running(Map.of("key-file", keys.toString(), "outbox-source", "hr-kota"))) {
            await().atMost(SOON).until(() -> relay.counter("relayed") == 1);
            assertThat(relay.counter("rejected")).isZero();
        }
    }

    @Test
    void shouldPrintTheDdl() throws Exception {
        assertThat(run("--ddl")).isEqualTo(RelayCommand.ddl()).startsWith("-- The outbox of Cakupan");
    }

    private String failureAtStart(Map<String, String> flags) throws Exception {
        try (Running relay = new Running(flags)) {
            relay.thread.join(SOON.toMillis());
            assertThat(relay.failure.get()).isInstanceOf(FailedException.class);
            return String.valueOf(relay.failure.get());
        }
    }

    private static String run(String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed, true);
        new CommandLine(new RelayCommand()).setOut(writer).setErr(writer).execute(arguments);
        return printed.toString();
    }

    private void assertRefused(String role, String sql) {
        assertThatThrownBy(() -> database.execute(outbox, role, sql))
                .as("%s: %s", role, sql)
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(REFUSED);
    }

    private void provision(String bootstrap) throws Exception {
        Settings settings = Settings.of(
                List.of(
                        CommonSettings.BOOTSTRAP,
                        CommonSettings.CLIENT_CONFIG,
                        CommonSettings.TOPIC_PREFIX,
                        CommonSettings.PARTITIONS,
                        CommonSettings.REPLICATION),
                Map.of("bootstrap", bootstrap, "topic-prefix", prefix, "partitions", "1"));
        try (Admin admin = KafkaClients.admin(settings)) {
            new TopicProvisioning(settings, admin, TopicProvisioning.publicTopics(settings)).create();
        }
        new SchemaRegistration(registry, prefix).register();
    }

    private static String event(String id) {
        return "{\"type\":\"WorkerHired\",\"eventId\":\"" + id + "\",\"source\":\"hr\",\"workerId\":\""
                + EventSamples.WORKER + "\",\"hireId\":\"h\",\"projectId\":\"p1\",\"contractorId\":\"c\","
                + "\"startsOn\":\"2025-07-01\"}";
    }

    private static String insert(String id) {
        return INSERT.formatted(event(id));
    }

    private static void write(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(insert(id));
        }
    }

    /** Whether it is PostgreSQL 14 or newer. */
    private boolean endsSilentSessions() throws SQLException {
        return database.value(outbox, "select current_setting('idle_session_timeout', true)")
                .endsWith("0");
    }

    private String rejects() throws SQLException {
        return database.value(outbox, "select count(*) from cakupan_outbox_rejects");
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.owner(outbox);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private void awaitSent(String... ids) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sent()).containsExactly(ids));
    }

    /** Some may be there twice. */
    private void awaitFirstSent(String... ids) {
        await().atMost(SOON).untilAsserted(() -> assertThat(distinct(sent())).containsExactly(ids));
    }

    private static List<String> distinct(List<String> ids) {
        return ids.stream().distinct().toList();
    }

    private List<String> sent() {
        return ids(read(stack.bootstrap()));
    }

    private static List<String> ids(List<WorkerHired> events) {
        return events.stream().map(WorkerHired::getEventId).toList();
    }

    private List<WorkerHired> read(String bootstrap) {
        TopicPartition only = new TopicPartition(Topics.WORKER_HIRED.name(prefix), 0);
        List<WorkerHired> events = new ArrayList<>();
        try (Deserializer<WorkerHired> values = new AvroSerdes(registry).deserializer(WorkerHired.class);
                KafkaConsumer<String, WorkerHired> consumer = new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap), new StringDeserializer(), values)) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).values().iterator().next();
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(entry -> events.add(entry.value()));
            }
        }
        return events;
    }

    /** A relay that runs in a thread. */
    private final class Running implements AutoCloseable {
        final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        final AtomicReference<Exception> failure = new AtomicReference<>();
        final Relay relay;
        final Thread thread;

        Running() throws Exception {
            this(Map.of());
        }

        Running(Map<String, String> more) throws Exception {
            Map<String, String> flags = new HashMap<>(Map.of(
                    "bootstrap", stack.bootstrap(),
                    "registry", stack.registryUrl(),
                    "topic-prefix", prefix,
                    "database-url", database.url(outbox),
                    "outbox-poll", "50ms"));
            flags.putAll(more);
            relay = RelayCommand.relay(
                    Settings.of(RelaySettings.ALL, flags), Clock.systemUTC(), RelayTest.registry, registry);
            thread = new Thread(this::run, "relay");
            thread.start();
        }

        private void run() {
            try {
                relay.run();
            } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
            }
        }

        void awaitReady() {
            await().atMost(SOON).until(() -> relay.health().ready().get().isEmpty());
        }

        String notReady() {
            return String.join(", ", relay.health().ready().get());
        }

        double meter(String name) {
            return registry.get("cakupan.relay." + name).gauge().value();
        }

        double databaseRetries() {
            return registry.get("cakupan.relay.retries")
                    .tag("cause", "database")
                    .counter()
                    .count();
        }

        double counter(String outcome) {
            return registry.get("cakupan.relay.rows")
                    .tag("outcome", outcome)
                    .counter()
                    .count();
        }

        @Override
        public void close() {
            relay.close();
            await("ended").atMost(SOON).until(() -> !thread.isAlive());
        }
    }
}
