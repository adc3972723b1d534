package id.cakupan.producers.gateway;

import id.cakupan.runtime.Settings;
import java.time.Duration;

/**
 * What one request, one connection and all of them together may take.
 *
 * @param connections most connections at once
 * @param connectionsPerAddress most of them from one remote address
 * @param deadline time from the first byte of a request to its last
 * @param heldBytes most bytes that bodies on their way take together
 */
record Limits(int connections, int connectionsPerAddress, Duration deadline, long heldBytes) {
    /** Request line and headers, bytes. */
    static final int HEADER_BYTES = 8 * 1024;

    /** Path with whatever follows it, characters. */
    static final int URL_CHARACTERS = 2 * 1024;

    /** Body that holds one event, bytes. */
    static final int EVENT_BYTES = 1024 * 1024;

    /** Body as it is sent, bytes. */
    static final int BATCH_BYTES = 10 * 1024 * 1024;

    /** Events in a batch. */
    static final int EVENTS = 1_000;

    /** Body after inflating, bytes. */
    static final int INFLATED_BYTES = 50 * 1024 * 1024;

    /** Inflated bytes for each byte that was sent, once there are more than {@link #EVENT_BYTES} of them. */
    static final int INFLATED_RATIO = 20;

    /** Connection without a request, or without a byte within one. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** Finishing what was taken, at the end of the process. */
    static final Duration STOP = Duration.ofSeconds(10);

    /** Of the heap, the part that bodies on their way may take: 1 ÷ this. */
    private static final int HEAP_PART = 4;

    /** The same with other room for bodies. */
    Limits withHeldBytes(long bytes) {
        return new Limits(connections, connectionsPerAddress, deadline, bytes);
    }

    static Limits of(Settings settings) {
        return new Limits(
                settings.get(GatewaySettings.MOST_CONNECTIONS),
                settings.get(GatewaySettings.MOST_CONNECTIONS_PER_ADDRESS),
                settings.get(GatewaySettings.REQUEST_DEADLINE),
                Runtime.getRuntime().maxMemory() / HEAP_PART);
    }
}
