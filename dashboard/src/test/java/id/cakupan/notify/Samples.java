package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.CoverageFigure;
import cakupan.records.DecisionKind;
import cakupan.records.DecisionReason;
import cakupan.records.Level;
import cakupan.records.ProjectRegistered;
import cakupan.records.Resolution;
import cakupan.records.UncoveredHire;
import cakupan.records.UncoveredReason;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Invented alerts, decisions and names. */
final class Samples {
    static final String ARBA = "npwp:0317037091445000";
    static final String BUMI = "npwp:0211111111445000";
    static final String BLIMBING = "35.73.01";
    static final String KLOJEN = "35.73.02";
    static final String MARKET = "spse:tender:101";
    static final String SCHOOL = "spse:tender:202";

    /** Day of the samples: overdue alerts are as many days overdue as they say on it. */
    static final LocalDate TODAY = LocalDate.parse("2025-07-10");

    private Samples() {}

    /** An alert on a hire of ARBA at the market in Blimbing. */
    static UncoveredHire hire(String hireId, AlertState state) {
        return hire(hireId, state, ARBA, MARKET, BLIMBING);
    }

    static UncoveredHire hire(String hireId, AlertState state, String contractor, String project, String district) {
        LocalDate due = switch (state) {
            case DUE_SOON -> TODAY.plusDays(1);
            case OVERDUE -> TODAY.minusDays(3);
            default -> TODAY.minusDays(10);
        };
        return UncoveredHire.newBuilder()
                .setHireId(hireId)
                .setWorkerId("k1.5mTDyC8hKeCeUjp86s" + String.format("%04d", Math.floorMod(hireId.hashCode(), 10_000)))
                .setProjectId(project)
                .setContractorId(contractor)
                .setDistrictCode(district)
                .setStartsOn(due.minusDays(20))
                .setDueOn(due)
                .setUncoveredSince(due.minusDays(20))
                .setOverdueSince(due.plusDays(1))
                .setState(state)
                .setReason(UncoveredReason.NOT_REGISTERED)
                .setResolution(state == AlertState.RESOLVED ? Resolution.COVERED : null)
                .setBackdated(false)
                .setAsOf(TODAY)
                .build();
    }

    static UncoveredHire resolved(UncoveredHire hire) {
        return UncoveredHire.newBuilder(hire)
                .setState(AlertState.RESOLVED)
                .setResolution(Resolution.COVERED)
                .build();
    }

    static UncoveredHire in(UncoveredHire hire, AlertState state) {
        return UncoveredHire.newBuilder(hire)
                .setState(state)
                .setResolution(null)
                .build();
    }

    static AlertDecision decision(DecisionKind kind, String id, String at, String until) {
        return AlertDecision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setReason(DecisionReason.PAYMENT_UNDER_WAY)
                .setDecidedBy("tester")
                .setDecidedAt(Instant.parse(at))
                .setExpiresAt(Instant.parse(until))
                .build();
    }

    /** An event of a source. */
    static ProjectRegistered project(String source) {
        ProjectRegistered event = new ProjectRegistered();
        for (Schema.Field field : event.getSchema().getFields()) {
            event.put(field.pos(), empty(field.schema()));
        }
        event.setEventId(source + "-1");
        event.setSource(source);
        event.setProjectId(MARKET);
        return event;
    }

    /** A figure that says nothing but a name. */
    static CoverageFigure named(Level level, String id, String name) {
        CoverageFigure figure = new CoverageFigure();
        for (Schema.Field field : figure.getSchema().getFields()) {
            figure.put(field.pos(), empty(field.schema()));
        }
        figure.setLevel(level);
        figure.setId(id);
        figure.setName(name);
        return figure;
    }

    private static @Nullable Object empty(Schema schema) {
        if (schema.getLogicalType() != null && schema.getLogicalType().getName().equals("date")) {
            return TODAY;
        } else if (schema.getLogicalType() != null) {
            return Instant.EPOCH;
        }
        return switch (schema.getType()) {
            case INT -> 0;
            case LONG -> 0L;
            case DOUBLE -> 0d;
            case STRING -> "";
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
            case ARRAY -> new GenericData.Array<>(0, schema);
            default -> null;
        };
    }
}
