package id.cakupan.runtime.commands;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.SettingsCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code settings}: prints the reference page of all settings of all commands, as Markdown. */
@Command(name = "settings", description = "Prints the reference page of all settings, as Markdown.")
public final class SettingsPageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help, and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        page(SettingsCommand.known(spec.root())).forEach(out::println);
        out.flush();
        return ExitCodes.DONE;
    }

    /** The lines of the page. */
    static List<String> page(List<Setting<?>> settings) {
        List<String> lines = new ArrayList<>(List.of(
                "# Settings",
                "",
                "Default < file (`--config FILE`) < environment < flag. An unknown key is an error.",
                "",
                "| key (file, flag `--key`) | environment | is | default |",
                "|---|---|---|---|"));
        settings.stream()
                .sorted(Comparator.comparing(Setting::key))
                .map(SettingsPageCommand::row)
                .forEach(lines::add);
        return lines;
    }

    private static String row(Setting<?> setting) {
        String preset = setting.defaultValue() != null
                ? "`" + setting.defaultValue() + "`"
                : setting.required() ? "required" : "";
        return "| `" + setting.key() + "` | `" + setting.environment() + "` | "
                + setting.describe().replace("|", "\\|") + " | " + preset + " |";
    }
}
