package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, unwrapped if they are gzip. */
final class SourceFile implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final CountedInput raw;
    private final InputStream content;

    SourceFile(Path file) throws IOException {
        boolean gzip = isGzip(head(file, 2));
        raw = new CountedInput(Files.newInputStream(file));
        try {
            content = gzip ? new InflatedInput(gunzipped(raw), raw::count) : raw;
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

    private static InputStream gunzipped(InputStream raw) throws IOException {
        try {
            return new GZIPInputStream(raw, CHUNK);
        } catch (EOFException | ZipException e) {
            throw DamagedException.damaged();
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
}
