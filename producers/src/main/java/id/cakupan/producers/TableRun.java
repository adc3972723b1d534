package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.ProfileException;
import id.cakupan.producers.profiles.Profiles;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.Tables;
import id.cakupan.producers.tables.TemplateFile;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import id.cakupan.runtime.ExitCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One run of import over tables: from the options to the summary. */
final class TableRun {
    private static final int SHOWN_EVENTS = 5;
    private static final long PROGRESS_EVERY = 500;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final LocalDate LAST_POSSIBLE_DAY = LocalDate.of(2100, 12, 31);
    private static final double PERCENT = 100;
    private static final long FEW = 10;

    /** A run cannot begin: wrong options or files. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private final TableOptions options;
    private final Profile profile;
    private final TableImport.Options reading;
    private final PrintWriter out;
    private final PrintWriter err;

    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> unchanged = new TreeMap<>();
    private final Map<String, Long> vanished = new TreeMap<>();
    private final List<SpecificRecord> shown = new ArrayList<>();

    private TableRun(
            TableOptions options, Profile profile, TableImport.Options reading, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.profile = profile;
        this.reading = reading;
        this.out = out;
        this.err = err;
    }

    /**
     * Prepares a run.
     *
     * @param source value of {@code source}; null = the name of the profile
     * @throws UsageException if an option is no use
     */
    static TableRun of(TableOptions options, @Nullable String source, ZoneId zone, PrintWriter out, PrintWriter err)
            throws IOException, UsageException {
        Profile profile = profile(options.profile);
        for (String column : options.given.keySet()) {
            if (profile.column(column).isEmpty()) {
                throw new UsageException("The profile " + profile.name() + " has no column '" + column + "'; it has "
                        + String.join(
                                ", ",
                                profile.columns().stream().map(Column::name).toList()));
            }
        }
        try {
            return new TableRun(
                    options,
                    profile,
                    new TableImport.Options(
                            options.given,
                            source == null ? profile.name() : source,
                            options.recordedAtInstant(),
                            options.dateFormat == null
                                    ? null
                                    : options.dateFormat == TableOptions.DateFormat.dmy
                                            ? DateTexts.Order.DAY_FIRST
                                            : DateTexts.Order.MONTH_FIRST,
                            options.decimal == null
                                    ? null
                                    : options.decimal == TableOptions.Decimal.comma
                                            ? AmountTexts.Mark.COMMA
                                            : AmountTexts.Mark.POINT,
                            options.encoding == null ? null : Charset.forName(options.encoding),
                            zone),
                    out,
                    err);
        } catch (DateTimeException e) {
            throw new UsageException("--recorded-at is no instant such as 2025-07-01T08:30:00+07:00");
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UsageException("--encoding: there is no encoding " + options.encoding);
        }
    }

    /** Writes an empty sheet. */
    static void template(String name, Path file) throws IOException, UsageException {
        Profile profile = profile(name);
        if (Files.exists(file)) {
            throw new UsageException("There is a file " + file + " already; it stays as it is");
        }
        TemplateFile.write(
                file,
                profile.columns().stream()
                        .map(column -> new TemplateFile.Column(
                                column.heading(),
                                column.required(),
                                column.indonesian(),
                                column.english(),
                                column.example()))
                        .toList(),
                profile.sheet() == null ? "Data" : profile.sheet());
    }

    private static Profile profile(@Nullable String name) throws IOException, UsageException {
        try {
            return Profiles.find(name == null ? "" : name);
        } catch (ProfileException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Where the rejected rows of a file go, if the user does not say. */
    static Path rejectsOf(Path file) throws IOException {
        String suffix = switch (Tables.formatOf(file)) {
            case CSV -> ".rejects.csv";
            case XLSX -> ".rejects.xlsx";
            case JSON -> ".rejects.json";
        };
        return Path.of(file + suffix);
    }

    /**
     * Reads the files and sends what they say.
     *
     * @param checks where events go, unless it is a dry run, and what says whether they are acceptable
     * @param snapshots folder of last snapshots
     * @param registerFile what is remembered of workers, for profiles that need it
     * @return one of {@link ExitCodes}
     */
    int run(
            List<Path> files,
            Map<Path, Path> rejects,
            PseudonymSource pseudonyms,
            EventPublisher checks,
            Path snapshots,
            Path registerFile)
            throws IOException, PseudonymKeys.KeyFileException {
        long start = System.nanoTime();
        Sending sending = new Sending(checks);
        try (Snapshot snapshot = options.snapshot == null ? null : Snapshot.open(snapshots, snapshotName());
                Register register = register(registerFile, pseudonyms)) {
            Receiving receiving = new Receiving(checks, sending, snapshot, pseudonyms);
            Bar bar = new Bar(files);
            TableImport tables = new TableImport(profile, reading, pseudonyms, receiving, bar, register);
            String problem = null;
            try (bar) {
                tables.read(files, rejects);
            } catch (TableException e) {
                err.println(e.getMessage());
                return ExitCodes.FAILED;
            } catch (IOException e) {
                Sending.Place at = tables.at();
                problem = "Cannot go on " + (at == null ? "" : "after row " + at.line() + " of " + at.name() + ": ")
                        + e.getMessage() + ". What was sent is sent: import again when it is mended.";
            }
            boolean rejectedRows = tables.rejectedRows() > 0;
            if (snapshot != null && problem == null && !rejectedRows && !receiving.failed()) {
                problem = receiving.sendVanished(tables.recordedAt(files.get(0)));
            }
            checks.flush();
            boolean done = problem == null && !receiving.failed() && !options.dryRun;
            if (register != null && done) {
                register.commit();
            }
            if (snapshot != null && done) {
                snapshot.commit(rejectedRows);
            }
            if (register != null && register.learntNumbers() > 0) {
                out.printf(Locale.ROOT, "known by KPJ       %,12d  rows%n", register.learntNumbers());
            }
            return summary(tables, sending, problem, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private @Nullable Register register(Path file, PseudonymSource pseudonyms) throws IOException {
        if (!profile.register()) {
            return null;
        }
        return options.dryRun ? Register.copyOf(file, pseudonyms) : Register.open(file, pseudonyms);
    }

    private String snapshotName() {
        String name = options.snapshot == null ? "" : options.snapshot;
        return name.isEmpty() ? reading.source() + "\n" + profile.name() + "\n" + new TreeMap<>(options.given) : name;
    }

    private int summary(TableImport tables, Sending sending, @Nullable String problem, Duration taken) {
        Map<String, Long> sent = options.dryRun ? events : sending.sentByType();
        sent.forEach((type, count) -> out.printf(Locale.ROOT, "%-18s %,12d%n", type, count));
        unchanged.forEach((type, count) ->
                out.printf(Locale.ROOT, "unchanged          %,12d  %s, as in the last snapshot%n", count, type));
        vanished.forEach((type, count) ->
                out.printf(Locale.ROOT, "gone               %,12d  %s of the last snapshot%n", count, type));
        if (tables.skipped() > 0) {
            out.printf(Locale.ROOT, "not counted        %,12d  rows that the profile leaves out%n", tables.skipped());
        }
        tables.rejectedByReason()
                .forEach((reason, count) -> out.printf(
                        Locale.ROOT,
                        "rejected           %,12d  %s / %s%n",
                        count,
                        reason.indonesian("…"),
                        reason.english("…")));
        if (!tables.unread().isEmpty()) {
            out.println("Kolom yang tidak dibaca / columns not read: " + String.join(", ", tables.unread()));
        }
        double seconds = (taken.isZero() ? MOMENT : taken).toNanos() / 1e9;
        out.printf(
                Locale.ROOT,
                "%,d rows: %,d events %s, %,d rows rejected, in %.1f s (%,.0f rows/s)%n",
                tables.rows(),
                Importer.total(sent),
                options.dryRun ? "would be sent" : "sent",
                tables.rejectedRows(),
                seconds,
                tables.rows() / seconds);
        if (options.dryRun) {
            show();
        }
        Sending.Place failed = sending.firstFailed();
        if (failed != null) {
            Throwable failure = sending.failure();
            err.println("Not everything could be sent: " + (failure == null ? "" : failure.getMessage()));
            err.println("Import again: what has arrived already changes nothing.");
            return ExitCodes.FAILED;
        }
        if (problem != null) {
            err.println(problem);
            return ExitCodes.FAILED;
        }
        if (tables.rejectedRows() > 0) {
            if (options.snapshot != null) {
                out.println("Rows that are gone were not looked for, since some were rejected: mend them and import the"
                        + " whole snapshot again.");
            }
            tables.rejectFiles().stream()
                    .filter(Files::exists)
                    .forEach(path -> out.println("Baris yang ditolak ada di / rejected rows are in " + path
                            + " (mode 0600: it holds personal data; mend it, import it, delete it)"));
            return ExitCodes.REJECTS;
        }
        return ExitCodes.DONE;
    }

    private void show() {
        for (SpecificRecord event : shown) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try (JsonGenerator generator = new JsonFactory().createGenerator(line)) {
                EventJson.write(event, generator);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.println("  " + line.toString(StandardCharsets.UTF_8));
        }
    }

    /** Sends what is new, and at the end what is gone. */
    private final class Receiving implements TableImport.Receiver {
        private final EventPublisher publisher;
        private final Sending sending;
        private final @Nullable Snapshot snapshot;
        private final PseudonymSource pseudonyms;

        Receiving(EventPublisher publisher, Sending sending, @Nullable Snapshot snapshot, PseudonymSource pseudonyms) {
            this.publisher = publisher;
            this.sending = sending;
            this.snapshot = snapshot;
            this.pseudonyms = pseudonyms;
        }

        @Override
        public void check(SpecificRecord event) throws BadEvent {
            publisher.check(event);
        }

        @Override
        public boolean failed() {
            return sending.firstFailed() != null;
        }

        @Override
        public void take(List<RowEvents.Made> made, Sending.Place place, Instant recordedAt) {
            LocalDate day = recordedAt.atZone(reading.zone()).toLocalDate();
            for (RowEvents.Made one : made) {
                SpecificRecord event = one.event();
                Snapshot.Change change =
                        snapshot == null ? Snapshot.Change.NEW : snapshot.add(event, day, one.vanished());
                switch (change) {
                    case SAME -> unchanged.merge(event.getSchema().getName(), 1L, Long::sum);
                    case NEW -> send(event, place);
                    case BACK -> {
                        send(event, place);
                        SpecificRecord reopened = ending(event, one.vanished(), null, recordedAt);
                        if (reopened != null) {
                            send(reopened, place);
                        }
                    }
                }
            }
        }

        private void send(SpecificRecord event, Sending.Place place) {
            events.merge(event.getSchema().getName(), 1L, Long::sum);
            if (shown.size() < SHOWN_EVENTS) {
                shown.add(event);
            }
            if (!options.dryRun) {
                sending.send(event, place);
            }
        }

        /** @return what is wrong, or null */
        @Nullable
        String sendVanished(Instant recordedAt) {
            Snapshot known = Objects.requireNonNull(snapshot);
            long before = known.size();
            List<Runnable> sends = new ArrayList<>();
            Map<String, Long> counts = new LinkedHashMap<>();
            known.forEachVanished((key, entry) -> {
                counts.merge(key.type(), 1L, Long::sum);
                SpecificRecord end = ending(key, entry, recordedAt);
                if (end != null) {
                    sends.add(() -> send(end, new Sending.Place(0, "the last snapshot", 1)));
                }
            });
            long gone = Importer.total(counts);
            if (gone > FEW && gone * PERCENT > before * options.mostVanished) {
                return String.format(
                        Locale.ROOT,
                        "%,d of the %,d entries of the last snapshot are gone, more than %d %%: is the file whole? Nothing was"
                                + " ended. If it is right, import again with --most-vanished 100.",
                        gone,
                        before,
                        options.mostVanished);
            }
            vanished.putAll(counts);
            sends.forEach(Runnable::run);
            return null;
        }

        private @Nullable SpecificRecord ending(Snapshot.Key key, Snapshot.Entry entry, Instant recordedAt) {
            LocalDate day = recordedAt.atZone(reading.zone()).toLocalDate().minusDays(1);
            LocalDate last = day.isBefore(entry.seenOn()) ? entry.seenOn() : day;
            return ending(key, entry.vanished(), last, recordedAt);
        }

        private @Nullable SpecificRecord ending(
                SpecificRecord event, String vanishedAs, @Nullable LocalDate last, Instant recordedAt) {
            LocalDate planned = Snapshot.lastDay(event);
            return ending(
                    Snapshot.Key.of(event),
                    vanishedAs,
                    last != null ? last : planned != null ? planned : LAST_POSSIBLE_DAY,
                    recordedAt);
        }

        /** The event that ends a hire, an enrolment or an insurance on this day; null when nothing is to be sent. */
        private @Nullable SpecificRecord ending(
                Snapshot.Key key, String vanishedAs, LocalDate last, Instant recordedAt) {
            if (vanishedAs.equals("KEEP")) {
                return null;
            }
            boolean back = last.equals(LAST_POSSIBLE_DAY);
            EventDraft draft = new EventDraft(pseudonyms, reading.source());
            draft.defaultRecordedAt(recordedAt);
            draft.begin();
            try {
                switch (key.type()) {
                    case "WorkerHired" -> {
                        text(draft, "type", "WorkerReleased");
                        text(draft, "workerId", key.of());
                        text(draft, "hireId", key.id());
                        text(draft, "endedOn", last.toString());
                        text(draft, "reason", vanishedAs.equals("VOID") && !back ? "VOIDED" : "FINISHED");
                    }
                    case "WorkerEnrolled" -> {
                        text(draft, "type", "EnrolmentEnded");
                        text(draft, "workerId", key.of());
                        text(draft, "enrolmentId", key.id());
                        text(draft, "endedOn", last.toString());
                        text(draft, "reason", vanishedAs.equals("VOID") && !back ? "VOIDED" : "WITHDRAWN");
                    }
                    case "ProjectInsured" -> {
                        if (back) {
                            return null;
                        }
                        text(draft, "type", "ProjectInsured");
                        text(draft, "projectId", key.of());
                        text(draft, "status", "CANCELLED");
                    }
                    default -> {
                        return null;
                    }
                }
                SpecificRecord event = draft.finish();
                publisher.check(event);
                return event;
            } catch (BadEvent | IOException | PseudonymKeys.KeyFileException e) {
                throw new IllegalStateException("An event that ends another is always in its form", e);
            }
        }

        private static void text(EventDraft draft, String field, String value) throws BadEvent {
            draft.put(field, EventDraft.Kind.STRING, value);
        }
    }

    /** The progress bar, where standard error is a terminal. */
    private static final class Bar implements TableImport.Progress, AutoCloseable {
        private final @Nullable ProgressBar bar;
        private final Map<Path, Long> before = new LinkedHashMap<>();
        private long calls;

        Bar(List<Path> files) throws IOException {
            long bytes = 0;
            for (Path file : files) {
                before.put(file, bytes);
                bytes += Files.size(file);
            }
            bar = !Terminal.isStandardError()
                    ? null
                    : new ProgressBarBuilder()
                            .setTaskName("import")
                            .setInitialMax(bytes)
                            .setUnit(" MB", 1_000_000)
                            .setStyle(ProgressBarStyle.ASCII)
                            .showSpeed()
                            .build();
        }

        @Override
        public void at(Path file, long bytes, long rows, long rejected) {
            if (bar != null && calls++ % PROGRESS_EVERY == 0) {
                bar.stepTo(before.getOrDefault(file, 0L) + bytes);
                bar.setExtraMessage(String.format(Locale.ROOT, " %,d rows, %,d rejected", rows, rejected));
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
