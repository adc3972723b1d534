package id.cakupan.producers.gateway;

import id.cakupan.runtime.Setting;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of the gateway. */
public final class GatewaySettings {
    public static final Setting<String> HOST = Setting.of(
            "gateway-host",
            String.class,
            "127.0.0.1",
            "Address on which the gateway takes events; it speaks plain HTTP, so TLS ends before it");
    public static final Setting<Integer> PORT = Setting.of(
                    "gateway-port", Integer.class, "8080", "Port of the gateway, 0 to 65535; 0 = any free one")
            .where(n -> n >= 0 && n <= 65535);
    public static final Setting<Path> SOURCES_FILE = Setting.of(
            "sources-file",
            Path.class,
            "~/.config/cakupan/sources.json",
            "File of the systems that may post events, with the hashes of their keys; ~ is the home folder");
    public static final Setting<Integer> MOST_CONNECTIONS = Setting.of(
                    "most-connections", Integer.class, "200", "Most connections to the gateway at once, 1 to 10000")
            .where(n -> n >= 1 && n <= 10_000);
    public static final Setting<Integer> MOST_CONNECTIONS_PER_ADDRESS = Setting.of(
                    "most-connections-per-address",
                    Integer.class,
                    "50",
                    "Most of them from one address, 1 to 10000; behind a proxy all come from its address")
            .where(n -> n >= 1 && n <= 10_000);
    public static final Setting<Duration> REQUEST_DEADLINE = Setting.of(
                    "request-deadline",
                    Duration.class,
                    "10s",
                    "Time within which a request must have arrived, from its first byte on, 1s to 120s")
            .where(d -> d.toSeconds() >= 1 && d.toSeconds() <= 120);

    private GatewaySettings() {}
}
