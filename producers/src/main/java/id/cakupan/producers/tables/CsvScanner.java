package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of a CSV (RFC 4180; lines may end in LF, CR LF or CR). It holds one record at a time.
 *
 * <p>Where the quotes of a record do not fit together, only its first line is taken as faulty, and the scanner goes on
 * with the second one: a forgotten quote costs one row, not the rest of the file. As every line that leaves a quote open
 * makes the next one close it or fail at once, no input is scanned more than a few times. (FastCSV, which writes our CSV,
 * reads on to the end of the file there, and cannot go back.)
 */
final class CsvScanner {
    /** Longest record, in characters. */
    static final int LONGEST = 1 << 20;

    /** Most cells that are kept of a record, which is also the number of columns of a spreadsheet. */
    static final int MOST_CELLS = 1 << 14;

    /** Most characters that are kept of a line that could not be taken apart, which is also the longest cell of a spreadsheet. */
    static final int KEPT_OF_FAULTY = 32_767;

    private static final int CHUNK = 1 << 16;
    private static final char QUOTE = '"';
    private static final int NONE = -1;

    private final Reader in;
    private final char separator;
    private char[] text = new char[CHUNK];
    private int start;
    private int at;
    private int end;
    private boolean atEnd;
    private boolean afterCr;

    private long nextLine = 1;
    private long line;
    private List<String> cells = List.of();
    private @Nullable BadEventReason fault;

    CsvScanner(Reader in, char separator) {
        this.in = in;
        this.separator = separator;
    }

    /** Number of the line in which the record begins, from 1. */
    long line() {
        return line;
    }

    /** The cells of the record, which the caller may change; if they could not be told apart, one with its first line. */
    List<String> cells() {
        return cells;
    }

    /** What is wrong with the record, or null. */
    @Nullable
    BadEventReason fault() {
        return fault;
    }

    /**
     * Goes to the next record; an empty line is one with one empty cell.
     *
     * @return false at the end
     */
    boolean next() throws IOException {
        start = at;
        if (afterCr) {
            afterCr = false;
            if (peek() == '\n') {
                at++;
                start = at;
            }
        }
        if (peek() == NONE) {
            return false;
        }
        line = nextLine;
        fault = null;
        cells = new ArrayList<>(cells.size());
        while (true) {
            boolean whole = peek() == QUOTE ? quoted() : plain();
            if (!whole) {
                takeFirstLine();
                return true;
            }
            int c = peek();
            if (c == separator) {
                at++;
                continue;
            }
            if (c != NONE) {
                at++;
                afterCr = c == '\r';
                nextLine++;
            }
            return true;
        }
    }

    /** Takes a cell without quotes up to what ends it. */
    private boolean plain() throws IOException {
        int from = at - start;
        while (true) {
            char[] chars = text;
            int i = at;
            int stop = end;
            char sep = separator;
            while (i < stop) {
                char c = chars[i];
                if (c == sep || c == '\n' || c == '\r') {
                    break;
                }
                i++;
            }
            at = i;
            if (i < stop) {
                break;
            }
            if (at - start >= LONGEST) {
                return false;
            }
            if (!fill()) {
                break;
            }
        }
        add(start + from, at);
        return true;
    }

    /** Takes a cell in quotes and what stands between it and what ends it: only spaces may. */
    private boolean quoted() throws IOException {
        at++;
        int from = at - start;
        boolean doubled = false;
        int breaks = 0;
        while (true) {
            int c = peek();
            if (c == NONE || at - start >= LONGEST) {
                return false;
            }
            at++;
            if (c == QUOTE) {
                if (peek() != QUOTE) {
                    break;
                }
                doubled = true;
                at++;
            } else if (c == '\n' || (c == '\r' && peek() != '\n')) {
                breaks++;
            }
        }
        int to = at - start - 1;
        while (peek() == ' ') {
            at++;
        }
        int c = peek();
        if (c != NONE && c != separator && c != '\n' && c != '\r') {
            return false;
        }
        if (doubled) {
            if (cells.size() < MOST_CELLS) {
                cells.add(new String(text, start + from, to - from).replace("\"\"", "\""));
            } else {
                fault = BadEventReason.ROW_TOO_WIDE;
            }
        } else {
            add(start + from, start + to);
        }
        nextLine += breaks;
        return true;
    }

    private void add(int from, int to) {
        if (cells.size() < MOST_CELLS) {
            cells.add(from == to ? "" : new String(text, from, to - from));
        } else {
            fault = BadEventReason.ROW_TOO_WIDE;
        }
    }

    /** Makes the first line of the record the record, and goes behind it. */
    private void takeFirstLine() throws IOException {
        nextLine = line + 1;
        int stop = start;
        while (stop < end && text[stop] != '\n' && text[stop] != '\r') {
            stop++;
        }
        cells = new ArrayList<>(List.of(new String(text, start, Math.min(stop - start, KEPT_OF_FAULTY))));
        fault = stop - start < LONGEST ? BadEventReason.ROW_MALFORMED : BadEventReason.ROW_TOO_LONG;
        at = stop;
        int c = peekForgetting();
        while (c != NONE && c != '\n' && c != '\r') {
            at++;
            c = peekForgetting();
        }
        if (c != NONE) {
            at++;
            afterCr = c == '\r';
        }
    }

    private int peek() throws IOException {
        return at < end || fill() ? text[at] : NONE;
    }

    private int peekForgetting() throws IOException {
        if (at == end) {
            start = at;
        }
        return peek();
    }

    /** Reads more behind what is there; what stands before the record is forgotten. */
    private boolean fill() throws IOException {
        if (atEnd) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(text, start, text, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
        }
        if (end == text.length) {
            text = Arrays.copyOf(text, text.length * 2);
        }
        int read = in.read(text, end, text.length - end);
        if (read <= 0) {
            atEnd = true;
            return false;
        }
        end += read;
        return true;
    }
}
