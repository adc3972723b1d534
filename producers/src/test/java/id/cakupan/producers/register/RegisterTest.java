package id.cakupan.producers.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Programme;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventSamples;
import id.cakupan.publisher.Kpj;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.OwnerOnlyFiles;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterTest {
    private static final String COMPANY = "npp:15070955";
    private static final String BUDI = "3573014506900001";
    private static final String SITI = "3573014506900002";
    private static final String NUMBER = "12345678901";
    private static final int MANY = 200_000;
    private static final String DAY = "TGL_KEJADIAN";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    private Pseudonyms pseudonyms = EventSamples.pseudonyms();

    @BeforeEach
    void name() {
        file = folder.resolve("new").resolve("register.mv");
    }

    @Test
    void shouldRememberWhoseKpjItIsAndWhichEnrolmentEnds() throws Exception {
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
            register.learn(enrolled(BUDI, "first", "2024-07-01"));
            register.learn(enrolled(BUDI, "second", "2025-07-01"));
            register.commit();
        }

        try (Register register = open()) {
            Register.Worker worker = register.worker(kpj("1234 5678 901"));
            assertThat(worker).isEqualTo(new Register.Worker(id(BUDI), null));
            assertThat(register.enrolment(worker, COMPANY, day("2025-06-30"), DAY))
                    .isEqualTo("first");
            assertThat(register.enrolment(worker, COMPANY, day("2025-07-01"), DAY))
                    .isEqualTo("second");
            assertThat(register.enrolledAs(worker, "second")).isEqualTo(id(BUDI));
            assertFault(() -> register.worker(kpj("12345678902")), BadEventReason.KPJ_UNKNOWN);
            assertFault(
                    () -> register.enrolment(worker, COMPANY, day("2024-06-30"), DAY),
                    BadEventReason.ENROLMENT_UNKNOWN);
            assertFault(
                    () -> register.enrolment(worker, "npp:1507095", day("2025-07-01"), DAY),
                    BadEventReason.ENROLMENT_UNKNOWN);
            assertFault(
                    () -> register.enrolment(register.worker(nik(SITI)), COMPANY, day("2025-07-01"), DAY),
                    BadEventReason.ENROLMENT_UNKNOWN);
        }
    }

    @Test
    void shouldNotGuessWhereMoreThanOneAnswerFits() throws Exception {
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
            register.learn(kpj(NUMBER), nik(SITI));
            register.learn(enrolled(BUDI, "a", "2025-07-01"));
            register.learn(enrolled(BUDI, "b", "2025-07-01"));

            assertFault(() -> register.worker(kpj(NUMBER)), BadEventReason.KPJ_AMBIGUOUS);
            assertFault(
                    () -> register.enrolment(register.worker(nik(BUDI)), COMPANY, day("2025-12-12"), DAY),
                    BadEventReason.ENROLMENT_AMBIGUOUS);
        }
    }

    @Test
    void shouldNotEndAnEnrolmentAgainOnAnotherDay() throws Exception {
        try (Register register = open()) {
            Register.Worker worker = register.worker(nik(BUDI));
            register.learn(enrolled(BUDI, "first", "2024-07-01"));
            register.learn(ended(id(BUDI), "first", "2024-12-31"));

            assertThat(register.enrolment(worker, COMPANY, day("2024-12-31"), DAY))
                    .isEqualTo("first");
            assertFault(
                    () -> register.enrolment(worker, COMPANY, day("2025-12-31"), DAY), BadEventReason.ENROLMENT_ENDED);
            register.learn(enrolled(BUDI, "second", "2025-07-01"));
            assertThat(register.enrolment(worker, COMPANY, day("2025-12-31"), DAY))
                    .isEqualTo("second");
        }
    }

    @Test
    void shouldTakeWhatWasRecordedLaterWhateverComesFirst() throws Exception {
        WorkerEnrolled later = enrolled(BUDI, "a", "2025-07-07");
        later.setRecordedAt(Instant.parse("2025-08-01T00:00:00Z"));
        try (Register register = open()) {
            register.learn(later);
            register.learn(enrolled(BUDI, "a", "2025-07-01"));

            assertFault(
                    () -> register.enrolment(register.worker(nik(BUDI)), COMPANY, day("2025-07-06"), DAY),
                    BadEventReason.ENROLMENT_UNKNOWN);
        }
    }

    @Test
    void shouldFollowWorkersToTheirNewIdsAndBack() throws Exception {
        String before = id(BUDI);
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
            register.learn(enrolled(BUDI, "a", "2025-07-01"));

            pseudonyms = EventSamples.rotating();
            assertThat(register.worker(kpj(NUMBER)).id()).isEqualTo(before);
            assertThat(register.enrolment(register.worker(nik(BUDI)), COMPANY, day("2025-12-12"), DAY))
                    .isEqualTo("a");
            register.learn(kpj(NUMBER), nik(BUDI));
            assertThat(register.worker(kpj(NUMBER))).isEqualTo(new Register.Worker(id(BUDI), before));

            pseudonyms = EventSamples.rotated();
            for (Register.Worker worker : List.of(register.worker(kpj(NUMBER)), register.worker(nik(BUDI)))) {
                assertThat(worker.id()).startsWith("k2.");
                assertThat(register.enrolment(worker, COMPANY, day("2025-12-12"), DAY))
                        .isEqualTo("a");
                assertThat(register.enrolledAs(worker, "a")).isEqualTo(before);
            }
        }
    }

    @Test
    void shouldBringTogetherWhatWasKeptUnderTwoIdsOfAWorker() throws Exception {
        String older = id(BUDI);
        try (Register register = open()) {
            register.learn(enrolled(BUDI, "a", "2024-07-01"));
            pseudonyms = EventSamples.rotated();
            register.learn(enrolled(BUDI, "b", "2025-07-01"));
            register.learn(ended(id(BUDI), "b", "2025-12-12"));
            pseudonyms = EventSamples.rotating();

            register.learn(kpj(NUMBER), nik(BUDI));

            Register.Worker worker = new Register.Worker(older, null);
            assertThat(register.enrolment(worker, COMPANY, day("2024-12-12"), DAY))
                    .isEqualTo("a");
            assertThat(register.enrolment(worker, COMPANY, day("2025-12-12"), DAY))
                    .isEqualTo("b");
            assertFault(
                    () -> register.enrolment(worker, COMPANY, day("2025-12-13"), DAY), BadEventReason.ENROLMENT_ENDED);
        }
    }

    @Test
    void shouldForgetAKpjWithTheKeyThatWasRetired() throws Exception {
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
            pseudonyms = EventSamples.rotated();

            assertFault(() -> register.worker(kpj(NUMBER)), BadEventReason.KPJ_UNKNOWN);
        }
    }

    @Test
    void shouldForgetWhatWasNotCommitted() throws Exception {
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
        }
        try (Register register = open()) {
            assertFault(() -> register.worker(kpj(NUMBER)), BadEventReason.KPJ_UNKNOWN);
        }
    }

    @Test
    void shouldForgetEvenMuchThatWasNotCommitted() throws Exception {
        fill();
        byte[] before = Files.readAllBytes(file);
        try (Register register = open()) {
            for (int i = 0; i < MANY; i++) {
                register.learn(enrolled(BUDI, "much" + i, "2025-07-02"));
            }
            assertThat(file).hasBinaryContent(before);
        }
        try (Register register = open()) {
            assertThat(register.enrolment(register.worker(kpj(NUMBER)), COMPANY, day("2025-07-02"), DAY))
                    .isEqualTo("a");
        }
    }

    @Test
    void shouldLeaveTheFileAsItIsWhenItIsOnlyRead() throws Exception {
        try (Register register = Register.copyOf(file, () -> pseudonyms)) {
            register.learn(kpj(NUMBER), nik(BUDI));
            register.commit();
        }
        assertThat(file).doesNotExist();
        try (Register register = open()) {
            assertThat(register.learntNumbers()).isZero();
        }
        fill();
        byte[] before = Files.readAllBytes(file);

        try (Register register = Register.copyOf(file, () -> pseudonyms)) {
            assertThat(register.worker(kpj(NUMBER)).id()).isEqualTo(id(BUDI));
            register.learn(kpj("12345678902"), nik(BUDI));
            register.commit();
        }

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void shouldBelongToItsOwnerAloneAndHoldNoNumberOfAPerson() throws Exception {
        fill();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(Objects.requireNonNull(file.getParent()))))
                .isEqualTo("rwx------");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .contains(id(BUDI))
                .doesNotContain(NUMBER, BUDI);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::open).isInstanceOf(FailedException.class).hasMessageContaining("chmod 600 " + file);
        assertThatThrownBy(() -> Register.copyOf(file, () -> pseudonyms)).isInstanceOf(FailedException.class);
    }

    @Test
    void shouldServeOneImportAtATime() throws Exception {
        fill();
        try (Register register = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("in use by another import");
            register.learn(kpj("12345678902"), nik(SITI));
            register.commit();
        }
        try (Register register = open()) {
            assertThat(register.worker(kpj("12345678902")).id()).isEqualTo(id(SITI));
        }
    }

    @Test
    void shouldRefuseADamagedFileAndNeverReadItWrongly() throws Exception {
        fill();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            if (i % 4 == 0) {
                damaged = Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length - 1));
            } else if (i % 4 == 1) {
                random.nextBytes(damaged);
            } else {
                for (int flips = 0; flips < i % 7 + 1; flips++) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            for (boolean copy : new boolean[] {true, false}) {
                // A file of its own: until the process ends, the store keeps some that it could not open.
                file = folder.resolve("damaged-" + i + (copy ? "-copy" : ""));
                OwnerOnlyFiles.create(file);
                Files.write(file, damaged);
                try (Register register = copy ? Register.copyOf(file, () -> pseudonyms) : open()) {
                    assertKnown(register);
                } catch (FailedException e) {
                    refused++;
                    assertThat(e).hasMessageContaining(file + " is damaged");
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    /** It knows what {@link #fill} taught it; an older state, of nothing, is whole too. */
    private void assertKnown(Register register) throws Exception {
        try {
            Register.Worker worker = register.worker(kpj(NUMBER));
            assertThat(worker.id()).isEqualTo(id(BUDI));
            assertThat(register.enrolment(worker, COMPANY, day("2025-07-01"), DAY))
                    .isEqualTo("a");
        } catch (BadEvent e) {
            assertThat(e.reason()).isEqualTo(BadEventReason.KPJ_UNKNOWN);
        }
    }

    private void fill() throws Exception {
        try (Register register = open()) {
            register.learn(kpj(NUMBER), nik(BUDI));
            register.learn(enrolled(BUDI, "a", "2025-07-01"));
            register.commit();
        }
    }

    private Register open() throws IOException {
        return Register.open(file, () -> pseudonyms);
    }

    private static void assertFault(ThrowingCallable asking, BadEventReason reason) {
        BadEvent fault = catchThrowableOfType(BadEvent.class, asking);
        assertThat(fault).isNotNull();
        assertThat(fault.reason()).isEqualTo(reason);
    }

    private WorkerEnrolled enrolled(String number, String enrolmentId, String from) throws Nik.NikException {
        return new WorkerEnrolled(
                "e-" + enrolmentId,
                "sipp",
                Instant.parse("2025-07-10T02:00:00Z"),
                id(number),
                enrolmentId,
                Segment.PU,
                null,
                COMPANY,
                List.of(Programme.JKK, Programme.JKM),
                day(from),
                null,
                pseudonyms.formerOf(nik(number)));
    }

    private static EnrolmentEnded ended(String worker, String enrolmentId, String on) {
        return new EnrolmentEnded(
                "x-" + enrolmentId,
                "sipp",
                Instant.parse("2025-07-11T02:00:00Z"),
                worker,
                enrolmentId,
                day(on),
                EndReason.WITHDRAWN,
                null);
    }

    private String id(String number) throws Nik.NikException {
        return pseudonyms.of(nik(number));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Nik nik(String text) throws Nik.NikException {
        return Nik.parse(text);
    }

    private static Kpj kpj(@Nullable String text) {
        return Objects.requireNonNull(Kpj.parse(Objects.requireNonNull(text)));
    }
}
