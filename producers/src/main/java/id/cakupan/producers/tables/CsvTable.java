package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV. */
final class CsvTable implements TableReader {
    private static final List<Character> SEPARATORS = List.of(';', ',', '\t', '|');
    /** Characters in which the headings are looked for. */
    private static final int SAMPLE = 1 << 18;
    /** First line with which Excel names the separator. */
    private static final String NAMED = "sep=";

    /** Begin of {@code ="3573…"}: a formula with which people keep Excel from making a number of a text. */
    private static final String TEXT_FORMULA = "=\"";

    private static final char QUOTE = '"';
    private static final String DOUBLED = "\"\"";

    private static final char APOSTROPHE = '\'';
    private static final int BUFFER = 1 << 16;
    private static final int BYTE_ORDER_MARK = '\ufeff';

    private final SourceFile source;
    private final CsvScanner scanner;
    private final char separator;
    private final List<String> headings;

    private CsvTable(SourceFile source, CsvScanner scanner, char separator, List<String> headings) {
        this.source = source;
        this.scanner = scanner;
        this.separator = separator;
        this.headings = headings;
    }

    /** A place of the headings: the record, from 1, the separator and the number of cells. */
    private record Found(int record, char separator, int width) {}

    static CsvTable open(Path file, Charset charset, HeadingRow wanted) throws IOException, TableException {
        HeadingRows search = new HeadingRows(wanted);
        Found found = find(file, charset, search);
        SourceFile source = new SourceFile(file);
        try {
            CsvScanner scanner = new CsvScanner(text(source, charset), found.separator());
            for (int i = 0; i < found.record(); i++) {
                scanner.next();
            }
            List<String> headings = search.checked(file, plain(scanner.cells()));
            return new CsvTable(source, scanner, found.separator(), headings);
        } catch (IOException | TableException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Found find(Path file, Charset charset, HeadingRows search) throws IOException, TableException {
        String sample = sample(file, charset);
        Found best = null;
        for (char separator : separators(sample)) {
            Found found = find(sample, separator, search);
            if (found != null && (best == null || found.width() > best.width())) {
                best = found;
            }
        }
        if (best == null) {
            throw search.notFound(file);
        }
        return best;
    }

    private static @Nullable Found find(String sample, char separator, HeadingRows search) throws IOException {
        CsvScanner scanner = new CsvScanner(new StringReader(sample), separator);
        int filled = 0;
        for (int record = 1; filled < HeadingRows.SEARCHED && scanner.next(); record++) {
            List<String> cells = scanner.cells();
            if (HeadingRows.isBlank(cells)) {
                continue;
            }
            filled++;
            if (scanner.fault() == null && search.isOne(plain(cells))) {
                return new Found(record, separator, cells.size());
            }
        }
        return null;
    }

    private static List<Character> separators(String sample) {
        boolean named = sample.length() > NAMED.length()
                && sample.regionMatches(true, 0, NAMED, 0, NAMED.length())
                && (sample.length() == NAMED.length() + 1 || "\r\n".indexOf(sample.charAt(NAMED.length() + 1)) >= 0);
        return named ? List.of(sample.charAt(NAMED.length())) : SEPARATORS;
    }

    private static String sample(Path file, Charset charset) throws IOException {
        char[] chars = new char[SAMPLE];
        int length = 0;
        try (SourceFile source = new SourceFile(file);
                Reader reader = text(source, charset)) {
            int read = 0;
            while (read >= 0 && length < SAMPLE) {
                length += read;
                read = reader.read(chars, length, SAMPLE - length);
            }
        }
        return new String(chars, 0, length);
    }

    private static Reader text(SourceFile source, Charset charset) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(source.content(), charset), BUFFER);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    /** Separator of the cells. */
    char separator() {
        return separator;
    }

    @Override
    public List<String> headings() {
        return headings;
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (scanner.next()) {
            List<String> texts = scanner.cells();
            if (!HeadingRows.isBlank(texts)) {
                return row(plain(texts), scanner.fault());
            }
        }
        return null;
    }

    private static List<String> plain(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell.startsWith(TEXT_FORMULA)) {
                cells.set(i, unwrapped(cell));
            } else if (cell.length() > 1 && cell.charAt(0) == APOSTROPHE && isFormula(cell.charAt(1))) {
                cells.set(i, cell.substring(1));
            }
        }
        return cells;
    }

    /** A text that a spreadsheet does not take for a formula: an apostrophe in front says so, and is taken off when it is read. */
    static String harmless(String text) {
        return !text.isEmpty() && isFormula(text.charAt(0)) ? APOSTROPHE + text : text;
    }

    private static boolean isFormula(char first) {
        return first == '=' || first == '+' || first == '-' || first == '@';
    }

    /** The text in a formula that is nothing but a text; any other cell stays as it is. */
    private static String unwrapped(String cell) {
        int end = cell.length() - 1;
        if (end < TEXT_FORMULA.length() || cell.charAt(end) != QUOTE) {
            return cell;
        }
        String inside = cell.substring(TEXT_FORMULA.length(), end);
        String text = inside.replace(DOUBLED, "");
        return text.indexOf(QUOTE) >= 0 ? cell : inside.replace(DOUBLED, String.valueOf(QUOTE));
    }

    private Row row(List<String> texts, @Nullable BadEventReason fault) {
        int width = headings.size();
        Cell[] cells = new Cell[width];
        for (int i = 0; i < width; i++) {
            cells[i] = i < texts.size() ? Cell.ofText(texts.get(i)) : Cell.BLANK_CELL;
        }
        List<Cell> surplus = List.of();
        if (texts.size() > width && !HeadingRows.isBlank(texts.subList(width, texts.size()))) {
            surplus = texts.subList(width, texts.size()).stream()
                    .map(Cell::ofText)
                    .toList();
        }
        BadEventReason all = fault == null && !surplus.isEmpty() ? BadEventReason.ROW_TOO_WIDE : fault;
        return new Row(scanner.line(), List.of(cells), surplus, all);
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
