package id.cakupan.producers.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The row of headings of a table. */
final class HeadingRows {
    /** Number of rows with any content in which it is looked for. */
    static final int SEARCHED = 30;

    private HeadingRows() {}

    static boolean isBlank(List<String> cells) {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The headings without blank ones at the end.
     *
     * @throws TableException if two of them are the same
     */
    static List<String> checked(Path file, List<String> row) throws TableException {
        int width = row.size();
        while (width > 0 && row.get(width - 1).isBlank()) {
            width--;
        }
        List<String> headings = new ArrayList<>(row.subList(0, width));
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (String heading : headings) {
            if (!heading.isBlank() && !seen.add(Headings.normal(heading))) {
                twice.add(PlainText.clean(heading));
            }
        }
        if (!twice.isEmpty()) {
            String names = String.join(", ", twice);
            throw new TableException(
                    "Berkas '%s': judul kolom ini ada lebih dari sekali: %s.".formatted(file.getFileName(), names),
                    "The file '%s' has these headings more than once: %s.".formatted(file.getFileName(), names));
        }
        return List.copyOf(headings);
    }

    static TableException notFound(Path file) {
        return new TableException(
                "Berkas '%s': tidak ada baris judul kolom yang dikenal di %d baris pertama."
                        .formatted(file.getFileName(), SEARCHED),
                "The file '%s' has no row with the expected headings among its first %d rows."
                        .formatted(file.getFileName(), SEARCHED));
    }
}
