package id.cakupan.streams;

import id.cakupan.coverage.Funding;
import id.cakupan.coverage.InsuranceStatus;
import id.cakupan.coverage.ProjectFact.Insurance;
import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.ProjectState;
import id.cakupan.coverage.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * How the state of a project is encoded, in the directory store and on the directory topic: version (1 byte), then the
 * two facts, each with a byte in front that says whether it is there. Earlier versions stay readable.
 */
final class ProjectCodec {
    private static final int VERSION = 1;
    private static final Funding[] FUNDINGS = Funding.values();
    private static final InsuranceStatus[] STATUSES = InsuranceStatus.values();

    private ProjectCodec() {}

    static byte[] encode(ProjectState state) {
        ByteWriter out = new ByteWriter().octet(VERSION);
        Registration r = state.registration();
        out.octet(r == null ? 0 : 1);
        if (r != null) {
            stamp(out, r.stamp())
                    .text(r.name())
                    .text(r.districtCode())
                    .text(r.contractorId())
                    .text(r.contractorName())
                    .octet(r.funding().ordinal())
                    .number(r.contractValue())
                    .number(r.startsOn())
                    .number(r.endsOn());
        }
        Insurance i = state.insurance();
        out.octet(i == null ? 0 : 1);
        if (i != null) {
            stamp(out, i.stamp())
                    .octet(i.status().ordinal())
                    .number(i.effectiveFrom())
                    .number(i.effectiveTo());
        }
        return out.toBytes();
    }

    static ProjectState decode(String projectId, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw new UnreadableStateException(
                    "A project is stored in encoding " + version + ", this version reads " + VERSION);
        }
        return new ProjectState(registration(projectId, in), insurance(projectId, in));
    }

    private static @Nullable Registration registration(String projectId, ByteReader in) {
        if (in.octet() == 0) {
            return null;
        }
        Stamp stamp = stamp(in);
        return new Registration(
                projectId,
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                FUNDINGS[in.octet()],
                in.number(),
                in.integer(),
                in.integer(),
                stamp);
    }

    private static @Nullable Insurance insurance(String projectId, ByteReader in) {
        if (in.octet() == 0) {
            return null;
        }
        Stamp stamp = stamp(in);
        return new Insurance(projectId, STATUSES[in.octet()], in.integer(), in.integer(), stamp);
    }

    private static ByteWriter stamp(ByteWriter out, Stamp stamp) {
        return out.number(stamp.recordedAt()).text(stamp.eventId());
    }

    private static Stamp stamp(ByteReader in) {
        return new Stamp(in.number(), in.text());
    }
}
