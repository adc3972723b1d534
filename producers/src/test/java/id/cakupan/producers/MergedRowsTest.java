package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profiles;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.TableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedRowsTest {
    private static final Instant RECORDED = Instant.parse("2025-07-10T02:00:00Z");
    private static final String COLUMN = "paket";
    private static final int PARTS = 3;
    private static final long LARGEST = 10_000;

    @Test
    void shouldPutTogetherRowsOfTheSameKeyInWhateverPartTheyAre() throws Exception {
        try (MergedRows rows = new MergedRows(columns(), PARTS, LARGEST)) {
            for (int i = 0; i < 50; i++) {
                add(rows, "k" + i, i, "a");
                add(rows, "k" + i, 50 + i, "b");
            }
            List<String> found = new ArrayList<>();
            for (int part = 0; part < rows.parts(); part++) {
                for (MergedRows.Merged record : rows.part(part, (column, cell) -> cell.text())) {
                    found.add(record.origins().size() + " "
                            + record.cells().values().iterator().next().text() + " " + record.contradictory());
                }
            }
            assertThat(found).hasSize(50).containsOnly("2 a [" + COLUMN + "]");
        }
    }

    @Test
    void shouldRefuseMoreThanFitsIntoMemoryInsteadOfCollectingForEver() throws Exception {
        try (MergedRows rows = new MergedRows(columns(), PARTS, LARGEST)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < LARGEST; i++) {
                            add(rows, "same", i, "a");
                        }
                    })
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("terlalu banyak")
                    .hasMessageContaining("too many");
        }
    }

    private static void add(MergedRows rows, String key, int ordinal, String text) throws TableException {
        rows.add(
                key,
                new MergedRows.Origin(0, ordinal, ordinal + 1L),
                RECORDED,
                Map.of(COLUMN, new Cell(Cell.Kind.TEXT, text)),
                null);
    }

    private static List<Column> columns() throws Exception {
        return Profiles.find("spse-contracts").content();
    }
}
