package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cakupan.records.WorkerHired;
import id.cakupan.coverage.Level;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.producers.relay.TestDatabase;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No NIK, KPJ, name or wage of a person leaves the hands of the user: marked ones go in through every door, in good data and in
 * bad, and are then looked for in everything that all processes have left behind.
 */
class CanaryTest {
    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String WAITING = "select count(*) from cakupan_outbox o where not exists (select from"
            + " cakupan_outbox_position p where (o.xid, o.id) <= (p.xid, p.id))";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REJECTS = 3;
    private static final Canaries PERSONS = Canaries.FIRST;
    /** Those whose data somebody else wrote into topics: they stay there and in the dead letters, and go nowhere else. */
    private static final Canaries FOREIGN = Canaries.SECOND;

    @TempDir
    Path hands;

    private final LeakScan scan = PERSONS.scan();
    private final LeakScan foreign = FOREIGN.scan();
    private final Map<StreamsProcess, Integer> imports = new LinkedHashMap<>();

    @Test
    @Timeout(300)
    void shouldLeavePersonalDataNowhere() throws Exception {
        Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "canary-");
        Path spaceFolder;
        String input;
        String deadLetters;
        CanaryFiles files = new CanaryFiles(hands);
        try (Cluster cluster = Cluster.start(data);
                Space space = Space.setUp(cluster, "canary", PARTITIONS)) {
            spaceFolder = space.folder();
            input = space.topic(Topics.WORKER_HIRED);
            deadLetters = space.prefix() + Topics.DEAD_LETTERS;
            Commands.succeed(List.of("keys", "create", "--key-file", keyFile().toString()));
            StreamsProcess rocksdb =
                    space.startAs("canary-rocksdb", "one", "--storage", "rocksdb", "--log-level", "trace");
            StreamsProcess memory = space.startAs(
                    "canary-memory", "one", "--storage", "memory", "--log-level", "debug", "--log-format", "json");

            importAll(space, files);
            sendForeign(space);
            try (CanaryGateway gateway = new CanaryGateway(space, hands, keyFile(), this::text)) {
                gateway.send(files, 110, 120);
                end(gateway.process());
            }
            relay(space, files);

            lookAtFigures(space, files.hired().size());
            lookAtDeadLetters(space, deadLetters);
            for (StreamsProcess app : List.of(rocksdb, memory)) {
                end(app);
            }
        }
        assertThat(rejects())
                .hasSizeGreaterThan(3)
                .allSatisfy((file, mode) -> assertThat(mode).as(file).isEqualTo("rw-------"));

        scan.folder(spaceFolder);
        foreign.folder(spaceFolder);
        scan.folder(data);
        scan.segments(data, topic -> true);
        Predicate<String> elsewhere = topic -> !topic.equals(input) && !topic.equals(deadLetters);
        foreign.folder(data, file -> elsewhere.test(LeakScan.topic(file)));
        foreign.segments(data, elsewhere);

        LeakScan there = FOREIGN.scan();
        there.segments(data, input::equals);
        assertThat(there.findings()).as("foreign records in their topic").isNotEmpty();
        LeakScan rejected = PERSONS.scan();
        rejected.folder(hands, file -> file.toString().endsWith(".rejects.csv"));
        assertThat(rejected.findings()).as("what the user is to mend").isNotEmpty();

        assertThat(scan.records()).as("records").isGreaterThan(500);
        assertThat(scan.headers()).as("headers").isGreaterThan(10);
        assertThat(scan.files()).as("files").isGreaterThan(100);
        assertThat(scan.entries()).as("entries of state stores").isGreaterThan(100);
        assertThat(scan.findings()).as("marked values that leaked").isEmpty();
        assertThat(foreign.findings())
                .as("values of foreign records in other places than those")
                .isEmpty();
        delete(data);
    }

    /** Looks at what a process serves, and ends it. */
    private void end(StreamsProcess process) throws IOException, InterruptedException {
        assertThat(process.isAlive()).isTrue();
        for (String path : List.of("/metrics", "/health/ready", "/health/live")) {
            text(path, process.get(path).body());
        }
        process.stop();
    }

    /** Lets the relay send good and bad rows of an outbox, and looks at what it wrote into the database. */
    private void relay(Space space, CanaryFiles files) throws IOException, SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.start(hands.resolve("postgresql"))) {
            String outbox = database.newOutbox();
            List<String> bad = files.badEvents(120);
            for (String event : Stream.concat(files.goodEvents("relay", 120, 130).stream(), bad.stream())
                    .toList()) {
                database.execute(
                        outbox,
                        TestDatabase.WRITER,
                        "insert into cakupan_outbox (event) values ('" + event + "'::jsonb)");
            }
            List<String> arguments = space.arguments(
                    "relay",
                    "--database-url",
                    database.url(outbox),
                    "--http-port",
                    "0",
                    "--key-file",
                    keyFile().toString(),
                    "--log-level",
                    "trace");
            try (StreamsProcess relay =
                    StreamsProcess.start(arguments, space.folder().resolve("relay.log"))) {
                relay.awaitReady();
                await("rows sent")
                        .atMost(LIMIT)
                        .until(() -> database.value(outbox, WAITING).equals("0"));
                end(relay);
            }
            assertThat(database.value(outbox, "select count(*) from cakupan_outbox_rejects"))
                    .isEqualTo(String.valueOf(bad.size()));
            for (String table : List.of("cakupan_outbox_rejects", "cakupan_outbox_position")) {
                text(table, database.value(outbox, "select string_agg(t::text, ' ') from " + table + " t"));
            }
        }
    }

    private Path keyFile() {
        return hands.resolve("pseudonym.key");
    }

    /** Imports good and bad files in processes of their own, several at a time. */
    private void importAll(Space space, CanaryFiles files) throws IOException, InterruptedException {
        Path snapshots = space.folder().resolve("snapshots");
        Path register = space.folder().resolve("register.mv");
        start(space, DONE, "project-registered", files.projects());
        start(space, REJECTS, "jakon-workers", files.workers("csv", 0, 20));
        start(space, REJECTS, "jakon-workers", files.workers("xlsx", 20, 40));
        awaitImports();
        start(space, REJECTS, "jakon-workers", files.workers("json", 40, 60));
        start(space, REJECTS, null, files.lines(60, 80));
        start(space, FAILED, "jakon-workers", files.rounded());
        start(space, FAILED, "jakon-workers", files.withoutHeadings());
        awaitImports();
        start(space, FAILED, "jakon-workers", files.cutOff());
        start(space, DONE, "sipp-new", files.sippNew(), "--register", register.toString());
        start(space, REJECTS, "spse-contracts", files.contracts(), "--recorded-at", "2025-07-10T00:00:00Z");
        start(
                space,
                DONE,
                "jakon-workers",
                files.list("dulu.csv", 80, 100, Duration.ofDays(3)),
                "--snapshot=daftar",
                "--snapshot-folder",
                snapshots.toString());
        awaitImports();
        start(space, REJECTS, "sipp-wages", files.sippWages(), "--register", register.toString());
        start(
                space,
                USAGE,
                "jakon-workers",
                files.workers("csv", 0, 20),
                "--set",
                "selesai=" + PERSONS.name(0),
                "--set",
                "proyek=" + PERSONS.name(0));
        start(
                space,
                REJECTS,
                "jakon-workers",
                files.workers("csv", 0, 20),
                "--set",
                "kontraktor=npwp:" + PERSONS.nik(0),
                "--dry-run",
                "--snapshot=coba",
                "--snapshot-folder",
                snapshots.toString());
        start(
                space,
                DONE,
                "jakon-workers",
                files.list("kini.csv", 82, 104, Duration.ofHours(1)),
                "--snapshot=daftar",
                "--snapshot-folder",
                snapshots.toString());
        awaitImports();
        start(space, REJECTS, "sipp-inactive", files.sippInactive(), "--register", register.toString());
        awaitImports();
        assertThat(register).isNotEmptyFile();
        files.hired().removeAll(List.of(80, 81));
    }

    private void start(Space space, int exitCode, @Nullable String profile, Path file, String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(
                space.arguments("import", "--key-file", keyFile().toString()));
        arguments.addAll(List.of("--log-level", "trace"));
        if (profile != null) {
            arguments.addAll(List.of("--profile", profile));
        }
        arguments.addAll(List.of(more));
        arguments.add(file.toString());
        Path log = space.folder().resolve("import-" + imports.size() + ".log");
        imports.put(StreamsProcess.start(arguments, log), exitCode);
    }

    private void awaitImports() throws InterruptedException {
        for (Map.Entry<StreamsProcess, Integer> one : imports.entrySet()) {
            assertThat(one.getKey().awaitExit(LIMIT)).as(one.getKey().log()).isEqualTo(one.getValue());
        }
    }

    /** Records as no program of ours writes them: not Avro at all, no value, and a key that is not the worker's id. */
    private static void sendForeign(Space space) throws Exception {
        Encoder encoder = new Encoder(space, PARTITIONS);
        byte[] nik = CanaryFiles.utf8(FOREIGN.nik(1));
        byte[] row =
                CanaryFiles.utf8(FOREIGN.nik(1) + ";" + FOREIGN.name(1) + ";" + FOREIGN.kpj(1) + ";" + FOREIGN.wage());
        byte[] hire = encoder.bytes(WorkerHired.newBuilder()
                .setEventId("foreign")
                .setSource("test")
                .setRecordedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setWorkerId("k1.abcdefghijklmnopqrstuv")
                .setHireId("h")
                .setProjectId(Site.id(1))
                .setContractorId("npp:15070")
                .setStartsOn(LocalDate.of(2025, 7, 1))
                .build());
        String topic = space.topic(Topics.WORKER_HIRED);
        List<ProducerRecord<byte[], byte[]>> records = List.of(
                new ProducerRecord<>(topic, nik, row),
                new ProducerRecord<>(topic, null, row),
                new ProducerRecord<>(topic, row, null),
                new ProducerRecord<>(topic, nik, hire));
        records.forEach(record -> record.headers().add("nama", row));
        try (BatchSender sender = new BatchSender(space.cluster())) {
            sender.send(records);
        }
    }

    private void lookAtFigures(Space space, int workers) {
        Looking.awaitFigures(space, "canary-memory");
        var figures = Looking.awaitFigures(space, "canary-rocksdb");
        assertThat(Objects.requireNonNull(figures.get(new Group(Level.CITY, "35.73")))
                        .counts()
                        .workers())
                .isEqualTo(workers);
        for (List<String> arguments : List.of(
                space.arguments("figures"),
                space.arguments("figures", "--json"),
                space.arguments("figures", "--json", "--timeline"),
                space.arguments("alerts"),
                space.arguments("alerts", "--json"))) {
            Commands.Result result = Commands.succeed(arguments);
            text("output of " + arguments.get(0), result.out());
            text("errors of " + arguments.get(0), result.err());
        }
    }

    /** What a dead letter adds to the record that it keeps says nothing of its content. */
    private void lookAtDeadLetters(Space space, String topic) {
        await().atMost(LIMIT).until(() -> Reader.raw(space.cluster(), topic).size() >= 4);
        for (ConsumerRecord<byte[], byte[]> letter : Reader.raw(space.cluster(), topic)) {
            for (Header header : letter.headers()) {
                if (header.key().startsWith("cakupan.")) {
                    scan.bytes("dead letter's " + header.key(), header.value());
                    foreign.bytes("dead letter's " + header.key(), header.value());
                }
            }
        }
    }

    private void text(String where, String text) {
        assertThat(text).isNotNull();
        scan.text(where, text);
        foreign.text(where, text);
    }

    /** The files of what was rejected, which the user keeps, with their modes. */
    private Map<String, String> rejects() throws IOException {
        Map<String, String> modes = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(hands)) {
            for (Path file :
                    all.filter(path -> path.toString().contains(".rejects.")).toList()) {
                modes.put(
                        String.valueOf(file.getFileName()),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
