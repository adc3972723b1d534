package id.cakupan.streams;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        return bytes[at++] & 0xFF;
    }

    long number() {
        long rest = 0;
        int shift = 0;
        byte b;
        do {
            b = bytes[at++];
            rest |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    int integer() {
        return Math.toIntExact(number());
    }

    String text() {
        int length = integer();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    @Nullable
    String optionalText() {
        return octet() == 0 ? null : text();
    }

    void skipText() {
        int length = integer();
        at += length;
    }

    /** Number of bytes read so far. */
    int position() {
        return at;
    }
}
