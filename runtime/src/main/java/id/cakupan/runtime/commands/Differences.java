package id.cakupan.runtime.commands;

import id.cakupan.runtime.ExitCodes;
import java.io.PrintWriter;
import java.util.List;

/** Tells what a check found. */
final class Differences {
    private Differences() {}

    /** Prints the lines and returns the exit code: 1 when there are any. */
    static int tell(List<String> differences, PrintWriter err) {
        differences.forEach(err::println);
        return differences.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
