package id.cakupan.runtime;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that takes settings. Each of {@link #settings()} becomes an option; {@code --config}, {@code --print-settings}
 * and {@code --help} come with it. A {@link FailedException} becomes one line on standard error and exit code 1, wrong
 * settings one line each and exit code 2.
 */
@Command(sortOptions = false, abbreviateSynopsis = true)
public abstract class SettingsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsCommand.class);

    @SuppressWarnings("NullAway.Init") // attach sets it before anything else happens
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 1000,
            description = "YAML file with settings, one 'key: value' a line; also CAKUPAN_CONFIG")
    private @Nullable Path config;

    @Option(
            names = "--print-settings",
            order = 1001,
            description = "Print every setting with its value and where it comes from, and stop")
    private boolean printSettings;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 1002,
            description = "Print this help, and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** Called by picocli, once, when it builds the command. */
    @Spec
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void attach(CommandSpec commandSpec) {
        spec = commandSpec;
        allSettings().forEach(setting -> commandSpec.addOption(option(setting)));
    }

    /** The settings that this command takes, beside {@link CommonSettings#EVERYWHERE}. Called before any field is set. */
    protected abstract List<Setting<?>> settings();

    /**
     * Does the work.
     *
     * @return one of {@link ExitCodes}
     * @throws FailedException for a reason that the user can act on
     * @throws Exception for anything else
     */
    protected abstract int run(Settings settings) throws Exception;

    /** Least important log lines of Kafka and other libraries: warnings, unless a command overrides this. */
    protected Logs.Level libraryLogLevel() {
        return Logs.Level.WARN;
    }

    /** Environment to read settings from; the process's own. */
    protected Map<String, String> environment() {
        return System.getenv();
    }

    /** Where the command prints its data. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where the command talks to people. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    @Override
    public final Integer call() {
        Settings settings;
        try {
            settings = Settings.read(allSettings(), known(spec.root()), sources());
        } catch (SettingsException e) {
            e.faults().forEach(fault -> err().println(fault));
            err().println("Try '" + spec.qualifiedName() + " --help' for the settings.");
            err().flush();
            return ExitCodes.USAGE;
        }
        if (printSettings) {
            settings.print(out());
            return ExitCodes.DONE;
        }
        Logs.Level level = settings.get(CommonSettings.LOG_LEVEL);
        boolean debug = level.compareTo(Logs.Level.DEBUG) >= 0;
        // Never TRACE, at which Kafka quotes records with whatever somebody wrote into them.
        Logs.configure(level, debug ? Logs.Level.DEBUG : libraryLogLevel(), settings.get(CommonSettings.LOG_FORMAT));
        try {
            return run(settings);
        } catch (FailedException e) {
            return failed(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("Interrupted", e);
        } catch (Exception e) {
            String message = e.getMessage();
            return failed(e.getClass().getSimpleName() + (message == null ? "" : ": " + message), e);
        } finally {
            out().flush();
            err().flush();
        }
    }

    /**
     * Does work that a signal to the process ends in order.
     *
     * @param close what the signal calls; the work is to end because of it
     * @param work what the command does
     * @return what the work returns
     */
    protected static int endedBySignal(Runnable close, Callable<Integer> work) throws Exception {
        Thread hook = new Thread(close, "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is going down: the hook is what closes it.
            }
        }
    }

    private int failed(@Nullable String message, Exception cause) {
        err().println(message);
        LOG.debug("{} failed", spec.qualifiedName(), cause);
        return ExitCodes.FAILED;
    }

    private Settings.Sources sources() {
        Map<String, String> environment = environment();
        String named = environment.get(Settings.CONFIG_VARIABLE);
        Path file = config != null || named == null || named.isEmpty() ? config : Path.of(named);
        return new Settings.Sources(flags(), environment, file);
    }

    private List<Setting<?>> allSettings() {
        List<Setting<?>> all = new ArrayList<>(settings());
        all.addAll(CommonSettings.EVERYWHERE);
        return all;
    }

    /**
     * Every setting that some command takes, each key once.
     *
     * @param root the outermost command
     */
    public static List<Setting<?>> known(CommandSpec root) {
        Map<String, Setting<?>> byKey = new LinkedHashMap<>();
        collect(root, byKey);
        return List.copyOf(byKey.values());
    }

    private static void collect(CommandSpec spec, Map<String, Setting<?>> byKey) {
        if (spec.userObject() instanceof SettingsCommand command) {
            command.allSettings().forEach(setting -> byKey.putIfAbsent(setting.key(), setting));
        }
        for (CommandLine sub : spec.subcommands().values()) {
            collect(sub.getCommandSpec(), byKey);
        }
    }

    /** An option that takes text and may stand several times, so that all faults are found in one place. */
    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.flag()).description(help(setting));
        if (setting.type() == Boolean.class) {
            return option.type(Boolean.class).arity("0").negatable(true).build();
        }
        return option.type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label(setting))
                .build();
    }

    private Map<String, List<String>> flags() {
        Map<String, List<String>> flags = new HashMap<>();
        for (Setting<?> setting : allSettings()) {
            Object value = spec.findOption(setting.flag()).getValue();
            if (value instanceof List<?> texts && !texts.isEmpty()) {
                flags.put(setting.key(), texts.stream().map(String::valueOf).toList());
            } else if (value instanceof Boolean) {
                flags.put(setting.key(), List.of(value.toString()));
            }
        }
        return flags;
    }

    private static String label(Setting<?> setting) {
        return setting.type().isEnum() ? setting.key().toUpperCase(Locale.ROOT) : label(setting.type());
    }

    private static String label(Class<?> type) {
        return type.getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static String help(Setting<?> setting) {
        String preset = setting.defaultValue() != null
                ? " (default: " + setting.defaultValue() + ")"
                : setting.required() ? " (required)" : "";
        return (setting.describe() + preset).replace("%", "%%");
    }
}
