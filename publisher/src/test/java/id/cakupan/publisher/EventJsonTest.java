package id.cakupan.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cakupan.records.ProjectRegistered;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import id.cakupan.publisher.PseudonymKeys.KeyFileException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final String WORKER = "k1.5mTDyC8hKeCeUjp86slaNg";

    private final EventJson json = new EventJson(() -> EventSamples.pseudonyms(), null);

    @ParameterizedTest
    @MethodSource("id.cakupan.publisher.EventSamples#oneOfEach")
    void shouldReadWhatItWrites(SpecificRecord event) throws Exception {
        assertThat(read(EventSamples.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("id.cakupan.publisher.EventSamples#oneOfEach")
    void shouldNeedNoOptionalField(SpecificRecord event) throws Exception {
        for (EventForm.Field field : EventForm.of(event).fields()) {
            if (!field.required()) {
                event.put(EventForm.of(event).place(field.name()), null);
            }
        }

        assertThat(read(EventSamples.write(event))).isEqualTo(event);
        assertThat(read(EventSamples.write(event).replaceFirst("}$", nulls(event) + "}")))
                .isEqualTo(event);
    }

    private static String nulls(SpecificRecord event) {
        StringBuilder nulls = new StringBuilder();
        EventForm.of(event).fields().stream()
                .filter(field -> !field.required())
                .forEach(field -> nulls.append(",\"").append(field.name()).append("\":null"));
        return nulls.toString();
    }

    @ParameterizedTest
    @MethodSource("id.cakupan.publisher.EventSamples#oneOfEach")
    void shouldNeedEveryRequiredField(SpecificRecord event) throws Exception {
        String line = EventSamples.write(event);
        for (EventForm.Field field : EventForm.of(event).fields()) {
            if (field.required() && !field.name().equals("eventId")) {
                String without =
                        line.replaceFirst(",\"" + field.name() + "\":(\"(\\\\.|[^\"])*\"|\\[[^]]*]|[0-9.]+)", "");
                assertThat(without).isNotEqualTo(line);
                assertFault(without, BadEventReason.FIELD_MISSING, field.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-07-01T08:30:00+07:00, 2025-07-01T01:30:00Z",
        "2025-07-01T01:30:00Z, 2025-07-01T01:30:00Z",
        "2025-07-01T01:30:00.1Z, 2025-07-01T01:30:00.100Z",
        "2025-07-01T01:30:00.123456789Z, 2025-07-01T01:30:00.123456Z",
        "2025-06-30T22:00:00-03:30, 2025-07-01T01:30:00Z",
        "2025-07-01T08:30+07:00, 2025-07-01T01:30:00Z"
    })
    void shouldReadInstantsWithAnyOffset(String text, Instant instant) throws Exception {
        SpecificRecord event = read(hired(Map.of("recordedAt", quoted(text))));

        assertThat(event.get(2)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-07-01",
                "2025-07-01T08:30:00",
                "2025-07-01 08:30:00Z",
                "2025-02-30T08:30:00Z",
                "2025-07-01T24:30:00Z",
                "2025-07-01T08:30:00.Z",
                "2025-07-01T08:30:00.1234567891Z",
                "2025-07-01T08:30:00+7",
                "2025-07-01T08:30:00ZZ",
                "2025-07-01T08:30:00WIB",
                "1751333400",
                ""
            })
    void shouldRefuseOtherInstants(String text) {
        assertFault(hired(Map.of("recordedAt", quoted(text))), BadEventReason.BAD_INSTANT, "recordedAt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-07-2025",
                "2025-7-1",
                "2025-02-29",
                "2025-13-01",
                "2025-07-01T00:00:00Z",
                "20250701",
                "",
                "２０２５-07-01"
            })
    void shouldRefuseOtherDates(String text) {
        assertFault(hired(Map.of("startsOn", quoted(text))), BadEventReason.BAD_DATE, "startsOn");
    }

    @Test
    void shouldPseudonymiseTheNik() throws Exception {
        Map<String, String> fields = fields();
        fields.remove("workerId");
        fields.put("nik", quoted("'3573 0145 0690 0001"));

        assertThat(((WorkerHired) read(line(fields))).getWorkerId()).isEqualTo(WORKER);
    }

    @Test
    void shouldDeriveTheSameIdFromANikAndFromItsPseudonym() throws Exception {
        Map<String, String> byNik = fields();
        byNik.remove("eventId");
        Map<String, String> byPseudonym = new TreeMap<>(byNik);
        byNik.remove("workerId");
        byNik.put("nik", quoted(EventSamples.NIK));

        assertThat(read(line(byNik))).isEqualTo(read(line(byPseudonym)));
    }

    @Test
    void shouldDeriveAnIdThatFollowsFromTheContent() throws Exception {
        Map<String, String> fields = fields();
        fields.remove("eventId");
        String id = read(line(fields)).get(0).toString();

        assertThat(id).matches("content-[A-Za-z0-9_-]{22}");
        assertThat(read(line(fields)).get(0)).isEqualTo(id);
        assertThat(read(line(fields).replace(",", " ,\t")).get(0)).isEqualTo(id);
        fields.put("recordedAt", quoted("2025-07-01T08:30:00+07:00"));
        String shifted = read(line(fields)).get(0).toString();
        fields.put("recordedAt", quoted("2025-07-01T01:30:00.000Z"));
        assertThat(read(line(fields)).get(0)).isEqualTo(shifted);
        for (Map.Entry<String, String> change : Map.of(
                        "recordedAt", "2025-07-01T08:30:01+07:00",
                        "source", "other",
                        "hireId", "h2",
                        "endsOn", "2026-01-01")
                .entrySet()) {
            assertThat(read(hired(Map.of("eventId", "null", change.getKey(), quoted(change.getValue()))))
                            .get(0))
                    .isNotEqualTo(id)
                    .isNotEqualTo(shifted);
        }
    }

    @Test
    void shouldNotConfuseNeighbouringFieldsInDerivedIds() throws Exception {
        String one = hired(Map.of("eventId", "null", "hireId", quoted("a\\nprojectId=1:b"), "projectId", quoted("c")));
        String two = hired(Map.of("eventId", "null", "hireId", quoted("a"), "projectId", quoted("b\\nprojectId=1:c")));

        assertThat(read(one).get(0)).isNotEqualTo(read(two).get(0));
    }

    @Test
    void shouldDeriveOneIdForProgrammesInAnyOrder() throws Exception {
        WorkerEnrolled event = (WorkerEnrolled) EventSamples.oneOfEach().get(4);
        String line = EventSamples.write(event).replace("\"eventId\":\"e5\",", "");

        assertThat(read(line.replace("\"JKK\",\"JKM\"", "\"JKM\",\"JKK\"")).get(0))
                .isEqualTo(read(line).get(0));
    }

    @Test
    void shouldUseTheDefaultSourceOnlyWhereThereIsNone() throws Exception {
        EventJson withDefault = new EventJson(() -> EventSamples.pseudonyms(), "sheet");
        Map<String, String> fields = fields();

        assertThat(read(withDefault, line(fields)).get(1)).isEqualTo("hr");
        fields.remove("source");
        assertThat(read(withDefault, line(fields)).get(1)).isEqualTo("sheet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOT_JSON | {\"type\":\"WorkerHired\"",
                "NOT_JSON | {\"type\":\"WorkerHired\"} {}",
                "NOT_JSON | {'type':'WorkerHired'}",
                "NOT_JSON | {\"type\":Budi}",
                "NOT_AN_OBJECT | [1]",
                "NOT_AN_OBJECT | \"Budi\"",
                "NOT_AN_OBJECT | 3573014506900001",
            })
    void shouldRefuseWhatIsNoJsonObject(BadEventReason reason, String line) {
        assertFault(line, reason, null);
    }

    @Test
    void shouldRefuseBrokenUtf8() {
        byte[] line = hired(Map.of("hireId", quoted("x"))).getBytes(StandardCharsets.ISO_8859_1);
        line[new String(line, StandardCharsets.ISO_8859_1).indexOf("\"x\"") + 1] = (byte) 0xe9;

        BadEvent e = catchThrowableOfType(BadEvent.class, () -> json.read(line, 0, line.length));

        assertThat(e.reason()).isEqualTo(BadEventReason.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "type, null, WRONG_KIND",
        "type, 7, WRONG_KIND",
        "type, '\"CoverageFigure\"', TYPE_UNKNOWN",
        "nama, '\"Budi\"', FIELD_UNKNOWN",
        "workerId, 7, WRONG_KIND",
        "workerId, null, FIELD_MISSING",
        "hireId, '[\"h\"]', WRONG_KIND",
        "hireId, '{\"a\":{\"b\":1}}', WRONG_KIND",
        "hireId, true, WRONG_KIND",
        "hireId, '\" \"', FIELD_EMPTY",
        "startsOn, 20250701, WRONG_KIND",
        "nik, '\"3573014506900001\"', NIK_AND_WORKER_ID",
    })
    void shouldNameTheFieldAndTheFault(String field, String value, BadEventReason reason) {
        assertFault(hired(Map.of(field, value)), reason, field);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"3.57301E+15\"', NIK_SCIENTIFIC",
        "3.57301E+15, NIK_SCIENTIFIC",
        "3573014506900001, WRONG_KIND",
        "'\"357301450690000\"', NIK_LENGTH",
        "'\"Budi Santoso\"', NIK_CHARACTERS",
        "'\"3573013206900001\"', NIK_DATE",
        "'\"3573014506900000\"', NIK_SERIAL",
        "null, WRONG_KIND",
    })
    void shouldSayWhatIsWrongWithANik(String nik, BadEventReason reason) {
        Map<String, String> fields = fields();
        fields.remove("workerId");
        fields.put("nik", nik);

        assertFault(line(fields), reason, "nik");
    }

    @Test
    void shouldRefuseANikWhereThereIsNoWorker() throws Exception {
        String line = EventSamples.write(EventSamples.oneOfEach().get(0))
                .replaceFirst("}$", ",\"nik\":\"3573014506900001\"}");

        assertFault(line, BadEventReason.FIELD_UNKNOWN, "nik");
    }

    @Test
    void shouldRefuseAFieldThatIsGivenTwice() {
        String line = line(fields());

        assertFault(line.replaceFirst("}$", ",\"hireId\":\"h\"}"), BadEventReason.DUPLICATE_FIELD, "hireId");
        assertFault(line.replaceFirst("}$", ",\"type\":\"WorkerHired\"}"), BadEventReason.DUPLICATE_FIELD, "type");
        assertFault(line.replaceFirst("}$", ",\"x\":1,\"x\":1}"), BadEventReason.DUPLICATE_FIELD, "x");
    }

    @Test
    void shouldNotRepeatAFieldNameThatMayBePersonal() {
        for (String name : List.of("3573014506900001", "nik3573014506900001", "Budi Santoso", "a".repeat(200))) {
            BadEvent e = fault(hired(Map.of(name, "1")));
            assertThat(e.reason()).isEqualTo(BadEventReason.FIELD_UNKNOWN);
            assertThat(e.field()).isEqualTo("?");
        }
    }

    @Test
    void shouldRefuseObjectsWithTooManyFields() {
        StringBuilder line = new StringBuilder("{\"type\":\"WorkerHired\"");
        for (int i = 0; i < 40; i++) {
            line.append(",\"x").append(i).append("\":1");
        }

        assertThat(fault(line + "}").reason()).isEqualTo(BadEventReason.FIELD_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "contractValue, -1, BAD_NUMBER",
        "contractValue, 1.5, WRONG_KIND",
        "contractValue, '\"1\"', WRONG_KIND",
        "contractValue, 99999999999999999999, BAD_NUMBER",
        "funding, '\"UNKNOWN\"', SYMBOL_UNKNOWN",
        "funding, '\"apbd\"', SYMBOL_UNKNOWN"
    })
    void shouldCheckNumbersAndSymbols(String field, String value, BadEventReason reason) throws Exception {
        String line = EventSamples.write(EventSamples.oneOfEach().get(0))
                .replaceFirst("\"" + field + "\":(\"[A-Z]+\"|\\d+)", "\"" + field + "\":" + value);

        assertFault(line, reason, field);
    }

    @Test
    void shouldCheckLists() throws Exception {
        String line = EventSamples.write(EventSamples.oneOfEach().get(4));

        assertFault(line.replace("\"JKM\"", "1"), BadEventReason.WRONG_KIND, "programmes");
        assertFault(line.replace("\"JKM\"", "[\"JKM\"]"), BadEventReason.WRONG_KIND, "programmes");
        assertFault(line.replace("\"JKM\"", "\"UNKNOWN\""), BadEventReason.SYMBOL_UNKNOWN, "programmes");
        assertFault(line.replace("[\"JKK\",\"JKM\"]", "\"JKK\""), BadEventReason.WRONG_KIND, "programmes");
    }

    @Test
    void shouldStopWhenThereIsANikButNoKey() {
        EventJson keyless = new EventJson(
                () -> {
                    throw new KeyFileException("no key");
                },
                null);
        Map<String, String> fields = fields();
        fields.remove("workerId");
        fields.put("nik", quoted(EventSamples.NIK));

        assertThatThrownBy(() -> read(keyless, line(fields))).isInstanceOf(KeyFileException.class);
    }

    @Test
    void shouldHaveASentenceInBothLanguagesForEveryReason() {
        for (BadEventReason reason : BadEventReason.values()) {
            assertThat(reason.indonesian("kolom")).endsWith(".").doesNotContain("%s");
            assertThat(reason.english("kolom"))
                    .endsWith(".")
                    .doesNotContain("%s")
                    .isNotEqualTo(reason.indonesian("kolom"));
        }
    }

    private void assertFault(String line, BadEventReason reason, @Nullable String field) {
        BadEvent e = fault(line);
        assertThat(e.reason()).as(line).isEqualTo(reason);
        assertThat(e.field()).as(line).isEqualTo(field);
        assertThat(e.getMessage()).doesNotContain("Budi", "3573014506900001");
    }

    private BadEvent fault(String line) {
        BadEvent e = catchThrowableOfType(BadEvent.class, () -> read(line));
        assertThat(e).as(line).isNotNull();
        return e;
    }

    private static Map<String, String> fields() {
        return new TreeMap<>(Map.of(
                "type", quoted("WorkerHired"),
                "eventId", quoted("e"),
                "source", quoted("hr"),
                "recordedAt", quoted("2025-07-01T01:30:00Z"),
                "workerId", quoted(WORKER),
                "hireId", quoted("h"),
                "projectId", quoted("spse:nontender:1"),
                "contractorId", quoted("npp:15070955"),
                "startsOn", quoted("2025-07-01")));
    }

    private static String hired(Map<String, String> changes) {
        Map<String, String> fields = fields();
        fields.putAll(changes);
        return line(fields);
    }

    private static String line(Map<String, String> fields) {
        StringBuilder line = new StringBuilder("{");
        fields.forEach((name, value) -> line.append(line.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(value));
        return line + "}";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private SpecificRecord read(String line) throws Exception {
        return read(json, line);
    }

    private static SpecificRecord read(EventJson reader, String line) throws Exception {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, 0, bytes.length);
    }

    @Test
    void shouldLetOtherSystemsNeitherLinkTwoWorkersNorNameOneUnderAForeignKey() throws Exception {
        EventJson others = EventJson.ofOthers(EventSamples::pseudonyms, null);
        EventJson keyless = EventJson.ofOthers(
                () -> {
                    throw new PseudonymKeys.KeyFileException("There is no key file");
                },
                null);
        String own = hiredBy("\"workerId\":\"" + EventSamples.WORKER + "\"");
        String foreign = hiredBy("\"workerId\":\"zzzzzz.AAAAAAAAAAAAAAAAAAAAAA\"");
        String linked = hiredBy(
                "\"workerId\":\"" + EventSamples.WORKER + "\",\"formerWorkerId\":\"k1.AAAAAAAAAAAAAAAAAAAAAA\"");

        EventJson rotating = EventJson.ofOthers(EventSamples::rotating, null);
        String underNewKey = hiredBy("\"workerId\":\"k2.AAAAAAAAAAAAAAAAAAAAAA\"");

        assertThat(read(others, own)).isInstanceOf(WorkerHired.class);
        assertThat(read(rotating, own)).isInstanceOf(WorkerHired.class);
        assertThat(reason(rotating, underNewKey)).isEqualTo(BadEventReason.WORKER_ID_KEY);
        assertThat(reason(others, underNewKey)).isEqualTo(BadEventReason.WORKER_ID_KEY);
        assertThat(read(EventJson.ofOthers(EventSamples::rotated, null), underNewKey))
                .isInstanceOf(WorkerHired.class);
        assertThat(read(others, own.replace("}", ",\"formerWorkerId\":null}"))).isInstanceOf(WorkerHired.class);
        assertThat(read(keyless, foreign)).isInstanceOf(WorkerHired.class);
        assertThat(reason(others, foreign)).isEqualTo(BadEventReason.WORKER_ID_KEY);
        assertThat(reason(others, linked)).isEqualTo(BadEventReason.FORMER_ID_GIVEN);
        assertThat(reason(keyless, linked)).isEqualTo(BadEventReason.FORMER_ID_GIVEN);
    }

    @Test
    void shouldTakeAWholeAmountWithZerosBehindThePoint() throws Exception {
        String project = "{\"type\":\"ProjectRegistered\",\"eventId\":\"e\",\"source\":\"s\","
                + "\"recordedAt\":\"2025-07-01T00:00:00Z\",\"projectId\":\"spse:tender:1\",\"name\":\"n\","
                + "\"districtCode\":\"35.73.01\",\"contractorId\":\"npp:1\",\"contractorName\":\"c\",\"funding\":\"APBD\","
                + "\"contractValue\":%s}";

        assertThat(((ProjectRegistered) read(json, project.formatted("1000000.00"))).getContractValue())
                .isEqualTo(1_000_000L);
        assertThat(reason(json, project.formatted("1000000.50"))).isEqualTo(BadEventReason.WRONG_KIND);
    }

    private static String hiredBy(String worker) {
        return "{\"type\":\"WorkerHired\",\"eventId\":\"e\",\"source\":\"s\",\"recordedAt\":\"2025-07-01T00:00:00Z\","
                + "\"hireId\":\"h\",\"projectId\":\"p\",\"contractorId\":\"npp:1\",\"startsOn\":\"2025-07-01\","
                + worker + "}";
    }

    private static BadEventReason reason(EventJson reader, String line) {
        return catchThrowableOfType(BadEvent.class, () -> read(reader, line)).reason();
    }
}
