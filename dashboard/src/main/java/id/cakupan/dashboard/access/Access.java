package id.cakupan.dashboard.access;

import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.UserFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who asks. The server calls {@link #check} and then {@link #identify} for each request, {@link #login} and {@link
 * #logout} for sessions, and {@link #look} about twice a second. Thread-safe.
 */
public final class Access {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern THIS_MACHINE =
            Pattern.compile("127\\..*|\\[?(::1|0:0:0:0:0:0:0:1)(%.*)?]?|::ffff:127\\..*");
    private static final String HTTPS = "https";

    private final AccessMode mode;
    private final SameSite sameSite;
    private final Set<String> proxies;
    private final @Nullable Users users;
    private final @Nullable Logins logins;
    private final @Nullable ProxyIdentity proxy;

    private Access(
            AccessMode mode,
            SameSite sameSite,
            Set<String> proxies,
            @Nullable Users users,
            @Nullable Logins logins,
            @Nullable ProxyIdentity proxy) {
        this.mode = mode;
        this.sameSite = sameSite;
        this.proxies = proxies;
        this.users = users;
        this.logins = logins;
        this.proxy = proxy;
    }

    /**
     * By the settings.
     *
     * @param settings {@link AccessSettings#ALL}
     * @param listen address on which the dashboard listens, as it is set
     * @param clock what ends sessions
     * @param nanoTime as {@link System#nanoTime}
     * @throws FailedException if the settings do not go together or a file is missing or open to others
     */
    public static Access of(Settings settings, String listen, Clock clock, LongSupplier nanoTime) {
        AccessMode mode = settings.get(AccessSettings.ACCESS);
        InetAddress address = address(listen);
        Optional<URI> external = settings.find(AccessSettings.DASHBOARD_URL);
        boolean https = external.filter(uri -> HTTPS.equals(uri.getScheme())).isPresent();
        if (mode == AccessMode.OPEN && !address.isLoopbackAddress()) {
            throw new FailedException(
                    "With --access open everybody who can connect is an official, so that the dashboard"
                            + " listens only on a loopback address such as 127.0.0.1, not on " + listen
                            + "; use --access users, proxy or public");
        }
        if (mode == AccessMode.USERS && !address.isLoopbackAddress() && !https) {
            LOG.warn("Passwords travel without TLS: end TLS before the dashboard and set --dashboard-url https://…");
        }
        SameSite sameSite = sameSite(settings, listen, address, external, https, mode == AccessMode.PUBLIC);
        Set<String> proxies = Set.copyOf(list(settings.find(AccessSettings.PROXY_ADDRESSES)));
        if (mode == AccessMode.USERS) {
            Users users = users(settings);
            Logins logins = new Logins(users, https, clock, nanoTime, new SecureRandom());
            return new Access(mode, sameSite, proxies, users, logins, null);
        }
        return new Access(
                mode, sameSite, proxies, null, null, mode == AccessMode.PROXY ? proxyIdentity(settings) : null);
    }

    private static InetAddress address(String listen) {
        try {
            return InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            throw new FailedException("There is no address " + listen + " to listen on", e);
        }
    }

    private static SameSite sameSite(
            Settings settings,
            String listen,
            InetAddress address,
            Optional<URI> external,
            boolean https,
            boolean answersEverybody) {
        List<String> hosts = new ArrayList<>(list(settings.find(AccessSettings.HOSTS)));
        boolean given = !hosts.isEmpty();
        if (!given) {
            hosts.addAll(LOCAL_NAMES);
            hosts.add(listen.contains(":") && !listen.startsWith("[") ? "[" + listen + "]" : listen);
        }
        external.map(URI::getHost).ifPresent(hosts::add);
        try {
            return new SameSite(hosts, !given && address.isAnyLocalAddress(), https, answersEverybody);
        } catch (IllegalArgumentException e) {
            throw new FailedException("--dashboard-hosts: " + e.getMessage(), e);
        }
    }

    private static List<String> list(Optional<String> text) {
        return text.stream()
                .flatMap(t -> Arrays.stream(t.split(",", -1)))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .toList();
    }

    private static Users users(Settings settings) {
        Users users = new Users(UserFolders.expand(settings.get(AccessSettings.USERS_FILE)));
        users.look();
        users.fault().ifPresent(fault -> {
            throw new FailedException(fault);
        });
        return users;
    }

    private static ProxyIdentity proxyIdentity(Settings settings) {
        Path file = settings.find(AccessSettings.PROXY_SECRET_FILE)
                .map(UserFolders::expand)
                .orElseThrow(() -> new FailedException("--access proxy needs --proxy-secret-file"));
        try {
            return new ProxyIdentity(
                    ProxyIdentity.secret(file),
                    new ProxyIdentity.Names(
                            settings.get(AccessSettings.PROXY_SECRET_HEADER),
                            settings.get(AccessSettings.PROXY_USER_HEADER),
                            settings.get(AccessSettings.PROXY_GROUPS_HEADER),
                            settings.get(AccessSettings.PROXY_CONTRACTOR_HEADER),
                            settings.get(AccessSettings.PROXY_OFFICIALS),
                            settings.get(AccessSettings.PROXY_CONTRACTORS)));
        } catch (NoSuchFileException e) {
            throw new FailedException("There is no proxy secret file " + file, e);
        } catch (IOException e) {
            throw new FailedException("Cannot read the proxy secret file " + file, e);
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** How it is found out who asks. */
    public AccessMode mode() {
        return mode;
    }

    /** Whether there is a login page here. */
    public boolean isLoginPossible() {
        return logins != null;
    }

    /** Takes over changes of the users file. */
    public void look() {
        if (users != null) {
            users.look();
        }
    }

    /** What is wrong with the users file now, for the health page; the users of before stay in force. */
    public Optional<String> fault() {
        return users == null ? Optional.empty() : users.fault();
    }

    /**
     * Refuses requests under a wrong name and from other sites. To be called for each request, pages included, before all else.
     */
    public void check(AccessRequest request) throws RefusedException {
        sameSite.check(request);
        if (mode == AccessMode.OPEN
                && (!request.headers("X-Forwarded-For").isEmpty()
                        || !request.headers("Forwarded").isEmpty())) {
            throw new RefusedException(Refusal.FORWARDED);
        }
    }

    /** Who asks. */
    public Principal identify(AccessRequest request) throws RefusedException {
        if (proxy != null) {
            return proxy.identify(request);
        }
        if (logins != null) {
            return logins.session(request).orElseThrow(() -> new RefusedException(Refusal.NOT_LOGGED_IN));
        }
        return mode == AccessMode.PUBLIC ? Principal.ANYBODY : Principal.LOCAL;
    }

    /**
     * Begins a session.
     *
     * @return values of {@code Set-Cookie}, each a header of its own
     */
    public List<String> login(AccessRequest request, String name, String password)
            throws RefusedException, InterruptedException {
        if (logins == null) {
            throw new RefusedException(Refusal.LOGIN_IMPOSSIBLE);
        }
        return logins.login(request, caller(request), name, password);
    }

    /** Ends a session. Returns values of {@code Set-Cookie}. */
    public List<String> logout() throws RefusedException {
        if (logins == null) {
            throw new RefusedException(Refusal.LOGIN_IMPOSSIBLE);
        }
        return logins.logout();
    }

    /**
     * Network of the caller: its address, of IPv6 the /64; empty = this machine, where a proxy may be that does not say who
     * calls.
     */
    public Optional<String> network(AccessRequest request) {
        String caller = caller(request);
        return THIS_MACHINE.matcher(caller).matches() ? Optional.empty() : Optional.of(Logins.network(caller));
    }

    /** Address of the caller: the last that X-Forwarded-For names and that is no proxy of ours, when a proxy of ours sent it. */
    private String caller(AccessRequest request) {
        String caller = request.remoteAddress();
        List<String> forwarded = list(Optional.of(String.join(",", request.headers("X-Forwarded-For"))));
        for (int i = forwarded.size() - 1; i >= 0 && proxies.contains(caller); i--) {
            caller = forwarded.get(i);
        }
        return caller;
    }
}
