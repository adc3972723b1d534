package id.cakupan.producers.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for the row of headings of one table. */
final class HeadingRows {
    /** Number of rows with any content in which it is looked for. */
    static final int SEARCHED = 30;

    private static final int MOST_NAMED = 12;

    private final HeadingRow wanted;

    /** What the row that came nearest lacks; null before the first row. */
    private @Nullable List<String> lacking;

    HeadingRows(HeadingRow wanted) {
        this.wanted = wanted;
    }

    static boolean isBlank(List<String> cells) {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a row is the row of headings. */
    boolean isOne(List<String> row) {
        List<String> missing = wanted.missing(row);
        if (lacking == null || missing.size() < lacking.size()) {
            lacking = missing;
        }
        return missing.isEmpty();
    }

    /**
     * The headings without blank ones at the end.
     *
     * @throws TableException if one that is read stands there twice
     */
    List<String> checked(Path file, List<String> row) throws TableException {
        int width = row.size();
        while (width > 0 && row.get(width - 1).isBlank()) {
            width--;
        }
        List<String> headings = new ArrayList<>(row.subList(0, width));
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (String heading : headings) {
            if (!heading.isBlank() && wanted.isRead(heading) && !seen.add(Headings.normal(heading))) {
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

    /** Says what the row that came nearest lacks. */
    TableException notFound(Path file) {
        List<String> missing = lacking == null ? wanted.missing(List.of()) : lacking;
        String names = String.join(", ", missing.subList(0, Math.min(missing.size(), MOST_NAMED)))
                + (missing.size() > MOST_NAMED ? ", …" : "");
        return new TableException(
                "Berkas '%s': tidak ada baris judul kolom yang dikenal di %d baris pertama. Yang kurang: %s. Contoh lembar: --template."
                        .formatted(file.getFileName(), SEARCHED, names),
                "The file '%s' has no row with the expected headings among its first %d rows. What lacks: %s. For an example: --template."
                        .formatted(file.getFileName(), SEARCHED, names));
    }
}
