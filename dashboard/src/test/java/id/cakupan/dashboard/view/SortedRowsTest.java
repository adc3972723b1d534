package id.cakupan.dashboard.view;

import static id.cakupan.dashboard.board.Records.figure;
import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.Level;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SortedRowsTest {
    private static boolean isUncovered(Row row) {
        return row.counts().uncoveredWorkers() > 0;
    }

    private static void assertSame(SortedRows sorted, Board board, Comparator<Row> order) {
        Row[] wanted = board.rows(Level.PROJECT).stream()
                .filter(SortedRowsTest::isUncovered)
                .sorted(order)
                .toArray(Row[]::new);
        assertThat(Arrays.stream(sorted.get()).map(Row::id).toList())
                .isEqualTo(Arrays.stream(wanted).map(Row::id).toList());
        assertThat(sorted.get()).isEqualTo(wanted);
    }

    @Test
    void shouldBeAsIfSortedAnewAfterAnyChanges() {
        for (GroupSort sort : GroupSort.values()) {
            for (boolean ascending : new boolean[] {true, false}) {
                Random random = new Random(7);
                Board board = new Board();
                SortedRows sorted =
                        new SortedRows(board, Level.PROJECT, SortedRowsTest::isUncovered, sort.comparator(ascending));
                for (int round = 0; round < 60; round++) {
                    for (int i = random.nextInt(12); i >= 0; i--) {
                        long workers = random.nextInt(6);
                        board.figure(figure(
                                Level.PROJECT, "p" + random.nextInt(200), workers, random.nextInt((int) workers + 1)));
                    }
                    assertSame(sorted, board, sort.comparator(ascending));
                }
            }
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhileTheBoardChanges() throws Exception {
        Board board = new Board();
        for (int i = 0; i < 3_000; i++) {
            board.figure(figure(Level.PROJECT, "p" + i, 9, 1));
        }
        Comparator<Row> order = GroupSort.COVERED.comparator(false);
        CountDownLatch done = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            Random random = new Random(1);
            for (int i = 0; i < 60_000; i++) {
                board.figure(figure(Level.PROJECT, "p" + random.nextInt(3_000), 9, random.nextInt(9)));
            }
            done.countDown();
        });
        writer.start();
        SortedRows old = new SortedRows(board, Level.PROJECT, SortedRowsTest::isUncovered, order);
        while (done.getCount() > 0) {
            SortedRows fresh = new SortedRows(board, Level.PROJECT, SortedRowsTest::isUncovered, order);
            for (int i = 0; i < 5; i++) {
                for (Row[] rows : new Row[][] {fresh.get(), old.get()}) {
                    assertThat(Arrays.stream(rows).map(Row::id).distinct().count())
                            .isEqualTo(3_000);
                    assertThat(rows).isSortedAccordingTo(order);
                }
            }
        }
        writer.join();
        assertSame(old, board, order);
    }
}
