package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.ProfileException;
import id.cakupan.producers.profiles.Profiles;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.Tables;
import id.cakupan.producers.tables.TemplateFile;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of import over tables: from the options to the summary. */
final class TableRun {
    private static final String ROW = "row";
    private static final int MOST_REASONS = 12;
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** What may be right or wrong with a value of {@code --set}, depending on the file. */
    private static final Set<BadEventReason> UNDECIDED =
            Set.of(BadEventReason.DATE_AMBIGUOUS, BadEventReason.AMOUNT_AMBIGUOUS);

    private final TableOptions options;
    private final Profile profile;
    private final TableImport.Options reading;
    private final PrintWriter out;
    private final PrintWriter err;

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
        TableImport.Options reading = options.reading(source == null ? profile.name() : source, zone);
        requireSoundValues(profile, reading);
        return new TableRun(options, profile, reading, out, err);
    }

    /** A wrong value would make every row a reject. */
    private static void requireSoundValues(Profile profile, TableImport.Options reading)
            throws IOException, UsageException {
        RowEvents reader = new RowEvents(
                profile,
                new RowEvents.Reading(reading.dateOrder(), reading.decimal(), reading.zone()),
                reading.given(),
                new EventDraft(TableRun::noPseudonyms, reading.source()),
                null);
        for (Map.Entry<String, String> given : reading.given().entrySet()) {
            String name = given.getKey();
            if (profile.column(name).isEmpty()) {
                throw new UsageException("The profile " + profile.name() + " has no column '" + name + "'; it has "
                        + String.join(
                                ", ",
                                profile.columns().stream().map(Column::name).toList()));
            }
            Column.Kind kind = profile.column(name).orElseThrow().kind();
            if (kind.isPerson() || kind == Column.Kind.PERSONAL) {
                throw new UsageException("--set " + name + "=…: data pribadi tidak boleh ada di baris perintah. /"
                        + " personal data has no place on a command line.");
            }
            if (given.getValue().isBlank()) {
                throw new UsageException("--set " + name + "=… has no value");
            }
            try {
                reader.value(Map.of(), name);
            } catch (PseudonymKeys.KeyFileException e) {
                throw new IllegalStateException("Values are read here, no event is made", e);
            } catch (BadEvent e) {
                if (!UNDECIDED.contains(e.reason())) {
                    throw new UsageException("--set " + name + "=…: "
                            + e.reason().indonesian(e.field()) + " / "
                            + e.reason().english(e.field()));
                }
            }
        }
    }

    private static Pseudonyms noPseudonyms() {
        throw new IllegalStateException("Values are read here, no event is made");
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

    /**
     * Where the rejected rows of a table go, if the user does not say: beside it, in its format.
     *
     * @param name what people call it
     */
    static Path rejectsOf(Path content, String name) throws IOException {
        String ending = switch (Tables.formatOf(content)) {
            case CSV -> ".rejects.csv";
            case XLSX -> ".rejects.xlsx";
            case JSON -> ".rejects.json";
        };
        return Path.of(name + ending);
    }

    /**
     * Reads the files and sends what they say.
     *
     * @param checks where events go, unless it is a dry run, and what says whether they are acceptable
     * @param snapshots folder of last snapshots
     * @param registerFile what is remembered of workers, for profiles that need it
     * @return one of {@link ExitCodes}
     */
    int run(List<TableFile> files, PseudonymSource pseudonyms, EventPublisher checks, Path snapshots, Path registerFile)
            throws IOException, PseudonymKeys.KeyFileException {
        long start = System.nanoTime();
        Sending sending = new Sending(checks);
        try (Snapshot snapshot = options.snapshot == null ? null : snapshot(snapshots, files);
                Register register = register(registerFile, pseudonyms)) {
            if (snapshot != null && isOlder(snapshot)) {
                return ExitCodes.FAILED;
            }
            Endings endings = new Endings(checks, pseudonyms, reading.source(), reading.zone());
            Receiving receiving = new Receiving(checks, sending, snapshot, endings, reading.zone(), options.dryRun);
            ImportBar bar = new ImportBar();
            TableImport tables = new TableImport(profile, reading, pseudonyms, receiving, bar, register);
            String problem = null;
            try (bar) {
                tables.read(files);
            } catch (TableException e) {
                err.println(e.getMessage());
                return ExitCodes.FAILED;
            } catch (IOException e) {
                problem = Outage.cannotGoOn(tables.at(), ROW, e);
            }
            boolean rejectedRows = tables.rejectedRows() > 0;
            if (snapshot != null && problem == null && !rejectedRows && !receiving.failed()) {
                problem = receiving.sendVanished(snapshot, options.mostVanished);
            }
            checks.flush();
            boolean done = problem == null && !receiving.failed() && !options.dryRun;
            if (register != null && done) {
                register.commit();
            }
            if (snapshot != null && done) {
                snapshot.commit(rejectedRows);
            }
            summary(tables, receiving, sending, Duration.ofNanos(System.nanoTime() - start));
            if (register != null && register.learntNumbers() > 0) {
                out.printf(Locale.ROOT, "known by KPJ       %,12d  rows%n", register.learntNumbers());
            }
            return outcome(tables, sending, problem);
        }
    }

    private Snapshot snapshot(Path folder, List<TableFile> files) throws IOException {
        return Snapshot.open(folder, snapshotName(), recordedAt(files), options.endUnmentioned);
    }

    /** When the files were recorded: the latest of them. */
    private Instant recordedAt(List<TableFile> files) throws IOException {
        if (reading.recordedAt() != null) {
            return reading.recordedAt();
        }
        Instant latest = Instant.MIN;
        for (TableFile file : files) {
            Instant changed = Files.getLastModifiedTime(file.content()).toInstant();
            latest = changed.isAfter(latest) ? changed : latest;
        }
        return latest;
    }

    /** Tells that a snapshot was recorded before the last one, if so: it would end what is current. */
    private boolean isOlder(Snapshot snapshot) {
        Instant last = snapshot.lastRecordedAt();
        if (last == null || !snapshot.recordedAt().isBefore(last)) {
            return false;
        }
        OffsetDateTime then = last.atZone(reading.zone()).toOffsetDateTime();
        OffsetDateTime now = snapshot.recordedAt().atZone(reading.zone()).toOffsetDateTime();
        err.println("Snapshot ini tercatat pada " + now + ", sebelum snapshot terakhir (" + then + "); tidak ada yang"
                + " dikirim. Bila ini daftar lain, misalnya dari kontraktor lain, beri nama sendiri dengan"
                + " --snapshot=NAMA; bila waktunya keliru, berikan --recorded-at. / This snapshot was recorded at "
                + now
                + ", before the last one (" + then + "); nothing was sent. If it is another list, of another contractor"
                + " for instance, give it a name of its own with --snapshot=NAME; if the time is wrong, give"
                + " --recorded-at.");
        return true;
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

    private void summary(TableImport tables, Receiving receiving, Sending sending, Duration taken) {
        Map<String, Long> sent = options.dryRun ? receiving.events() : sending.sentByType();
        sent.forEach((type, count) -> out.printf(Locale.ROOT, "%-18s %,12d%n", type, count));
        ofSnapshot("unchanged", receiving.unchanged(), "seperti di snapshot terakhir / as in the last snapshot");
        ofSnapshot("gone", receiving.vanished(), "dari snapshot terakhir tidak ada lagi / of the last snapshot");
        ofSnapshot("corrected", receiving.corrected(), "kini mulai pada hari lain / begin on another day now");
        if (receiving.unmentioned() > 0) {
            out.printf(
                    Locale.ROOT,
                    "not mentioned      %,12d  entri proyek atau kontraktor yang tidak ada di berkas ini tetap seperti semula"
                            + " / entries of projects or contractors without a row here stay as they were"
                            + " (--end-unmentioned)%n",
                    receiving.unmentioned());
        }
        if (tables.skipped() > 0) {
            out.printf(Locale.ROOT, "not counted        %,12d  rows that the profile leaves out%n", tables.skipped());
        }
        if (tables.repeated() > 0) {
            out.printf(
                    Locale.ROOT,
                    "repeated           %,12d  baris yang mengulang baris lain; dikirim sekali / rows that repeat another; sent once%n",
                    tables.repeated());
        }
        if (tables.uncompared()) {
            out.printf(
                    Locale.ROOT,
                    "Baris yang saling bertentangan hanya dicari di antara %,d peristiwa pertama / rows that contradict each other were looked for among the first %<,d events only%n",
                    Repetitions.MOST);
        }
        tables.passedOver().lines().forEach(out::println);
        tables.rejectedByText().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_REASONS)
                .forEach(
                        why -> out.printf(Locale.ROOT, "rejected           %,12d  %s%n", why.getValue(), why.getKey()));
        if (tables.rejectedByText().size() > MOST_REASONS) {
            out.printf(
                    Locale.ROOT,
                    "rejected                    …  %,d alasan lain di berkas itu / %<,d other reasons in that file%n",
                    tables.rejectedByText().size() - MOST_REASONS);
        }
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
            out.println("Baris pertama / first rows:");
            tables.firstRows().lines().forEach(row -> out.println("  " + row));
            out.println("Peristiwa pertama / first events:");
            receiving.firstEvents().forEach(event -> out.println("  " + event));
        }
    }

    private void ofSnapshot(String label, Map<String, Long> counts, String meaning) {
        counts.forEach((type, count) -> out.printf(Locale.ROOT, "%-18s %,12d  %s, %s%n", label, count, type, meaning));
    }

    /** Says what is left to do. */
    private int outcome(TableImport tables, Sending sending, @Nullable String problem) {
        tables.rejectsReport().print(out, problem == null && sending.firstFailed() == null);
        if (Outage.toldUnsent(sending, ROW, err)) {
            return ExitCodes.FAILED;
        }
        if (problem != null) {
            err.println(problem);
            return ExitCodes.FAILED;
        }
        if (tables.rejectedRows() == 0) {
            return ExitCodes.DONE;
        }
        if (options.snapshot != null) {
            out.println(
                    "Yang tidak ada lagi tidak dicari, karena ada baris yang ditolak: perbaiki, lalu impor lagi seluruh"
                            + " snapshot. / Rows that are gone were not looked for, since some were rejected: mend them and import"
                            + " the whole snapshot again.");
        }
        return ExitCodes.REJECTS;
    }
}
