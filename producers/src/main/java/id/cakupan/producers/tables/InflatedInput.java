package id.cakupan.producers.tables;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/** What comes out of compressed bytes, as long as it is not beyond measure: {@link DamagedException} ends the rest. */
final class InflatedInput extends FilterInputStream {
    /** Most bytes that one stored byte may become, once {@link #FREE} have come out: real tables stay far below. */
    static final int MOST_TIMES = 200;

    /** Bytes that may come out whatever the ratio. */
    static final long FREE = 64L << 20;

    private final LongSupplier stored;
    private long out;

    /**
     * @param in gives inflated bytes
     * @param stored number of compressed bytes that they come from, at least those used so far
     */
    InflatedInput(InputStream in, LongSupplier stored) {
        super(in);
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read;
        try {
            read = in.read(into, from, length);
        } catch (EOFException | ZipException e) {
            throw DamagedException.damaged();
        }
        out += Math.max(0, read);
        if (out > FREE && out / MOST_TIMES > stored.getAsLong()) {
            throw DamagedException.bomb();
        }
        return read;
    }
}
