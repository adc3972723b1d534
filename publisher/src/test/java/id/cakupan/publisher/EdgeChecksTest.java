package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cakupan.records.CoverageTarget;
import cakupan.records.ProjectRegistered;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import id.cakupan.schemas.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeChecksTest {
    private static final Instant NOW = Instant.parse("2025-07-01T02:00:00Z");

    private final List<SpecificRecord> events = EventSamples.oneOfEach();
    private final ProjectRegistered registered = (ProjectRegistered) events.get(0);
    private final WorkerHired hired = (WorkerHired) events.get(2);
    private final WorkerEnrolled enrolled = (WorkerEnrolled) events.get(4);
    private final CoverageTarget target = (CoverageTarget) events.get(6);

    @ParameterizedTest
    @MethodSource("id.cakupan.publisher.EventSamples#oneOfEach")
    void shouldTakeSoundEvents(SpecificRecord event) {
        assertThatCode(() -> check(event)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"eventId, WorkerHired", "source, WorkerHired", "hireId, WorkerHired", "workerId, WorkerHired"})
    void shouldRefuseANikInFreeTextOfAHire(String field) {
        hired.put(EventForm.of(hired).place(field), EventSamples.NIK);

        assertFault(hired, BadEventReason.NIK_IN_WRONG_PLACE, field);
    }

    @ParameterizedTest
    @CsvSource({"name", "contractorName", "ownerName", "contractNumber", "districtCode"})
    void shouldRefuseANikInFreeTextOfAProject(String field) {
        registered.put(EventForm.of(registered).place(field), "Rumah " + EventSamples.NIK);

        assertFault(registered, BadEventReason.NIK_IN_WRONG_PLACE, field);
    }

    @Test
    void shouldRefuseANikInAnEnrolmentId() {
        enrolled.setEnrolmentId("n-3573.0145.0690.0001");

        assertFault(enrolled, BadEventReason.NIK_IN_WRONG_PLACE, "enrolmentId");
    }

    @Test
    void shouldTakeLongNumbersOfProjectsAndContractorsBehindTheirScheme() throws Exception {
        hired.setContractorId("npwp:0317037091445000");
        hired.setProjectId("spse:tender:1234567890123456");
        target.setId("npwp:0317037091445000");

        check(hired);
        check(target);
        hired.setContractorId(EventSamples.NIK);
        assertFault(hired, BadEventReason.NIK_IN_WRONG_PLACE, "contractorId");
        hired.setContractorId("nik:" + EventSamples.NIK);
        assertFault(hired, BadEventReason.NIK_IN_WRONG_PLACE, "contractorId");
    }

    @Test
    void shouldRefuseTheTaxNumberOfAPerson() {
        hired.setContractorId("npwp:" + EventSamples.NIK);
        assertFault(hired, BadEventReason.NIK_AS_TAX_NUMBER, "contractorId");
        target.setId("npwp:" + EventSamples.NIK);
        assertFault(target, BadEventReason.NIK_AS_TAX_NUMBER, "id");
    }

    @Test
    void shouldRefuseANikInTheIdOfAProjectBehindAnyScheme() {
        hired.setProjectId("spse:tender:" + EventSamples.NIK);

        assertFault(hired, BadEventReason.NIK_IN_WRONG_PLACE, "projectId");
    }

    @Test
    void shouldRefuseAWorkerIdThatIsNoPseudonym() {
        hired.setWorkerId("Budi");

        assertFault(hired, BadEventReason.WORKER_ID_FORM, "workerId");
    }

    @ParameterizedTest
    @CsvSource({
        "projectId, Budi Contoh",
        "projectId, 'p 1'",
        "projectId, 'p1 '",
        "projectId, Žaneta",
        "projectId, 'a\u00a0b'",
        "projectId, spse:tender:Budi",
        "projectId, spse:Budi",
        "hireId, Budi Contoh",
        "contractorId, CV Contoh",
        "contractorId, npp:Budi",
        "contractorId, npp:",
        "contractorId, npwp:Budi",
        "contractorId, npwp:317037091445000123",
        "contractorId, spse:penyedia:Budi"
    })
    void shouldRefuseANameAsAnId(String field, String id) {
        hired.put(EventForm.of(hired).place(field), id);

        assertFault(hired, BadEventReason.ID_FORM, field);
    }

    @Test
    void shouldRefuseANameAsAnEnrolmentOrADistrict() {
        enrolled.setEnrolmentId("Budi Contoh");
        assertFault(enrolled, BadEventReason.ID_FORM, "enrolmentId");
        registered.setDistrictCode("Klojen");
        assertFault(registered, BadEventReason.ID_FORM, "districtCode");
    }

    @ParameterizedTest
    @CsvSource({
        "projectId, spse:nontender:10099782000",
        "projectId, spse:tender:10029545000",
        "projectId, spse:e-purchasing:EP-01K5",
        "projectId, pupr-malang/2025/017",
        "projectId, p",
        "projectId, siteA",
        "contractorId, npwp:0317037091445000",
        "contractorId, npwp:317037091445000",
        "contractorId, npp:15070955",
        "contractorId, npp:JJ070955",
        "contractorId, spse:penyedia:600440",
        "contractorId, c",
        "hireId, penempatan-4711",
        "hireId, 'a|b(c)#~'"
    })
    void shouldTakeIdsAsTheContractAllowsThem(String field, String id) {
        hired.put(EventForm.of(hired).place(field), id);

        assertThatCode(() -> check(hired)).doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveEmptyIdsToTheRulesOfEvents() {
        hired.setProjectId(" ");

        assertFault(hired, BadEventReason.MISSING_ID, "projectId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Budi Contoh", "Budi", "Budi, S.T.", "D'Arc", "BUDI-CONTOH", "Budi 2 Contoh Dua", "H. Budi"})
    void shouldKnowWhatReadsLikeAName(String text) {
        assertThat(IdForms.mayBeName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p",
                "p1",
                "ab",
                "10099782000",
                "1009 9782 000",
                "spse : nontender : 1",
                "npp: 15070955",
                "602.1/13"
            })
    void shouldKnowWhatReadsLikeACode(String text) {
        assertThat(IdForms.mayBeName(text)).isFalse();
    }

    @Test
    void shouldRefuseWhatTheStreamsAppRejects() {
        hired.setEndsOn(hired.getStartsOn().minusDays(1));
        assertFault(hired, BadEventReason.REVERSED_DAYS, "endsOn");
        enrolled.setProjectId(null);
        assertFault(enrolled, BadEventReason.JAKON_WITHOUT_PROJECT, "projectId");
        target.setRatio(41.3);
        assertFault(target, BadEventReason.RATIO_OUT_OF_RANGE, "ratio");
    }

    @Test
    void shouldMeasureTheFutureByTheClock() throws Exception {
        registered.setRecordedAt(NOW.plus(Duration.ofHours(24)));
        check(registered);
        registered.setRecordedAt(NOW.plus(Duration.ofHours(24)).plusMillis(1));
        assertFault(registered, BadEventReason.RECORDED_IN_FUTURE, "recordedAt");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAReasonForEveryRuleOfEvents(RejectionReason reason) {
        assertThat(BadEventReason.of(reason)).hasToString(reason.toString());
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAReasonForEveryFaultOfANik(Nik.Fault fault) {
        assertThat(BadEventReason.of(fault)).hasToString("NIK_" + fault);
    }

    private static void assertFault(SpecificRecord event, BadEventReason reason, String field) {
        BadEvent e = catchThrowableOfType(BadEvent.class, () -> check(event));
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e.field()).isEqualTo(field);
        assertThat(e.getMessage()).doesNotContain(EventSamples.NIK, "Budi");
    }

    private static void check(SpecificRecord event) throws BadEvent {
        EventForm form = EventForm.of(event);
        EdgeChecks.check(form, event, EdgeChecks.key(form.topic(), event), NOW.toEpochMilli());
    }
}
