package id.cakupan.producers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a byte stream, one at a time in a buffer of its own, so that any file needs the same memory. Gzip is
 * recognised by its first bytes, a UTF-8 byte order mark is skipped, CRLF is taken as LF.
 */
final class Lines implements Closeable {
    /** Longest line that is kept, in bytes; of a longer one the rest is skipped. */
    static final int LONGEST = 1 << 20;

    private static final int CHUNK = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;

    private byte[] line = new byte[4096];
    private int length;
    private boolean cut;
    private long number;

    /** The lines of this stream, which the caller hands over. */
    Lines(InputStream raw) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(raw, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == GZIP_FIRST && (magic[1] & 0xff) == GZIP_SECOND;
        in = gzip ? new GZIPInputStream(peeked, CHUNK) : peeked;
    }

    /**
     * Goes to the next line.
     *
     * @return false at the end
     */
    boolean next() throws IOException {
        length = 0;
        cut = false;
        boolean any = false;
        while (true) {
            if (at == end && !fill()) {
                break;
            }
            any = true;
            int stop = at;
            while (stop < end && chunk[stop] != '\n') {
                stop++;
            }
            append(stop);
            boolean complete = stop < end;
            at = complete ? stop + 1 : stop;
            if (complete) {
                break;
            }
        }
        if (!any) {
            return false;
        }
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (number == 1 && length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf) {
            length -= 3;
            System.arraycopy(line, 3, line, 0, length);
        }
        return true;
    }

    /** Number of the line, from 1. */
    long number() {
        return number;
    }

    /** The bytes of the line, from 0 to {@link #length}; overwritten by the next one. */
    byte[] bytes() {
        return line;
    }

    /** Number of bytes of the line. */
    int length() {
        return length;
    }

    /** Whether the line was longer than {@link #LONGEST}, so that its end is missing. */
    boolean isCut() {
        return cut;
    }

    /** Whether there is nothing but white space in the line. */
    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, CHUNK));
        return end > 0;
    }

    private void append(int stop) {
        int wanted = stop - at;
        int taken = Math.min(wanted, LONGEST - length);
        cut |= taken < wanted;
        if (length + taken > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(line.length * 2, length + taken)));
        }
        System.arraycopy(chunk, at, line, length, taken);
        length += taken;
    }
}
