package id.cakupan.notify;

import id.cakupan.notify.NotifySettings.Security;
import id.cakupan.notify.RoutesFile.RoutesException;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.Meters;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan notify}: delivers alerts, in the foreground. */
@Command(
        name = "notify",
        description = {
            "Deliver alerts on uncovered hires by e-mail, webhook and Alertmanager, as the routing file says, and tell when a"
                    + " source of events goes silent.",
            "Several may run side by side: one delivers, the others stand by."
        })
public final class NotifyCommand extends SettingsCommand {
    private static final String FLAG = "flag";
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1", "localhost");

    @Option(
            names = "--check",
            description =
                    "Check the settings and the routing file, print who would get what now, send nothing, and stop")
    private boolean check;

    private final Clock clock;

    /** On the system's clock. */
    public NotifyCommand() {
        this(Clock.systemUTC());
    }

    /** On another clock: it says when digests are due, attempts repeated and sources silent. */
    public NotifyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        return NotifySettings.ALL;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        Routing routing;
        try {
            routing = RoutesFile.read(settings.get(NotifySettings.ROUTES));
        } catch (RoutesException e) {
            e.faults().forEach(err()::println);
            return ExitCodes.USAGE;
        }
        List<String> faults = faults(settings, routing);
        if (!faults.isEmpty()) {
            faults.forEach(err()::println);
            return ExitCodes.USAGE;
        }
        if (check) {
            new Check(settings, routing, clock).lines().forEach(out()::println);
            return ExitCodes.DONE;
        }
        try (Meters meters = new Meters("notify");
                Notifier notifier = new Notifier(settings, routing, clock, meters.registry())) {
            return endedBySignal(notifier::close, () -> {
                try (HttpEndpoints http = HttpEndpoints.start(settings, notifier.health(), meters.registry())) {
                    notifier.start();
                    err().println("Health and metrics: http://" + settings.get(CommonSettings.HTTP_HOST) + ":"
                            + http.port());
                    err().flush();
                    notifier.awaitEnd();
                    return ExitCodes.DONE;
                }
            });
        }
    }

    /** What is wrong with the settings, seen together and with the routing file. */
    static List<String> faults(Settings settings, Routing routing) {
        List<String> faults = new ArrayList<>();
        if (settings.origin(NotifySettings.SMTP_PASSWORD).equals(FLAG)) {
            faults.add("The password of the mail server is not taken as a flag, where others see it: set "
                    + NotifySettings.SMTP_PASSWORD.environment() + " or write it into the file of --config");
        }
        if (settings.find(NotifySettings.SMTP_PASSWORD).isPresent()
                != settings.find(NotifySettings.SMTP_USER).isPresent()) {
            faults.add("Settings 'smtp-user' and 'smtp-password' belong together: one of them is missing");
        }
        boolean plain = settings.get(NotifySettings.SMTP_SECURITY) == Security.NONE;
        if (plain
                && settings.find(NotifySettings.SMTP_PASSWORD).isPresent()
                && !LOOPBACK.contains(settings.get(NotifySettings.SMTP_HOST))) {
            faults.add("With 'smtp-security: none' the password would cross the network in the clear");
        }
        String from = settings.find(NotifySettings.MAIL_FROM).orElse(null);
        if (from != null && !isAddress(from)) {
            faults.add("Setting 'mail-from' is not an e-mail address alone, such as cakupan@example.org");
        }
        if (from == null && routing.receivers().stream().anyMatch(Routing.Receiver::isMail)) {
            faults.add("Setting 'mail-from' (" + NotifySettings.MAIL_FROM.environment()
                    + ") is needed, for the routing file has receivers with e-mail");
        }
        return faults;
    }

    private static boolean isAddress(String text) {
        try {
            RoutesFile.address(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
