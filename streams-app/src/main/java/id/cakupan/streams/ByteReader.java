package id.cakupan.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** Texts with their number in front. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int left = integer(); left > 0; left--) {
            texts.add(text());
        }
        return texts;
    }

    /** All bytes that are left. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
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
