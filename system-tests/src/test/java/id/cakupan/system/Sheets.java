package id.cakupan.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Tables as contractors and offices send them. The first row holds the headings; the file's time is when it was recorded. */
final class Sheets {
    private static final String SEPARATOR = ";";

    private Sheets() {}

    /** Writes lines with semicolons, as a spreadsheet set to Indonesian does. */
    static Path csv(Path file, List<List<String>> rows, Instant recordedAt) throws IOException {
        Files.write(file, rows.stream().map(row -> String.join(SEPARATOR, row)).toList());
        return recorded(file, recordedAt);
    }

    /** Writes a workbook of one sheet, all cells as text. */
    static Path xlsx(Path file, List<List<String>> rows, Instant recordedAt) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", null)) {
            Worksheet sheet = workbook.newWorksheet("Data");
            for (int r = 0; r < rows.size(); r++) {
                List<String> row = rows.get(r);
                for (int c = 0; c < row.size(); c++) {
                    if (!row.get(c).isEmpty()) {
                        sheet.value(r, c, row.get(c));
                    }
                }
            }
        }
        return recorded(file, recordedAt);
    }

    /** Writes a list of objects. */
    static Path json(Path file, List<List<String>> rows, Instant recordedAt) throws IOException {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int c = 0; c < row.size(); c++) {
                object.put(rows.get(0).get(c), row.get(c));
            }
            objects.add(object);
        }
        new ObjectMapper().writeValue(file.toFile(), objects);
        return recorded(file, recordedAt);
    }

    private static Path recorded(Path file, Instant at) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
