package id.cakupan.dashboard.access;

import id.cakupan.runtime.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Settings of who may look at the dashboard. */
public final class AccessSettings {
    public static final Setting<AccessMode> ACCESS = Setting.of(
            "access",
            AccessMode.class,
            "open",
            "Who may look: open = whoever can connect, as an official, only on a loopback address; users = users of the"
                    + " users file; proxy = whom a reverse proxy names; public = anybody, disclosed daily figures only");
    public static final Setting<Path> USERS_FILE = Setting.of(
            "users-file",
            Path.class,
            "~/.config/cakupan/users.json",
            "File of the dashboard's users, with hashes of their passwords; ~ is the home folder");
    public static final Setting<URI> DASHBOARD_URL = Setting.optional(
                    "dashboard-url",
                    URI.class,
                    "Address under which people open the dashboard, such as https://cakupan.example.go.id, also for links in"
                            + " messages; with https, cookies are sent over TLS alone")
            .where(AccessSettings::isAddress);
    public static final Setting<String> HOSTS = Setting.optional(
            "dashboard-hosts",
            String.class,
            "Names, with commas, under which the dashboard answers, host or host:port; when not set, the address on"
                    + " which it listens, that of dashboard-url, and localhost");
    public static final Setting<String> PROXY_ADDRESSES = Setting.optional(
            "proxy-addresses",
            String.class,
            "IP addresses, with commas, of reverse proxies whose X-Forwarded-For names the caller when failed logins and"
                    + " open pages are counted");
    public static final Setting<Path> PROXY_SECRET_FILE = Setting.optional(
            "proxy-secret-file",
            Path.class,
            "File (mode 0600) with the secret by which the login proxy is known, 32 characters or more; for access proxy");
    public static final Setting<String> PROXY_SECRET_HEADER =
            header("proxy-secret-header", "X-Cakupan-Proxy-Secret", "Header in which the login proxy sends its secret");
    public static final Setting<String> PROXY_USER_HEADER = header(
            "proxy-user-header", "X-Forwarded-User", "Header with the name of the account, from the login proxy");
    public static final Setting<String> PROXY_GROUPS_HEADER = header(
            "proxy-groups-header",
            "X-Forwarded-Groups",
            "Header with the account's groups, with commas, from the proxy");
    public static final Setting<String> PROXY_CONTRACTOR_HEADER = header(
            "proxy-contractor-header",
            "X-Forwarded-Contractor",
            "Header with the id of the contractor that the account belongs to, from the login proxy");
    public static final Setting<String> PROXY_OFFICIALS =
            Setting.of("proxy-officials", String.class, "cakupan-officials", "Group whose members are officials");
    public static final Setting<String> PROXY_CONTRACTORS = Setting.of(
            "proxy-contractors",
            String.class,
            "cakupan-contractor/",
            "How groups of contractors begin; the contractor's id follows, as in cakupan-contractor/npp:15070955");

    public static final Setting<Integer> PUBLIC_THRESHOLD = Setting.of(
                    "public-threshold",
                    Integer.class,
                    "5",
                    "Groups of fewer workers than this are never shown in public mode, 3 to 100")
            .where(n -> n >= 3 && n <= 100);

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            ACCESS,
            USERS_FILE,
            DASHBOARD_URL,
            HOSTS,
            PROXY_ADDRESSES,
            PROXY_SECRET_FILE,
            PROXY_SECRET_HEADER,
            PROXY_USER_HEADER,
            PROXY_GROUPS_HEADER,
            PROXY_CONTRACTOR_HEADER,
            PROXY_OFFICIALS,
            PROXY_CONTRACTORS,
            PUBLIC_THRESHOLD);

    private AccessSettings() {}

    private static Setting<String> header(String key, String name, String doc) {
        return Setting.of(key, String.class, name, doc).where(text -> text.matches("[A-Za-z0-9-]{1,60}"));
    }

    private static boolean isAddress(URI address) {
        return address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    }
}
