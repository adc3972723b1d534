package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.localstack.LocalStack;
import id.cakupan.producers.register.Register;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.SchemaRegistration;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The publisher and the commands against a real broker and a real registry; each test has topics of its own. */
class ProducersOnRealClusterTest {
    private static final Instant NOW = Instant.parse("2025-07-01T02:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static LocalStack stack;
    private static SchemaRegistryClient registry;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStack.Options.throwAway());
        registry = RegistryClients.create(stack.registryUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        stack.close();
    }

    @Test
    void shouldPublishEveryTypeUnderItsKeyAtTheTimeOfTheClock() throws Exception {
        String prefix = topics("publish.");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<SpecificRecord> events = EventSamples.oneOfEach();
        try (EventPublisher publisher = publisher(prefix, meters)) {
            for (SpecificRecord event : events) {
                RecordMetadata place = publisher.publish(event).get(30, TimeUnit.SECONDS);
                assertThat(place.topic()).isEqualTo(EventForm.of(event).topic().name(prefix));
            }
            assertThat(meters.get("kafka.producer.record.send.total").meters()).isNotEmpty();
        }

        Map<String, SpecificRecord> found = new LinkedHashMap<>();
        for (ConsumerRecord<String, SpecificRecord> entry : read(prefix)) {
            assertThat(entry.timestamp()).isEqualTo(NOW.toEpochMilli());
            found.put(entry.key() + " " + entry.topic().substring(prefix.length()), entry.value());
        }
        assertThat(found)
                .containsOnlyKeys(
                        "spse:nontender:10099782000 project-registered",
                        "p project-insured",
                        "k1.5mTDyC8hKeCeUjp86slaNg worker-hired",
                        "k1.5mTDyC8hKeCeUjp86slaNg worker-released",
                        "k1.5mTDyC8hKeCeUjp86slaNg worker-enrolled",
                        "k1.5mTDyC8hKeCeUjp86slaNg enrolment-ended",
                        "CITY/35.73 coverage-targets",
                        "35.73/ucj/bps reference-figures");
        assertThat(found.values()).containsExactlyInAnyOrderElementsOf(events);
        assertThat(meters.get("cakupan.producer.events")
                        .tags("type", "WorkerHired", "outcome", "sent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** A broker that is not yet ready for the first batch to a new partition must not take the second before it: KAFKA-15591. */
    @Test
    void shouldLoseNothingWhenATopicIsJustBeingMade() throws Exception {
        Settings settings = Settings.of(
                List.of(CommonSettings.BOOTSTRAP, CommonSettings.CLIENT_CONFIG),
                Map.of("bootstrap", stack.bootstrap()));
        Map<String, Object> eager = new HashMap<>(KafkaClients.producer(settings));
        eager.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        eager.put(ProducerConfig.BATCH_SIZE_CONFIG, 200);
        eager.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 50);
        eager.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        eager.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 5);
        eager.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        eager.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        try (Admin admin = KafkaClients.admin(settings)) {
            for (int round = 0; round < 8; round++) {
                String topic = "just-made-" + round;
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                try (KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(eager, new StringSerializer(), new ByteArraySerializer())) {
                    admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1)));
                    for (int i = 0; i < 200; i++) {
                        sent.add(producer.send(new ProducerRecord<>(topic, i % 4, "key", new byte[100])));
                    }
                }
                for (int i = 0; i < sent.size(); i++) {
                    assertThat(sent.get(i)).as("%s, record %s", topic, i).succeedsWithin(Duration.ZERO);
                    assertThat(sent.get(i).get().offset()).isEqualTo(i / 4);
                }
            }
        }
    }

    @Test
    void shouldRefuseABadEventWithoutSendingIt() throws Exception {
        String prefix = topics("refuse.");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        WorkerHired bad = (WorkerHired) EventSamples.oneOfEach().get(2);
        bad.setWorkerId(EventSamples.NIK);
        try (EventPublisher publisher = publisher(prefix, meters)) {
            assertThatThrownBy(() -> publisher.publish(bad).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(BadEvent.class)
                    .message()
                    .doesNotContain(EventSamples.NIK);
        }
        assertThat(read(prefix)).isEmpty();
        assertThat(meters.get("cakupan.producer.events")
                        .tags("type", "WorkerHired", "outcome", "refused")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldFailTheFutureWhenTheSchemaIsNotRegistered() {
        try (EventPublisher publisher = publisher("unregistered.", new SimpleMeterRegistry())) {
            assertThatThrownBy(() ->
                            publisher.publish(EventSamples.oneOfEach().get(2)).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void shouldImportGoodLinesAndExplainBadOnes() throws Exception {
        String prefix = topics("import.");
        Path key = folder.resolve("k");
        PseudonymKeys.create(key, new SecureRandom(), CLOCK);
        List<String> good = new ArrayList<>();
        for (SpecificRecord event : EventSamples.oneOfEach()) {
            good.add(EventSamples.write(event));
        }
        String byNik =
                good.get(2).replace("\"workerId\":\"k1.5mTDyC8hKeCeUjp86slaNg\"", "\"nik\":\"3573014506900001\"");
        String badNik = byNik.replace("3573014506900001", "3573013206900001");
        Path plain = folder.resolve("a.jsonl");
        Files.writeString(plain, String.join("\n", good) + "\n\n" + badNik + "\r\n{oops Budi\n" + byNik + "\n");
        Path zipped = folder.resolve("b.jsonl");
        Files.write(
                zipped,
                LinesTest.gzip(
                        (good.get(0) + "\n" + good.get(0).replace("e1", "") + "\n").getBytes(StandardCharsets.UTF_8)));
        StringWriter out = new StringWriter();

        int code = run(
                new ImportCommand(CLOCK),
                out,
                prefix,
                plain.toString(),
                zipped.toString(),
                "--key-file",
                key.toString());

        assertThat(code).as(out.toString()).isEqualTo(3);
        assertThat(out.toString()).contains("13 lines: 10 sent, 3 rejected").doesNotContain("3573013206900001", "Budi");
        List<ConsumerRecord<String, SpecificRecord>> sent = read(prefix);
        assertThat(sent).hasSize(10);
        String worker = new Pseudonyms(PseudonymKeys.read(key)).of(Nik.parse("3573014506900001"));
        assertThat(sent).filteredOn(entry -> entry.key().equals(worker)).hasSize(1);

        Path rejects = folder.resolve("a.jsonl.rejects.jsonl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejects)))
                .isEqualTo("rw-------");
        List<String> rejected = Files.readAllLines(rejects);
        assertThat(rejected).hasSize(2);
        JsonNode first = JSON.readTree(rejected.get(0));
        assertThat(first.path("file").asText()).isEqualTo(plain.toString());
        assertThat(first.path("line").asInt()).isEqualTo(10);
        assertThat(first.path("field").asText()).isEqualTo("nik");
        assertThat(first.path("kind").asText()).isEqualTo("string");
        assertThat(first.path("reason").asText()).isEqualTo("NIK_DATE");
        assertThat(first.path("pesan").asText()).contains("Tanggal lahir").doesNotContain("3573013206900001");
        assertThat(first.path("message").asText()).contains("birth date").doesNotContain("3573013206900001");
        assertThat(first.path("original").asText()).isEqualTo(badNik);
        assertThat(JSON.readTree(rejected.get(1)).path("reason").asText()).isEqualTo("NOT_JSON");
        assertThat(JSON.readTree(rejected.get(1)).path("line").asInt()).isEqualTo(11);
        assertThat(JSON.readTree(Files.readString(folder.resolve("b.jsonl.rejects.jsonl")))
                        .path("reason")
                        .asText())
                .isEqualTo("FIELD_EMPTY");
    }

    @Test
    void shouldEndByKpjWhatTheSheetsOfSippBeganWhileAKeyIsReplaced() throws Exception {
        String prefix = topics("sipp.");
        Path key = folder.resolve("k");
        PseudonymKeys before = PseudonymKeys.create(key, new SecureRandom(), CLOCK);
        Path register = folder.resolve("data").resolve("register.mv");
        Path wages = Files.writeString(
                folder.resolve("upah.csv"), "NIK;KPJ;NAMA_LENGKAP;UPAH\n3573014506900001;12345678901;BUDI;3500000\n");
        Path began = Files.writeString(
                folder.resolve("baru.csv"),
                "NAMA_LENGKAP;NOMOR_IDENTITAS;TGL_AWAL_BEKERJA\nBUDI;3573014506900001;05-06-2025\n");
        Path ended = Files.writeString(folder.resolve("na.csv"), """
                KPJ;NAMA_LENGKAP;TGL_LAHIR;SEBAB_NA;TGL_KEJADIAN;KETERANGAN
                12345678901;BUDI;;A1;20-06-2025;
                12345678902;SITI;;A1;20-06-2025;
                """);
        List<String> common = List.of(
                "--key-file",
                key.toString(),
                "--register",
                register.toString(),
                "--recorded-at",
                "2025-07-01T08:00:00+07:00");
        StringWriter out = new StringWriter();

        for (int time = 0; time < 2; time++) {
            assertThat(runWith(common, out, prefix, wages.toString(), "--profile", "sipp-wages"))
                    .as(out.toString())
                    .isZero();
            assertThat(runWith(common, out, prefix, began.toString(), "--profile", "sipp-new", "--set", "npp=15070955"))
                    .as(out.toString())
                    .isZero();
            if (time == 0) {
                PseudonymKeys.add(key, new SecureRandom(), CLOCK);
            }
            try (Register open = Register.open(register, () -> new Pseudonyms(before))) {
                assertThat(runWith(common, out, prefix, ended.toString(), "--profile", "sipp-inactive"))
                        .isEqualTo(1);
                assertThat(out.toString()).contains("in use by another import");
                assertThat(open.learntNumbers()).isZero();
            }
            assertThat(runWith(
                            common,
                            out,
                            prefix,
                            ended.toString(),
                            "--profile",
                            "sipp-inactive",
                            "--set",
                            "npp=15070955"))
                    .as(out.toString())
                    .isEqualTo(3);
        }

        List<SpecificRecord> sent =
                read(prefix).stream().map(ConsumerRecord::value).toList();
        String worker = new Pseudonyms(before).of(Nik.parse("3573014506900001"));
        String later = new Pseudonyms(PseudonymKeys.read(key)).of(Nik.parse("3573014506900001"));
        assertThat(sent)
                .filteredOn(WorkerEnrolled.class::isInstance)
                .extracting("workerId", "formerWorkerId")
                .containsExactly(tuple(worker, null), tuple(later, worker));
        String enrolment = ((WorkerEnrolled) sent.get(0)).getEnrolmentId();
        assertThat(sent)
                .filteredOn(EnrolmentEnded.class::isInstance)
                .extracting("workerId", "enrolmentId", "endedOn", "reason")
                .containsExactly(
                        tuple(worker, enrolment, LocalDate.of(2025, 6, 20), EndReason.WITHDRAWN),
                        tuple(later, enrolment, LocalDate.of(2025, 6, 20), EndReason.WITHDRAWN));
        assertThat(sent).hasSize(4);
        assertThat(Files.readString(folder.resolve("na.csv.rejects.csv")))
                .contains("12345678902;SITI", "First import a sheet with the NIK and the KPJ")
                .doesNotContain("12345678901");
        assertThat(out.toString()).doesNotContain("1234567890", "3573014506900001", "BUDI");
    }

    private static int runWith(List<String> common, StringWriter out, String prefix, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(common);
        return run(new ImportCommand(CLOCK), out, prefix, all.toArray(String[]::new));
    }

    @Test
    void shouldGiveTheSameEventsWhenAFileIsImportedTwice() throws Exception {
        String prefix = topics("twice.");
        Path file = folder.resolve("a.jsonl");
        StringBuilder lines = new StringBuilder();
        for (SpecificRecord event : EventSamples.oneOfEach()) {
            lines.append(EventSamples.write(event).replaceFirst("\"eventId\":\"e\\d\",", ""))
                    .append('\n');
        }
        Files.writeString(file, lines);

        assertThat(run(new ImportCommand(CLOCK), new StringWriter(), prefix, file.toString()))
                .isZero();
        assertThat(run(new ImportCommand(CLOCK), new StringWriter(), prefix, file.toString()))
                .isZero();

        List<SpecificRecord> sent =
                read(prefix).stream().map(ConsumerRecord::value).toList();
        assertThat(sent).hasSize(16);
        Set<SpecificRecord> distinct = new HashSet<>(sent);
        assertThat(distinct).hasSize(8);
        assertThat(folder.resolve("a.jsonl.rejects.jsonl")).doesNotExist();
    }

    @Test
    void shouldTellOfRejectedLinesOfAnEarlierRunAndKeepThem() throws Exception {
        String prefix = topics("earlier.");
        String good = EventSamples.write(EventSamples.oneOfEach().get(1)) + "\n";
        Path file = Files.writeString(folder.resolve("a.jsonl"), good + "[]\n");
        Path rejects = folder.resolve("a.jsonl.rejects.jsonl");
        assertThat(run(new ImportCommand(CLOCK), new StringWriter(), prefix, file.toString()))
                .isEqualTo(3);
        String before = Files.readString(rejects);
        Files.writeString(file, good);
        StringWriter out = new StringWriter();

        assertThat(run(new ImportCommand(CLOCK), out, prefix, file.toString())).isZero();

        assertThat(out.toString())
                .contains("still there from an earlier import: " + rejects)
                .doesNotContain("rejects are in");
        assertThat(Files.readString(rejects)).isEqualTo(before);
    }

    @Test
    void shouldImportStandardInputAndPutAllRejectsInOneFile() throws Exception {
        String prefix = topics("stdin.");
        Path rejects = folder.resolve("bad.jsonl");
        Files.writeString(rejects, "{\"file\":\"from an earlier run\"}");
        String line = EventSamples.write(EventSamples.oneOfEach().get(1));
        InputStream before = System.in;
        int code;
        try {
            System.setIn(new ByteArrayInputStream((line + "\n[]\n").getBytes(StandardCharsets.UTF_8)));
            code = run(new ImportCommand(CLOCK), new StringWriter(), prefix, "-", "--rejects", rejects.toString());
        } finally {
            System.setIn(before);
        }

        assertThat(code).isEqualTo(3);
        assertThat(read(prefix)).hasSize(1);
        assertThat(folder.resolve("bad.older-1.jsonl")).hasContent("{\"file\":\"from an earlier run\"}");
        JsonNode rejected = JSON.readTree(Files.readString(rejects));
        assertThat(rejected.path("reason").asText()).isEqualTo("NOT_AN_OBJECT");
        assertThat(rejected.path("file").asText()).isEqualTo("-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejects)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldImportATableFromStandardInputAndLeaveNoCopyOfIt() throws Exception {
        String prefix = topics("table.");
        Path key = folder.resolve("k");
        PseudonymKeys.create(key, new SecureRandom(), CLOCK);
        Path rejects = folder.resolve("bad.csv");
        Set<Path> before = spooled();
        StringWriter out = new StringWriter();
        InputStream standardInput = System.in;
        int code;
        try {
            String table = "NIK;Nama;Tanggal Mulai\n3573014506900001;Budi;16/06/2025\n3573;Siti;16/06/2025\n";
            System.setIn(new ByteArrayInputStream(LinesTest.gzip(table.getBytes(StandardCharsets.UTF_8))));
            code = run(
                    new ImportCommand(CLOCK),
                    out,
                    prefix,
                    "-",
                    "--profile",
                    "jakon-hires",
                    "--set",
                    "proyek=spse:tender:1",
                    "--set",
                    "npp=15070955",
                    "--recorded-at",
                    "2025-06-20T08:00:00+07:00",
                    "--rejects",
                    rejects.toString(),
                    "--key-file",
                    key.toString());
        } finally {
            System.setIn(standardInput);
        }

        assertThat(code).as(out.toString()).isEqualTo(3);
        assertThat(read(prefix)).hasSize(1);
        assertThat(Files.readAllLines(rejects)).hasSize(2).last().asString().startsWith("3573;Siti;");
        assertThat(spooled()).isEqualTo(before);
    }

    private static Set<Path> spooled() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(each -> Files.exists(each.resolve("stdin"))).collect(Collectors.toSet());
        }
    }

    @Test
    void shouldStopAtANikWhenThereIsNoKey() throws Exception {
        String prefix = topics("nokey.");
        Path file = folder.resolve("a.jsonl");
        Files.writeString(
                file,
                EventSamples.write(EventSamples.oneOfEach().get(2))
                        .replace("\"workerId\":\"k1.5mTDyC8hKeCeUjp86slaNg\"", "\"nik\":\"3573014506900001\""));
        StringWriter out = new StringWriter();

        int code = run(
                new ImportCommand(CLOCK),
                out,
                prefix,
                file.toString(),
                "--key-file",
                folder.resolve("none").toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("cakupan keys create").doesNotContain("3573014506900001");
    }

    @Test
    void shouldFailAndSayFromWhereWhenEventsCannotBeSent() throws Exception {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(
                file, "\n" + EventSamples.write(EventSamples.oneOfEach().get(2)));
        Path impatient = folder.resolve("client.properties");
        Files.writeString(impatient, "max.block.ms=1000\n");
        StringWriter out = new StringWriter();

        int code = run(
                new ImportCommand(CLOCK), out, "elsewhere.", file.toString(), "--client-config", impatient.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("1 lines: 0 sent, 0 rejected")
                .contains("Everything before line 2 of " + file)
                .contains("Import again");
    }

    @Test
    void shouldSayWhereAFileCannotBeReadAndWhatWasSentBefore() throws Exception {
        String prefix = topics("cut.");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Random noise = new Random(1);
        try (OutputStream gzip = new GZIPOutputStream(whole)) {
            for (int i = 0; i < 2_000; i++) {
                String line = EventSamples.write(EventSamples.oneOfEach().get(1))
                        .replace("\"type\"", "\"participantNumber\":\"" + noise.nextLong(1_000_000) + "\",\"type\"");
                gzip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path file = folder.resolve("cut.gz");
        Files.write(file, Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
        StringWriter out = new StringWriter();

        assertThat(run(new ImportCommand(CLOCK), out, prefix, file.toString())).isEqualTo(1);

        assertThat(out.toString()).containsPattern("Cannot go on after line [1-9]\\d* of " + file);
    }

    @Test
    void shouldLeaveAFileAloneThatIsNoRejectsFile() throws Exception {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(file, "[]");
        Path precious = folder.resolve("precious.txt");
        Files.writeString(precious, "precious");
        StringWriter out = new StringWriter();

        int code = run(new ImportCommand(CLOCK), out, "x.", file.toString(), "--rejects", precious.toString());

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).contains("is no rejects file");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void shouldNotStartWithWrongArguments() {
        StringWriter out = new StringWriter();
        String missing = folder.resolve("none.jsonl").toString();

        assertThat(run(new ImportCommand(CLOCK), out, "x.", missing)).isEqualTo(2);
        assertThat(run(new ImportCommand(CLOCK), out, "x.")).isEqualTo(2);
        assertThat(run(new ImportCommand(CLOCK), out, "x.", "-", "-")).isEqualTo(2);
        assertThat(out.toString()).contains("Cannot read " + missing, "Standard input can be given once");
    }

    @Test
    void shouldRefuseARejectsFileThatIsAnInput() throws Exception {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(file, "oops");

        assertThat(run(
                        new ImportCommand(CLOCK),
                        new StringWriter(),
                        "x.",
                        file.toString(),
                        "--rejects",
                        file.toString()))
                .isEqualTo(2);
        assertThat(Files.readString(file)).isEqualTo("oops");
    }

    @Test
    void shouldSimulateIntoTheClusterWithALiveTailUntilStopped() throws Exception {
        String prefix = topics("simulate.");
        StringWriter out = new StringWriter();
        SimulateCommand command = new SimulateCommand(CLOCK);
        Thread running = new Thread(
                () -> run(command, out, prefix, "--workers", "200", "--projects", "20", "--live", "--rate", "500"));
        running.start();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            String topic = Topics.WORKER_HIRED.name(prefix);
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            long today = 0;
            while (today < 20) {
                for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofSeconds(30))) {
                    WorkerHired hire = new AvroSerdes(registry)
                            .deserializer(WorkerHired.class)
                            .deserialize(topic, entry.value());
                    today += hire.getRecordedAt().equals(NOW) ? 1 : 0;
                }
            }
        } finally {
            command.stop();
            running.join(TimeUnit.SECONDS.toMillis(60));
        }

        assertThat(running.isAlive()).isFalse();
        assertThat(out.toString())
                .contains("200 workers on 20 projects, 2024-07-01 to 2025-06-30")
                .contains("live events");
    }

    private static String topics(String prefix) throws Exception {
        Settings settings = Settings.of(
                List.of(
                        CommonSettings.BOOTSTRAP,
                        CommonSettings.CLIENT_CONFIG,
                        CommonSettings.TOPIC_PREFIX,
                        CommonSettings.PARTITIONS,
                        CommonSettings.REPLICATION),
                Map.of("bootstrap", stack.bootstrap(), "topic-prefix", prefix, "partitions", "1"));
        try (Admin admin = KafkaClients.admin(settings)) {
            new TopicProvisioning(settings, admin, TopicProvisioning.publicTopics(settings)).create();
        }
        new SchemaRegistration(registry, prefix).register();
        return prefix;
    }

    private static int run(Object command, StringWriter printed, String prefix, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of("--bootstrap", stack.bootstrap(), "--registry", stack.registryUrl(), "--topic-prefix", prefix));
        PrintWriter writer = new PrintWriter(printed, true);
        return new CommandLine(command).setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
    }

    private static EventPublisher publisher(String prefix, SimpleMeterRegistry meters) {
        return EventPublisher.open(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.bootstrap(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        5_000),
                new AvroSerdes(registry, Duration.ofSeconds(5)),
                prefix,
                CLOCK,
                meters);
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.bootstrap(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Everything in the input topics of a prefix. */
    private static List<ConsumerRecord<String, SpecificRecord>> read(String prefix) {
        List<ConsumerRecord<String, SpecificRecord>> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            for (Topic<? extends SpecificRecord> topic : Topics.EVENTS) {
                TopicPartition only = new TopicPartition(topic.name(prefix), 0);
                consumer.assign(List.of(only));
                consumer.seekToBeginning(List.of(only));
                long end =
                        consumer.endOffsets(List.of(only)).values().iterator().next();
                while (consumer.position(only) < end) {
                    for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofSeconds(5))) {
                        SpecificRecord value = new AvroSerdes(registry)
                                .deserializer(topic.type())
                                .deserialize(entry.topic(), entry.value());
                        all.add(new ConsumerRecord<>(
                                entry.topic(),
                                0,
                                entry.offset(),
                                entry.timestamp(),
                                entry.timestampType(),
                                0,
                                0,
                                entry.key(),
                                value,
                                entry.headers(),
                                entry.leaderEpoch()));
                    }
                }
            }
        }
        return all;
    }
}
