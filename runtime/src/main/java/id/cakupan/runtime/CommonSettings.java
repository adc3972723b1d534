package id.cakupan.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** Settings that several commands share. */
public final class CommonSettings {
    public static final Setting<String> BOOTSTRAP =
            Setting.of("bootstrap", String.class, "127.0.0.1:9092", "Kafka brokers to start from, host:port,…");
    public static final Setting<URI> REGISTRY = Setting.of(
            "registry",
            URI.class,
            "http://127.0.0.1:8081/apis/ccompat/v7",
            "Schema registry: address of Confluent's REST API");
    public static final Setting<String> TOPIC_PREFIX =
            Setting.of("topic-prefix", String.class, "cakupan.", "Prefix of all topics and subjects");
    public static final Setting<Path> CLIENT_CONFIG = Setting.optional(
            "client-config",
            Path.class,
            "Properties file for all Kafka and registry clients, for instance for TLS and passwords");
    public static final Setting<Integer> PARTITIONS = Setting.of(
                    "partitions", Integer.class, "4", "Partitions of each topic that is created, 1 or more; all alike")
            .where(n -> n >= 1);
    public static final Setting<Integer> REPLICATION = Setting.of(
                    "replication",
                    Integer.class,
                    "1",
                    "Copies of each topic that is created, 1 to the number of brokers")
            .where(n -> n >= 1 && n <= Short.MAX_VALUE);
    public static final Setting<ZoneId> ZONE =
            Setting.of("zone", ZoneId.class, "Asia/Jakarta", "Time zone in which a day begins and ends");
    public static final Setting<String> APPLICATION_ID = Setting.of(
            "application-id",
            String.class,
            "cakupan-streams",
            "Name of the streams app in the cluster; instances with one name share the work");
    public static final Setting<String> HTTP_HOST =
            Setting.of("http-host", String.class, "127.0.0.1", "Address on which health and metrics are served");
    public static final Setting<Integer> HTTP_PORT = Setting.of(
                    "http-port", Integer.class, "0", "Port of health and metrics, 0 to 65535; 0 = any free one")
            .where(n -> n >= 0 && n <= 65535);
    public static final Setting<Logs.Level> LOG_LEVEL =
            Setting.of("log-level", Logs.Level.class, "info", "Least important log lines to show: error … trace");
    public static final Setting<Logs.Format> LOG_FORMAT = Setting.of(
            "log-format", Logs.Format.class, "text", "Log lines on standard error: text for people, json for machines");

    /** What every command takes, beside its own. */
    public static final List<Setting<?>> EVERYWHERE = List.of(LOG_LEVEL, LOG_FORMAT);

    /** What every command takes that talks to the cluster. */
    public static final List<Setting<?>> CLUSTER = List.of(BOOTSTRAP, REGISTRY, TOPIC_PREFIX, CLIENT_CONFIG);

    private CommonSettings() {}
}
