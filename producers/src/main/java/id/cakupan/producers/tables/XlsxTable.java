package id.cakupan.producers.tables;

import id.cakupan.publisher.BadEventReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a worksheet of an XLSX. Only its shared strings are kept in memory, up to a limit. The XML is pulled by
 * aalto, the parser of fastexcel-reader; that reader itself takes all memory when a file names column ZZZZZZ or a shared
 * string that is not there, and reads no ISO dates.
 */
final class XlsxTable implements TableReader {
    private final XlsxPackage workbook;
    private final XlsxSheet sheet;
    private final List<String> headings;
    private final long size;

    private XlsxTable(XlsxPackage workbook, XlsxSheet sheet, List<String> headings, long size) {
        this.workbook = workbook;
        this.sheet = sheet;
        this.headings = headings;
        this.size = size;
    }

    static XlsxTable open(Path file, HeadingRow wanted, @Nullable String sheetName) throws IOException, TableException {
        XlsxPackage workbook = XlsxPackage.open(file);
        try {
            HeadingRows search = new HeadingRows(wanted);
            XlsxSheet sheet = new XlsxSheet(workbook, fitting(file, workbook, search, sheetName));
            List<String> row = Objects.requireNonNull(headings(sheet, search));
            return new XlsxTable(workbook, sheet, search.checked(file, row), Files.size(file));
        } catch (IOException | TableException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    /** The one sheet that has the headings and rows below them; where none has rows, the first with the headings. */
    private static XlsxPackage.Sheet fitting(
            Path file, XlsxPackage workbook, HeadingRows search, @Nullable String sheetName)
            throws IOException, TableException {
        List<XlsxPackage.Sheet> empty = new ArrayList<>();
        List<XlsxPackage.Sheet> filled = new ArrayList<>();
        for (XlsxPackage.Sheet each : candidates(file, workbook, sheetName)) {
            try (XlsxSheet sheet = new XlsxSheet(workbook, each)) {
                if (headings(sheet, search) != null) {
                    (hasRow(sheet) ? filled : empty).add(each);
                }
            }
        }
        if (filled.size() > 1) {
            String names = names(filled);
            throw new TableException(
                    "Berkas '%s' mempunyai beberapa lembar dengan judul kolom yang dikenal: %s. Pilih satu dengan --sheet."
                            .formatted(file.getFileName(), names),
                    "The file '%s' has several sheets with the expected headings: %s. Choose one with --sheet."
                            .formatted(file.getFileName(), names));
        }
        filled.addAll(empty);
        if (filled.isEmpty()) {
            throw search.notFound(file);
        }
        return filled.get(0);
    }

    private static boolean hasRow(XlsxSheet sheet) throws IOException {
        try {
            while (sheet.next()) {
                if (!isBlank(sheet.cells())) {
                    return true;
                }
            }
            return false;
        } catch (DamagedException e) {
            // There is something, which is told when it is read.
            return true;
        }
    }

    private static String names(List<XlsxPackage.Sheet> sheets) {
        return String.join(
                ", ",
                sheets.stream().map(sheet -> PlainText.clean(sheet.name())).toList());
    }

    private static List<XlsxPackage.Sheet> candidates(Path file, XlsxPackage workbook, @Nullable String wanted)
            throws TableException {
        if (wanted == null) {
            return workbook.sheets().stream()
                    .filter(sheet -> sheet.visible() && !sheet.name().equals(TemplateFile.HELP_SHEET))
                    .toList();
        }
        List<XlsxPackage.Sheet> named = workbook.sheets().stream()
                .filter(sheet -> sheet.name().strip().equalsIgnoreCase(wanted.strip()))
                .toList();
        if (named.isEmpty()) {
            String names = names(workbook.sheets());
            throw new TableException(
                    "Berkas '%s' tidak mempunyai lembar '%s'. Lembarnya: %s."
                            .formatted(file.getFileName(), PlainText.clean(wanted), names),
                    "The file '%s' has no sheet '%s'. Its sheets: %s."
                            .formatted(file.getFileName(), PlainText.clean(wanted), names));
        }
        return named;
    }

    private static @Nullable List<String> headings(XlsxSheet sheet, HeadingRows search) throws IOException {
        int filled = 0;
        while (filled < HeadingRows.SEARCHED && sheet.next()) {
            List<String> texts = sheet.cells().stream().map(Cell::text).toList();
            if (HeadingRows.isBlank(texts)) {
                continue;
            }
            filled++;
            if (search.isOne(texts)) {
                return texts;
            }
        }
        return null;
    }

    @Override
    public List<String> headings() {
        return headings;
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (sheet.next()) {
            if (!isBlank(sheet.cells())) {
                return row(sheet.cells());
            }
        }
        return null;
    }

    private Row row(List<Cell> found) {
        int width = headings.size();
        List<Cell> cells = new ArrayList<>(found.subList(0, Math.min(width, found.size())));
        while (cells.size() < width) {
            cells.add(Cell.BLANK_CELL);
        }
        List<Cell> surplus = List.of();
        if (found.size() > width && !isBlank(found.subList(width, found.size()))) {
            surplus = List.copyOf(found.subList(width, found.size()));
        }
        BadEventReason fault = sheet.fault(width);
        if (fault == null && !surplus.isEmpty()) {
            fault = BadEventReason.ROW_TOO_WIDE;
        }
        return new Row(sheet.number(), List.copyOf(cells), surplus, fault);
    }

    private static boolean isBlank(List<Cell> cells) {
        for (Cell cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** The part of the file that answers to the part of the sheet that was read. */
    @Override
    public long bytesRead() {
        return (long) (sheet.progress() * size);
    }

    @Override
    public void close() throws IOException {
        try (workbook) {
            sheet.close();
        }
    }
}
