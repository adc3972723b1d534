package id.cakupan.producers;

import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.KeyFile;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cakupan import}: events from tables and from JSON Lines files. */
@Command(
        name = "import",
        description = {
            "Send the events that files tell of: with --profile tables (CSV, XLSX, JSON), else JSON Lines, one object a line,"
                    + " {\"type\":\"WorkerHired\", …}.",
            "A worker is given as 'workerId' (a pseudonym) or as 'nik', which is pseudonymised with the key file before"
                    + " anything else. Importing a file twice changes no figure.",
            "Bad rows and lines go to a rejects file with the reason in Indonesian and English. It holds the originals,"
                    + " with whatever personal data they have: only its owner can read it (mode 0600).",
            "Exit code: 0 done, 1 failed, 2 wrong usage, 3 done with rejects."
        })
public final class ImportCommand extends SettingsCommand {
    private static final String STANDARD_INPUT = "-";
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files to import, plain or gzip; - is standard input, for JSON Lines")
    private List<String> files = List.of();

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description =
                    "Where bad lines go, for all files, or bad rows, with one table (default: FILE.rejects and the ending"
                            + " of its format, beside each file)")
    private @Nullable Path rejects;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Value of 'source' for events that have none (default: such events are rejected)")
    private @Nullable String source;

    @Mixin
    private TableOptions table = new TableOptions();

    private final Clock clock;
    private final Set<Path> written = new LinkedHashSet<>();

    /** Runs by the system's clock. */
    public ImportCommand() {
        this(Clock.systemUTC());
    }

    /** Runs by another clock: it gives the records' timestamps and says what is in the future. */
    public ImportCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
        settings.add(ProducerSettings.KEY_FILE);
        settings.add(CommonSettings.ZONE);
        return settings;
    }

    @Override
    protected int run(Settings settings) throws IOException {
        try {
            if (table.template != null) {
                Path sheet = Path.of(files.isEmpty() ? table.template + ".xlsx" : files.get(0));
                TableRun.template(table.template, sheet);
                out().println("Wrote " + sheet);
                return ExitCodes.DONE;
            }
            if (files.isEmpty()) {
                throw new TableRun.UsageException("Missing required parameter: 'FILE'");
            }
            if (table.profile != null) {
                return importTables(settings);
            }
        } catch (TableRun.UsageException e) {
            err().println(e.getMessage());
            return ExitCodes.USAGE;
        }
        return usable() ? importLines(settings) : ExitCodes.USAGE;
    }

    private int importTables(Settings settings) throws IOException, TableRun.UsageException {
        TableRun run = TableRun.of(table, source, settings.get(CommonSettings.ZONE), out(), err());
        List<Path> paths = new ArrayList<>();
        Map<Path, Path> rejectsByFile = new HashMap<>();
        for (String file : files) {
            Path path = Path.of(file);
            if (file.equals(STANDARD_INPUT) || !Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new TableRun.UsageException("Cannot read " + file + "; a table must be a file");
            }
            if (rejects != null && isSame(path, rejects)) {
                throw new TableRun.UsageException("The rejects file would overwrite " + file);
            }
            if (rejects != null && files.size() > 1) {
                throw new TableRun.UsageException("--rejects goes with one table; each has a rejects file of its own");
            }
            paths.add(path);
            rejectsByFile.put(path, rejects != null ? rejects : TableRun.rejectsOf(path));
        }
        Path folder = table.snapshotFolder != null
                ? table.snapshotFolder
                : UserFolders.data(environment()).resolve("snapshots");
        Path register = table.register != null
                ? table.register
                : UserFolders.data(environment()).resolve("register.mv");
        KeyFile keyFile = new KeyFile(ProducerSettings.expandHome(settings.get(ProducerSettings.KEY_FILE)));
        try (Connection connection = Connection.open(settings, clock, new SimpleMeterRegistry())) {
            return run.run(paths, rejectsByFile, keyFile, connection.publisher(), folder, register);
        } catch (PseudonymKeys.KeyFileException e) {
            err().println(e.getMessage());
            return ExitCodes.FAILED;
        }
    }

    private int importLines(Settings settings) throws IOException {
        Path keyFile = ProducerSettings.expandHome(settings.get(ProducerSettings.KEY_FILE));
        long start = System.nanoTime();
        Importer importer;
        IOException unreadable = null;
        try (Connection connection = Connection.open(settings, clock, new SimpleMeterRegistry())) {
            importer = new Importer(connection.publisher(), new EventJson(new KeyFile(keyFile), source));
            try {
                read(importer);
            } catch (IOException e) {
                unreadable = e;
            }
            connection.publisher().flush();
        } catch (PseudonymKeys.KeyFileException e) {
            err().println(e.getMessage());
            return ExitCodes.FAILED;
        }
        int outcome = summary(importer, Duration.ofNanos(System.nanoTime() - start));
        if (unreadable == null) {
            return outcome;
        }
        Sending.Place at = importer.at();
        String message = unreadable.getMessage();
        err().println("Cannot go on "
                + (at == null ? "" : "after line " + at.line() + " of " + at.name() + ": ")
                + (message == null ? unreadable.getClass().getSimpleName() : message)
                + ". What was sent is sent: import again when it is mended.");
        return ExitCodes.FAILED;
    }

    private boolean usable() {
        boolean usable = true;
        for (String file : files) {
            Path rejectsOfFile = rejectsOf(file);
            if (!file.equals(STANDARD_INPUT) && Files.isDirectory(Path.of(file))) {
                err().println(file + " is a folder");
                usable = false;
            } else if (!file.equals(STANDARD_INPUT) && !Files.isReadable(Path.of(file))) {
                err().println("Cannot read " + file);
                usable = false;
            } else if (!file.equals(STANDARD_INPUT) && isSame(Path.of(file), rejectsOfFile)) {
                err().println("The rejects file would overwrite " + file);
                usable = false;
            }
        }
        if (rejects != null && Files.exists(rejects) && !RejectsFile.isOne(rejects)) {
            err().println(rejects + " is there and is no rejects file: name another one");
            usable = false;
        }
        if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            err().println("Standard input can be given once");
            usable = false;
        }
        return usable;
    }

    private static boolean isSame(Path file, Path other) {
        return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private Path rejectsOf(String file) {
        if (rejects != null) {
            return rejects;
        }
        return Path.of((file.equals(STANDARD_INPUT) ? "stdin" : file) + ".rejects.jsonl");
    }

    private void read(Importer importer) throws IOException, PseudonymKeys.KeyFileException {
        RejectsFile shared = rejects == null ? null : new RejectsFile(rejects);
        try {
            for (String file : files) {
                if (importer.sending().firstFailed() != null) {
                    break;
                }
                RejectsFile own = shared == null ? new RejectsFile(rejectsOf(file)) : shared;
                try (InputStream in = open(file)) {
                    importer.read(file, in, own);
                } finally {
                    if (own.isWritten()) {
                        written.add(own.path());
                    }
                    if (shared == null) {
                        own.close();
                    }
                }
            }
        } finally {
            if (shared != null) {
                shared.close();
            }
        }
    }

    private static InputStream open(String file) throws IOException {
        boolean standardInput = file.equals(STANDARD_INPUT);
        InputStream in = standardInput ? new Unclosed(System.in) : Files.newInputStream(Path.of(file));
        if (!Terminal.isStandardError()) {
            return in;
        }
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName(
                        standardInput ? "stdin" : String.valueOf(Path.of(file).getFileName()))
                .setInitialMax(standardInput ? -1 : Files.size(Path.of(file)))
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        return ProgressBar.wrap(in, bar);
    }

    private int summary(Importer importer, Duration taken) {
        long sent = Importer.total(importer.sending().sentByType());
        long rejected = Importer.total(importer.rejectedByReason());
        importer.sending()
                .sentByType()
                .forEach((type, count) -> out().printf(Locale.ROOT, "%-18s %,12d%n", type, count));
        importer.rejectedByReason()
                .forEach((reason, count) ->
                        out().printf(Locale.ROOT, "rejected           %,12d  %s%n", count, reason.english("…")));
        double seconds = (taken.isZero() ? MOMENT : taken).toNanos() / 1e9;
        out().printf(
                        Locale.ROOT,
                        "%,d lines: %,d sent, %,d rejected, in %.1f s (%,.0f lines/s)%n",
                        importer.lines(),
                        sent,
                        rejected,
                        seconds,
                        importer.lines() / seconds);
        Sending.Place failed = importer.sending().firstFailed();
        if (failed != null) {
            Throwable failure = importer.sending().failure();
            err().println("Not everything could be sent: " + (failure == null ? "" : failure.getMessage()));
            if (failed.line() > 1) {
                err().println("Everything before line " + failed.line() + " of " + failed.name() + " has arrived.");
            }
            err().println("Import again: what has arrived already changes nothing.");
            return ExitCodes.FAILED;
        }
        if (rejected > 0) {
            written.forEach(path -> out().println("Rejected lines are in " + path
                    + " (mode 0600: it may hold personal data; delete it when it is mended)"));
            return ExitCodes.REJECTS;
        }
        return ExitCodes.DONE;
    }

    /** Standard input stays open for whoever else reads it. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
