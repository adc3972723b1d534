package id.cakupan.notify;

import id.cakupan.dashboard.access.AccessSettings;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings of the notifier. */
final class NotifySettings {
    /** How a connection to the mail server is protected. */
    enum Security {
        /** Begins plain and must turn to TLS before anything is said. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** Plain. */
        NONE
    }

    static final Setting<Path> ROUTES =
            Setting.required("routes", Path.class, "Routing file: who gets which alerts, YAML");
    static final Setting<String> NOTIFY_ID = Setting.of(
                    "notify-id",
                    String.class,
                    "cakupan-notify",
                    "Name of the notifier in the cluster; of those with one name one delivers and the others stand by")
            .where(id -> id.matches("[A-Za-z0-9._-]{1,100}"));
    static final Setting<String> SMTP_HOST = Setting.of("smtp-host", String.class, "127.0.0.1", "Mail server");
    static final Setting<Integer> SMTP_PORT = Setting.of(
                    "smtp-port", Integer.class, "587", "Port of the mail server, 1 to 65535")
            .where(n -> n >= 1 && n <= 65535);
    static final Setting<String> SMTP_USER =
            Setting.optional("smtp-user", String.class, "Account at the mail server; without one nobody logs in");
    static final Setting<String> SMTP_PASSWORD = Setting.optional(
                    "smtp-password",
                    String.class,
                    "Password of the account, from the environment or the file, not as a flag; never shown")
            .asSecret();
    static final Setting<Security> SMTP_SECURITY = Setting.of(
            "smtp-security",
            Security.class,
            "starttls",
            "How the connection to the mail server is protected; starttls = nothing is sent before TLS is up");
    static final Setting<String> MAIL_FROM =
            Setting.optional("mail-from", String.class, "Sender's address of mails, such as cakupan@example.org");
    static final Setting<Duration> ALERTMANAGER_INTERVAL = Setting.of(
                    "alertmanager-interval",
                    Duration.class,
                    "1m",
                    "How often open alerts are sent to Alertmanager again, 1 s to 1 h; they resolve by themselves after"
                            + " four times as long and retry-longest")
            .where(d -> d.compareTo(Duration.ofSeconds(1)) >= 0 && d.compareTo(Duration.ofHours(1)) <= 0);
    static final Setting<Duration> RETRY_FIRST = Setting.of(
                    "retry-first",
                    Duration.class,
                    "5s",
                    "Pause after the first failed delivery, more than 0; doubled each time")
            .where(d -> d.compareTo(Duration.ZERO) > 0);
    static final Setting<Duration> RETRY_LONGEST = Setting.of(
                    "retry-longest", Duration.class, "5m", "Longest pause between attempts of a delivery, more than 0")
            .where(d -> d.compareTo(Duration.ZERO) > 0);
    static final Setting<Duration> DELIVERY_TIMEOUT = Setting.of(
                    "delivery-timeout", Duration.class, "20s", "How long a receiver may take to answer, 1 s to 5 min")
            .where(d -> d.compareTo(Duration.ofSeconds(1)) >= 0 && d.compareTo(Duration.ofMinutes(5)) <= 0);

    /** All that the notifier needs. */
    static final List<Setting<?>> ALL = all();

    private NotifySettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> settings = new ArrayList<>(List.of(
                ROUTES,
                NOTIFY_ID,
                AccessSettings.DASHBOARD_URL,
                SMTP_HOST,
                SMTP_PORT,
                SMTP_USER,
                SMTP_PASSWORD,
                SMTP_SECURITY,
                MAIL_FROM,
                ALERTMANAGER_INTERVAL,
                RETRY_FIRST,
                RETRY_LONGEST,
                DELIVERY_TIMEOUT,
                CommonSettings.ZONE));
        settings.addAll(HttpEndpoints.SETTINGS);
        settings.addAll(CommonSettings.CLUSTER);
        return List.copyOf(settings);
    }

    /** Whether it is an address of the web without credentials in it. */
    static boolean isWebAddress(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }
}
