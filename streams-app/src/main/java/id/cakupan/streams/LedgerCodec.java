package id.cakupan.streams;

import id.cakupan.coverage.Alert;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.UncoveredReason;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Kind;
import id.cakupan.coverage.WorkerFact.Release;
import id.cakupan.coverage.WorkerIdentity.Newer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * How entries of the ledger store are encoded.
 *
 * <p>Key: worker id with its length in front, kind (1 byte), id of the hire or enrolment. All entries of a worker share a
 * prefix, so they lie side by side. Value: version (1 byte), then the fields. A value of any earlier version
 * must stay readable: the changelog keeps what was written for years. Fields are only ever appended, under a new version.
 */
final class LedgerCodec {
    /** Version that is written. */
    static final int VERSION = 3;

    /** First version in which an end of an interval is a flag and its distance from the beginning: 1 byte when open. */
    private static final int SHORT_ENDS = 2;

    /** First version in which an alert has the worker's newest id. */
    private static final int CURRENT_IDS = 3;

    private static final Kind[] KINDS = Kind.values();
    private static final Segment[] SEGMENTS = Segment.values();
    private static final UncoveredReason[] REASONS = UncoveredReason.values();
    private static final Alert.State[] STATES = Alert.State.values();
    private static final Alert.Resolution[] RESOLUTIONS = Alert.Resolution.values();
    /** Kind byte of a published alert; facts have the ordinal of their kind. */
    private static final int ALERT = 64;
    /** Kind byte of the link to the id that the worker had before. */
    private static final int LINK = 65;
    /** Kind byte of a newer id of the worker. */
    private static final int NEWER = 66;

    private LedgerCodec() {}

    /** What a key says beside the worker: what is stored under it. */
    record Key(int kind, String id) {
        static Key read(Bytes key) {
            ByteReader in = new ByteReader(key.get());
            in.skipText();
            return new Key(in.octet(), in.text());
        }

        /** Whether the entry is a published alert rather than a fact. */
        boolean isAlert() {
            return kind == ALERT;
        }

        boolean isLink() {
            return kind == LINK;
        }

        boolean isNewer() {
            return kind == NEWER;
        }
    }

    /** Common prefix of the keys of a worker's entries. */
    static Bytes prefix(String workerId) {
        return Bytes.wrap(new ByteWriter().text(workerId).toBytes());
    }

    static Bytes factKey(String workerId, WorkerFact fact) {
        return key(workerId, fact.kind().ordinal(), fact.id());
    }

    static Bytes alertKey(String workerId, String hireId) {
        return key(workerId, ALERT, hireId);
    }

    static Bytes linkKey(String workerId) {
        return key(workerId, LINK, "");
    }

    static Bytes newerKey(String workerId, String newerId) {
        return key(workerId, NEWER, newerId);
    }

    private static Bytes key(String workerId, int kind, String id) {
        return Bytes.wrap(new ByteWriter().text(workerId).octet(kind).text(id).toBytes());
    }

    /** Whether the key belongs to the worker with this prefix. */
    static boolean hasPrefix(Bytes key, Bytes prefix) {
        byte[] k = key.get();
        byte[] p = prefix.get();
        return k.length >= p.length && Arrays.equals(k, 0, p.length, p, 0, p.length);
    }

    /** The prefix that the key begins with. */
    static Bytes workerPrefix(Bytes key) {
        ByteReader in = new ByteReader(key.get());
        in.skipText();
        return Bytes.wrap(Arrays.copyOf(key.get(), in.position()));
    }

    /** The worker whose entry has this key. */
    static String workerId(Bytes key) {
        return new ByteReader(key.get()).text();
    }

    static byte[] encode(WorkerFact fact) {
        ByteWriter out = new ByteWriter().octet(VERSION);
        out.number(fact.stamp().recordedAt()).text(fact.stamp().eventId());
        if (fact instanceof Hire h) {
            out.text(h.projectId()).text(h.contractorId());
            interval(out, h.startsOn(), h.endsOn());
        } else if (fact instanceof Release r) {
            out.number(r.endedOn()).octet(r.voided() ? 1 : 0);
        } else if (fact instanceof Enrolment e) {
            out.octet(e.segment().ordinal())
                    .optionalText(e.projectId())
                    .optionalText(e.contractorId())
                    .number(e.programmes());
            interval(out, e.effectiveFrom(), e.effectiveTo());
        } else if (fact instanceof EnrolmentEnd e) {
            out.number(e.endedOn()).octet(e.voided() ? 1 : 0);
        }
        return out.toBytes();
    }

    private static void interval(ByteWriter out, int first, int last) {
        out.number(first);
        if (last == Days.OPEN) {
            out.octet(0);
        } else {
            out.octet(1).number((long) last - first);
        }
    }

    private static int last(ByteReader in, int version, int first) {
        if (version < SHORT_ENDS) {
            return in.integer();
        }
        return in.octet() == 0 ? Days.OPEN : first + in.integer();
    }

    static WorkerFact decodeFact(Key key, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = version(in);
        String id = key.id();
        Stamp stamp = new Stamp(in.number(), in.text());
        return switch (KINDS[key.kind()]) {
            case HIRE -> hire(in, version, id, stamp);
            case RELEASE -> new Release(id, in.integer(), in.octet() == 1, stamp);
            case ENROLMENT -> enrolment(in, version, id, stamp);
            case ENROLMENT_END -> new EnrolmentEnd(id, in.integer(), in.octet() == 1, stamp);
        };
    }

    private static Hire hire(ByteReader in, int version, String id, Stamp stamp) {
        String project = in.text();
        String contractor = in.text();
        int first = in.integer();
        return new Hire(id, project, contractor, first, last(in, version, first), stamp);
    }

    private static Enrolment enrolment(ByteReader in, int version, String id, Stamp stamp) {
        Segment segment = SEGMENTS[in.octet()];
        String project = in.optionalText();
        String contractor = in.optionalText();
        int programmes = in.integer();
        int first = in.integer();
        return new Enrolment(id, segment, project, contractor, programmes, first, last(in, version, first), stamp);
    }

    static byte[] encodeLink(String former) {
        return new ByteWriter().octet(VERSION).text(former).toBytes();
    }

    static String decodeLink(byte[] value) {
        ByteReader in = new ByteReader(value);
        version(in);
        return in.text();
    }

    static byte[] encode(Newer newer) {
        return new ByteWriter().octet(VERSION).texts(newer.between()).toBytes();
    }

    static Newer decodeNewer(Key key, byte[] value) {
        ByteReader in = new ByteReader(value);
        version(in);
        return new Newer(key.id(), in.texts());
    }

    static byte[] encode(PublishedAlert published) {
        Alert alert = published.alert();
        Alert.Resolution resolution = alert.resolution();
        return new ByteWriter()
                .octet(VERSION)
                .text(alert.projectId())
                .text(alert.contractorId())
                .optionalText(alert.districtCode())
                .number(alert.startsOn())
                .number(alert.dueOn())
                .number(alert.uncoveredSince())
                .number(alert.overdueSince())
                .octet(alert.state().ordinal())
                .octet(alert.reason().ordinal())
                .octet(resolution == null ? 0 : 1 + resolution.ordinal())
                .octet(alert.backdated() ? 1 : 0)
                .optionalText(published.currentWorkerId())
                .toBytes();
    }

    static PublishedAlert decodeAlert(Key key, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = version(in);
        String project = in.text();
        String contractor = in.text();
        String district = in.optionalText();
        int startsOn = in.integer();
        int dueOn = in.integer();
        int uncoveredSince = in.integer();
        int overdueSince = in.integer();
        Alert.State state = STATES[in.octet()];
        UncoveredReason reason = REASONS[in.octet()];
        int resolution = in.octet();
        Alert alert = new Alert(
                key.id(),
                project,
                contractor,
                district,
                startsOn,
                dueOn,
                uncoveredSince,
                overdueSince,
                state,
                reason,
                resolution == 0 ? null : RESOLUTIONS[resolution - 1],
                in.octet() == 1);
        return new PublishedAlert(alert, version < CURRENT_IDS ? null : in.optionalText());
    }

    private static int version(ByteReader in) {
        int version = in.octet();
        if (version < 1 || version > VERSION) {
            throw new UnreadableStateException("The ledger holds an entry of encoding " + version
                    + ", this version reads 1 to " + VERSION + ": it was written by a newer version");
        }
        return version;
    }
}
