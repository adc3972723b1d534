package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.WorkerEnrolled;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.FailedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sheets of SIPP with the columns that they really have, and what one tells of another. */
class SippImportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String BUDI = "3573014506900001";
    private static final String SITI = "3573014506900002";
    private static final String AGUS = "3573014506900003";
    private static final String KPJ_BUDI = "12345678901";
    private static final String KPJ_SITI = "12345678902";
    private static final String WAGES = "NIK,NO_PEGAWAI,KPJ,KODE_TK,NAMA_LENGKAP,TGL_LAHIR,UPAH,RAPEL,BLTH,NPP";
    private static final String NEW = "NO_PEGAWAI,NAMA_LENGKAP,GELAR,TEMPAT_LAHIR,TANGGAL_LAHIR,JENIS_IDENTITAS,"
            + "NOMOR_IDENTITAS,JENIS_KELAMIN,TANGGAL_KEPESERTAAN,STATUS_KAWIN,NPWP,UPAH,LOKASI_PEKERJAAN,STATUS_PEGAWAI,"
            + "TGL_AWAL_BEKERJA,TGL_AKHIR_KONTRAK";
    private static final String CONTINUING =
            "NOMOR_IDENTITAS_KPJ,NO_PEGAWAI,NAMA_LENGKAP,TGL_LAHIR,UPAH,LOKASI_PEKERJAAN,"
                    + "STATUS_PEGAWAI,TGL_AWAL_BEKERJA,TGL_AKHIR_KONTRAK";
    private static final String INACTIVE = "KPJ,NAMA_LENGKAP,TGL_LAHIR,SEBAB_NA,TGL_KEJADIAN,KETERANGAN";

    @TempDir
    Path folder;

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[0]);
    private final EventPublisher publisher = new EventPublisher(producer, "x.", CLOCK, new SimpleMeterRegistry());
    private final StringWriter printed = new StringWriter();
    private final TableOptions options = new TableOptions();
    private Pseudonyms pseudonyms = EventSamples.pseudonyms();

    @SuppressWarnings("NullAway.Init")
    private Path register;

    @BeforeEach
    void name() {
        register = folder.resolve("register.mv");
    }

    @Test
    void shouldEndTheEnrolmentOfAKpjTheSameWayEveryTime() throws Exception {
        assertThat(run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI), wage(SITI, KPJ_SITI)))
                .isZero();
        assertThat(sent()).isEmpty();
        assertThat(printed.toString())
                .contains("known by KPJ                  2  rows", "2 rows: 0 events sent, 0 rows rejected")
                .doesNotContain("not counted");
        assertThat(run(
                        "sipp-new",
                        NEW,
                        began(BUDI, "01-07-2024"),
                        began(BUDI, "05-07-2025"),
                        began(SITI, "05-07-2025")))
                .isZero();
        List<SpecificRecord> enrolled = sent();
        assertThat(enrolled).hasSize(3);
        String second = ((WorkerEnrolled) enrolled.get(1)).getEnrolmentId();

        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isZero();

        List<SpecificRecord> ends = sent();
        assertThat(ends)
                .containsExactly(new EnrolmentEnded(
                        ((EnrolmentEnded) ends.get(0)).getEventId(),
                        "bpjs",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        id(BUDI),
                        second,
                        LocalDate.of(2025, 12, 12),
                        EndReason.WITHDRAWN,
                        null));
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI), wage(SITI, KPJ_SITI));
        run("sipp-new", NEW, began(BUDI, "01-07-2024"), began(BUDI, "05-07-2025"), began(SITI, "05-07-2025"));
        assertThat(sent()).isEqualTo(enrolled);
        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025"));
        assertThat(sent()).isEqualTo(ends);
        assertThat(run(
                        "sipp-inactive",
                        INACTIVE + ",NIK,TGL_AWAL_BEKERJA",
                        left("", "A1", "12-12-2025") + "," + BUDI + ",05-07-2025"))
                .isZero();
        assertThat(sent()).isEqualTo(ends);
        assertThat(register).content(StandardCharsets.ISO_8859_1).doesNotContain(BUDI, KPJ_BUDI, "CONTOH");
    }

    @Test
    void shouldLearnKpjFromWhicheverSheetHasItWithANik() throws Exception {
        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI, began(SITI, "05-07-2025") + ",");
        run("sipp-inactive", INACTIVE + ",NIK", left(KPJ_SITI, "", "12-12-2025") + "," + SITI);
        assertThat(sent()).hasSize(1);

        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "", "12-12-2025"), left(KPJ_SITI, "", "12-12-2025")))
                .isZero();
        assertThat(sent()).extracting("workerId").containsExactly(id(BUDI), id(SITI));
    }

    @Test
    void shouldTakeWorkersOnByNikOrKpjAndEndThat() throws Exception {
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));

        assertThat(run(
                        "sipp-continuing",
                        CONTINUING,
                        KPJ_BUDI + ",7,BUDI CONTOH,05-06-1990,3500000,MALANG,TETAP,01-08-2025,",
                        SITI + ",8,SITI CONTOH,05-06-1990,3500000,MALANG,TETAP,01-08-2025,",
                        "12345678909,9,AGUS CONTOH,05-06-1990,3500000,MALANG,TETAP,01-08-2025,"))
                .isEqualTo(3);
        assertThat(errors()).containsExactly(BadEventReason.KPJ_UNKNOWN);
        assertThat(sent())
                .hasSize(2)
                .extracting("workerId", "contractorId")
                .containsExactly(tuple(id(BUDI), "npp:15070955"), tuple(id(SITI), "npp:15070955"));
        Object enrolment = ((WorkerEnrolled) sent().get(0)).getEnrolmentId();

        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "", "12-12-2025"));
        assertThat(sent()).extracting("enrolmentId").containsExactly(enrolment);
        run("sipp-new", NEW, began(BUDI, "01-08-2025"));
        assertThat(sent()).extracting("enrolmentId").containsExactly(enrolment);
    }

    @Test
    void shouldReadTheWorkbookThatSippTakes() throws Exception {
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));
        run("sipp-new", NEW, began(BUDI, "05-07-2025"));
        Path file = folder.resolve("tk-na.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            workbook.newWorksheet("petunjuk").value(0, 0, "KPJ TGL_KEJADIAN");
            Worksheet sheet = workbook.newWorksheet("data_tk_na");
            String[] headings = INACTIVE.split(",", -1);
            String[] asText = left("'" + KPJ_BUDI, "A1", "2025-12-12").split(",", -1);
            for (int column = 0; column < headings.length; column++) {
                sheet.value(0, column, headings[column]);
                sheet.value(1, column, asText[column]);
                sheet.value(2, column, asText[column]);
            }
            sheet.value(2, 0, Long.parseLong(KPJ_BUDI));
        }

        assertThat(run("sipp-inactive", file)).as(printed.toString()).isZero();

        assertThat(sent()).extracting("workerId").containsExactly(id(BUDI));
        assertThat(printed.toString()).contains("repeated                      1");
    }

    @ParameterizedTest
    @CsvSource({
        "A1 Mengundurkan Diri, WITHDRAWN",
        "A4 Usia Pensiun, WITHDRAWN",
        "'', WITHDRAWN",
        "Habis Kontrak, COMPLETED",
        "A9 - BERAKHIRNYA MASA KONTRAK, COMPLETED"
    })
    void shouldSayWhyAnEnrolmentEnded(String cause, EndReason reason) throws Exception {
        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI);

        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, cause, "12-12-2025"));

        assertThat(sent()).extracting("reason").containsExactly(reason);
    }

    @Test
    void shouldRejectWhatItWouldHaveToGuessAndSayWhatToImport() throws Exception {
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI), wage(AGUS, "12345678903"), wage(SITI, "12345678903"));
        run("sipp-new", NEW, began(BUDI, "05-07-2025"), began(AGUS, "05-07-2025"));

        assertThat(run(
                        "sipp-inactive",
                        INACTIVE,
                        left(KPJ_SITI, "A1", "12-12-2025"),
                        left("12345678903", "A1", "12-12-2025"),
                        left(KPJ_BUDI, "A1", "04-07-2025"),
                        left("1234567890", "A1", "12-12-2025"),
                        left("", "A1", "12-12-2025"),
                        left(KPJ_BUDI, "A1", "12-12-2025"),
                        left(KPJ_BUDI, "A1", "13-12-2025")))
                .isEqualTo(3);

        assertThat(sent()).extracting("workerId").containsExactly(id(BUDI));
        assertThat(errors())
                .containsExactly(
                        BadEventReason.KPJ_UNKNOWN,
                        BadEventReason.KPJ_AMBIGUOUS,
                        BadEventReason.ENROLMENT_UNKNOWN,
                        BadEventReason.KPJ_FORM,
                        BadEventReason.FIELD_MISSING,
                        BadEventReason.ENROLMENT_ENDED);
        assertThat(Files.readString(rejects()))
                .contains(
                        "Impor dulu lembar yang memuat NIK dan KPJ pekerja ini (data_upah",
                        "First import the sheet that began it (data_tk_baru",
                        "'NIK / KPJ'",
                        "began by 'TGL_KEJADIAN'");
        assertThat(printed.toString()).doesNotContain(KPJ_BUDI, KPJ_SITI);

        String mended = Files.readString(rejects())
                .replaceFirst(",error", ",error,NIK,TGL_AWAL_BEKERJA")
                .replaceFirst("(?m)^(12345678903,.*)$", "$1," + AGUS + ",");
        Path file = Files.writeString(folder.resolve("mended.csv"), mended);
        assertThat(run("sipp-inactive", file)).isEqualTo(3);
        assertThat(sent()).extracting("workerId").containsExactly(id(AGUS));
    }

    @Test
    void shouldEndTheRightEnrolmentWhileAndAfterAKeyIsReplaced() throws Exception {
        String before = id(BUDI);
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));
        run("sipp-new", NEW, began(BUDI, "05-07-2025"));
        Object enrolment = ((WorkerEnrolled) sent().get(0)).getEnrolmentId();

        pseudonyms = EventSamples.rotating();
        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025"));
        List<SpecificRecord> ends = sent();
        assertThat(ends).extracting("workerId", "enrolmentId").containsExactly(tuple(before, enrolment));
        run("sipp-inactive", INACTIVE + ",NIK", left("", "A1", "12-12-2025") + "," + BUDI);
        assertThat(sent()).isEqualTo(ends);

        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));
        pseudonyms = EventSamples.rotated();
        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025"));
        assertThat(sent()).isEqualTo(ends);
        run("sipp-inactive", INACTIVE + ",NIK", left("", "A1", "12-12-2025") + "," + BUDI);
        assertThat(sent()).isEqualTo(ends);

        run("sipp-new", NEW, began(BUDI, "01-01-2026"));
        String after = id(BUDI);
        run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "02-01-2026"));
        assertThat(sent()).extracting("workerId").containsExactly(after);
        run("sipp-inactive", INACTIVE + ",TGL_AWAL_BEKERJA", left(KPJ_BUDI, "A1", "12-12-2025") + ",05-07-2025");
        assertThat(sent()).isEqualTo(ends);
    }

    @Test
    void shouldSayBothIdsOfAWorkerWhoTakesUpWorkByKpjWhileAKeyIsReplaced() throws Exception {
        String before = id(BUDI);
        pseudonyms = EventSamples.rotating();
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));

        run("sipp-continuing", CONTINUING, KPJ_BUDI + ",7,BUDI CONTOH,05-06-1990,3500000,MALANG,TETAP,01-08-2025,");

        assertThat(sent()).extracting("workerId", "formerWorkerId").containsExactly(tuple(id(BUDI), before));
    }

    @Test
    void shouldReadTheRegisterInADryRunAndLeaveItAlone() throws Exception {
        options.dryRun = true;
        run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI));
        assertThat(register).doesNotExist();

        options.dryRun = false;
        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI);
        byte[] known = Files.readAllBytes(register);
        options.dryRun = true;
        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isZero();
        assertThat(sent()).isEmpty();
        assertThat(printed.toString())
                .contains("1 events would be sent", "\"type\":\"EnrolmentEnded\"")
                .doesNotContain(KPJ_BUDI, BUDI);
        assertThat(register).hasBinaryContent(known);

        options.dryRun = false;
        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "13-12-2025")))
                .isZero();
    }

    @Test
    void shouldLearnNothingFromRowsThatWereRejected() throws Exception {
        assertThat(run("sipp-wages", WAGES, wage("3573014506900000", KPJ_BUDI), wage("", KPJ_BUDI)))
                .isEqualTo(3);
        assertThat(errors()).containsExactly(BadEventReason.NIK_SERIAL, BadEventReason.FIELD_EMPTY);
        assertThat(run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-1925") + "," + KPJ_BUDI))
                .isEqualTo(3);
        assertThat(errors()).containsExactly(BadEventReason.DAY_OUT_OF_RANGE);

        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isEqualTo(3);
        assertThat(errors()).containsExactly(BadEventReason.KPJ_UNKNOWN);
    }

    @Test
    void shouldNotCountRowsWithoutAKpj() throws Exception {
        assertThat(run("sipp-wages", WAGES, wage(BUDI, ""))).isZero();
        assertThat(printed.toString())
                .contains("not counted                   1")
                .doesNotContain("known by KPJ");
    }

    @Test
    void shouldLearnNothingOfAnImportThatDidNotEndAndHealWhenItIsRunAgain() throws Exception {
        producer.sendException = new IllegalStateException("the broker went away");
        assertThat(run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI))
                .isEqualTo(1);
        producer.sendException = null;
        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isEqualTo(3);

        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI);
        producer.sendException = new IllegalStateException("the broker went away");
        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isEqualTo(1);
        producer.sendException = null;

        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "13-12-2025")))
                .isZero();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void shouldLearnFromSnapshotsToo() throws Exception {
        options.snapshot = "";
        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI);
        Files.delete(register);
        run("sipp-new", NEW + ",KPJ", began(BUDI, "05-07-2025") + "," + KPJ_BUDI);
        assertThat(sent()).isEmpty();
        options.snapshot = null;

        assertThat(run("sipp-inactive", INACTIVE, left(KPJ_BUDI, "A1", "12-12-2025")))
                .isZero();
    }

    @Test
    void shouldOpenTheRegisterOnlyForProfilesThatNeedIt() throws Exception {
        Files.writeString(register, "damaged");

        assertThat(run("jakon-hires", "NIK,Tanggal Mulai,ID Proyek", BUDI + ",2025-07-16,x:p"))
                .isZero();

        assertThat(sent()).hasSize(1);
        assertThat(register).hasContent("damaged");
        assertThatThrownBy(() -> run("sipp-wages", WAGES, wage(BUDI, KPJ_BUDI)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("open to other users");
    }

    private static String wage(String nik, String kpj) {
        return nik + ",7," + kpj + ",TK1,CONTOH,05-06-1990,3500000,0,11/2025,15070955";
    }

    private static String began(String nik, String day) {
        return "7,CONTOH,,MALANG,05-06-1990,KTP," + nik + ",P,,K,,3500000,MALANG,TETAP," + day + ",";
    }

    private static String left(String kpj, String cause, String day) {
        return kpj + ",CONTOH,05-06-1990," + cause + "," + day + ",";
    }

    private int run(String profile, String headings, String... rows) throws Exception {
        Path file =
                Files.writeString(folder.resolve(profile + ".csv"), headings + "\n" + String.join("\n", rows) + "\n");
        return run(profile, file);
    }

    private int run(String profile, Path file) throws Exception {
        producer.clear();
        printed.getBuffer().setLength(0);
        options.profile = profile;
        options.given = profile.equals("sipp-wages") ? Map.of() : Map.of("npp", "15070955");
        options.recordedAt = "2026-01-01T07:00:00+07:00";
        PrintWriter out = new PrintWriter(printed, true);
        TableRun run = TableRun.of(options, "bpjs", ZoneId.of("Asia/Jakarta"), out, out);
        return run.run(
                List.of(new TableFile(file, file.toString(), rejects())),
                () -> pseudonyms,
                publisher,
                folder.resolve("snapshots"),
                register);
    }

    private Path rejects() {
        return folder.resolve("rejects.csv");
    }

    /** The reasons of the rejected rows, in their order. */
    private List<BadEventReason> errors() throws Exception {
        return Files.readAllLines(rejects()).stream()
                .skip(1)
                .map(SippImportTest::reason)
                .toList();
    }

    private static BadEventReason reason(String row) {
        for (BadEventReason reason : BadEventReason.values()) {
            String sentence = Pattern.quote(reason.english(null)).replace("%s", "\\E.+\\Q");
            if (Pattern.compile(" / row [0-9]+: " + sentence).matcher(row).find()) {
                return reason;
            }
        }
        throw new AssertionError("No reason in " + row);
    }

    private List<SpecificRecord> sent() {
        return producer.history().stream().map(ProducerRecord::value).toList();
    }

    private String id(String nik) throws Nik.NikException {
        return pseudonyms.of(Nik.parse(nik));
    }
}
