package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.Profiles;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.HeadingRow;
import id.cakupan.producers.tables.Recognised;
import id.cakupan.producers.tables.Row;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.TableReader;
import id.cakupan.producers.tables.Tables;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.Pseudonyms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From files to events, by the profiles that come with the program. */
class TableImportTest {
    private static final Instant RECORDED = Instant.parse("2025-07-10T02:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final String SITE = "spse:nontender:10099782000";

    @TempDir
    Path folder;

    private final Pseudonyms pseudonyms = EventSamples.pseudonyms();
    private final EventPublisher checks =
            new EventPublisher(new MockProducer<>(), "x.", CLOCK, new SimpleMeterRegistry());
    private final List<String> events = new ArrayList<>();
    private final List<RowEvents.Made> made = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by read
    private TableImport last;

    private @Nullable Register register;
    private DateTexts.@Nullable Order dateOrder;
    private AmountTexts.@Nullable Mark decimal;

    @Test
    void shouldReadAWorkerListWhateverItsFormatAndTheOrderOfItsColumns() throws Exception {
        Path csv = file(
                "a.csv",
                lines(
                        "\ufeffDAFTAR TENAGA KERJA PROYEK;;;;",
                        ";;;;",
                        "No.;UPAH;TGL. MULAI;Nama Lengkap;N I K;tanggal selesai",
                        "1;3.500.000;16/07/2025;Budi Contoh;'3573014506900001;20 Des 2025",
                        "2;3.500.000;05/07/2025;Siti Contoh;3573 0145 0690 0002;"));
        Path json = file(
                "a.json",
                "[{\"nik\":\"3573014506900001\",\"mulai\":null,\"Tanggal Mulai\":\"2025-07-16T00:00:00.000000Z\",\"Selesai"
                        + " Kerja\":\"Dec 20, 2025, 12:00:00AM\"},{\"NIK\":3573014506900002,\"Tanggal Mulai\":\"2025-07-05\"}]");
        Path xlsx = xlsx("a.xlsx", sheet -> {
            sheet.value(0, 0, "Daftar tenaga kerja");
            row(sheet, 2, "Tanggal Mulai Kerja", "Nama", "No KTP", "Tanggal Selesai Kerja");
            row(sheet, 3, "16-JUL-25", "Budi Contoh", "3573014506900001", "20-12-2025");
            row(sheet, 4, "", "Siti Contoh", "3573.0145.0690.0002", "");
            sheet.value(4, 0, java.time.LocalDate.of(2025, 7, 5));
            sheet.style(4, 0).format("dd/mm/yyyy").set();
        });
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");

        read("jakon-hires", given, csv);
        List<String> fromCsv = List.copyOf(events);
        read("jakon-hires", given, json);
        List<String> fromJson = List.copyOf(events);
        read("jakon-hires", given, xlsx);

        assertThat(fromCsv).hasSize(2);
        assertThat(without(fromCsv.get(0), "eventId", "hireId"))
                .isEqualTo(
                        "{\"type\":\"WorkerHired\",\"source\":\"test\",\"recordedAt\":\"2025-07-10T02:00:00Z\",\"workerId\":\""
                                + worker("3573014506900001") + "\",\"projectId\":\"" + SITE
                                + "\",\"contractorId\":\"npp:15070955\",\"startsOn\":\"2025-07-16\",\"endsOn\":\"2025-12-20\"}");
        assertThat(fromJson).isEqualTo(fromCsv);
        assertThat(events).isEqualTo(fromCsv);
        assertThat(last.unread()).contains("Nama");
    }

    @Test
    void shouldRefuseAFileWhoseDaysAndMonthsCannotBeToldApart() throws Exception {
        String rows = "NIK;Tanggal Mulai\n3573014506900001;05/07/2025\n3573014506900002;08/08/2025\n";
        Path file = file("a.csv", rows);
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");

        assertThatThrownBy(() -> read("jakon-hires", given, file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("--date-format dmy")
                .hasMessageContaining("tanggal");
        assertThat(events).isEmpty();

        dateOrder = DateTexts.Order.MONTH_FIRST;
        read("jakon-hires", given, file);
        assertThat(events.get(0)).contains("\"startsOn\":\"2025-05-07\"");

        dateOrder = null;
        read("jakon-hires", given, file("b.csv", rows + "3573014506900003;31/07/2025\n"));
        assertThat(events.get(0)).contains("\"startsOn\":\"2025-07-05\"");

        Path both = file("c.csv", rows + "3573014506900003;31/07/2025\n3573014506900004;07/31/2025\n");
        assertThatThrownBy(() -> read("jakon-hires", given, both)).isInstanceOf(TableException.class);
    }

    @Test
    void shouldRefuseAFileWhoseAmountsCanBeReadInTwoWays() throws Exception {
        String head = "ID Proyek;Nama Proyek;Kode Kecamatan;ID Kontraktor;Nama Kontraktor;Sumber Dana;Nilai Kontrak\n";
        String row = "x:p1;Jalan;35.73.01;npp:15070955;CV Contoh;APBD;";
        Path file = file("a.csv", head + row + "1.375\n");

        assertThatThrownBy(() -> read("project-registered", Map.of(), file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("--decimal comma");

        decimal = AmountTexts.Mark.POINT;
        read("project-registered", Map.of(), file);
        assertThat(events.get(0)).contains("\"contractValue\":1}");
        decimal = null;
        read(
                "project-registered",
                Map.of(),
                file("b.csv", head + row + "1.375\n" + row.replace("x:p1", "x:p2") + "\"1.375.000,50\"\n"));
        assertThat(events.get(0)).contains("\"contractValue\":1375}");
        assertThat(events.get(1)).contains("\"contractValue\":1375001}");
    }

    @Test
    void shouldRefuseAFileWhoseNumbersASpreadsheetHasRounded() throws Exception {
        StringBuilder rows = new StringBuilder("NIK;Tanggal Mulai\n");
        for (int i = 1; i <= 20; i++) {
            rows.append("357301450690").append(String.format("%03d", i)).append(i % 4 == 0 ? "1" : "0");
            rows.append(";2025-07-16\n");
        }
        Path file = file("a.csv", rows.toString());

        assertThatThrownBy(() -> read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("NIK")
                .hasMessageNotContaining("35730145");
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'3,57301E+15', NIK_SCIENTIFIC",
        "'''3.57301E+15', NIK_SCIENTIFIC",
        "357301450690001, NIK_LENGTH",
        "35730145069000011, NIK_LENGTH",
        "3573013206900001, NIK_DATE",
        "3573014513900001, NIK_DATE",
        "3573014506900000, NIK_SERIAL",
        "357301450690000A, NIK_CHARACTERS",
        "'', FIELD_EMPTY"
    })
    void shouldRejectARowWithABadNikAndTakeItOnceItIsMended(String nik, BadEventReason reason) throws Exception {
        Path file = file(
                "a.csv",
                "NIK;Tanggal Mulai;Nama\n3573014506900001;16/07/2025;Budi\n" + nik + ";16/07/2025;\"Si;ti\"\n");
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");

        read("jakon-hires", given, file);

        assertThat(events).hasSize(1);
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(reason, 1L));
        Path rejects = folder.resolve("a.csv.rejects");
        String rejected = Files.readString(rejects);
        assertThat(rejected)
                .contains("Si;ti", nik)
                .contains(reason.indonesian("NIK").substring(0, 10))
                .doesNotContain("Budi");

        Path mended = file(
                "mended.csv",
                nik.isEmpty()
                        ? rejected.replace("\n;", "\n3573014506900002;")
                        : rejected.replace(nik, "3573014506900002"));
        read("jakon-hires", given, mended);
        assertThat(events).hasSize(1);
        assertThat(events.get(0)).contains(worker("3573014506900002"));
    }

    @Test
    void shouldRejectARowWholeAndNameItsColumnAndNeverItsValue() throws Exception {
        Path file = file(
                "a.csv",
                lines(
                        "NIK;Tanggal Mulai;Tanggal Selesai;ID Proyek;NPWP",
                        "3573014506900001;16/07/2025;15/07/2025;" + SITE + ";0317037091445000",
                        "3573014506900002;31/02/2025;;" + SITE + ";0317037091445000",
                        "3573014506900003;16/07/2025;;" + SITE + ";3573014506900003",
                        "3573014506900004;16/07/2025;;;0317037091445000",
                        "3573014506900005;16/07/2025;;" + SITE + ";12"));

        read("jakon-workers", Map.of(), file);

        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason().keySet())
                .contains(
                        BadEventReason.REVERSED_DAYS,
                        BadEventReason.VALUE_UNKNOWN,
                        BadEventReason.FIELD_EMPTY,
                        BadEventReason.TAX_NUMBER_FORM);
        assertThat(last.rejectedRows()).isEqualTo(5);
        List<String> errors = Files.readAllLines(folder.resolve("a.csv.rejects")).stream()
                .map(line -> line.substring(line.lastIndexOf(';')))
                .toList();
        assertThat(errors.toString())
                .contains("Tanggal Mulai", "ID Proyek", "NPWP")
                .doesNotContain("35730145");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Budi Contoh", "Budi", "npp:Budi", "PT. Contoh", "x:Žan1"})
    void shouldRejectANameWhereTheCodeOfAProjectOrContractorBelongs(String name) throws Exception {
        String head = "NIK;Tanggal Mulai;ID Proyek;ID Kontraktor\n3573014506900001;16/07/2025;";
        Path asProject = file("a.csv", head + name + ";npp:15070955\n");
        Path asContractor = file("b.csv", head + SITE + ";" + name + "\n");

        for (Path file : List.of(asProject, asContractor)) {
            if (file.equals(asContractor) || !name.startsWith("npp:")) {
                read("jakon-hires", Map.of(), file);
                assertThat(events).isEmpty();
                assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.ID_FORM, 1L));
                assertThat(Files.readString(Path.of(file + ".rejects"))).contains("bukan kode", "is not a code");
            }
        }
        read("jakon-hires", Map.of(), file("c.csv", head + "spse : nontender : 1009 9782 000;npp: 15070955\n"));
        assertThat(events.get(0)).contains("\"" + SITE + "\"", "\"npp:15070955\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10099782000", "602.1/13/KTR/2025", "RehabSDNContoh3", ":10099782000", "spse:"})
    void shouldRejectACodeOfAProjectOrContractorWithoutItsSource(String code) throws Exception {
        Path paid = file("paid.csv", "Kode Proyek,Status\n" + code + ",Lunas\n");
        Path left = file(
                "left.csv",
                "NIK,Kode Proyek,Kode Kontraktor,Tanggal Mulai,Tanggal Berakhir,Alasan\n3573014506900001," + code
                        + ",npp:15070955,2025-07-16,2025-07-20,Selesai\n");
        Path hired = file(
                "hired.csv",
                "NIK,Kode Proyek,Kontraktor,Tanggal Mulai\n".replace("Kontraktor", "ID Kontraktor")
                        + "3573014506900001," + SITE + "," + code + ",2025-07-16\n");

        read("insured-projects", Map.of(), paid);
        if (!code.equals("RehabSDNContoh3") && !code.endsWith(":")) {
            assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.PROJECT_FORM, 1L));
            assertThat(errors(paid)).containsExactly(told(2, BadEventReason.PROJECT_FORM, "Kode Proyek"));
        }
        assertThat(events).isEmpty();
        read("worker-released", Map.of(), left);
        assertThat(events).isEmpty();
        read("jakon-hires", Map.of(), hired);
        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason().keySet()).isSubsetOf(BadEventReason.CONTRACTOR_FORM, BadEventReason.ID_FORM);
    }

    @Test
    void shouldMakeOneProjectOfTheRowsOfSeveralExtracts() throws Exception {
        Path contracts = file(
                "contracts.json",
                "[{\"kd_nontender\":10099782000,\"nama_paket\":\"<p>Rehab SDN\\r\\n Kotalama 3</p>\",\"nama_satker\":\"DINAS"
                        + " PENDIDIKAN\",\"no_kontrak\":\"602.1/ 13 /2025\",\"tgl_kontrak\":\"2025-07-03T00:00:00.000000Z\","
                        + "\"nama_penyedia\":\"CV. ARBA\",\"npwp_penyedia\":\"03.170.370.9-144.500\",\"npwp16_penyedia\":"
                        + "\"0317037091445000\",\"nilai_kontrak\":334110000},"
                        + "{\"kd_tender\":\"10029545000\",\"nama_paket\":\"Jalan\",\"tgl_kontrak\":\"2022-03-31T00:00:00.000000Z\","
                        + "\"nama_penyedia\":\"Perorangan\",\"npwp_16_penyedia\":\"3573014506900001\",\"kd_penyedia\":600440,"
                        + "\"nilai_kontrak\":5380803707.15},"
                        + "{\"kd_nontender\":10099782001,\"nama_paket\":\"Alat tulis\",\"nama_penyedia\":\"Toko\",\"nilai_kontrak\":1}]");
        Path orders = file(
                "orders.json",
                "[{\"kd_nontender\":\"10099782000\",\"npwp_16_penyedia\":\"0317037091445000\",\"tgl_mulai_pekerjaan\":\"Jul 5, 2025,"
                        + " 12:00:00AM\",\"tgl_selesai_pekerjaan\":\"Dec 20, 2025, 12:00:00AM\",\"_event_date\":\"2025-10-03\"}]");
        Path announcements = file(
                "announcements.json",
                "[{\"kd_nontender\":10099782000,\"jenis_pengadaan\":\"Pekerjaan Konstruksi\",\"sumber_dana\":\"APBDP\","
                        + "\"lokasi_pekerjaan\":\"Kel. Kotalama - Malang (Kota) - Jawa Timur\"},"
                        + "{\"kd_tender\":10029545000,\"jenis_pengadaan\":\"Jasa Konsultansi Badan Usaha Konstruksi\",\"sumber_dana\":"
                        + "\"APBN\",\"lokasi_pekerjaan\":\"Kecamatan Klojen - Malang (Kota)\"},"
                        + "{\"kd_nontender\":10099782001,\"jenis_pengadaan\":\"Pengadaan Barang\",\"lokasi_pekerjaan\":\"Klojen\"}]");

        read("spse-contracts", Map.of(), contracts, orders, announcements);

        assertThat(last.rejectedByReason()).isEmpty();
        assertThat(last.skipped()).isEqualTo(1);
        assertThat(events.stream().map(event -> without(event, "eventId")))
                .containsExactly(
                        "{\"type\":\"ProjectRegistered\",\"source\":\"test\",\"recordedAt\":\"2025-10-02T17:00:00Z\",\"projectId\":\""
                                + SITE
                                + "\",\"name\":\"Rehab SDN Kotalama 3\",\"districtCode\":\"35.73.03\",\"contractorId\":"
                                + "\"npwp:0317037091445000\",\"contractorName\":\"CV. ARBA\",\"ownerName\":\"DINAS PENDIDIKAN\","
                                + "\"funding\":\"APBD\",\"contractNumber\":\"602.1/ 13 /2025\",\"contractDate\":\"2025-07-03\","
                                + "\"contractValue\":301000000,\"startsOn\":\"2025-07-05\",\"endsOn\":\"2025-12-20\"}",
                        "{\"type\":\"ProjectRegistered\",\"source\":\"test\",\"recordedAt\":\"2025-07-10T02:00:00Z\","
                                + "\"projectId\":\"spse:tender:10029545000\",\"name\":\"Jalan\",\"districtCode\":\"35.73.02\","
                                + "\"contractorId\":\"spse:penyedia:600440\",\"contractorName\":\"Perorangan\",\"funding\":\"APBN\","
                                + "\"contractDate\":\"2022-03-31\",\"contractValue\":4891639734}");
        assertThat(events.toString()).doesNotContain("3573014506900001");
    }

    @Test
    void shouldMakeTheSameOfMergedRowsWhateverTheOrderOfTheirFiles() throws Exception {
        String contract =
                "{\"kd_nontender\":1,\"jenis_pengadaan\":\"Konstruksi\",\"nama_paket\":\"A\",\"lokasi_pekerjaan\":"
                        + "\"Klojen\",\"nama_penyedia\":\"CV. ARBA\",\"npwp_penyedia\":\"0317037091445000\",";
        Path older = file("older.json", "[" + contract + "\"nilai_kontrak\":111,\"_event_date\":\"2025-10-03\"}]");
        Path newer = file(
                "newer.json",
                "[" + contract.replace("CV. ARBA", "Cv Arba")
                        + "\"nilai_kontrak\":222,\"tgl_mulai_pekerjaan\":\"2025-07-05\",\"_event_date\":\"2025-11-10\"}]");

        read("spse-contracts", Map.of(), older, newer);
        List<String> once = List.copyOf(events);
        read("spse-contracts", Map.of(), newer, older);

        assertThat(events).isEqualTo(once).hasSize(1);
        assertThat(events.get(0))
                .contains("\"recordedAt\":\"2025-11-09T17:00:00Z\"", "\"startsOn\":\"2025-07-05\"", "Cv Arba");
        assertThat(last.rejectedByReason()).isEmpty();
    }

    @Test
    void shouldRejectMergedRowsThatContradictEachOtherWithoutALaterOneOfThem() throws Exception {
        String contract =
                "{\"kd_nontender\":1,\"jenis_pengadaan\":\"Konstruksi\",\"nama_paket\":\"A\",\"lokasi_pekerjaan\":"
                        + "\"Klojen\",\"npwp_penyedia\":\"0317037091445000\",\"nama_penyedia\":\"";
        String goods = "{\"kd_nontender\":2,\"jenis_pengadaan\":\"Barang\",\"nama_paket\":\"";
        Path one = file("one.json", "[" + contract + "CV. ARBA\",\"nilai_kontrak\":111}," + goods + "B\"}]");
        Path two = file("two.json", "[" + contract + "Cv Arba\",\"nilai_kontrak\":222}," + goods + "C\"}]");

        read("spse-contracts", Map.of(), one, two);

        assertThat(events).isEmpty();
        assertThat(last.skipped()).isEqualTo(1);
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.ROWS_CONTRADICT, 2L));
        assertThat(Files.readString(Path.of(one + ".rejects")))
                .contains("nilai_kontrak", "bertentangan", "contradict")
                .doesNotContain("Barang");
        assertThat(Files.readString(Path.of(two + ".rejects"))).contains("222");
    }

    @Test
    void shouldEndAContractThatWasCancelledOnItsFirstDay() throws Exception {
        String head =
                "kd_tender,nama_paket,nama_penyedia,npwp_penyedia,jenis_pengadaan,lokasi_pekerjaan,status_kontrak,tgl_kontrak,"
                        + "tgl_mulai_pekerjaan,tgl_selesai_pekerjaan";
        String row = ",A,PT. Contoh,0317037091445000,Konstruksi,Klojen,";
        Path contracts = file(
                "contracts.csv",
                lines(
                        head,
                        "1" + row + "Kontrak Sedang Berjalan,2025-07-01,2025-07-03,2025-12-20",
                        "2" + row + "Kontrak Selesai,2025-07-01,2025-07-03,2025-12-20",
                        "3" + row + "Kontrak Dibatalkan,2025-07-01,2025-07-03,2025-12-20",
                        "4" + row + "BATAL,2025-07-01,,2025-12-20",
                        "5" + row + "Pemutusan Kontrak,,,2025-12-20"));

        read("spse-contracts", Map.of(), contracts);

        assertThat(last.rejectedByReason()).isEmpty();
        assertThat(last.unread()).isEmpty();
        assertThat(events.stream().map(event -> value(event, "endsOn")))
                .containsExactly("2025-12-20", "2025-12-20", "2025-07-03", "2025-07-01", "1990-01-01");
    }

    @Test
    void shouldAskForTheKindOfProcurementAndThePlaceWhereTheyAreNotKnown() throws Exception {
        Path contracts = file(
                "c.json",
                "[{\"kd_nontender\":1,\"nama_paket\":\"A\",\"nama_penyedia\":\"CV\",\"npwp_penyedia\":\"0317037091445000\"}]");

        read("spse-contracts", Map.of(), contracts);
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.FIELD_MISSING, 1L));

        read("spse-contracts", Map.of("jenis", "Konstruksi", "kecamatan", "35.73.05"), contracts);
        assertThat(events).hasSize(1);
    }

    @Test
    void shouldKnowHeadingsWithRemarksAndSayWhichOnesLack() throws Exception {
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");
        Path remarks = file(
                "remarks.csv",
                lines(
                        "No;NIK (16 digit)*;TMT [hh/bb/tttt];Keterangan;Keterangan",
                        "1;3573014506900001;16/07/2025;a;b"));
        Path others = file("others.csv", lines("Judul", "No;Nama;N.I.K.;Alamat", "1;Budi;3573014506900001;x"));

        read("jakon-hires", given, remarks);
        assertThat(events).hasSize(1);
        assertThat(events.get(0)).contains("\"startsOn\":\"2025-07-16\"");
        assertThatThrownBy(() -> read("jakon-hires", given, others))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("Yang kurang: Tanggal Mulai Kerja.")
                .hasMessageContaining("What lacks: Tanggal Mulai Kerja.");
    }

    @Test
    void shouldPassOverTotalsSignaturesAndNumbersOfColumnsAndSaySo() throws Exception {
        Path list = file(
                "list.csv",
                lines(
                        "No;Nama;No. KTP;Tgl Mulai;Upah",
                        "(1);(2);(3);(4);(5)",
                        "1;Budi Contoh;3573014506900001;16/07/2025;1",
                        ";;;;2",
                        "2;Siti Contoh;3573015107880002;16/07/2025;1",
                        "Jumlah;3 orang;;;4",
                        "Malang, 21 Juli 2025;;;;",
                        "Direktur;Rahmat Contoh;;;"));

        read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), list);

        assertThat(events).hasSize(2);
        assertThat(last.rejectedRows()).isZero();
        assertThat(last.passedOver().lines())
                .containsExactly(
                        "4 baris tanpa No. KTP dan Tgl Mulai dilewati (baris 4, 6, 7, 8) / 4 rows without No. KTP and Tgl"
                                + " Mulai passed over (4, 6, 7, 8)",
                        "1 baris nomor kolom dilewati / 1 row of column numbers passed over");
    }

    @Test
    void shouldRejectAPersonAmongOthersWhoseNumberAndDayAreMissing() throws Exception {
        Path list = file(
                "list.csv",
                lines(
                        "Nama;NIK;Tgl Mulai",
                        "Budi Contoh;3573014506900001;16/07/2025",
                        "Agus Contoh;;",
                        "Siti Contoh;3573015107880002;",
                        "Rahmat Contoh;;"));

        read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), list);

        assertThat(events).hasSize(1);
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.FIELD_EMPTY, 2L));
        assertThat(Files.readString(Path.of(list + ".rejects")))
                .contains("Agus Contoh", "Siti Contoh")
                .doesNotContain("Rahmat");
    }

    @Test
    void shouldTellFaultsByTheHeadingsOfTheFileAndTheNumberOfTheRow() throws Exception {
        Path list = file(
                "list.csv",
                lines(
                        "Daftar",
                        "No. KTP;TMT;Akhir Kontrak;ID Proyek;NPWP Perusahaan",
                        "3573014506900001;16/07/2025;15/07/2025;" + SITE + ";0317037091445000",
                        "3573014506900002;16/07/1925;;" + SITE + ";0317037091445000",
                        "3573014506900003;16/07/2025;;" + SITE + ";12",
                        ";16/07/2025;;" + SITE + ";0317037091445000"));
        Path contracts = file(
                "contracts.csv",
                lines(
                        "kd_nontender,nama_paket,nama_penyedia,npwp_16_penyedia,npwp_penyedia,jenis_pengadaan,lokasi_pekerjaan",
                        "1,A,PT. Contoh,,0317037091445000,Konstruksi,Kota Kediri",
                        "2,Rumah 3573014506900001,PT. Contoh,,0317037091445000,Konstruksi,Klojen",
                        "3,A,PT. Contoh,,12,Konstruksi,Klojen",
                        "4,,PT. Contoh,,0317037091445000,Konstruksi,Klojen"));

        read("jakon-hires", Map.of(), list);
        assertThat(errors(list))
                .containsExactly(
                        told(3, BadEventReason.REVERSED_DAYS, "Akhir Kontrak"),
                        told(4, BadEventReason.DAY_OUT_OF_RANGE, "TMT"),
                        told(5, BadEventReason.TAX_NUMBER_FORM, "NPWP Perusahaan"),
                        told(6, BadEventReason.FIELD_EMPTY, "No. KTP"));
        assertThat(last.rejectedByText())
                .hasSize(4)
                .allSatisfy((text, count) -> assertThat(text).doesNotContain("…"));

        read("spse-contracts", Map.of(), contracts);
        assertThat(errors(contracts))
                .containsExactly(
                        told(2, BadEventReason.VALUE_UNKNOWN, "lokasi_pekerjaan"),
                        told(3, BadEventReason.NIK_IN_WRONG_PLACE, "nama_paket"),
                        told(4, BadEventReason.TAX_NUMBER_FORM, "npwp_penyedia"),
                        told(5, BadEventReason.FIELD_MISSING, "nama_paket"));
    }

    private static String told(int row, BadEventReason reason, String heading) {
        return "baris " + row + ": " + reason.indonesian(heading) + " / row " + row + ": " + reason.english(heading);
    }

    private static List<String> errors(Path file) throws Exception {
        HeadingRow any = row -> List.of();
        List<String> errors = new ArrayList<>();
        try (TableReader rejects =
                Recognised.of(Path.of(file + ".rejects"), null, bytes -> {}).open(any, null)) {
            int at = rejects.headings().indexOf("error");
            for (Row row = rejects.next(); row != null; row = rejects.next()) {
                errors.add(row.cells().get(at).text());
            }
        }
        return errors;
    }

    @Test
    void shouldSendARepeatedRowOnceAndRejectTheLaterOfTwoThatContradictEachOther() throws Exception {
        Path hires = file(
                "hires.csv",
                lines(
                        "NIK;Tgl Mulai;Tgl Selesai;Nama",
                        "3573014506900001;16/07/2025;20/12/2025;Budi",
                        "3573014506900001;16/07/2025;20/09/2025;Budi",
                        "3573 0145 0690 0001;16-07-2025;20/12/2025;Budi C",
                        "3573014506900001;17/07/2025;20/09/2025;Budi"));

        read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), hires);

        assertThat(events.stream().map(event -> value(event, "endsOn"))).containsExactly("2025-12-20", "2025-09-20");
        assertThat(last.repeated()).isEqualTo(1);
        assertThat(errors(hires)).containsExactly(told(3, BadEventReason.ROW_CONTRADICTS, ""));
        assertThat(last.uncompared()).isFalse();

        Path dated = file(
                "dated.csv",
                lines(
                        "NIK;ID Proyek;ID Kontraktor;Tanggal Mulai;Tanggal Selesai;Dicatat Pada",
                        "3573014506900001;" + SITE + ";npp:15070955;2025-07-16;2025-12-20;2025-07-20",
                        "3573014506900001;" + SITE + ";npp:15070955;2025-07-16;2025-09-20;2025-07-21"));
        read("worker-hired", Map.of(), dated);
        assertThat(events).hasSize(2);
    }

    @Test
    void shouldSayWhenThereAreTooManyEventsToCompareAll() throws Exception {
        Path hires = file(
                "hires.csv",
                lines(
                        "NIK;Tgl Mulai",
                        "3573014506900001;16/07/2025",
                        "3573015107880002;16/07/2025",
                        "3573015107880002;16/07/2025"));
        read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), hires);
        List<RowEvents.Made> first = List.of(made.get(0));
        List<RowEvents.Made> second = List.of(made.get(1));
        Repetitions few = new Repetitions(1);

        assertThat(few.add(first)).isEqualTo(Repetitions.Kind.NEW);
        assertThat(few.full()).isFalse();
        assertThat(few.add(second)).isEqualTo(Repetitions.Kind.NEW);
        assertThat(few.full()).isTrue();
        assertThat(few.add(second)).isEqualTo(Repetitions.Kind.NEW);
        assertThat(few.add(first)).isEqualTo(Repetitions.Kind.REPEATED);
    }

    @Test
    void shouldRefuseDatesThatASpreadsheetHasTurned() throws Exception {
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");

        assertThatThrownBy(() -> read("jakon-hires", given, dates("turned.xlsx", 7, 8, 1)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("'TMT'")
                .hasMessageContaining("menukar hari dan bulan")
                .hasMessageContaining("turned day and month");
        assertThat(events).isEmpty();
        assertThatThrownBy(() -> read("sipp-new", Map.of("npp", "15070955"), dates("sipp.xlsx", 7, 8, 1)))
                .isInstanceOf(TableException.class);

        read("jakon-hires", given, dates("late.xlsx", 7, 8, 13));
        assertThat(events).hasSize(4);
        read("jakon-hires", given, dates("few.xlsx", 7, 8));
        assertThat(events).hasSize(3);
        dateOrder = DateTexts.Order.DAY_FIRST;
        read("jakon-hires", given, dates("right.xlsx", 7, 8, 1));
        assertThat(events).hasSize(4);
    }

    /** A column with the text 14/07/2025 and date cells of these days of August. */
    private Path dates(String name, int... days) throws Exception {
        return xlsx(name, sheet -> {
            row(sheet, 0, "NIK", name.startsWith("sipp") ? "TGL_AWAL_BEKERJA" : "TMT");
            row(sheet, 1, "3573014506900001", "14/07/2025");
            for (int i = 0; i < days.length; i++) {
                sheet.value(i + 2, 0, "357301450690000" + (i + 2));
                sheet.value(i + 2, 1, java.time.LocalDate.of(2025, 8, days[i]));
                sheet.style(i + 2, 1).format("dd/mm/yyyy").set();
            }
        });
    }

    @Test
    void shouldSayOfNumbersInAColumnOfDatesThatTheyAreDayNumbers() throws Exception {
        Path numbers = xlsx("numbers.xlsx", sheet -> {
            row(sheet, 0, "NIK", "Tgl Mulai");
            row(sheet, 1, "3573014506900001", "45852");
            sheet.value(2, 0, "3573014506900002");
            sheet.value(2, 1, 45852);
        });

        read("jakon-hires", Map.of("proyek", SITE, "npp", "15070955"), numbers);

        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.DATE_SERIAL, 2L));
    }

    @Test
    void shouldRefuseARoundedNikAgainWhenItsRejectIsImportedAsItIs() throws Exception {
        Map<String, String> given = Map.of("proyek", SITE, "npp", "15070955");
        Path rounded = xlsx("rounded.xlsx", sheet -> {
            row(sheet, 0, "NIK", "Tgl Mulai");
            sheet.value(1, 0, 3573032203910010L);
            sheet.value(1, 1, "16/07/2025");
        });

        read("jakon-hires", given, rounded);
        read("jakon-hires", given, Path.of(rounded + ".rejects"));

        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.NIK_SCIENTIFIC, 1L));
    }

    @Test
    void shouldPlaceNoProjectOfAnotherTownAndSendNoPersonsName() throws Exception {
        Path contracts = file(
                "places.csv",
                lines(
                        "kd_nontender,nama_paket,nama_penyedia,npwp_penyedia,jenis_pengadaan,lokasi_pekerjaan",
                        "10099782000.0,A,Budi Contoh,0317037091445000,Konstruksi,Kelurahan Kauman - Malang (Kota) - Jawa Timur",
                        "10099782001,B,PT. Contoh,0317037091445000,Konstruksi,Kelurahan Kauman",
                        "10099782002,C,PT. Contoh,0317037091445000,Konstruksi,Kelurahan Kauman - Jombang (Kab.) - Jawa Timur",
                        "10099782003,D,PT. Contoh,0317037091445000,Konstruksi,Kota Kediri Kelurahan Kauman"));

        read("spse-contracts", Map.of(), contracts);

        assertThat(events.stream().map(event -> value(event, "projectId") + " " + value(event, "contractorName")))
                .containsExactly(SITE + " Perorangan", "spse:nontender:10099782001 PT. Contoh");
        assertThat(events).allMatch(event -> value(event, "districtCode").equals("35.73.02"));
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.VALUE_UNKNOWN, 2L));
    }

    @Test
    void shouldEndTheEnrolmentThatTheListOfNewWorkersBegan() throws Exception {
        Path began = file(
                "new.csv",
                lines(
                        "NAMA_LENGKAP,NOMOR_IDENTITAS,TANGGAL_LAHIR,JENIS_KELAMIN,UPAH,LOKASI_PEKERJAAN,TGL_AWAL_BEKERJA,TANGGAL_KEPESERTAAN",
                        "BUDI CONTOH,3573014506900001,05-06-1990,P,3500000,MALANG,05-07-2025,07-07-2025"));
        Path ended = file(
                "na.csv",
                lines(
                        "KPJ,NAMA_LENGKAP,TGL_LAHIR,SEBAB_NA,TGL_KEJADIAN,KETERANGAN,NIK,TGL_AWAL_BEKERJA",
                        "12345678901,BUDI CONTOH,05-06-1990,A1,12-12-2025,,3573014506900001,05-07-2025"));
        Map<String, String> company = Map.of("npp", "15070955");

        read("sipp-new", company, began);
        String enrolled = events.get(0);
        read("sipp-inactive", company, ended);

        assertThat(enrolled)
                .contains(
                        "\"segment\":\"PU\"", "\"contractorId\":\"npp:15070955\"", "\"effectiveFrom\":\"2025-07-07\"");
        assertThat(value(events.get(0), "enrolmentId")).isEqualTo(value(enrolled, "enrolmentId"));
        assertThat(events.get(0)).contains("\"endedOn\":\"2025-12-12\"", "WITHDRAWN");

        read("sipp-new", Map.of(), began);
        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason()).containsExactly(Map.entry(BadEventReason.FIELD_MISSING, 1L));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldTakeTheExamplesOfEveryTemplate(String name) throws Exception {
        Profile profile = Profiles.find(name);
        Path template = folder.resolve(name + ".xlsx");
        TableRun.template(name, template);
        String headings = profile.columns().stream().map(Column::heading).collect(Collectors.joining(";"));
        String examples = profile.columns().stream().map(Column::example).collect(Collectors.joining(";"));
        dateOrder = DateTexts.Order.DAY_FIRST;

        read(name, Map.of(), template);
        assertThat(events).isEmpty();
        assertThat(last.rejectedByReason()).isEmpty();

        read(name, Map.of(), file("filled.csv", headings + "\n" + examples + "\n"));

        assertThat(last.rejectedByReason()).isEmpty();
        assertThat(last.skipped()).isZero();
        assertThat(events.isEmpty()).as("only teaches the register").isEqualTo(name.equals("sipp-wages"));
        assertThat(profile.columns()).allSatisfy(column -> {
            assertThat(column.indonesian()).isNotBlank();
            assertThat(column.english()).isNotBlank();
        });
    }

    static List<String> shipped() {
        return Profiles.SHIPPED;
    }

    private void read(String profile, Map<String, String> given, Path... files) throws Exception {
        events.clear();
        if (register == null) {
            register = Register.copyOf(folder.resolve("register"), () -> pseudonyms);
        }
        TableImport.Receiver receiver = new TableImport.Receiver() {
            @Override
            public void check(SpecificRecord event) throws BadEvent {
                checks.check(event);
            }

            @Override
            public void take(List<RowEvents.Made> row, Sending.Place place, Instant recordedAt) {
                made.addAll(row);
                for (RowEvents.Made one : row) {
                    events.add(written(one.event()));
                }
            }

            @Override
            public boolean failed() {
                return false;
            }
        };
        last = new TableImport(
                Profiles.find(profile),
                new TableImport.Options(given, "test", RECORDED, dateOrder, decimal, null, null, ZONE),
                () -> pseudonyms,
                receiver,
                (file, bytes, rows, rejected) -> {},
                register);
        last.read(Stream.of(files)
                .map(file -> new TableFile(file, file.toString(), Path.of(file + ".rejects")))
                .toList());
    }

    private static String written(SpecificRecord event) {
        try {
            return EventSamples.write(event);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String worker(String nik) throws Nik.NikException {
        return pseudonyms.of(Nik.parse(nik));
    }

    private static String without(String json, String... fields) {
        String left = json;
        for (String field : fields) {
            left = left.replaceFirst("\"" + field + "\":\"[^\"]*\",", "");
        }
        return left;
    }

    private static String value(String json, String field) {
        return json.replaceFirst(".*\"" + field + "\":\"([^\"]*)\".*", "$1");
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private interface Fill {
        void fill(Worksheet sheet);
    }

    private Path xlsx(String name, Fill fill) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Data");
            fill.fill(sheet);
        }
        assertThat(Tables.formatOf(file)).isEqualTo(Tables.Format.XLSX);
        return file;
    }

    private static void row(Worksheet sheet, int row, String... values) {
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                sheet.value(row, i, values[i]);
            }
        }
    }
}
