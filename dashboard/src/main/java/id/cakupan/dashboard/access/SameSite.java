package id.cakupan.dashboard.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of our own page from those that another site makes a browser send: by the name that the server was called by
 * (against DNS rebinding), and for requests that change something by a header that no form can set and by what the browser
 * says of their origin.
 */
final class SameSite {
    /** Header that our page sends with each request that changes something. */
    static final String REQUEST_HEADER = "X-Cakupan-Request";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String API = "/api/";
    private static final String HTTPS = "https";

    /** A host as the header {@code Host} has it; port -1 = not said. */
    private record Authority(String host, int port) {
        static @Nullable Authority parse(String text) {
            Matcher matcher = HOST.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            return new Authority(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2)));
        }

        boolean allows(Authority other) {
            return host.equals(other.host) && (port < 0 || port == other.port);
        }
    }

    private final List<Authority> allowed;
    private final boolean anyAddress;
    private final boolean https;
    private final boolean answersEverybody;

    /**
     * @param allowed names with or without port; without, any port goes
     * @param anyAddress whether the server also answers by any IP address, which no other site can make its own
     * @param https whether the page is opened with https
     * @param answersEverybody whether what is read is public anyway
     */
    SameSite(List<String> allowed, boolean anyAddress, boolean https, boolean answersEverybody) {
        this.allowed = allowed.stream().map(SameSite::parse).toList();
        this.anyAddress = anyAddress;
        this.https = https;
        this.answersEverybody = answersEverybody;
    }

    private static Authority parse(String text) {
        Authority authority = Authority.parse(text);
        if (authority == null) {
            throw new IllegalArgumentException("Not a host or host:port: " + text);
        }
        return authority;
    }

    /** Throws when the request is called by a wrong name or comes from another site. */
    void check(AccessRequest request) throws RefusedException {
        Authority host = host(request);
        List<String> site = request.headers("Sec-Fetch-Site");
        if (SAFE.contains(request.method())) {
            if (!answersEverybody
                    && request.path().startsWith(API)
                    && !ownSite(site)
                    && !request.headers("Sec-Fetch-Mode").equals(List.of("navigate"))) {
                throw new RefusedException(Refusal.CROSS_SITE);
            }
            return;
        }
        if (request.headers(REQUEST_HEADER).size() != 1 || !ownSite(site) || !ownOrigin(request, host)) {
            throw new RefusedException(Refusal.CROSS_SITE);
        }
    }

    private Authority host(AccessRequest request) throws RefusedException {
        List<String> hosts = request.headers("Host");
        Authority host = hosts.size() == 1 ? Authority.parse(hosts.get(0)) : null;
        if (host == null || !isOurs(host)) {
            throw new RefusedException(Refusal.WRONG_HOST);
        }
        return host;
    }

    private boolean isOurs(Authority host) {
        return allowed.stream().anyMatch(entry -> entry.allows(host))
                || (anyAddress && IP_ADDRESS.matcher(host.host()).matches());
    }

    /** Said by browsers alone; "none" is an address that somebody typed. */
    private static boolean ownSite(List<String> site) {
        return site.isEmpty() || site.equals(List.of("same-origin")) || site.equals(List.of("none"));
    }

    private boolean ownOrigin(AccessRequest request, Authority host) {
        List<String> origins = request.headers("Origin");
        if (origins.isEmpty()) {
            return true;
        }
        try {
            URI origin = new URI(origins.get(0));
            String authority = origin.getRawAuthority();
            Authority from = authority == null ? null : Authority.parse(authority);
            if (origins.size() > 1 || from == null || origin.getScheme() == null) {
                return false;
            }
            int usual = origin.getScheme().equals(HTTPS) ? 443 : 80;
            int fromPort = from.port() < 0 ? usual : from.port();
            int hostPort = host.port() < 0 ? usual : host.port();
            return from.host().equals(host.host())
                    && fromPort == hostPort
                    && (!https || origin.getScheme().equals(HTTPS));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
