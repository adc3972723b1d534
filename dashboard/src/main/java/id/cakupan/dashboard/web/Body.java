package id.cakupan.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The body of an answer, with its hash; compressed, and framed as an event of a stream, when first needed. */
final class Body {
    private static final int TAG_BYTES = 12;
    private static final int SHORT = 512;

    private final byte[] plain;
    private final String tag;
    private final int singleRows;
    private byte @Nullable [] gzip;
    private byte @Nullable [] event;

    Body(byte[] plain) {
        this(plain, 0);
    }

    /** @param singleRows rows of single hires or decisions in it */
    Body(byte[] plain, int singleRows) {
        this.plain = plain;
        this.singleRows = singleRows;
        tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256(plain), TAG_BYTES));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Hash of the body, for the entity tag. */
    String tag() {
        return tag;
    }

    /** Rows of single hires or decisions in it. */
    int singleRows() {
        return singleRows;
    }

    byte[] plain() {
        return plain;
    }

    /** Whether compressing is worth it. */
    boolean isLong() {
        return plain.length >= SHORT;
    }

    synchronized byte[] gzip() {
        byte[] made = gzip;
        if (made == null) {
            made = gzip(plain);
            gzip = made;
        }
        return made;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream stream = new GZIPOutputStream(buffer)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    /** As an event {@code snapshot}, with the hash as its id. */
    synchronized byte[] snapshot() {
        byte[] made = event;
        if (made == null) {
            made = event("snapshot", tag, plain);
            event = made;
        }
        return made;
    }

    /** An event of a stream; the data are JSON in one line. */
    static byte[] event(String name, String id, byte[] data) {
        byte[] head = ("event: " + name + "\n" + (id.isEmpty() ? "" : "id: " + id + "\n") + "data: ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] event = Arrays.copyOf(head, head.length + data.length + 2);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
