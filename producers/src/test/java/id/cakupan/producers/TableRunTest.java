package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.profiles.Profiles;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run over tables prints, keeps and refuses. */
class TableRunTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final String HEAD = "NIK;Nama;Tanggal Mulai;Upah\n";
    private static final String GOOD = "3573014506900001;Budi Contoh;16/07/2025;3500000\n";
    private static final String BAD = "3573;Siti Contoh;16/07/2025;3500000\n";

    @TempDir
    Path folder;

    private Runnable atEachSend = () -> {};
    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[0]) {
                @Override
                public synchronized Future<RecordMetadata> send(
                        ProducerRecord<String, SpecificRecord> sent, Callback callback) {
                    atEachSend.run();
                    return super.send(sent, callback);
                }
            };
    private final EventPublisher publisher = new EventPublisher(producer, "x.", CLOCK, new SimpleMeterRegistry());
    private final StringWriter printed = new StringWriter();
    private final TableOptions options = new TableOptions();

    @SuppressWarnings("NullAway.Init") // prepare sets it
    private Path sheet;

    @SuppressWarnings("NullAway.Init") // prepare sets it
    private Path rejects;

    @BeforeEach
    void prepare() {
        options.profile = "jakon-hires";
        options.recordedAt = "2025-07-20T00:00:00+07:00";
        options.given = new LinkedHashMap<>(Map.of("proyek", "spse:nontender:10099782000", "npp", "15070955"));
        sheet = folder.resolve("daftar.csv");
        rejects = folder.resolve("daftar.csv.rejects.csv");
    }

    @Test
    void shouldKeepRejectsThatSomebodyBeganToMend() throws Exception {
        assertThat(run(HEAD + GOOD + BAD)).isEqualTo(3);
        assertThat(printed.toString()).contains("rejects are in " + rejects).doesNotContain("older");
        String mended = Files.readString(rejects).replace("3573;", "3573015107880002;");
        Files.writeString(rejects, mended);
        Files.setPosixFilePermissions(rejects, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run(HEAD + GOOD + BAD)).isEqualTo(3);

        Path kept = folder.resolve("daftar.csv.rejects.older-1.csv");
        assertThat(Files.readString(kept)).isEqualTo(mended);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(rejects)).contains("3573;Siti");
        assertThat(printed.toString()).contains("rejects are in " + rejects, "kept in " + kept);
    }

    @Test
    void shouldKeepNothingTwiceWhenTheSameIsRejectedAgain() throws Exception {
        run(HEAD + GOOD + BAD);
        assertThat(run(HEAD + GOOD + BAD)).isEqualTo(3);

        assertThat(printed.toString()).doesNotContain("older");
        assertThat(files()).containsExactly("daftar.csv", "daftar.csv.rejects.csv");
    }

    @Test
    void shouldTellOfOlderRejectsAfterACleanRunAndNotCallThemItsOwn() throws Exception {
        run(HEAD + GOOD + BAD);
        String before = Files.readString(rejects);

        assertThat(run(HEAD + GOOD)).isZero();

        assertThat(printed.toString())
                .contains("still there from an earlier import: " + rejects)
                .doesNotContain("rejects are in");
        assertThat(Files.readString(rejects)).isEqualTo(before);
        Files.delete(rejects);
        assertThat(run(HEAD + GOOD)).isZero();
        assertThat(printed.toString()).doesNotContain("still there");
    }

    @Test
    void shouldShowTheFirstRowsOfADryRunWithoutPersonalData() throws Exception {
        options.dryRun = true;
        String rows = GOOD
                + "'3573 0151 0788 0002;Siti Contoh;17 Juli 2025;\n"
                + "Agus Contoh;3573015107880002;Agus Contoh;1\n"
                + "3,57E+15;Dewi Contoh;20-Jul-25;4.000.000\n"
                + GOOD.repeat(3);
        run("NIK;Nama;Tanggal Mulai;Upah;NIK Istri;ID Proyek\n" + rows.replace("\n", ";3573015107880002;Rini\n"));

        assertThat(printed.toString()
                        .lines()
                        .filter(line -> line.startsWith("  "))
                        .limit(5))
                .containsExactly(
                        "  2: NIK=357301… | Nama=••• | Tanggal Mulai=2025-07-16 | Upah=••• | NIK Istri=••• | ID Proyek=•••",
                        "  3: NIK=357301… | Nama=••• | Tanggal Mulai=2025-07-17 | Upah= | NIK Istri=••• | ID Proyek=•••",
                        "  4: NIK=••• | Nama=••• | Tanggal Mulai=••• | Upah=••• | NIK Istri=••• | ID Proyek=•••",
                        "  5: NIK=••• | Nama=••• | Tanggal Mulai=2025-07-20 | Upah=••• | NIK Istri=••• | ID Proyek=•••",
                        "  6: NIK=357301… | Nama=••• | Tanggal Mulai=2025-07-16 | Upah=••• | NIK Istri=••• | ID Proyek=•••");
        assertThat(printed.toString())
                .doesNotContain(
                        "  7: ",
                        "Budi",
                        "Siti",
                        "Agus",
                        "Dewi",
                        "Rini",
                        "Contoh",
                        "3500000",
                        "4.000.000",
                        "3573014506900001")
                .doesNotContain("3573015107880002", "3573 0151");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldShowWhatWasReadOfAProject() throws Exception {
        options.dryRun = true;
        options.profile = "project-registered";
        options.given = Map.of();
        String head =
                "ID Proyek;Nama Proyek;Kode Kecamatan;ID Kontraktor;Nama Kontraktor;Sumber Dana;Nilai Kontrak;Gaji\n";
        run(head + "spse:tender:1;<b>Rehab</b> SDN;35.73.01;npp:15070955;CV Contoh;APBD;1.375.000,00;5\n");

        assertThat(printed.toString())
                .contains("  2: ID Proyek=spse:tender:1 | Nama Proyek=Rehab SDN | Kode Kecamatan=35.73.01 | ID"
                        + " Kontraktor=npp:15070955 | Nama Kontraktor=CV Contoh | Sumber Dana=APBD | Nilai Kontrak=1375000 |"
                        + " Gaji=•••\n");
    }

    @Test
    void shouldNoticeThatTheFileChangesWhileItIsSent() throws Exception {
        atEachSend = () -> touch(sheet);
        options.snapshot = "";
        assertThat(run(HEAD + GOOD)).isEqualTo(1);

        assertThat(printed.toString()).contains("Cannot go on after row", "changed while it was read", "import again");
        atEachSend = () -> {};
        producer.clear();
        assertThat(run(HEAD + GOOD)).isZero();
        assertThat(producer.history())
                .as("nothing was remembered of the snapshot")
                .hasSize(1);
    }

    @Test
    void shouldSayThatRejectsAreNotWholeWhenItCouldNotGoOn() throws Exception {
        atEachSend = () -> touch(sheet);

        assertThat(run(HEAD + BAD + GOOD)).isEqualTo(1);

        assertThat(printed.toString()).contains("rejects so far are in " + rejects);
    }

    @ParameterizedTest
    @CsvSource({
        "mulai, 32/13/2025, calendar",
        "npp, '', has no value",
        "proyek, Budi Contoh, is not a code",
        "npwp, 12, 15 or 16 digits",
        "nosuch, 1, has no column"
    })
    void shouldRefuseAValueForAllRowsThatNoRowCouldHave(String column, String value, String reason) {
        options.given.put(column, value);

        assertThatThrownBy(() -> run(HEAD + GOOD))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(column)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("Budi");
    }

    @Test
    void shouldLeaveADayToTheFileThatShowsItsOrder() throws Exception {
        options.given.put("selesai", "05/08/2025");

        assertThat(run(HEAD + GOOD)).isZero();
        assertThat(String.valueOf(producer.history().get(0).value())).contains("2025-08-05");
    }

    @Test
    void shouldReportProgressOfTheFirstPassToo() throws Exception {
        StringBuilder rows = new StringBuilder(HEAD);
        for (int i = 1; i <= 3_000; i++) {
            rows.append(GOOD.replace("0001", String.format("%04d", i)));
        }
        rows.append(BAD);
        Files.writeString(sheet, rows);
        long size = Files.size(sheet);
        Map<TableImport.Phase, List<long[]>> seen = new LinkedHashMap<>();
        Receiving receiving = new Receiving(
                publisher,
                new Sending(publisher),
                null,
                new Endings(publisher, EventSamples::pseudonyms, "x", ZONE),
                ZONE,
                true);
        new TableImport(
                        Profiles.find("jakon-hires"),
                        options.reading("x", ZONE),
                        EventSamples::pseudonyms,
                        receiving,
                        (phase, bytes, read, rejected) -> seen.computeIfAbsent(phase, p -> new ArrayList<>())
                                .add(new long[] {bytes, read, rejected}),
                        null)
                .read(List.of(new TableFile(sheet, "daftar.csv", rejects)));

        assertThat(seen.keySet())
                .containsExactly(
                        new TableImport.Phase("memeriksa/checking", 2 * size),
                        new TableImport.Phase("impor/import", size));
        seen.forEach((phase, calls) -> {
            assertThat(calls).hasSizeGreaterThan(3_000);
            for (int i = 1; i < calls.size(); i++) {
                assertThat(calls.get(i)[0]).isBetween(calls.get(i - 1)[0], phase.bytes());
                assertThat(calls.get(i)[1]).isGreaterThanOrEqualTo(calls.get(i - 1)[1]);
            }
            assertThat(calls.get(calls.size() - 1)[0]).isEqualTo(phase.bytes());
            assertThat(calls.get(calls.size() - 1)[1]).isEqualTo(3_001);
        });
        List<long[]> checking = seen.values().iterator().next();
        assertThat(checking.get(0)).as("the encoding is looked for first").containsExactly(65_536, 0, 0);
        List<long[]> sending = new ArrayList<>(seen.values()).get(1);
        assertThat(sending.get(sending.size() - 1)[2]).isEqualTo(1);
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int run(String content) throws Exception {
        printed.getBuffer().setLength(0);
        Files.writeString(sheet, content);
        PrintWriter out = new PrintWriter(printed, true);
        return TableRun.of(options, "contractor", ZONE, out, out)
                .run(
                        List.of(new TableFile(sheet, sheet.toString(), rejects)),
                        EventSamples::pseudonyms,
                        publisher,
                        folder.resolve("snapshots"),
                        folder.resolve("register.mv"));
    }
}
