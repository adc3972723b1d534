package id.cakupan.producers.relay;

import id.cakupan.producers.ProducerSettings;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.KeyFile;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Meters;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import id.cakupan.schemas.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan relay}: events out of the outbox table of a project system's database, until it is stopped. */
@Command(
        name = "relay",
        description = {
            "Send the events that a project system writes into the table cakupan_outbox of its PostgreSQL database, in the"
                    + " foreground. Nothing is lost, and what is sent twice after a failure changes no figure.",
            "Of several relays with one name, one works and the others stand by.",
            "Rows that are no acceptable event are told of in the table cakupan_outbox_rejects."
        })
public final class RelayCommand extends SettingsCommand {
    private static final String DDL = "outbox.sql";
    private static final String FLAG = "flag";
    private static final int LONGEST_BLOCK_MILLIS = 5_000;
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(4);

    /**
     * A relay that says nothing to the database for longer than this and the pause of an empty outbox hangs. The longest
     * silence of one that works: ten seconds after a failure, and then one event that waits for the registry and for Kafka.
     */
    private static final Duration HANGS_AFTER = Duration.ofSeconds(30);

    @Option(names = "--ddl", description = "Print the tables and roles as SQL, and stop")
    private boolean ddl;

    private final Clock clock;

    /** On the system's clock. */
    public RelayCommand() {
        this(Clock.systemUTC());
    }

    /** On another clock: it gives the records' timestamps and says what is in the future. */
    public RelayCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        return RelaySettings.ALL;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        if (ddl) {
            out().print(ddl());
            return ExitCodes.DONE;
        }
        if (!isUsable(settings)) {
            return ExitCodes.USAGE;
        }
        try (Meters meters = new Meters("relay");
                SchemaRegistryClient registry = KafkaClients.registry(settings);
                Relay relay = relay(settings, clock, registry, meters.registry())) {
            return endedBySignal(relay::close, () -> {
                try (HttpEndpoints http = HttpEndpoints.start(settings, relay.health(), meters.registry())) {
                    err().println("Health and metrics: http://" + settings.get(CommonSettings.HTTP_HOST) + ":"
                            + http.port());
                    err().flush();
                    relay.run();
                    return ExitCodes.DONE;
                }
            });
        }
    }

    /** The tables and roles as SQL. */
    static String ddl() throws IOException {
        try (InputStream in = Objects.requireNonNull(RelayCommand.class.getResourceAsStream(DDL), DDL)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean isUsable(Settings settings) {
        boolean usable = true;
        String url = settings.find(RelaySettings.DATABASE_URL).orElse("");
        if (url.toLowerCase(Locale.ROOT).contains("password")) {
            // Also because the driver quotes an address that it does not understand.
            err().println("The address of the database ('database-url') must hold no password: set "
                    + RelaySettings.DATABASE_PASSWORD.environment() + " or write it into the file of --config");
            usable = false;
        } else if (!Outbox.isAddress(url)) {
            err().println("Setting 'database-url' (" + RelaySettings.DATABASE_URL.flag() + ", "
                    + RelaySettings.DATABASE_URL.environment()
                    + ") is needed, such as jdbc:postgresql://host:5432/name");
            usable = false;
        }
        if (settings.origin(RelaySettings.DATABASE_PASSWORD).equals(FLAG)) {
            err().println("A password on the command line can be seen by everybody on this machine: set "
                    + RelaySettings.DATABASE_PASSWORD.environment() + " or write it into the file of --config");
            usable = false;
        }
        return usable;
    }

    /** A relay as the settings say, which does not run yet. */
    static Relay relay(Settings settings, Clock clock, SchemaRegistryClient registry, MeterRegistry meters) {
        AvroSerdes serdes = new AvroSerdes(registry, REGISTRY_PATIENCE);
        Map<String, Object> producer = producer(settings);
        EventJson json = EventJson.ofOthers(
                new KeyFile(UserFolders.expand(settings.get(ProducerSettings.KEY_FILE))),
                settings.find(RelaySettings.OUTBOX_SOURCE).orElse(null));
        Delivery delivery = new Delivery(
                json,
                () -> EventPublisher.open(producer, serdes, settings.get(CommonSettings.TOPIC_PREFIX), clock, meters));
        Relay.Options options = new Relay.Options(
                settings.get(RelaySettings.OUTBOX_POLL),
                settings.get(RelaySettings.OUTBOX_BATCH),
                settings.get(RelaySettings.OUTBOX_KEEP));
        String password = settings.find(RelaySettings.DATABASE_PASSWORD).orElse(null);
        return new Relay(
                () -> Outbox.open(
                        settings.get(RelaySettings.DATABASE_URL),
                        settings.get(RelaySettings.DATABASE_USER),
                        password,
                        settings.get(RelaySettings.RELAY_NAME),
                        options.poll().plus(HANGS_AFTER)),
                delivery,
                options,
                new RelayMeters(meters));
    }

    /** A producer that never gives up on a record by itself: if it did, later ones would overtake it. */
    private static Map<String, Object> producer(Settings settings) {
        Map<String, Object> producer = new HashMap<>(KafkaClients.producer(settings));
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        producer.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        return producer;
    }
}
