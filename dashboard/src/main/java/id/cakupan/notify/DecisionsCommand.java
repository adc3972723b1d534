package id.cakupan.notify;

import cakupan.records.AlertDecision;
import cakupan.records.DecisionKind;
import cakupan.records.DecisionReason;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.commands.CommandGroup;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cakupan decisions}: what people decided about alerts. */
@Command(
        name = "decisions",
        description = "Acknowledge or silence alerts for a time, and show what was decided.",
        subcommands = {
            DecisionsCommand.Listed.class,
            DecisionsCommand.Acknowledge.class,
            DecisionsCommand.Silence.class,
            DecisionsCommand.End.class
        })
public final class DecisionsCommand extends CommandGroup {
    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_NAME = 100;
    private static final String DISTRICT = "\\d\\d\\.\\d\\d\\.\\d\\d";
    private static final int LONGEST_DAYS = 366;
    private static final int SEND_SECONDS = 30;
    private static final List<DecisionReason> REASONS = Arrays.stream(DecisionReason.values())
            .filter(reason -> reason != DecisionReason.UNKNOWN)
            .toList();

    /** What the subcommands share: the topics, and one record sent. */
    abstract static class OnDecisions extends SettingsCommand {
        @Override
        protected final List<Setting<?>> settings() {
            List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
            settings.add(CommonSettings.ZONE);
            return settings;
        }

        @Override
        protected final int run(Settings settings) throws Exception {
            try (SchemaRegistryClient registry = KafkaClients.registry(settings)) {
                AvroSerdes serdes = new AvroSerdes(registry);
                World world = new World(serdes, settings.get(CommonSettings.TOPIC_PREFIX));
                WorldReader.fill(world, settings, List.of(Topics.UNCOVERED_HIRES, Topics.ALERT_DECISIONS));
                return run(settings, serdes, world, Clock.systemUTC().instant());
            }
        }

        abstract int run(Settings settings, AvroSerdes serdes, World world, Instant now) throws InterruptedException;

        final void send(Settings settings, AvroSerdes serdes, AlertDecision decision) throws InterruptedException {
            Map<String, Object> config = KafkaClients.producer(settings);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(SEND_SECONDS));
            try (KafkaProducer<String, AlertDecision> producer =
                    new KafkaProducer<>(config, new StringSerializer(), serdes.serializer(Topics.ALERT_DECISIONS))) {
                producer.send(new ProducerRecord<>(
                                Topics.ALERT_DECISIONS.name(settings.get(CommonSettings.TOPIC_PREFIX)),
                                decision.getDecisionId(),
                                decision))
                        .get(SEND_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new FailedException("The decision could not be recorded", e);
            }
        }

        static long touched(World world, AlertDecision decision) {
            synchronized (world) {
                return world.alerts(null).stream()
                        .filter(alert -> alert.isOpen() && World.selects(decision, alert))
                        .count();
            }
        }
    }

    /** {@code cakupan decisions list}. */
    @Command(name = "list", description = "Show the decisions that stand; with --all also those that have ended.")
    public static final class Listed extends OnDecisions {
        @Option(names = "--all", description = "Also those that have expired or were ended")
        private boolean all;

        @Override
        int run(Settings settings, AvroSerdes serdes, World world, Instant now) {
            ZoneId zone = settings.get(CommonSettings.ZONE);
            world.decisions().stream()
                    .filter(decision -> all || World.holds(decision, now))
                    .sorted(Comparator.comparing(AlertDecision::getDecidedAt)
                            .thenComparing(AlertDecision::getDecisionId))
                    .map(decision -> line(decision, touched(world, decision), zone, now))
                    .forEach(out()::println);
            return ExitCodes.DONE;
        }

        private static String line(AlertDecision decision, long touched, ZoneId zone, Instant now) {
            String scope = Stream.of(
                            part("alert", masked(decision.getAlertKey())),
                            part("project", decision.getProjectId()),
                            part("contractor", decision.getContractorId()),
                            part("district", decision.getDistrictCode()))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" "));
            return decision.getDecisionId() + "  " + decision.getKind() + "  " + scope + "  "
                    + symbol(decision.getReason()) + "  by " + decision.getDecidedBy() + " on "
                    + LocalDate.ofInstant(decision.getDecidedAt(), zone) + ", until "
                    + LocalDate.ofInstant(decision.getExpiresAt().minusMillis(1), zone)
                    + (World.holds(decision, now) ? "  open alerts: " + touched : "  ended")
                    + (decision.getNote() == null ? "" : "  (" + MailText.clean(decision.getNote()) + ")");
        }

        private static String part(String name, @Nullable String value) {
            return value == null ? "" : name + " " + value;
        }

        private static @Nullable String masked(@Nullable String key) {
            return key == null ? null : "of hire " + key.substring(key.indexOf('/') + 1);
        }
    }

    /** What {@code acknowledge} and {@code silence} share. */
    abstract static class Decide extends OnDecisions {
        @Option(
                names = "--alert",
                paramLabel = "WORKER/HIRE",
                description = "One alert: its workerId, a slash, its hireId")
        private @Nullable String alert;

        @Option(names = "--project", paramLabel = "ID", description = "Alerts of this project")
        private @Nullable String project;

        @Option(names = "--contractor", paramLabel = "ID", description = "Alerts of this contractor")
        private @Nullable String contractor;

        @Option(
                names = "--district",
                paramLabel = "CODE",
                description = "Alerts of this one district, such as 35.73.01")
        private @Nullable String district;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "REASON",
                description =
                        "registration-under-way, payment-under-way, data-being-corrected, worker-leaving, disputed or"
                                + " other")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String reason;

        @Option(
                names = "--until",
                required = true,
                paramLabel = "DAY",
                description = "Last day on which it holds, yyyy-mm-dd, at most a year ahead")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String until;

        @Option(names = "--note", paramLabel = "TEXT", description = "At most 200 characters, no personal data")
        private @Nullable String note;

        @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user of the machine)")
        private @Nullable String by;

        abstract DecisionKind kind();

        @Override
        final int run(Settings settings, AvroSerdes serdes, World world, Instant now) throws InterruptedException {
            List<String> faults = new ArrayList<>();
            Instant end = end(settings.get(CommonSettings.ZONE), now, faults);
            DecisionReason why = REASONS.stream()
                    .filter(symbol -> symbol(symbol).equals(reason))
                    .findFirst()
                    .orElse(DecisionReason.UNKNOWN);
            if (why == DecisionReason.UNKNOWN) {
                faults.add("--reason is none of "
                        + REASONS.stream().map(DecisionsCommand::symbol).collect(Collectors.joining(", ")));
            }
            if (alert == null && project == null && contractor == null && district == null) {
                faults.add("Say of which alerts: --alert, --project, --contractor or --district");
            }
            if (alert != null && world.alert(alert).isEmpty()) {
                faults.add("There is no such alert (--alert)");
            }
            if (district != null && !district.matches(DISTRICT)) {
                faults.add("--district is the code of one district, such as 35.73.01");
            }
            checkNote(faults);
            if (!Objects.requireNonNullElse(by, "").matches("\\P{Cc}{0," + LONGEST_NAME + "}")) {
                faults.add("--by is one line of at most " + LONGEST_NAME + " characters");
            }
            if (!faults.isEmpty()) {
                faults.forEach(err()::println);
                return ExitCodes.USAGE;
            }
            AlertDecision decision = AlertDecision.newBuilder()
                    .setDecisionId(UUID.randomUUID().toString())
                    .setKind(kind())
                    .setAlertKey(alert)
                    .setProjectId(project)
                    .setContractorId(contractor)
                    .setDistrictCode(district)
                    .setReason(why)
                    .setNote(note)
                    .setDecidedBy(by == null ? System.getProperty("user.name") : by)
                    .setDecidedAt(now.truncatedTo(ChronoUnit.MICROS))
                    .setExpiresAt(end)
                    .build();
            send(settings, serdes, decision);
            out().println(decision.getDecisionId());
            err().println(kind() + ", open alerts that it is about: " + touched(world, decision));
            return ExitCodes.DONE;
        }

        private Instant end(ZoneId zone, Instant now, List<String> faults) {
            try {
                Instant end =
                        LocalDate.parse(until).plusDays(1).atStartOfDay(zone).toInstant();
                if (end.isAfter(now) && end.isBefore(now.plus(LONGEST_DAYS + 1, ChronoUnit.DAYS))) {
                    return end;
                }
            } catch (DateTimeException e) {
                // told below
            }
            faults.add("--until is not a day from today to a year ahead, yyyy-mm-dd");
            return now;
        }

        private void checkNote(List<String> faults) {
            String text = Objects.requireNonNullElse(note, "");
            if (text.length() > LONGEST_NOTE || !text.equals(text.replaceAll("\\p{Cc}", ""))) {
                faults.add("--note is one line of at most " + LONGEST_NOTE + " characters");
            }
            if (text.replaceAll("[^0-9A-Za-z]", "").matches(".*\\d{16}.*")) {
                faults.add("--note must hold no NIK");
            }
        }
    }

    /** {@code cakupan decisions acknowledge}. */
    @Command(
            name = "acknowledge",
            description =
                    "Say that somebody acts on alerts: no more reminders until then; daily mails still list them.")
    public static final class Acknowledge extends Decide {
        @Override
        DecisionKind kind() {
            return DecisionKind.ACKNOWLEDGED;
        }
    }

    /** {@code cakupan decisions silence}. */
    @Command(name = "silence", description = "Deliver nothing about alerts until then.")
    public static final class Silence extends Decide {
        @Override
        DecisionKind kind() {
            return DecisionKind.SILENCED;
        }
    }

    /** {@code cakupan decisions end}. */
    @Command(name = "end", description = "End a decision before its time.")
    public static final class End extends OnDecisions {
        @Parameters(paramLabel = "ID", description = "Id of the decision, as 'decisions list' shows it")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String id;

        @Override
        int run(Settings settings, AvroSerdes serdes, World world, Instant now) throws InterruptedException {
            AlertDecision decision = world.decisions().stream()
                    .filter(one -> one.getDecisionId().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new FailedException("There is no such decision"));
            if (!World.holds(decision, now)) {
                throw new FailedException("The decision has ended already");
            }
            send(
                    settings,
                    serdes,
                    AlertDecision.newBuilder(decision)
                            .setEndedAt(now.truncatedTo(ChronoUnit.MICROS))
                            .build());
            return ExitCodes.DONE;
        }
    }

    private static String symbol(DecisionReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
