package id.cakupan.producers.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook of one sheet whose XML the test writes itself. */
final class XlsxParts {
    private static final String TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private String workbookPr = "";

    XlsxParts() {
        put(
                "_rels/.rels",
                "<Relationships><Relationship Id='a' Type='" + TYPES
                        + "officeDocument' Target='xl/workbook.xml'/></Relationships>");
        put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='r1' Type='" + TYPES
                        + "worksheet' Target='/xl/worksheets/sheet1.xml'/><Relationship Id='r2' Type='" + TYPES
                        + "sharedStrings' Target='sharedStrings.xml'/><Relationship Id='r3' Type='" + TYPES
                        + "styles' Target='../xl/styles.xml'/></Relationships>");
        put(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-421]dd\\ mmmm\\ yyyy;@'/>"
                        + "<numFmt numFmtId='165' formatCode='\"day\" #,##0;[Red]-#,##0'/>"
                        + "<numFmt numFmtId='166' formatCode='hh:mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
                        + "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>"
                        + "<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='22'/></cellXfs></styleSheet>");
    }

    XlsxParts from1904() {
        workbookPr = "<workbookPr date1904='1'/>";
        return this;
    }

    XlsxParts put(String name, String content) {
        return put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    XlsxParts put(String name, byte[] content) {
        parts.put(name, content);
        return this;
    }

    XlsxParts strings(String... items) {
        StringBuilder all = new StringBuilder("<sst>");
        for (String item : items) {
            all.append("<si>").append(item).append("</si>");
        }
        return put("xl/sharedStrings.xml", all + "</sst>");
    }

    /** The content of sheetData. */
    XlsxParts rows(String rows) {
        return put("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    }

    Path write(Path file) throws IOException {
        put(
                "xl/workbook.xml",
                "<workbook xmlns:r='x'>" + workbookPr
                        + "<sheets><sheet name='Data' sheetId='1' r:id='r1'/></sheets></workbook>");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
