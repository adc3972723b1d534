package id.cakupan.producers;

import id.cakupan.producers.tables.Tables;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
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
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files to import, plain or gzip; - is standard input")
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
                throw new UsageException("Missing required parameter: 'FILE'");
            }
            InputFiles.requireReadable(files, table.profile != null);
            return table.profile == null ? importLines(settings) : importTables(settings);
        } catch (UsageException e) {
            err().println(e.getMessage());
            return ExitCodes.USAGE;
        } catch (PseudonymKeys.KeyFileException e) {
            err().println(e.getMessage());
            return ExitCodes.FAILED;
        }
    }

    private int importTables(Settings settings) throws IOException, UsageException, PseudonymKeys.KeyFileException {
        TableRun run = TableRun.of(table, source, settings.get(CommonSettings.ZONE), out(), err());
        if (rejects != null) {
            if (files.size() > 1) {
                throw new UsageException("--rejects goes with one table; each has a rejects file of its own");
            }
            InputFiles.requireSeparate(files, List.of(rejects));
            InputFiles.requireFree(rejects, InputFiles.isPlainFile(rejects) && Tables.isRejects(rejects));
        }
        Path folder = table.snapshotFolder != null
                ? table.snapshotFolder
                : UserFolders.data(environment()).resolve("snapshots");
        Path register = table.register != null
                ? table.register
                : UserFolders.data(environment()).resolve("register.mv");
        try (StandardInput spooled = files.contains(StandardInput.ARGUMENT) ? StandardInput.spool(System.in) : null) {
            List<TableFile> tables = tables(spooled);
            InputFiles.requireSeparate(
                    files, tables.stream().map(TableFile::rejects).toList());
            try (Connection connection = connection(settings)) {
                return run.run(tables, keyFile(settings), connection.publisher(), folder, register);
            }
        }
    }

    /** A dry run sends nothing: it needs no broker. */
    private Connection connection(Settings settings) {
        if (!table.dryRun) {
            return Connection.open(settings, clock, new SimpleMeterRegistry());
        }
        Configurator.setLevel("org.apache.kafka.clients.NetworkClient", Level.ERROR);
        return Connection.withoutBroker(settings, clock, new SimpleMeterRegistry());
    }

    private List<TableFile> tables(@Nullable StandardInput spooled) throws IOException {
        List<TableFile> tables = new ArrayList<>();
        for (String file : files) {
            boolean standardInput = file.equals(StandardInput.ARGUMENT);
            Path content = standardInput && spooled != null ? spooled.file() : Path.of(file);
            String name = standardInput ? StandardInput.NAME : file;
            tables.add(new TableFile(content, name, rejects != null ? rejects : TableRun.rejectsOf(content, name)));
        }
        return tables;
    }

    private int importLines(Settings settings) throws IOException, UsageException, PseudonymKeys.KeyFileException {
        if (rejects == null) {
            InputFiles.requireSeparate(
                    files, files.stream().distinct().map(LinesRun::rejectsOf).toList());
        } else {
            InputFiles.requireSeparate(files, List.of(rejects));
            InputFiles.requireFree(rejects, InputFiles.isPlainFile(rejects) && RejectsFile.isOne(rejects));
        }
        InputFiles.requireLines(files);
        LinesRun run = new LinesRun(files, rejects, out(), err());
        try (Connection connection = Connection.open(settings, clock, new SimpleMeterRegistry())) {
            return run.run(connection.publisher(), new EventJson(keyFile(settings), source));
        }
    }

    private static KeyFile keyFile(Settings settings) {
        return new KeyFile(UserFolders.expand(settings.get(ProducerSettings.KEY_FILE)));
    }
}
