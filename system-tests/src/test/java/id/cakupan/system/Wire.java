package id.cakupan.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Fact;
import id.cakupan.coverage.ProjectFact;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.oracle.OracleEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Events of the oracle as lines for {@code import}, written by hand from semantics.md. What the oracle does not know
 * (the reason of a release, which of two fields gives the first day of a project) varies with the event's id.
 */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    /** One line without a line break. */
    static String line(OracleEvent event) {
        ObjectNode line = JSON.createObjectNode();
        Fact fact = event.fact();
        int variant = Math.floorMod(fact.stamp().eventId().hashCode(), 3);
        if (fact instanceof WorkerFact.Hire hire) {
            line.put("type", "WorkerHired");
            line.put("workerId", event.key());
            line.put("hireId", hire.id());
            line.put("projectId", hire.projectId());
            line.put("contractorId", hire.contractorId());
            date(line, "startsOn", hire.startsOn());
            date(line, "endsOn", hire.endsOn());
        } else if (fact instanceof WorkerFact.Release release) {
            line.put("type", "WorkerReleased");
            line.put("workerId", event.key());
            line.put("hireId", release.id());
            date(line, "endedOn", release.endedOn());
            line.put(
                    "reason",
                    release.voided()
                            ? "VOIDED"
                            : List.of("FINISHED", "RESIGNED", "REPLACED").get(variant));
        } else if (fact instanceof WorkerFact.Enrolment enrolment) {
            line.put("type", "WorkerEnrolled");
            line.put("workerId", event.key());
            line.put("enrolmentId", enrolment.id());
            line.put("segment", enrolment.segment().name());
            line.put("projectId", enrolment.projectId());
            line.put("contractorId", enrolment.contractorId());
            List<String> names = List.of("JKK", "JKM", "JHT", "JP");
            for (int i = 0; i < names.size(); i++) {
                if ((enrolment.programmes() >> i & 1) == 1) {
                    line.withArray("programmes").add(names.get(i));
                }
            }
            date(line, "effectiveFrom", enrolment.effectiveFrom());
            date(line, "effectiveTo", enrolment.effectiveTo());
        } else if (fact instanceof WorkerFact.EnrolmentEnd end) {
            line.put("type", "EnrolmentEnded");
            line.put("workerId", event.key());
            line.put("enrolmentId", end.id());
            date(line, "endedOn", end.endedOn());
            line.put(
                    "reason",
                    end.voided()
                            ? "VOIDED"
                            : List.of("LAPSED", "WITHDRAWN", "COMPLETED").get(variant));
        } else if (fact instanceof ProjectFact.Registration project) {
            line.put("type", "ProjectRegistered");
            line.put("projectId", project.projectId());
            line.put("name", project.name());
            line.put("districtCode", project.districtCode());
            line.put("contractorId", project.contractorId());
            line.put("contractorName", project.contractorName());
            line.put("funding", project.funding().name());
            if (project.contractValue() != 0 || variant == 0) {
                line.put("contractValue", project.contractValue());
            }
            date(line, variant == 0 ? "contractDate" : "startsOn", project.startsOn());
            date(line, "endsOn", project.endsOn());
        } else if (fact instanceof ProjectFact.Insurance insurance) {
            line.put("type", "ProjectInsured");
            line.put("projectId", insurance.projectId());
            line.put("status", insurance.status().name());
            date(line, "effectiveFrom", insurance.effectiveFrom());
            date(line, "effectiveTo", insurance.effectiveTo());
        }
        if (event.formerWorkerId() != null) {
            line.put("formerWorkerId", event.formerWorkerId());
        }
        line.put("eventId", fact.stamp().eventId());
        line.put("source", "oracle");
        line.put(
                "recordedAt",
                Instant.EPOCH.plus(fact.stamp().recordedAt(), ChronoUnit.MICROS).toString());
        return line.toString();
    }

    private static void date(ObjectNode line, String field, int day) {
        if (day != Days.NONE && day != Days.OPEN) {
            line.put(field, Days.date(day).toString());
        }
    }
}
