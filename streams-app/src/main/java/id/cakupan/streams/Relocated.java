package id.cakupan.streams;

import id.cakupan.coverage.WorkerFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger of an id hands to the ledger of the id that the same person had before. The key of the record is the
 * id that it is for.
 *
 * @param hops how many ledgers have handed it on, and what it came from, since the event
 * @param path ids that the fact has passed, the one under which it came first; empty for a link
 * @param fact a fact; null for a link, and where only the path is to be known
 * @param former a link: the former id of the id that the record is for
 */
public record Relocated(
        int hops,
        List<String> path,
        @Nullable WorkerFact fact,
        @Nullable String former) {
    private static final int VERSION = 1;
    private static final int PATH = 0;
    private static final int FACT = 1;
    private static final int LINK = 2;

    /** How many ledgers have handed on what these bytes hold. */
    public static int hops(byte[] value) {
        ByteReader in = new ByteReader(value);
        version(in);
        return in.integer();
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().octet(VERSION).number(hops).texts(path);
        WorkerFact moved = fact;
        String link = former;
        if (link != null) {
            return out.octet(LINK).text(link).toBytes();
        } else if (moved == null) {
            return out.octet(PATH).toBytes();
        }
        return out.octet(FACT)
                .octet(moved.kind().ordinal())
                .text(moved.id())
                .raw(LedgerCodec.encode(moved))
                .toBytes();
    }

    static Relocated decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        version(in);
        int hops = in.integer();
        List<String> path = in.texts();
        return switch (in.octet()) {
            case PATH -> new Relocated(hops, path, null, null);
            case FACT -> {
                LedgerCodec.Key key = new LedgerCodec.Key(in.octet(), in.text());
                yield new Relocated(hops, path, LedgerCodec.decodeFact(key, in.rest()), null);
            }
            case LINK -> new Relocated(hops, path, null, in.text());
            default -> throw new UnreadableStateException("A relocated record holds what this version does not know");
        };
    }

    private static void version(ByteReader in) {
        int version = in.octet();
        if (version != VERSION) {
            throw new UnreadableStateException(
                    "A fact was relocated in encoding " + version + ", this version reads " + VERSION);
        }
    }
}
