package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.distribution.Cakupan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs commands of the distribution in this process, as its start script would in one of their own. */
final class Commands {
    /**
     * What a command did.
     *
     * @param exitCode 0 done, 1 failed, 2 wrong usage, 3 done with rejects
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    record Result(int exitCode, String out, String err) {
        /** The lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Commands() {}

    /** Runs a command and returns what it did. */
    static Result run(List<String> arguments) {
        return run(Cakupan.commandLine(), arguments);
    }

    /** Runs a command that has to succeed. */
    static Result succeed(List<String> arguments) {
        return succeed(Cakupan.commandLine(), arguments);
    }

    /** Runs a command that was made by the test, such as one with another clock, and that has to succeed. */
    static Result succeed(CommandLine command, List<String> arguments) {
        Result result = run(command, arguments);
        assertThat(result.exitCode()).as("%s: %s", arguments, result).isZero();
        return result;
    }

    private static Result run(CommandLine command, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
