package id.cakupan.dashboard.export;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is downloaded.
 *
 * @param title for people
 * @param facts what the first sheet says: pairs of a heading and a text
 * @param columns of the table
 * @param rows in order; read once
 * @param <R> type of the rows
 */
record Table<R>(String title, List<Fact> facts, List<Column<R>> columns, Stream<R> rows) {
    /** A line of the first sheet. */
    record Fact(String heading, String text) {}
}
