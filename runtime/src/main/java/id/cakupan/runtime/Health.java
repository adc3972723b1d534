package id.cakupan.runtime;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a process says of itself. Each supplier is called for every request, from another thread, and must be quick.
 *
 * @param live reasons why the process can no longer work and should be started anew; empty = it is alive
 * @param ready reasons why the process should not be relied on yet; empty = it is ready
 * @param warnings what somebody should look at although the process does its work; shown with {@code ready}
 */
public record Health(Supplier<List<String>> live, Supplier<List<String>> ready, Supplier<List<String>> warnings) {
    /** Of a process that has no warnings. */
    public Health(Supplier<List<String>> live, Supplier<List<String>> ready) {
        this(live, ready, List::of);
    }
}
