package id.cakupan.producers.tables;

import java.util.List;

/** What makes a row of a table its row of headings. */
@FunctionalInterface
public interface HeadingRow {
    /** The headings that a row lacks; empty if it is the row of headings. */
    List<String> missing(List<String> row);

    /** Whether what stands below a heading is read, so that it may stand there only once. */
    default boolean isRead(String heading) {
        return true;
    }
}
