package id.cakupan.producers.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Encodings of text files. A guess is never made on a part of a file: the whole of it is decoded once before. */
final class Encodings {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int CHUNK = 1 << 16;
    private static final int ASCII = 0x7f;
    /** Of all control characters in text, at most one in so many: beyond, it is not text. */
    private static final int TEXT_PER_CONTROL = 100;

    private Encodings() {}

    /**
     * The encoding of a text file: that of its byte order mark; UTF-16 if every other byte of most of its first characters
     * is zero; UTF-8 if all of it is; else Windows-1252.
     *
     * @param wanted the encoding that somebody says it has, or null
     * @param bytesRead is told how much of the file has been read
     * @throws TableException if it is not text in that encoding, or in none
     */
    static Charset of(Path file, @Nullable Charset wanted, LongConsumer bytesRead) throws IOException, TableException {
        byte[] head = sample(file);
        Charset marked = marked(head);
        if (wanted != null || marked != null) {
            Charset charset = marked != null ? marked : wanted;
            if (charset == null || !isText(file, charset, bytesRead)) {
                throw new TableException(
                        "Berkas '%s' bukan teks %s.".formatted(file.getFileName(), charset),
                        "The file '%s' is not text in %s.".formatted(file.getFileName(), charset));
            }
            return charset;
        }
        Charset wide = unmarkedWide(head);
        if (wide != null && isText(file, wide, bytesRead)) {
            return wide;
        }
        if (wide == null && !isBinary(head)) {
            Check utf8 = check(file, StandardCharsets.UTF_8, bytesRead);
            if (utf8 == Check.TEXT) {
                return StandardCharsets.UTF_8;
            }
            if (utf8 == Check.TEXT_AT_FIRST) {
                throw new TableException(
                        "Berkas '%s' sebagian UTF-8 dan sebagian bukan. Sebutkan pengodeannya, atau simpan lagi sebagai UTF-8."
                                .formatted(file.getFileName()),
                        "The file '%s' is UTF-8 in part only. Say its encoding, or save it again as UTF-8."
                                .formatted(file.getFileName()));
            }
            if (isText(file, WINDOWS, bytesRead)) {
                return WINDOWS;
            }
        }
        throw new TableException(
                "Berkas '%s' bukan berkas teks: isinya biner atau rusak. Simpan sebagai .xlsx atau CSV UTF-8."
                        .formatted(file.getFileName()),
                "The file '%s' is not a text file: it is binary or damaged. Save it as .xlsx or as CSV in UTF-8."
                        .formatted(file.getFileName()));
    }

    /** Number of bytes of the byte order mark in front, 0 if there is none. */
    static int markLength(byte[] head) {
        Charset marked = marked(head);
        return marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
    }

    private static @Nullable Charset marked(byte[] head) {
        if (starts(head, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(head, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        return starts(head, 0xfe, 0xff) ? StandardCharsets.UTF_16BE : null;
    }

    /** UTF-16 of the byte order that the zeros show, or null. */
    private static @Nullable Charset unmarkedWide(byte[] head) {
        int pairs = head.length / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++) {
            first += head[2 * i] == 0 ? 1 : 0;
            second += head[2 * i + 1] == 0 ? 1 : 0;
        }
        if (second > pairs / 2 && first == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return first > pairs / 2 && second == 0 ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean isBinary(byte[] head) {
        int controls = 0;
        for (byte b : head) {
            boolean white = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x0b || b == 0x1a;
            controls += b > 0 && b < ' ' && !white ? 1 : 0;
        }
        return controls > head.length / TEXT_PER_CONTROL;
    }

    /** Whether all of the file can be decoded and there is no NUL in it. */
    private static boolean isText(Path file, Charset charset, LongConsumer bytesRead) throws IOException {
        return check(file, charset, bytesRead) == Check.TEXT;
    }

    /** What came of decoding a file. */
    private enum Check {
        TEXT,
        /** It failed after characters beyond ASCII that hardly fit by chance. */
        TEXT_AT_FIRST,
        OTHER
    }

    private static Check check(Path file, Charset charset, LongConsumer bytesRead) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        try (SourceFile source = new SourceFile(file)) {
            InputStream in = source.content();
            boolean atEnd = false;
            boolean beyondAscii = false;
            while (!atEnd) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                atEnd = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult result;
                do {
                    result = decoder.decode(bytes, chars, atEnd);
                    int bits = bits(chars);
                    if (bits < 0) {
                        return Check.OTHER;
                    }
                    beyondAscii |= bits > ASCII;
                    if (result.isError()) {
                        return beyondAscii ? Check.TEXT_AT_FIRST : Check.OTHER;
                    }
                    chars.clear();
                } while (result.isOverflow());
                bytes.compact();
                bytesRead.accept(source.bytesRead());
            }
            return Check.TEXT;
        }
    }

    /** All bits of all characters; negative if there is a NUL. */
    private static int bits(CharBuffer chars) {
        char[] all = chars.array();
        int sign = 0;
        int bits = 0;
        for (int i = 0; i < chars.position(); i++) {
            sign |= all[i] - 1;
            bits |= all[i];
        }
        return sign < 0 ? sign : bits;
    }

    private static byte[] sample(Path file) throws IOException {
        try (SourceFile source = new SourceFile(file)) {
            return source.content().readNBytes(CHUNK);
        }
    }

    private static boolean starts(byte[] head, int... wanted) {
        byte[] bytes = new byte[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            bytes[i] = (byte) wanted[i];
        }
        return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }
}
