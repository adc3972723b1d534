package id.cakupan.runtime.commands;

import id.cakupan.runtime.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that only has other commands under it. */
@Command(abbreviateSynopsis = true)
public abstract class CommandGroup implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help, and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** Without a command under it: help on standard error, exit code 2. */
    @Override
    public final Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCodes.USAGE;
    }
}
