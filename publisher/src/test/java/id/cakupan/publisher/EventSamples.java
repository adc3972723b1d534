package id.cakupan.publisher;

import cakupan.records.CoverageTarget;
import cakupan.records.EndReason;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Funding;
import cakupan.records.InsuranceStatus;
import cakupan.records.Level;
import cakupan.records.Programme;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.ReleaseReason;
import cakupan.records.Segment;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Events, a key and the NIK of an invented person, for tests. */
public final class EventSamples {
    /** A well-formed NIK of nobody. */
    public static final String NIK = "3573014506900001";

    /** The worker id of {@link #NIK} under {@link #pseudonyms}. */
    public static final String WORKER = "k1.5mTDyC8hKeCeUjp86slaNg";

    private static final Instant RECORDED = Instant.parse("2025-07-01T01:30:00.123456Z");
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);

    private EventSamples() {}

    /** Pseudonyms under the key {@code k1}, whose bytes are 0 to 31. */
    public static Pseudonyms pseudonyms() {
        return new Pseudonyms(new PseudonymKeys(key("k1", 0), null));
    }

    /** Pseudonyms while the key {@code k1} is replaced by {@code k2}. */
    public static Pseudonyms rotating() {
        return new Pseudonyms(new PseudonymKeys(key("k2", 100), key("k1", 0)));
    }

    /** Pseudonyms after the key {@code k1} was retired. */
    public static Pseudonyms rotated() {
        return new Pseudonyms(new PseudonymKeys(key("k2", 100), null));
    }

    private static PseudonymKey key(String id, int from) {
        byte[] bytes = new byte[PseudonymKey.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return new PseudonymKey(id, RECORDED, bytes);
    }

    /** One event of each type, with every field set. */
    public static List<SpecificRecord> oneOfEach() {
        return List.of(
                new ProjectRegistered(
                        "e1",
                        "spse",
                        RECORDED,
                        "spse:nontender:10099782000",
                        "Rehabilitasi SDN \"Kotalama\" 3",
                        "35.73.03",
                        "npwp:0317037091445000",
                        "CV Arba",
                        "Dinas",
                        Funding.APBD,
                        "602.1/09",
                        DAY,
                        123_456_789_012L,
                        DAY,
                        DAY.plusDays(1),
                        DAY.plusDays(2),
                        25L),
                new ProjectInsured(
                        "e2", "ejakon", RECORDED, "p", InsuranceStatus.PAID, DAY, DAY.plusDays(9), "2300001078094"),
                new WorkerHired("e3", "hr", RECORDED, WORKER, "h", "p", "npp:15070955", DAY, DAY.plusDays(30), null),
                new WorkerReleased("e4", "hr", RECORDED, WORKER, "h", DAY, ReleaseReason.REPLACED, null),
                new WorkerEnrolled(
                        "e5",
                        "sipp",
                        RECORDED,
                        WORKER,
                        "n",
                        Segment.JAKON,
                        "p",
                        "c",
                        List.of(Programme.JKK, Programme.JKM),
                        DAY,
                        DAY,
                        null),
                new EnrolmentEnded("e6", "sipp", RECORDED, WORKER, "n", DAY, EndReason.LAPSED, null),
                new CoverageTarget("e7", "rpjmd", RECORDED, Level.CITY, "35.73", 0.33, DAY, 0.413, DAY),
                new ReferenceFigure("e8", "bps", RECORDED, "35.73", "ucj", 154_440L, 468_000L, 0.33, DAY));
    }

    /** An event as a line of JSON. */
    public static String write(SpecificRecord event) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            EventJson.write(event, generator);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
