package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.coverage.Alert;
import id.cakupan.coverage.Days;
import id.cakupan.coverage.Segment;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.UncoveredReason;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Release;
import id.cakupan.coverage.WorkerIdentity.Newer;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerCodecTest {
    private static final String WORKER = "k1.AAAAAAAAAAAAAAAAAAAAAA";
    private static final Stamp STAMP = new Stamp(1_772_420_400_123_456L, "evt-1");

    static List<WorkerFact> facts() {
        return List.of(
                new Hire("h1", "spse:tender:1", "npp:15070955", 20_514, Days.OPEN, STAMP),
                new Hire("", "p", "c", Days.FIRST, Days.LAST, STAMP),
                new Release("h1", 20_600, true, STAMP),
                new Release("h1", 20_600, false, new Stamp(-1, "é")),
                new Enrolment("e1", Segment.JAKON, "p", null, 3, 20_514, 20_700, STAMP),
                new Enrolment("e2", Segment.PU, null, "c", 15, 20_514, Days.OPEN, STAMP),
                new Enrolment("e3", Segment.BPU, null, null, 0, 20_514, 20_514, STAMP),
                new EnrolmentEnd("e1", 20_600, false, STAMP));
    }

    private static LedgerCodec.Key key(WorkerFact fact) {
        return LedgerCodec.Key.read(LedgerCodec.factKey(WORKER, fact));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void shouldReadWhatItWrote(WorkerFact fact) {
        assertThat(LedgerCodec.decodeFact(key(fact), LedgerCodec.encode(fact))).isEqualTo(fact);
    }

    @Test
    void shouldReadAlertsThatItWrote() {
        Alert open = new Alert(
                "h1",
                "p",
                "c",
                null,
                20_514,
                20_534,
                20_514,
                20_535,
                Alert.State.OVERDUE,
                UncoveredReason.UNLISTED,
                null,
                true);
        Alert resolved = new Alert(
                "h1",
                "p",
                "c",
                "35.73.04",
                20_514,
                20_534,
                20_514,
                20_535,
                Alert.State.RESOLVED,
                UncoveredReason.EXPIRED,
                Alert.Resolution.COVERED,
                false);
        LedgerCodec.Key key = LedgerCodec.Key.read(LedgerCodec.alertKey(WORKER, "h1"));
        for (PublishedAlert alert : List.of(
                new PublishedAlert(open, null),
                new PublishedAlert(open, "k2.AAAAAAAAAAAAAAAAAAAAAA"),
                new PublishedAlert(resolved, null))) {
            assertThat(LedgerCodec.decodeAlert(key, LedgerCodec.encode(alert))).isEqualTo(alert);
        }
        assertThat(key.isAlert()).isTrue();
        assertThat(key(facts().get(0)).isAlert()).isFalse();
    }

    /** The bytes of version 1, as they stand in changelogs. They must be readable for ever. */
    @Test
    void shouldReadTheFirstVersion() {
        assertThat(decode(
                        facts().get(0),
                        "0180b9bc85b980a6060a6576742d311a737073653a74656e6465723a"
                                + "31186e70703a3135303730393535c4c002feffffff0f"))
                .isEqualTo(facts().get(0));
        assertThat(decode(facts().get(4), "0180b9bc85b980a6060a6576742d31000102700006c4c002b8c302"))
                .isEqualTo(facts().get(4));
    }

    /** The bytes of version 2. Alerts had no newest id of their worker. */
    @Test
    void shouldReadTheSecondVersion() {
        assertThat(decode(facts().get(4), "0280b9bc85b980a6060a6576742d31000102700006c4c00201f402"))
                .isEqualTo(facts().get(4));
        Alert alert = new Alert(
                "h1",
                "p",
                "c",
                null,
                20_514,
                20_534,
                20_514,
                20_535,
                Alert.State.OVERDUE,
                UncoveredReason.UNLISTED,
                null,
                true);
        assertThat(LedgerCodec.decodeAlert(
                        LedgerCodec.Key.read(LedgerCodec.alertKey(WORKER, "h1")),
                        HexFormat.of().parseHex("020270026300c4c002ecc002c4c002eec00201040001")))
                .isEqualTo(new PublishedAlert(alert, null));
    }

    @Test
    void shouldReadTheOtherIdsThatItWrote() {
        LedgerCodec.Key link = LedgerCodec.Key.read(LedgerCodec.linkKey(WORKER));
        assertThat(link.isLink()).isTrue();
        assertThat(link.isAlert() || link.isNewer()).isFalse();
        assertThat(LedgerCodec.decodeLink(LedgerCodec.encodeLink("k0.x"))).isEqualTo("k0.x");
        for (Newer newer : List.of(new Newer("k2.x", List.of()), new Newer("k4.x", List.of("k3.x", "k2.x")))) {
            LedgerCodec.Key key = LedgerCodec.Key.read(LedgerCodec.newerKey(WORKER, newer.id()));
            assertThat(key.isNewer()).isTrue();
            assertThat(LedgerCodec.decodeNewer(key, LedgerCodec.encode(newer))).isEqualTo(newer);
        }
    }

    @ParameterizedTest
    @MethodSource("facts")
    void shouldReadRelocatedFactsThatItWrote(WorkerFact fact) {
        Relocated relocated = new Relocated(3, List.of("k3.x", "k2.x"), fact, null);
        assertThat(Relocated.decode(relocated.encode())).isEqualTo(relocated);
        assertThat(Relocated.hops(relocated.encode())).isEqualTo(3);
    }

    @Test
    void shouldReadRelocatedLinksAndPathsThatItWrote() {
        Relocated link = new Relocated(1, List.of(), null, "k1.x");
        Relocated path = new Relocated(100, List.of("k3.x"), null, null);
        assertThat(Relocated.decode(link.encode())).isEqualTo(link);
        assertThat(Relocated.decode(path.encode())).isEqualTo(path);
        byte[] newer = link.encode();
        newer[0]++;
        assertThatThrownBy(() -> Relocated.decode(newer)).isInstanceOf(UnreadableStateException.class);
    }

    private static WorkerFact decode(WorkerFact like, String hex) {
        return LedgerCodec.decodeFact(key(like), HexFormat.of().parseHex(hex));
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() {
        byte[] encoded = LedgerCodec.encode(facts().get(0));
        encoded[0] = LedgerCodec.VERSION + 1;
        assertThatThrownBy(() -> LedgerCodec.decodeFact(key(facts().get(0)), encoded))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void shouldKeepTheEntriesOfAWorkerTogetherAndApartFromOthers() {
        Bytes prefix = LedgerCodec.prefix(WORKER);
        for (WorkerFact fact : facts()) {
            Bytes key = LedgerCodec.factKey(WORKER, fact);
            assertThat(LedgerCodec.hasPrefix(key, prefix)).isTrue();
            assertThat(LedgerCodec.workerId(key)).isEqualTo(WORKER);
            assertThat(LedgerCodec.hasPrefix(LedgerCodec.factKey(WORKER + "B", fact), prefix))
                    .isFalse();
        }
    }

    @Test
    void shouldNeedAFewDozenBytesForAFact() {
        assertThat(LedgerCodec.encode(facts().get(0))).hasSizeLessThan(60);
    }
}
