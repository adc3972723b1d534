package id.cakupan.producers.relay;

import id.cakupan.producers.ProducerSettings;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.Setting;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Settings of the relay. */
public final class RelaySettings {
    /** Not required, since printing the DDL needs none; secret, since an address may hold a password. */
    public static final Setting<String> DATABASE_URL = Setting.optional(
                    "database-url",
                    String.class,
                    "PostgreSQL database with the outbox, for instance"
                            + " jdbc:postgresql://host:5432/name?sslmode=verify-full; never shown")
            .asSecret();

    public static final Setting<String> DATABASE_USER =
            Setting.of("database-user", String.class, "cakupan_relay", "Role that the relay logs in as");
    public static final Setting<String> DATABASE_PASSWORD = Setting.optional(
                    "database-password",
                    String.class,
                    "Password of the role, from the environment or the file, not as a flag; never shown")
            .asSecret();
    public static final Setting<String> RELAY_NAME = Setting.of(
                    "relay-name",
                    String.class,
                    "cakupan",
                    "Name of the relay, 1 to 60 characters; of several with one name, one works and the others stand by")
            .where(name -> !name.isBlank() && name.length() <= 60);
    public static final Setting<Duration> OUTBOX_POLL = Setting.of(
                    "outbox-poll",
                    Duration.class,
                    "200ms",
                    "How often the outbox is looked at when it is empty, 10ms to 1m")
            .where(between(Duration.ofMillis(10), Duration.ofMinutes(1)));
    public static final Setting<Integer> OUTBOX_BATCH = Setting.of(
                    "outbox-batch",
                    Integer.class,
                    "1000",
                    "Most rows that are sent before the position is kept, 1 to 10000")
            .where(n -> n >= 1 && n <= 10_000);
    public static final Setting<Duration> OUTBOX_KEEP = Setting.of(
                    "outbox-keep",
                    Duration.class,
                    "7d",
                    "How long rows stay in the outbox after they were written, if they are sent, 0s to 3650d")
            .where(between(Duration.ZERO, Duration.ofDays(3650)));
    public static final Setting<String> OUTBOX_SOURCE = Setting.optional(
            "outbox-source",
            String.class,
            "Value of 'source' for rows that have none; when not set, such rows are rejected");

    /** What the command takes. */
    static final List<Setting<?>> ALL = Stream.<List<Setting<?>>>of(
                    CommonSettings.CLUSTER,
                    List.of(
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            RELAY_NAME,
                            OUTBOX_POLL,
                            OUTBOX_BATCH,
                            OUTBOX_KEEP,
                            OUTBOX_SOURCE,
                            ProducerSettings.KEY_FILE,
                            CommonSettings.HTTP_HOST,
                            CommonSettings.HTTP_PORT))
            .flatMap(List::stream)
            .toList();

    private RelaySettings() {}

    private static Predicate<Duration> between(Duration least, Duration most) {
        return value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
