package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, unwrapped if they are gzip. */
final class SourceFile implements Closeable {
    /** Most bytes that one byte of gzip may become, once {@link #FREE} have come out: real tables stay far below. */
    static final int MOST_TIMES = 200;

    /** Bytes that may come out of gzip whatever the ratio. */
    static final long FREE = 64L << 20;

    private static final int CHUNK = 1 << 16;

    private final CountedInput raw;
    private final InputStream content;

    SourceFile(Path file) throws IOException {
        boolean gzip = isGzip(head(file, 2));
        raw = new CountedInput(Files.newInputStream(file));
        try {
            content = gzip ? new Inflated(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The first bytes of a file as it is stored. */
    static byte[] head(Path file, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        }
    }

    private static boolean isGzip(byte[] head) {
        return head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    /** The bytes, unwrapped. */
    InputStream content() {
        return content;
    }

    /** Bytes of the file read so far. */
    long bytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** What comes out of gzip, as long as it is not beyond measure. */
    private static final class Inflated extends FilterInputStream {
        private final CountedInput raw;
        private long out;

        private Inflated(CountedInput raw) throws IOException {
            super(gunzipped(raw));
            this.raw = raw;
        }

        private static InputStream gunzipped(CountedInput raw) throws IOException {
            try {
                return new GZIPInputStream(raw, CHUNK);
            } catch (EOFException | ZipException e) {
                throw DamagedException.damaged();
            }
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
            if (out > FREE && out / MOST_TIMES > raw.count()) {
                throw DamagedException.bomb();
            }
            return read;
        }
    }
}
