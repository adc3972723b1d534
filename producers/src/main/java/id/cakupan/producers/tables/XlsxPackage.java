package id.cakupan.producers.tables;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The parts of an XLSX: its sheets, shared strings, and which styles of cells are dates. */
final class XlsxPackage implements Closeable {
    /** A worksheet: its name, the part that holds it, and whether people see it. */
    record Sheet(String name, String part, boolean visible) {}

    /** A relationship of the workbook: the last word of its type and the part that it names. */
    private record Relation(String type, String part) {}

    /** What the shared strings may weigh, in bytes of memory: at most this part of all there is. */
    private static final int PART_OF_MEMORY = 3;

    private static final int WEIGHT_OF_STRING = 56;
    private static final int LONGEST_CELL = XlsxSheet.LONGEST_CELL;

    private final ZipFile zip;
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
    private final List<Boolean> dateStyles = new ArrayList<>();
    private boolean from1904;

    private XlsxPackage(ZipFile zip) {
        this.zip = zip;
    }

    static XlsxPackage open(Path file) throws IOException, TableException {
        return open(file, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    }

    /**
     * Opens a workbook.
     *
     * @param heaviest what its shared strings may weigh, in bytes of memory
     */
    static XlsxPackage open(Path file, long heaviest) throws IOException, TableException {
        String name = String.valueOf(file.getFileName());
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (EOFException | ZipException e) {
            throw DamagedException.damaged();
        }
        XlsxPackage made = new XlsxPackage(zip);
        try {
            made.refuseOthers(name);
            made.read(name, heaviest);
            return made;
        } catch (IOException | TableException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void refuseOthers(String name) throws TableException {
        if (zip.getEntry("xl/workbook.bin") != null) {
            throw ForeignFormats.saveAsXlsx(name, "buku kerja biner (.xlsb)", "a binary workbook (.xlsb)");
        }
        if (zip.getEntry("mimetype") != null && zip.getEntry("content.xml") != null) {
            throw ForeignFormats.saveAsXlsx(name, "dokumen OpenDocument (.ods)", "an OpenDocument file (.ods)");
        }
        if (entry("_rels/.rels") == null && entry("xl/workbook.xml") == null) {
            throw new TableException(
                    "Berkas '%s' adalah arsip zip, bukan buku kerja. Keluarkan isinya lebih dahulu.".formatted(name),
                    "The file '%s' is a zip archive, not a workbook. Take the table out of it first.".formatted(name));
        }
    }

    private void read(String name, long heaviest) throws IOException, TableException {
        String workbook = "xl/workbook.xml";
        for (Relation relation : relations("").values()) {
            workbook = relation.type().equals("officeDocument") ? relation.part() : workbook;
        }
        if (entry(workbook) == null || !readWorkbook(workbook, relations(workbook))) {
            throw new TableException(
                    "Berkas '%s' bukan buku kerja .xlsx.".formatted(name),
                    "The file '%s' is not an .xlsx workbook.".formatted(name));
        }
        for (Relation relation : relations(workbook).values()) {
            if (relation.type().equals("sharedStrings")) {
                readStrings(relation.part(), name, heaviest);
            } else if (relation.type().equals("styles")) {
                readStyles(relation.part());
            }
        }
    }

    private boolean readWorkbook(String part, Map<String, Relation> relations) throws IOException {
        try (XmlPart xml = new XmlPart(content(part))) {
            while (xml.next()) {
                if (xml.isStart("workbookPr")) {
                    String value = xml.attribute("date1904");
                    from1904 = "1".equals(value) || "true".equals(value);
                } else if (xml.isStart("sheet")) {
                    Relation relation = relations.get(String.valueOf(xml.attribute("id")));
                    if (relation != null && relation.type().equals("worksheet")) {
                        String state = xml.attribute("state");
                        boolean visible = state == null || state.equals("visible");
                        sheets.add(new Sheet(String.valueOf(xml.attribute("name")), relation.part(), visible));
                    }
                }
            }
        }
        return !sheets.isEmpty();
    }

    private Map<String, Relation> relations(String of) throws IOException {
        int slash = of.lastIndexOf('/') + 1;
        String folder = of.substring(0, slash);
        String part = folder + "_rels/" + of.substring(slash) + ".rels";
        Map<String, Relation> relations = new HashMap<>();
        if (entry(part) == null) {
            return relations;
        }
        try (XmlPart xml = new XmlPart(content(part))) {
            while (xml.next()) {
                if (xml.isStart("Relationship")) {
                    String target = xml.attribute("Target");
                    String type = String.valueOf(xml.attribute("Type"));
                    String last = type.substring(type.lastIndexOf('/') + 1);
                    relations.put(
                            String.valueOf(xml.attribute("Id")),
                            new Relation(last, resolved(folder, String.valueOf(target))));
                }
            }
        }
        return relations;
    }

    private static String resolved(String folder, String target) {
        if (target.startsWith("/")) {
            return target.substring(1);
        }
        String base = folder;
        String rest = target;
        while (rest.startsWith("../") && !base.isEmpty()) {
            rest = rest.substring(3);
            base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
        }
        return base + rest;
    }

    private void readStrings(String part, String name, long heaviest) throws IOException, TableException {
        if (entry(part) == null) {
            return;
        }
        long weight = 0;
        try (XmlPart xml = new XmlPart(content(part))) {
            while (xml.next()) {
                if (xml.isStart("si")) {
                    String text = text(xml, "si");
                    strings.add(text);
                    weight += WEIGHT_OF_STRING + text.length();
                    if (weight > heaviest) {
                        throw new TableException(
                                "Berkas '%s' terlalu besar untuk .xlsx. Simpan sebagai CSV UTF-8.".formatted(name),
                                "The file '%s' is too large for .xlsx. Save it as CSV in UTF-8.".formatted(name));
                    }
                }
            }
        }
    }

    /** The texts inside an element, without those that tell how to pronounce them. */
    static String text(XmlPart xml, String element) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        boolean pronounced = false;
        while (!xml.isEnd(element) && xml.next()) {
            if (xml.isStart("rPh")) {
                pronounced = true;
            } else if (xml.isEnd("rPh")) {
                pronounced = false;
            } else if (xml.isStart("t")) {
                inText = !pronounced;
            } else if (xml.isEnd("t")) {
                inText = false;
            } else if (inText) {
                xml.appendText(text, LONGEST_CELL);
            }
        }
        return XlsxText.unescaped(text.toString());
    }

    private void readStyles(String part) throws IOException {
        if (entry(part) == null) {
            return;
        }
        Map<String, Boolean> dates = new HashMap<>();
        boolean ofCells = false;
        try (XmlPart xml = new XmlPart(content(part))) {
            while (xml.next()) {
                if (xml.isStart("numFmt")) {
                    dates.put(
                            String.valueOf(xml.attribute("numFmtId")),
                            XlsxText.isDate(String.valueOf(xml.attribute("formatCode"))));
                } else if (xml.isStart("cellXfs") || xml.isEnd("cellXfs")) {
                    ofCells = xml.isStart();
                } else if (ofCells && xml.isStart("xf")) {
                    String id = String.valueOf(xml.attribute("numFmtId"));
                    Boolean own = dates.get(id);
                    dateStyles.add(own != null ? own : XlsxText.isBuiltInDate(id));
                }
            }
        }
    }

    List<Sheet> sheets() {
        return sheets;
    }

    /** Whether days are counted from 1904, as on old Macintoshes. */
    boolean from1904() {
        return from1904;
    }

    /** A shared string, by its number. */
    String string(int number) throws IOException {
        if (number < 0 || number >= strings.size()) {
            throw DamagedException.damaged();
        }
        return strings.get(number);
    }

    /** Whether cells of this style show a date. */
    boolean isDateStyle(int style) {
        return style >= 0 && style < dateStyles.size() && dateStyles.get(style);
    }

    /** Inflated size of a part in bytes, as the file says. */
    long size(String part) {
        ZipEntry entry = entry(part);
        return entry == null ? 0 : Math.max(0, entry.getSize());
    }

    /** The bytes of a part. */
    InputStream content(String part) throws IOException {
        ZipEntry entry = entry(part);
        if (entry == null) {
            throw DamagedException.damaged();
        }
        try {
            return new InflatedInput(zip.getInputStream(entry), entry::getCompressedSize);
        } catch (EOFException | ZipException e) {
            throw DamagedException.damaged();
        }
    }

    private @Nullable ZipEntry entry(String part) {
        ZipEntry exact = zip.getEntry(part);
        if (exact != null) {
            return exact;
        }
        String wanted = part.toLowerCase(Locale.ROOT);
        return zip.stream()
                .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
