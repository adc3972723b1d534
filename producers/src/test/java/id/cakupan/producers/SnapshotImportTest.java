package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.ReleaseReason;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Pseudonyms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotImportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String BUDI = "3573014506900001";
    private static final String SITI = "3573014506900002";
    private static final String DEWI = "3573014506900004";
    private static final String HEAD = "NIK;Nama;Tanggal Mulai;Tanggal Selesai\n";
    private static final String AGUS = "3573014506900003";

    @TempDir
    Path folder;

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[0]);
    private final EventPublisher publisher = new EventPublisher(producer, "x.", CLOCK, new SimpleMeterRegistry());
    private final StringWriter printed = new StringWriter();
    private final TableOptions options = new TableOptions();
    private Map<String, String> given = Map.of("proyek", "x:p", "npp", "15070955");
    private String profile = "jakon-workers";
    private Pseudonyms pseudonyms = EventSamples.pseudonyms();

    @Test
    void shouldSendWhatIsNewAndEndWhatIsGoneAndTakeBackWhatReturns() throws Exception {
        assertThat(run("2025-07-01", row(BUDI, ""), row(SITI, "20/12/2025"))).isZero();
        assertThat(types()).containsExactly("WorkerHired", "WorkerEnrolled", "WorkerHired", "WorkerEnrolled");

        assertThat(run("2025-07-08", row(SITI, "20/12/2025"), row(BUDI, ""))).isZero();
        assertThat(types()).isEmpty();
        assertThat(printed.toString()).contains("unchanged");

        assertThat(run("2025-07-15", row(BUDI, "30/12/2025"), row(AGUS, ""))).isZero();
        assertThat(types())
                .containsExactlyInAnyOrder(
                        "WorkerHired",
                        "WorkerEnrolled",
                        "WorkerHired",
                        "WorkerEnrolled",
                        "WorkerReleased",
                        "EnrolmentEnded");
        WorkerReleased released = sent(WorkerReleased.class).get(0);
        assertThat(released.getEndedOn()).isEqualTo(LocalDate.of(2025, 7, 14));
        assertThat(released.getReason()).isEqualTo(ReleaseReason.FINISHED);
        assertThat(released.getRecordedAt()).isEqualTo(Instant.parse("2025-07-14T17:00:00Z"));
        EnrolmentEnded ended = sent(EnrolmentEnded.class).get(0);
        assertThat(ended.getEndedOn()).isEqualTo(LocalDate.of(2025, 7, 14));
        assertThat(ended.getReason()).isEqualTo(EndReason.WITHDRAWN);

        assertThat(run("2025-07-16", row(BUDI, "30/12/2025"), row(AGUS, ""))).isZero();
        assertThat(types()).isEmpty();

        assertThat(run("2025-07-22", row(BUDI, "30/12/2025"), row(AGUS, ""), row(SITI, "20/12/2025")))
                .isZero();
        assertThat(types())
                .containsExactlyInAnyOrder("WorkerHired", "WorkerReleased", "WorkerEnrolled", "EnrolmentEnded");
        WorkerReleased reopened = sent(WorkerReleased.class).get(0);
        assertThat(reopened.getHireId()).isEqualTo(released.getHireId());
        assertThat(reopened.getWorkerId()).isEqualTo(released.getWorkerId());
        assertThat(reopened.getEndedOn()).isEqualTo(LocalDate.of(2025, 12, 20));
        assertThat(sent(WorkerHired.class).get(0).getHireId()).isEqualTo(released.getHireId());
    }

    @Test
    void shouldSendTheSameEventsAgainAfterAnImportThatDidNotEnd() throws Exception {
        producer.sendException = new IllegalStateException("the broker went away");
        assertThat(run("2025-07-01", row(BUDI, ""))).isEqualTo(1);
        producer.sendException = null;

        assertThat(run("2025-07-01", row(BUDI, ""))).isZero();
        List<SpecificRecord> first =
                producer.history().stream().map(ProducerRecord::value).toList();
        assertThat(first).hasSize(2);
    }

    @Test
    void shouldEndNothingWhenRowsWereRejected() throws Exception {
        run("2025-07-01", row(BUDI, ""), row(SITI, ""));

        assertThat(run("2025-07-08", row("357301", ""), row(SITI, ""))).isEqualTo(3);
        assertThat(types()).isEmpty();
        assertThat(printed.toString()).contains("tidak dicari", "not looked for");

        assertThat(run("2025-07-09", row(SITI, ""))).isZero();
        assertThat(types()).containsExactlyInAnyOrder("WorkerReleased", "EnrolmentEnded");
    }

    @Test
    void shouldStopWhenSoMuchIsGoneThatTheFileMayBeCut() throws Exception {
        run("2025-07-01", many(20));

        assertThat(run("2025-07-08", many(10))).isEqualTo(1);
        assertThat(types()).isEmpty();
        assertThat(printed.toString()).contains("--most-vanished 100");

        options.mostVanished = 100;
        assertThat(run("2025-07-08", many(10))).isZero();
        assertThat(types()).hasSize(20).containsOnly("WorkerReleased", "EnrolmentEnded");
    }

    @Test
    void shouldFollowWorkersToTheirNewIdsWhileAKeyIsReplaced() throws Exception {
        run("2025-07-01", row(BUDI, ""), row(SITI, ""));
        pseudonyms = EventSamples.rotating();

        assertThat(run("2025-07-08", row(BUDI, ""))).isZero();

        assertThat(types()).containsExactlyInAnyOrder("WorkerReleased", "EnrolmentEnded");
        assertThat(run("2025-07-09", row(BUDI, ""), row(SITI, ""))).isZero();
        assertThat(sent(WorkerHired.class).get(0).getWorkerId()).startsWith("k2.");
        assertThat(sent(WorkerReleased.class).get(0).getEndedOn()).isEqualTo(LocalDate.of(2100, 12, 31));
    }

    @Test
    void shouldSendNothingInADryRunAndRememberNothing() throws Exception {
        options.dryRun = true;
        assertThat(run("2025-07-01", row(BUDI, ""))).isZero();
        assertThat(types()).isEmpty();
        assertThat(printed.toString())
                .contains("2 events would be sent", "\"type\":\"WorkerHired\"")
                .doesNotContain(BUDI);

        options.dryRun = false;
        run("2025-07-01", row(BUDI, ""));
        assertThat(types()).hasSize(2);
    }

    @Test
    void shouldKeepWhatItRemembersFromOthersAndFreeOfPersonalData() throws Exception {
        run("2025-07-01", row(BUDI, ""));

        try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found.get(0))))
                    .isEqualTo("rw-------");
            assertThat(Files.readAllBytes(found.get(0))).isNotEmpty();
            assertThat(new String(Files.readAllBytes(found.get(0)), StandardCharsets.ISO_8859_1))
                    .doesNotContain(BUDI, "Contoh");
        }
    }

    @Test
    void shouldRefuseASnapshotThatWasRecordedBeforeTheLastOne() throws Exception {
        run("2025-07-20", row(BUDI, ""), row(SITI, ""));
        run("2025-07-28", row(BUDI, ""), row(AGUS, ""));

        assertThat(run("2025-07-20", row(BUDI, ""), row(SITI, ""))).isEqualTo(1);
        assertThat(types()).isEmpty();
        assertThat(printed.toString())
                .contains("tidak ada yang dikirim", "nothing was sent", "2025-07-20T00:00", "2025-07-28T00:00");

        assertThat(run("2025-07-28", row(BUDI, ""), row(AGUS, ""))).isZero();
        assertThat(types()).isEmpty();
    }

    @Test
    void shouldTakeASnapshotOfSeveralFilesForRecordedWithTheLatest() throws Exception {
        Path early = Files.writeString(folder.resolve("early.csv"), HEAD + row(BUDI, "") + "\n");
        Path late = Files.writeString(folder.resolve("late.csv"), HEAD + row(SITI, "") + "\n");
        Files.setLastModifiedTime(early, FileTime.from(Instant.parse("2025-07-19T17:00:00Z")));
        Files.setLastModifiedTime(late, FileTime.from(Instant.parse("2025-07-27T17:00:00Z")));
        assertThat(runFiles(null, early, late)).isZero();

        assertThat(runFiles("2025-07-24", late)).isEqualTo(1);
        assertThat(types()).isEmpty();
        assertThat(runFiles(null, late, early)).isZero();
        assertThat(types()).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatAFileIsNotAbout() throws Exception {
        given = Map.of();
        String head = "NIK;Nama;Tanggal Mulai;Tanggal Selesai;ID Proyek;NPP\n";
        assertThat(runText("2025-07-01", head + row(BUDI, ";x:p-1;1") + "\n" + row(SITI, ";x:p-1;1")))
                .isZero();

        assertThat(runText("2025-07-08", head + row(AGUS, ";x:p-2;2"))).isZero();
        assertThat(types()).containsExactly("WorkerHired", "WorkerEnrolled");
        assertThat(printed.toString()).containsPattern("not mentioned +4 ").contains("tetap seperti semula");

        assertThat(runText("2025-07-09", head + row(DEWI, ";x:p-1;3"))).isZero();
        assertThat(types()).containsExactly("WorkerHired", "WorkerEnrolled");

        assertThat(runText("2025-07-10", head + row(BUDI, ";x:p-1;1"))).isZero();
        assertThat(types()).containsExactlyInAnyOrder("WorkerReleased", "EnrolmentEnded");

        options.endUnmentioned = true;
        assertThat(runText("2025-07-11", head + row(BUDI, ";x:p-1;1"))).isZero();
        assertThat(types())
                .containsExactlyInAnyOrder("WorkerReleased", "EnrolmentEnded", "WorkerReleased", "EnrolmentEnded");
        assertThat(runText("2025-07-12", head + row(BUDI, ";x:p-1;1"))).isZero();
        assertThat(types()).isEmpty();
    }

    @Test
    void shouldAskBeforeItEndsAllOfFew() throws Exception {
        run("2025-07-01", row(BUDI, ""), row(SITI, ""));

        assertThat(run("2025-07-08")).isEqualTo(1);
        assertThat(types()).isEmpty();
        assertThat(printed.toString()).contains("tidak berisi satu baris pun", "no row at all", "--most-vanished 100");
        assertThat(run("2025-07-08", row(AGUS, ""))).isEqualTo(1);
        assertThat(types()).containsExactly("WorkerHired", "WorkerEnrolled");
        assertThat(printed.toString())
                .contains("4 dari 4 entri", "4 of the 4 entries", "apakah berkas ini lengkap", "--most-vanished 100");

        options.mostVanished = 100;
        assertThat(run("2025-07-08")).isZero();
        assertThat(types()).hasSize(4).containsOnly("WorkerReleased", "EnrolmentEnded");
        assertThat(run("2025-07-09")).isZero();
        assertThat(types()).isEmpty();
        assertThat(run("2025-07-08", row(BUDI, ""))).isEqualTo(1);
        assertThat(types()).isEmpty();
    }

    @Test
    void shouldVoidWhatIsTheSameStintWithAnotherFirstDay() throws Exception {
        run("2025-07-20", row(BUDI, "14/07/2025", ""), row(SITI, ""));
        String hire = sent(WorkerHired.class).get(0).getHireId();

        assertThat(run("2025-07-28", row(BUDI, "15/07/2025", ""), row(SITI, "")))
                .isZero();
        assertThat(types())
                .containsExactlyInAnyOrder("WorkerHired", "WorkerEnrolled", "WorkerReleased", "EnrolmentEnded");
        assertThat(sent(WorkerReleased.class).get(0).getHireId()).isEqualTo(hire);
        assertThat(sent(WorkerReleased.class).get(0).getReason()).isEqualTo(ReleaseReason.VOIDED);
        assertThat(sent(EnrolmentEnded.class).get(0).getReason()).isEqualTo(EndReason.VOIDED);
        assertThat(printed.toString()).containsPattern("corrected +1 ").contains("kini mulai pada hari lain");
        String corrected = sent(WorkerHired.class).get(0).getHireId();

        assertThat(run("2025-07-29", row(BUDI, "15/07/2025", ""), row(SITI, "")))
                .isZero();
        assertThat(types()).isEmpty();

        assertThat(run("2025-07-30", row(BUDI, "14/07/2025", ""), row(SITI, "")))
                .isZero();
        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getHireId, WorkerReleased::getReason)
                .containsExactlyInAnyOrder(tuple(hire, ReleaseReason.FINISHED), tuple(corrected, ReleaseReason.VOIDED));
    }

    @Test
    void shouldVoidACorrectedStintAlsoAfterAnImportWithRejects() throws Exception {
        run("2025-07-20", row(BUDI, "14/07/2025", ""), row(SITI, ""));

        assertThat(run("2025-07-28", row(BUDI, "15/07/2025", ""), row("357301", "")))
                .isEqualTo(3);
        assertThat(types()).containsExactly("WorkerHired", "WorkerEnrolled");
        assertThat(run("2025-07-29", row(BUDI, "15/07/2025", ""), row(SITI, "")))
                .isZero();

        assertThat(types()).containsExactlyInAnyOrder("WorkerReleased", "EnrolmentEnded");
        assertThat(sent(WorkerReleased.class).get(0).getReason()).isEqualTo(ReleaseReason.VOIDED);
        assertThat(sent(EnrolmentEnded.class).get(0).getReason()).isEqualTo(EndReason.VOIDED);
    }

    @Test
    void shouldVoidACorrectedStintAlsoWhileAKeyIsReplaced() throws Exception {
        run("2025-07-20", row(BUDI, "14/07/2025", ""), row(SITI, ""));
        pseudonyms = EventSamples.rotating();

        assertThat(run("2025-07-28", row(BUDI, "15/07/2025", ""), row(SITI, "")))
                .isZero();

        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getReason)
                .containsExactly(ReleaseReason.VOIDED);
    }

    @Test
    void shouldEndAStintWhenTheWorkerCameBackLater() throws Exception {
        run("2025-07-20", row(BUDI, "14/07/2025", ""), row(SITI, ""));

        assertThat(run("2025-08-03", row(BUDI, "01/08/2025", ""), row(SITI, "")))
                .isZero();

        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getEndedOn, WorkerReleased::getReason)
                .containsExactly(tuple(LocalDate.of(2025, 7, 31), ReleaseReason.FINISHED));
        assertThat(sent(EnrolmentEnded.class))
                .extracting(EnrolmentEnded::getEndedOn, EnrolmentEnded::getReason)
                .containsExactly(tuple(LocalDate.of(2025, 7, 31), EndReason.WITHDRAWN));
    }

    @Test
    void shouldVoidAStintThatWasPutOffBeforeItBegan() throws Exception {
        run("2025-07-20", row(BUDI, "24/07/2025", ""), row(SITI, ""));

        assertThat(run("2025-07-28", row(BUDI, "01/08/2025", ""), row(SITI, "")))
                .isZero();

        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getReason)
                .containsExactly(ReleaseReason.VOIDED);
    }

    @Test
    void shouldEndAStintNoLaterThanItSaidItself() throws Exception {
        run("2025-07-20", row(BUDI, "14/07/2025", "18/07/2025"), row(SITI, ""));

        assertThat(run("2025-07-28", row(BUDI, "20/07/2025", ""), row(SITI, "")))
                .isZero();

        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getEndedOn, WorkerReleased::getReason)
                .containsExactly(tuple(LocalDate.of(2025, 7, 18), ReleaseReason.FINISHED));
    }

    @Test
    void shouldTakeBackWhatNeverWas() throws Exception {
        profile = Files.writeString(
                        folder.resolve("own.yml"),
                        resource("jakon-hires.yml").replace("vanished: end", "vanished: void"))
                .toString();
        run("2025-07-01", row(BUDI, "20/12/2025"), row(SITI, ""));
        run("2025-07-08", row(SITI, ""));
        assertThat(sent(WorkerReleased.class).get(0).getReason()).isEqualTo(ReleaseReason.VOIDED);

        run("2025-07-15", row(BUDI, "20/12/2025"), row(SITI, ""));

        assertThat(sent(WorkerReleased.class))
                .extracting(WorkerReleased::getEndedOn, WorkerReleased::getReason)
                .containsExactly(tuple(LocalDate.of(2025, 12, 20), ReleaseReason.FINISHED));
    }

    private static String[] many(int count) {
        String[] rows = new String[count];
        for (int i = 0; i < count; i++) {
            rows[i] = row("3573014506901" + String.format("%02d", i + 10) + "1", "");
        }
        return rows;
    }

    private static String row(String nik, String end) {
        return row(nik, "16/07/2025", end);
    }

    private static String row(String nik, String start, String end) {
        return nik + ";Budi Contoh;" + start + ";" + end;
    }

    private static String resource(String profile) throws IOException {
        try (InputStream in = SnapshotImportTest.class.getResourceAsStream("/profiles/" + profile)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int run(String day, String... rows) throws Exception {
        return runText(day, HEAD + String.join("\n", rows) + "\n");
    }

    private int runText(String day, String text) throws Exception {
        return runFiles(day, Files.writeString(folder.resolve("list.csv"), text));
    }

    private int runFiles(@Nullable String day, Path... files) throws Exception {
        producer.clear();
        printed.getBuffer().setLength(0);
        options.profile = profile;
        options.snapshot = "";
        options.given = given;
        options.recordedAt = day == null ? null : day + "T00:00:00+07:00";
        PrintWriter out = new PrintWriter(printed, true);
        TableRun run = TableRun.of(options, "contractor", ZoneId.of("Asia/Jakarta"), out, out);
        return run.run(
                Stream.of(files)
                        .map(file -> new TableFile(file, file.toString(), folder.resolve("rejects.csv")))
                        .toList(),
                () -> pseudonyms,
                publisher,
                folder.resolve("snapshots"),
                folder.resolve("register.mv"));
    }

    private List<String> types() {
        return producer.history().stream()
                .map(sent -> sent.value().getSchema().getName())
                .toList();
    }

    private <E extends SpecificRecord> List<E> sent(Class<E> type) {
        return producer.history().stream()
                .map(ProducerRecord::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
