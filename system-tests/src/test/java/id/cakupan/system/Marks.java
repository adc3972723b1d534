package id.cakupan.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that must not leak, and the forms in which they would be found in bytes: digits and letters whatever their case,
 * whatever separates them, in UTF-8 and UTF-16, percent-encoded or as escapes of JSON, in hexadecimal, in base64 at any
 * place of what was encoded, and as binary numbers.
 */
final class Marks {
    /** Longest form in bytes, with room for separators and escapes. */
    static final int LONGEST = 1_024;

    private static final int SHORTEST = 4;
    private static final int BUCKETS = 1 << 16;
    private static final int ALIGNMENTS = 3;
    private static final int HEX = 16;
    private static final String SEPARATORS = "\0 \t.,-_/:'\"`()+;|";

    private static final class Pattern {
        private final String form;
        private final byte[] bytes;

        Pattern(String form, byte[] bytes) {
            this.form = form;
            this.bytes = bytes;
        }
    }

    private final List<List<Pattern>> exact = buckets();
    private final List<List<Pattern>> folded = buckets();

    /**
     * Makes the forms.
     *
     * @param texts what all values of a kind have in common: letters and digits, at least eight
     * @param numbers whole values, for their binary forms
     */
    Marks(Collection<String> texts, Collection<Long> numbers) {
        for (String text : texts) {
            for (String written :
                    new TreeSet<>(List.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT)))) {
                byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
                add(folded, written, written.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
                add(
                        folded,
                        "hexadecimal of " + written,
                        HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.UTF_8));
                addBase64(written, bytes);
                addBase64("UTF-16 " + written, written.getBytes(StandardCharsets.UTF_16LE));
                addBase64("UTF-16 " + written, written.getBytes(StandardCharsets.UTF_16BE));
            }
        }
        for (long number : numbers) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                add(exact, "long " + number, bytes(order).putLong(number).array());
                add(
                        exact,
                        "double " + number,
                        bytes(order).putDouble((double) number).array());
            }
            add(exact, "varint " + number, varint(number));
            add(exact, "zigzag " + number, varint(number << 1));
        }
    }

    /** The forms that are in bytes. */
    Set<String> in(byte[] bytes, int length) {
        Set<String> found = new TreeSet<>();
        search(exact, bytes, length, found);
        byte[] view = new byte[length];
        search(folded, view, fold(bytes, length, view, false), found);
        search(folded, view, fold(bytes, length, view, true), found);
        return found;
    }

    private static List<List<Pattern>> buckets() {
        List<List<Pattern>> buckets = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(List.of());
        }
        return buckets;
    }

    private static void add(List<List<Pattern>> buckets, String form, byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("Too short to be told from chance: " + form);
        }
        int bucket = bucket(bytes, 0);
        List<Pattern> more = new ArrayList<>(buckets.get(bucket));
        more.add(new Pattern(form, bytes));
        buckets.set(bucket, more);
    }

    /** What base64 makes of a value wherever it stands in what is encoded: the characters that depend on it alone. */
    private void addBase64(String form, byte[] bytes) {
        for (int before = 0; before < ALIGNMENTS; before++) {
            byte[] padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            int from = (before * 8 + 5) / 6;
            int to = padded.length * 8 / 6;
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String encoded = encoder.encodeToString(padded).substring(from, to);
                add(exact, "base64 of " + form, encoded.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static ByteBuffer bytes(ByteOrder order) {
        return ByteBuffer.allocate(Long.BYTES).order(order);
    }

    private static byte[] varint(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(10);
        long rest = number;
        while (rest >>> 7 != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest).flip();
        byte[] varint = new byte[bytes.remaining()];
        bytes.get(varint);
        return varint;
    }

    private static int bucket(byte[] bytes, int at) {
        int first = (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
        return (first * 0x9e3779b1) >>> 16;
    }

    private static void search(List<List<Pattern>> buckets, byte[] bytes, int length, Set<String> found) {
        for (int i = 0; i <= length - SHORTEST; i++) {
            for (Pattern pattern : buckets.get(bucket(bytes, i))) {
                if (startsWith(bytes, i, length, pattern.bytes)) {
                    found.add(pattern.form);
                }
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int at, int length, byte[] pattern) {
        if (at + pattern.length > length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (bytes[at + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    /** Small letters, without what may stand between digits; also without the zeros of UTF-16. Returns its length. */
    private static int fold(byte[] bytes, int length, byte[] view, boolean decode) {
        int end = 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xff;
            if (decode && b == '%' && isHex(bytes, i + 1, i + 3, length)) {
                b = Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII), HEX);
                i += 2;
            } else if (decode
                    && b == '\\'
                    && i + 1 < length
                    && bytes[i + 1] == 'u'
                    && isHex(bytes, i + 2, i + 6, length)) {
                b = Integer.parseInt(new String(bytes, i + 2, 4, StandardCharsets.US_ASCII), HEX);
                i += 5;
            }
            if (b >= 'A' && b <= 'Z') {
                view[end++] = (byte) (b + ('a' - 'A'));
            } else if (b < 0x80 && SEPARATORS.indexOf(b) < 0) {
                view[end++] = (byte) b;
            }
        }
        return end;
    }

    private static boolean isHex(byte[] bytes, int from, int to, int length) {
        for (int i = from; i < to; i++) {
            if (i >= length || Character.digit(bytes[i], HEX) < 0) {
                return false;
            }
        }
        return true;
    }
}
