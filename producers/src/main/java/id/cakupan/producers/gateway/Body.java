package id.cakupan.producers.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The body of a request, and where the events in it begin and end. Each event is read by itself later, so that one that is
 * bad does not hide the others.
 */
final class Body {
    /** How events are put together. */
    enum Form {
        /** One object, or an array of them. */
        JSON,
        /** One object a line. */
        LINES
    }

    /**
     * Part of the bytes.
     *
     * @param from first byte
     * @param to the one after the last
     */
    record Span(int from, int to) {}

    private static final int STEP = 16 * 1024;

    private final byte[] bytes;
    private final List<Span> spans;

    private Body(byte[] bytes, List<Span> spans) {
        this.bytes = bytes;
        this.spans = spans;
    }

    /** UTF-8, inflated. */
    byte[] bytes() {
        return bytes;
    }

    /** The events, in their order. */
    List<Span> spans() {
        return spans;
    }

    /**
     * Finds the events.
     *
     * @param sent the bytes as they were sent
     * @throws Refusal if it cannot be inflated, is no list of events as a whole, or is too much
     */
    static Body of(byte[] sent, boolean gzip, Form form) throws Refusal {
        byte[] bytes = gzip ? inflate(sent) : sent;
        List<Span> spans = form == Form.LINES ? lines(bytes) : json(bytes);
        if (spans.isEmpty()) {
            throw new Refusal(ProblemKind.NOT_JSON);
        }
        return new Body(bytes, spans);
    }

    /** Stops as soon as there is too much, so that a small body cannot become a large one. */
    private static byte[] inflate(byte[] sent) throws Refusal {
        long most = Math.min(
                Limits.INFLATED_BYTES, Math.max(Limits.EVENT_BYTES, (long) sent.length * Limits.INFLATED_RATIO));
        ByteArrayOutputStream inflated = new ByteArrayOutputStream(Math.max(STEP, 4 * sent.length));
        byte[] step = new byte[STEP];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), STEP)) {
            for (int n = in.read(step); n >= 0; n = in.read(step)) {
                if (inflated.size() + n > most) {
                    throw new Refusal(ProblemKind.BODY_TOO_LARGE);
                }
                inflated.write(step, 0, n);
            }
        } catch (IOException e) {
            throw new Refusal(ProblemKind.NOT_JSON);
        }
        return inflated.toByteArray();
    }

    private static List<Span> lines(byte[] bytes) throws Refusal {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (skipSpace(bytes, from) < to) {
                add(spans, from, to);
            }
            from = to + 1;
        }
        return spans;
    }

    private static List<Span> json(byte[] bytes) throws Refusal {
        int start = skipSpace(bytes, 0);
        List<Span> spans = new ArrayList<>();
        if (start == bytes.length) {
            return spans;
        }
        if (bytes[start] != '[') {
            add(spans, start, bytes.length);
            return spans;
        }
        int at = skipSpace(bytes, start + 1);
        boolean empty = at < bytes.length && bytes[at] == ']';
        while (!empty) {
            int from = at;
            at = end(bytes, from);
            if (at == bytes.length || at == from) {
                throw new Refusal(ProblemKind.NOT_JSON);
            }
            add(spans, from, at);
            if (bytes[at] == ']') {
                break;
            }
            at = skipSpace(bytes, at + 1);
        }
        if (skipSpace(bytes, at + 1) < bytes.length) {
            throw new Refusal(ProblemKind.NOT_JSON);
        }
        return spans;
    }

    /** Place of the comma or bracket after an element of the outermost array; the length when there is none. */
    private static int end(byte[] bytes, int from) {
        int depth = 0;
        boolean text = false;
        for (int i = from; i < bytes.length; i++) {
            byte b = bytes[i];
            if (text) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    text = false;
                }
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (depth == 0 && (b == ',' || b == ']')) {
                return i;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return bytes.length;
    }

    private static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    private static void add(List<Span> spans, int from, int to) throws Refusal {
        if (to - from > Limits.EVENT_BYTES) {
            throw new Refusal(ProblemKind.BODY_TOO_LARGE);
        }
        if (spans.size() == Limits.EVENTS) {
            throw new Refusal(ProblemKind.TOO_MANY_EVENTS);
        }
        spans.add(new Span(from, to));
    }
}
