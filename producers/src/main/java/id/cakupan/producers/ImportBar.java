package id.cakupan.producers;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Bars on standard error, one for each phase: bytes, rate and remaining time, rows and rejects. Without a terminal: none. */
final class ImportBar implements TableImport.Progress, AutoCloseable {
    private static final long EVERY = 500;
    private static final long PIECE = 1 << 16;
    private static final int MEGABYTE = 1_000_000;

    private final boolean visible;
    private TableImport.@Nullable Phase phase;
    private @Nullable ProgressBar bar;
    private long calls;
    private long bytes;
    private long bytesShown;
    private long rows;
    private long rejected;

    ImportBar() {
        this(Terminal.isStandardError());
    }

    ImportBar(boolean visible) {
        this.visible = visible;
    }

    @Override
    public void at(TableImport.Phase of, long bytesRead, long rowsRead, long rowsRejected) {
        if (!visible) {
            return;
        }
        if (!of.equals(phase)) {
            close();
            phase = of;
            bar = new ProgressBarBuilder()
                    .setTaskName(of.label())
                    .setInitialMax(of.bytes())
                    .setUnit(" MB", MEGABYTE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .build();
            calls = 0;
            bytesShown = 0;
        }
        bytes = bytesRead;
        rows = rowsRead;
        rejected = rowsRejected;
        if (calls++ % EVERY == 0 || bytes - bytesShown >= PIECE) {
            show();
        }
    }

    private void show() {
        if (bar != null) {
            bytesShown = bytes;
            bar.stepTo(bytes);
            bar.setExtraMessage(String.format(Locale.ROOT, " %,d rows, %,d rejected", rows, rejected));
        }
    }

    /** Ends the bar of the last phase. */
    @Override
    public void close() {
        if (bar != null) {
            show();
            bar.close();
            bar = null;
        }
    }
}
