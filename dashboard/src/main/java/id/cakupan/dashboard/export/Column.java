package id.cakupan.dashboard.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param key of its heading
 * @param kind what its cells hold
 * @param value the cell of a row; null = empty
 * @param <R> type of the rows
 */
record Column<R>(String key, Kind kind, Function<R, @Nullable Object> value) {
    /** What cells hold. */
    enum Kind {
        TEXT,
        NUMBER,
        /** 0 to 1. */
        RATIO,
        DAY
    }

    static <R> Column<R> text(String key, Function<R, @Nullable String> value) {
        return new Column<>(key, Kind.TEXT, value::apply);
    }

    static <R> Column<R> number(String key, Function<R, @Nullable Number> value) {
        return new Column<>(key, Kind.NUMBER, value::apply);
    }

    static <R> Column<R> ratio(String key, Function<R, @Nullable Double> value) {
        return new Column<>(key, Kind.RATIO, value::apply);
    }

    static <R> Column<R> day(String key, Function<R, @Nullable LocalDate> value) {
        return new Column<>(key, Kind.DAY, value::apply);
    }

    static <R> Column<R> instant(String key, Function<R, @Nullable Instant> value) {
        return new Column<>(key, Kind.TEXT, row -> {
            Instant instant = value.apply(row);
            return instant == null ? null : instant.toString();
        });
    }
}
