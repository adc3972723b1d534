package id.cakupan.distribution;

import cakupan.records.AlertState;
import cakupan.records.Level;
import id.cakupan.dashboard.DashboardCommand;
import id.cakupan.dashboard.access.UsersCommand;
import id.cakupan.localstack.StackCommand;
import id.cakupan.notify.DecisionsCommand;
import id.cakupan.notify.NotifyCommand;
import id.cakupan.producers.ImportCommand;
import id.cakupan.producers.KeysCommand;
import id.cakupan.producers.PseudonymCommand;
import id.cakupan.producers.SimulateCommand;
import id.cakupan.producers.gateway.GatewayCommand;
import id.cakupan.producers.gateway.SourcesCommand;
import id.cakupan.producers.relay.RelayCommand;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.commands.CommandGroup;
import id.cakupan.runtime.commands.SchemasCommand;
import id.cakupan.runtime.commands.SettingsPageCommand;
import id.cakupan.runtime.commands.SetupCommand;
import id.cakupan.runtime.commands.TopicsCommand;
import id.cakupan.streams.StreamsCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code cakupan}: the outermost command, and the main class. */
@Command(
        name = "cakupan",
        description = "Keeps the enrolment figures of construction workers up to date, from events.",
        versionProvider = Cakupan.Version.class,
        subcommands = {
            StackCommand.class,
            SetupCommand.class,
            TopicsCommand.class,
            SchemasCommand.class,
            StreamsCommand.class,
            KeysCommand.class,
            PseudonymCommand.class,
            ImportCommand.class,
            RelayCommand.class,
            GatewayCommand.class,
            SourcesCommand.class,
            SimulateCommand.class,
            DashboardCommand.class,
            DemoCommand.class,
            FiguresCommand.class,
            AlertsCommand.class,
            NotifyCommand.class,
            DecisionsCommand.class,
            UsersCommand.class,
            SettingsPageCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rejects."})
public final class Cakupan extends CommandGroup {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version, and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean version;

    /** Made by {@link #commandLine}. */
    public Cakupan() {}

    /**
     * Runs one command and ends the process with its exit code, whatever threads are left.
     *
     * @param arguments a command and its options
     */
    public static void main(String[] arguments) {
        int exitCode = ExitCodes.FAILED;
        try {
            exitCode = commandLine()
                    .setOut(utf8(FileDescriptor.out))
                    .setErr(utf8(FileDescriptor.err))
                    .execute(arguments);
        } finally {
            System.exit(exitCode);
        }
    }

    /**
     * All commands. A failure that no command expected is one line on standard error and exit code 1, wrong usage one line
     * and exit code 2.
     */
    public static CommandLine commandLine() {
        return new CommandLine(new Cakupan())
                .registerConverter(Level.class, choice(FigureTables.LEVELS))
                .registerConverter(AlertState.class, choice(AlertTable.STATES))
                .registerConverter(FigureTables.Sort.class, choice(List.of(FigureTables.Sort.values())))
                .setParameterExceptionHandler((wrong, arguments) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr().println(wrong.getMessage());
                    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
                    command.getErr()
                            .println(
                                    "Try '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
                    return ExitCodes.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure);
                    return ExitCodes.FAILED;
                });
    }

    /** Symbols in small letters, with hyphens or underscores. */
    private static <E extends Enum<E>> ITypeConverter<E> choice(List<E> choices) {
        return text -> choices.stream()
                .filter(choice -> choice.name().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + choices.stream()
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cakupan.class.getPackage().getImplementationVersion();
            return new String[] {
                "cakupan " + (version == null ? "(not from a jar)" : version),
                "Java " + Runtime.version() + " on " + System.getProperty("os.name")
            };
        }
    }
}
