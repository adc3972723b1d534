package id.cakupan.producers;

import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.runtime.ExitCodes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of import over JSON Lines: from the files to the summary. */
final class LinesRun {
    private static final String LINE = "line";
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long UNKNOWN = -1;

    private final List<String> files;
    private final @Nullable Path rejects;
    private final PrintWriter out;
    private final PrintWriter err;
    private final RejectsReport rejectsReport = new RejectsReport();

    /** @param rejects where the rejected lines of all files go; null = beside each file */
    LinesRun(List<String> files, @Nullable Path rejects, PrintWriter out, PrintWriter err) {
        this.files = files;
        this.rejects = rejects;
        this.out = out;
        this.err = err;
    }

    /** Where the rejected lines of a file go, if the user does not say. */
    static Path rejectsOf(String file) {
        return Path.of((file.equals(StandardInput.ARGUMENT) ? StandardInput.NAME : file) + ".rejects.jsonl");
    }

    /**
     * Reads the files and sends what they say.
     *
     * @return one of {@link ExitCodes}
     */
    int run(EventPublisher publisher, EventJson json) throws PseudonymKeys.KeyFileException {
        long start = System.nanoTime();
        Importer importer = new Importer(publisher, json);
        String problem = null;
        try {
            read(importer);
        } catch (IOException e) {
            problem = Outage.cannotGoOn(importer.at(), LINE, e);
        }
        publisher.flush();
        summary(importer, Duration.ofNanos(System.nanoTime() - start));
        rejectsReport.print(out, problem == null && importer.sending().firstFailed() == null);
        boolean unsent = Outage.toldUnsent(importer.sending(), LINE, err);
        if (problem != null) {
            err.println(problem);
        }
        if (unsent || problem != null) {
            return ExitCodes.FAILED;
        }
        return importer.rejectedByReason().isEmpty() ? ExitCodes.DONE : ExitCodes.REJECTS;
    }

    private void read(Importer importer) throws IOException, PseudonymKeys.KeyFileException {
        if (rejects == null) {
            for (String file : files) {
                try (RejectsFile own = new RejectsFile(rejectsOf(file), rejectsReport)) {
                    read(importer, file, own);
                }
            }
            return;
        }
        try (RejectsFile shared = new RejectsFile(rejects, rejectsReport)) {
            for (String file : files) {
                read(importer, file, shared);
            }
        }
    }

    private static void read(Importer importer, String file, RejectsFile rejects)
            throws IOException, PseudonymKeys.KeyFileException {
        if (importer.sending().firstFailed() == null) {
            try (InputStream in = open(file);
                    ImportBar bar = new ImportBar()) {
                importer.read(file, new Watched(in, phase(file), importer, bar), rejects);
            }
        }
    }

    private static InputStream open(String file) throws IOException {
        return file.equals(StandardInput.ARGUMENT)
                ? StandardInput.unclosed(System.in)
                : Files.newInputStream(Path.of(file));
    }

    private static TableImport.Phase phase(String file) throws IOException {
        return file.equals(StandardInput.ARGUMENT)
                ? new TableImport.Phase(StandardInput.NAME, UNKNOWN)
                : new TableImport.Phase(String.valueOf(Path.of(file).getFileName()), Files.size(Path.of(file)));
    }

    private void summary(Importer importer, Duration taken) {
        importer.sending().sentByType().forEach((type, count) -> out.printf(Locale.ROOT, "%-18s %,12d%n", type, count));
        importer.rejectedByReason()
                .forEach((reason, count) -> out.printf(
                        Locale.ROOT,
                        "rejected           %,12d  %s / %s%n",
                        count,
                        reason.indonesian("…"),
                        reason.english("…")));
        double seconds = (taken.isZero() ? MOMENT : taken).toNanos() / 1e9;
        out.printf(
                Locale.ROOT,
                "%,d lines: %,d sent, %,d rejected, in %.1f s (%,.0f lines/s)%n",
                importer.lines(),
                Importer.total(importer.sending().sentByType()),
                Importer.total(importer.rejectedByReason()),
                seconds,
                importer.lines() / seconds);
    }

    /** Moves the bar on while bytes of a file are read. */
    private static final class Watched extends FilterInputStream {
        private final TableImport.Phase phase;
        private final Importer importer;
        private final TableImport.Progress progress;
        private final long linesBefore;
        private final long rejectedBefore;
        private long bytes;

        Watched(InputStream in, TableImport.Phase phase, Importer importer, TableImport.Progress progress) {
            super(in);
            this.phase = phase;
            this.importer = importer;
            this.progress = progress;
            linesBefore = importer.lines();
            rejectedBefore = Importer.total(importer.rejectedByReason());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            bytes += Math.max(0, read);
            progress.at(
                    phase,
                    bytes,
                    importer.lines() - linesBefore,
                    Importer.total(importer.rejectedByReason()) - rejectedBefore);
            return read;
        }
    }
}
