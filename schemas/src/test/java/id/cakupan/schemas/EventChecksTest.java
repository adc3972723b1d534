package id.cakupan.schemas;

import static id.cakupan.schemas.SampleEvents.DAY;
import static id.cakupan.schemas.SampleEvents.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cakupan.records.CoverageFigure;
import cakupan.records.EndReason;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.Programme;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventChecksTest {
    /** Events of every topic, by topic. */
    private static final Map<Topic<?>, Supplier<SpecificRecord>> SAMPLES = Map.of(
            Topics.WORKER_HIRED, SampleEvents::hired,
            Topics.WORKER_RELEASED, SampleEvents::released,
            Topics.WORKER_ENROLLED, SampleEvents::enrolled,
            Topics.ENROLMENT_ENDED, SampleEvents::ended,
            Topics.PROJECT_REGISTERED, SampleEvents::registered,
            Topics.PROJECT_INSURED, SampleEvents::insured,
            Topics.COVERAGE_TARGETS, SampleEvents::target,
            Topics.REFERENCE_FIGURES, SampleEvents::reference);

    /** The ids of every record, as semantics.md has them; an optional one ends in a question mark. */
    private static final Map<String, List<String>> IDS = Map.of(
            "WorkerHired", List.of("eventId", "workerId", "formerWorkerId?", "hireId", "projectId", "contractorId"),
            "WorkerReleased", List.of("eventId", "workerId", "formerWorkerId?", "hireId"),
            "WorkerEnrolled",
                    List.of("eventId", "workerId", "formerWorkerId?", "enrolmentId", "projectId?", "contractorId?"),
            "EnrolmentEnded", List.of("eventId", "workerId", "formerWorkerId?", "enrolmentId"),
            "ProjectRegistered", List.of("eventId", "projectId", "districtCode", "contractorId"),
            "ProjectInsured", List.of("eventId", "projectId"),
            "CoverageTarget", List.of("eventId", "id"),
            "ReferenceFigure", List.of("eventId", "area", "concept", "source"));

    static Stream<SpecificRecord> samples() {
        return SAMPLES.values().stream().map(Supplier::get);
    }

    static Stream<Arguments> ids() {
        return SAMPLES.values().stream()
                .flatMap(sample -> IDS.getOrDefault(sample.get().getSchema().getName(), List.of()).stream()
                        .map(field -> Arguments.of(sample.get(), field)));
    }

    static Stream<Arguments> dates() {
        return SAMPLES.values().stream()
                .flatMap(sample -> sample.get().getSchema().getFields().stream()
                        .filter(field -> isDate(field.schema()))
                        .map(field -> Arguments.of(sample.get(), field.name())));
    }

    private static boolean isDate(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().anyMatch(EventChecksTest::isDate)
                : schema.getLogicalType() instanceof LogicalTypes.Date;
    }

    private static String key(SpecificRecord event) {
        return SAMPLES.keySet().stream()
                .filter(topic -> topic.type() == event.getClass())
                .map(topic -> keyOf(topic, event))
                .findFirst()
                .orElseThrow();
    }

    private static <V extends SpecificRecord> String keyOf(Topic<V> topic, SpecificRecord event) {
        return topic.key().apply(topic.type().cast(event));
    }

    private static Optional<Rejection> check(SpecificRecord event) {
        return EventChecks.check(key(event), event, RECORDED.toEpochMilli());
    }

    private static <E extends SpecificRecord> E with(E event, String field, @Nullable Object value) {
        event.put(event.getSchema().getField(field).pos(), value);
        return event;
    }

    private static void assertRejected(SpecificRecord event, RejectionReason reason, String field) {
        assertThat(check(event)).contains(new Rejection(reason, field));
    }

    @Test
    void shouldHaveASampleOfEveryEvent() {
        assertThat(SAMPLES.keySet()).isEqualTo(new HashSet<>(Topics.EVENTS));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldAcceptAnEventWithAndWithoutItsOptionalFields(SpecificRecord event) {
        assertThat(check(event)).isEmpty();
        for (Schema.Field field : event.getSchema().getFields()) {
            boolean neededByJakon = event.getSchema().getName().equals("WorkerEnrolled")
                    && field.name().equals("projectId");
            if (field.schema().isNullable() && !neededByJakon) {
                with(event, field.name(), null);
            }
        }
        assertThat(check(event)).isEmpty();
    }

    @Test
    void shouldRejectATombstone() {
        assertThat(EventChecks.check("k", null, 0)).contains(new Rejection(RejectionReason.TOMBSTONE, "value"));
        assertThat(EventChecks.check(null, null, 0)).contains(new Rejection(RejectionReason.TOMBSTONE, "value"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void shouldRejectAnEmptyBlankOrMissingId(SpecificRecord event, String name) {
        boolean optional = name.endsWith("?");
        String field = name.replace("?", "");
        assertRejected(with(event, field, ""), RejectionReason.MISSING_ID, field);
        assertRejected(with(event, field, " \t"), RejectionReason.MISSING_ID, field);
        if (!optional) {
            assertThat(EventChecks.check("any", with(event, field, null), RECORDED.toEpochMilli()))
                    .contains(new Rejection(RejectionReason.MISSING_ID, field));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRejectAKeyThatIsNotTheOneOfTheValue(SpecificRecord event) {
        long now = RECORDED.toEpochMilli();
        Rejection mismatch = new Rejection(RejectionReason.KEY_MISMATCH, "key");
        assertThat(EventChecks.check("other", event, now)).contains(mismatch);
        assertThat(EventChecks.check(key(event) + " ", event, now)).contains(mismatch);
        assertThat(EventChecks.check("", event, now)).contains(mismatch);
        assertThat(EventChecks.check(null, event, now)).contains(mismatch);
    }

    @ParameterizedTest
    @MethodSource("dates")
    void shouldRejectADayOutsideTheAcceptableOnes(SpecificRecord event, String field) {
        for (LocalDate day :
                List.of(EventChecks.FIRST_DAY.minusDays(1), EventChecks.LAST_DAY.plusDays(1), LocalDate.of(1, 1, 1))) {
            assertRejected(with(event, field, day), RejectionReason.DAY_OUT_OF_RANGE, field);
        }
    }

    @Test
    void shouldKnowEveryDate() {
        Set<String> found = new HashSet<>();
        dates().forEach(arguments -> found.add((String) arguments.get()[1]));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "startsOn",
                        "endsOn",
                        "endedOn",
                        "effectiveFrom",
                        "effectiveTo",
                        "contractDate",
                        "maintenanceEndsOn",
                        "baselineOn",
                        "dueOn",
                        "validOn");
    }

    @Test
    void shouldAcceptTheFirstAndTheLastAcceptableDay() {
        assertThat(check(with(
                        with(SampleEvents.hired(), "startsOn", EventChecks.FIRST_DAY), "endsOn", EventChecks.LAST_DAY)))
                .isEmpty();
    }

    @Test
    void shouldRejectAFirstDayAfterTheLastDay() {
        LocalDate before = DAY.minusDays(1);
        assertRejected(with(SampleEvents.hired(), "endsOn", before), RejectionReason.REVERSED_DAYS, "endsOn");
        assertRejected(with(SampleEvents.registered(), "endsOn", before), RejectionReason.REVERSED_DAYS, "endsOn");
        assertRejected(
                with(SampleEvents.enrolled(), "effectiveTo", before), RejectionReason.REVERSED_DAYS, "effectiveTo");
        assertRejected(
                with(SampleEvents.insured(), "effectiveTo", before), RejectionReason.REVERSED_DAYS, "effectiveTo");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRejectWhatWasRecordedMoreThanADayAfterTheRecordsTimestamp(SpecificRecord event) {
        long dayBefore = RECORDED.toEpochMilli() - 24 * 60 * 60 * 1000L;
        assertThat(EventChecks.check(key(event), event, dayBefore + 1)).isEmpty();
        assertThat(EventChecks.check(key(event), event, dayBefore - 1))
                .contains(new Rejection(RejectionReason.RECORDED_IN_FUTURE, "recordedAt"));
        assertThat(EventChecks.check(key(event), event, Long.MAX_VALUE / 4)).isEmpty();
    }

    @Test
    void shouldRejectAnEnrolmentWithoutProgramme() {
        assertRejected(
                with(SampleEvents.enrolled(), "programmes", new ArrayList<Programme>()),
                RejectionReason.NO_PROGRAMME,
                "programmes");
    }

    @Test
    void shouldRequireAProjectForJakonAlone() {
        assertRejected(
                with(SampleEvents.enrolled(), "projectId", null), RejectionReason.JAKON_WITHOUT_PROJECT, "projectId");
        assertThat(check(with(with(SampleEvents.enrolled(), "segment", Segment.PU), "projectId", null)))
                .isEmpty();
    }

    @Test
    void shouldRejectUnknownSymbolsOnWhichAFigureDepends() {
        RejectionReason unknown = RejectionReason.UNKNOWN_SYMBOL;
        assertRejected(with(SampleEvents.insured(), "status", InsuranceStatus.UNKNOWN), unknown, "status");
        assertRejected(with(SampleEvents.enrolled(), "segment", Segment.UNKNOWN), unknown, "segment");
        assertRejected(with(SampleEvents.released(), "reason", ReleaseReason.UNKNOWN), unknown, "reason");
        assertRejected(with(SampleEvents.ended(), "reason", EndReason.UNKNOWN), unknown, "reason");
        assertRejected(with(SampleEvents.target(), "level", Level.UNKNOWN), unknown, "level");
        assertThat(check(with(SampleEvents.enrolled(), "programmes", List.of(Programme.UNKNOWN))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Funding.class)
    void shouldAcceptEveryFunding(Funding funding) {
        assertThat(check(with(SampleEvents.registered(), "funding", funding))).isEmpty();
    }

    @Test
    void shouldRejectARatioThatIsNone() {
        for (double ratio : new double[] {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY}) {
            RejectionReason reason = RejectionReason.RATIO_OUT_OF_RANGE;
            assertRejected(with(SampleEvents.target(), "ratio", ratio), reason, "ratio");
            assertRejected(with(SampleEvents.target(), "baselineRatio", ratio), reason, "baselineRatio");
            assertRejected(with(SampleEvents.reference(), "ratio", ratio), reason, "ratio");
        }
        for (double ratio : new double[] {0, 1}) {
            assertThat(check(with(SampleEvents.target(), "ratio", ratio))).isEmpty();
        }
    }

    @Test
    void shouldRejectAmountsThatNoSumCanHold() {
        for (long amount : new long[] {-1, EventChecks.MAX_AMOUNT + 1, Long.MAX_VALUE}) {
            RejectionReason reason = RejectionReason.AMOUNT_OUT_OF_RANGE;
            assertRejected(with(SampleEvents.registered(), "contractValue", amount), reason, "contractValue");
            assertRejected(with(SampleEvents.registered(), "declaredWorkers", amount), reason, "declaredWorkers");
            assertRejected(with(SampleEvents.reference(), "workforce", amount), reason, "workforce");
        }
        for (long amount : new long[] {0, EventChecks.MAX_AMOUNT}) {
            assertThat(check(with(SampleEvents.registered(), "contractValue", amount)))
                    .isEmpty();
        }
    }

    @Test
    void shouldRejectTextsThatWouldNotFitIntoWhatIsPublished() {
        String longest = "x".repeat(EventChecks.MAX_TEXT);
        assertThat(check(with(SampleEvents.hired(), "contractorId", longest))).isEmpty();
        assertRejected(
                with(SampleEvents.hired(), "contractorId", longest + "x"),
                RejectionReason.TEXT_TOO_LONG,
                "contractorId");
        assertRejected(with(SampleEvents.registered(), "name", longest + "x"), RejectionReason.TEXT_TOO_LONG, "name");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRejectAFormerIdThatIsThePresentOne(SpecificRecord event) {
        if (event.getSchema().getField("formerWorkerId") != null) {
            assertRejected(
                    with(event, "formerWorkerId", SampleEvents.WORKER),
                    RejectionReason.FORMER_ID_UNCHANGED,
                    "formerWorkerId");
            assertRejected(
                    with(event, "formerWorkerId", "x".repeat(EventChecks.MAX_TEXT + 1)),
                    RejectionReason.TEXT_TOO_LONG,
                    "formerWorkerId");
        }
    }

    @Test
    void shouldRejectAnInstantBeforeTheCalendarOfTheRules() {
        RejectionReason reason = RejectionReason.DAY_OUT_OF_RANGE;
        for (String instant : List.of("0001-01-01T00:00:00Z", "1989-12-31T23:59:59Z")) {
            assertRejected(with(SampleEvents.hired(), "recordedAt", Instant.parse(instant)), reason, "recordedAt");
        }
        assertThat(check(with(SampleEvents.hired(), "recordedAt", Instant.parse("1990-01-01T00:00:00Z"))))
                .isEmpty();
    }

    @Test
    void shouldRefuseToJudgeWhatIsNoEvent() {
        assertThatThrownBy(() -> EventChecks.check("k", new CoverageFigure(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CoverageFigure");
    }
}
