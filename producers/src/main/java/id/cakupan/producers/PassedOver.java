package id.cakupan.producers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rows that are no rows of their table, for the summary. */
final class PassedOver {
    private static final int MOST_NAMED = 10;

    private final Set<String> headings = new LinkedHashSet<>();
    private final List<Long> first = new ArrayList<>();
    private long blank;
    private long numberings;

    /**
     * Adds a row with nothing below these headings.
     *
     * @param number its number as people see it
     */
    void addBlank(List<String> without, long number) {
        headings.addAll(without);
        blank++;
        if (first.size() < MOST_NAMED) {
            first.add(number);
        }
    }

    /** Adds a row with the numbers of the columns. */
    void addNumbering() {
        numberings++;
    }

    /** What people are told, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (blank > 0) {
            String numbers =
                    String.join(", ", first.stream().map(String::valueOf).toList())
                            + (blank > first.size() ? ", …" : "");
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d baris tanpa %s dilewati (baris %s) / %,d %s without %s passed over (%s)",
                    blank,
                    String.join(" dan ", headings),
                    numbers,
                    blank,
                    rows(blank),
                    String.join(" and ", headings),
                    numbers));
        }
        if (numberings > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d baris nomor kolom dilewati / %,d %s of column numbers passed over",
                    numberings,
                    numberings,
                    rows(numberings)));
        }
        return lines;
    }

    private static String rows(long count) {
        return count == 1 ? "row" : "rows";
    }
}
