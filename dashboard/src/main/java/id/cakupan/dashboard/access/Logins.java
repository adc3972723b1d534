package id.cakupan.dashboard.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Logins and sessions of local users. Nothing is kept of a session: the cookie carries name, end and a stamp of the password's
 * hash, signed with the key of the users file. It ends after 12 hours, with a new password, and with the user.
 *
 * <p>Failed attempts are counted for each address and for each name. Whoever has logged in from a browser keeps a second signed
 * cookie in it by which its attempts are counted apart from those of strangers, so that nobody can lock a user out by guessing.
 * Thread-safe.
 */
final class Logins {
    /** How long a session lasts. */
    static final Duration SESSION = Duration.ofHours(12);
    /** How long a browser is known. */
    static final Duration DEVICE = Duration.ofDays(180);
    /** Failed attempts at once on one name by strangers, and how fast they come back. */
    static final int ON_NAME = 10;

    static final Duration ON_NAME_EACH = Duration.ofMinutes(1);
    /** Failed attempts at once from one address, and how fast they come back. */
    static final int FROM_ADDRESS = 30;

    static final Duration FROM_ADDRESS_EACH = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SESSION_COOKIE = "cakupan-session";
    private static final String DEVICE_COOKIE = "cakupan-device";
    /** Browsers take a cookie of such a name only over TLS and only from this very host. */
    private static final String HOST_PREFIX = "__Host-";

    private static final String SEPARATOR = "\n";
    private static final int NONCE_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final Users users;
    private final boolean secure;
    private final Clock clock;
    private final SecureRandom random;
    private final Passwords.Hash nobody;
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final Allowance onName;
    private final Allowance fromAddress;
    private final Allowance fromDevice;

    /**
     * @param users who may log in
     * @param secure whether cookies are for TLS alone
     * @param clock what ends sessions
     * @param nanoTime as {@link System#nanoTime}
     */
    Logins(Users users, boolean secure, Clock clock, LongSupplier nanoTime, SecureRandom random) {
        this.users = users;
        this.secure = secure;
        this.clock = clock;
        this.random = random;
        nobody = Passwords.hash(nonce(), random);
        onName = new Allowance(ON_NAME, ON_NAME_EACH, nanoTime);
        fromDevice = new Allowance(ON_NAME, ON_NAME_EACH, nanoTime);
        fromAddress = new Allowance(FROM_ADDRESS, FROM_ADDRESS_EACH, nanoTime);
    }

    /**
     * Begins a session.
     *
     * @param address where the caller is
     * @return values of {@code Set-Cookie}
     * @throws RefusedException in the same words and after the same time whether there is such a user or not
     */
    List<String> login(AccessRequest request, String address, String name, String password)
            throws RefusedException, InterruptedException {
        UsersFile file = users.now().orElseThrow(() -> new RefusedException(Refusal.BUSY));
        byte[] key = Base64.getDecoder().decode(file.sessionKey());
        String folded = UsersFile.folded(name);
        Optional<String> device = device(key, request, folded);
        List<Runnable> giveBack = new ArrayList<>();
        if (device.isPresent()) {
            take(fromDevice, folded + SEPARATOR + device.get(), giveBack);
        } else {
            take(fromAddress, network(address), giveBack);
            take(onName, folded.length() > Passwords.LONGEST ? "" : folded, giveBack);
        }
        Optional<User> user = file.find(name);
        if (!matches(user.map(User::password).orElse(nobody), password) || user.isEmpty()) {
            throw new RefusedException(Refusal.WRONG_CREDENTIALS);
        }
        giveBack.forEach(Runnable::run);
        Instant now = clock.instant();
        String session = String.join(
                SEPARATOR,
                user.get().name(),
                Long.toString(now.plus(SESSION).getEpochSecond()),
                stamp(key, user.get()),
                nonce());
        String known = String.join(
                SEPARATOR,
                UsersFile.folded(user.get().name()),
                Long.toString(now.plus(DEVICE).getEpochSecond()),
                device.orElseGet(this::nonce));
        return List.of(
                cookie(SESSION_COOKIE, Signed.sign(key, SESSION_COOKIE, session), SESSION),
                cookie(DEVICE_COOKIE, Signed.sign(key, DEVICE_COOKIE, known), DEVICE));
    }

    private static void take(Allowance allowance, String key, List<Runnable> giveBack) throws RefusedException {
        long wait = allowance.take(key);
        if (wait > 0) {
            giveBack.forEach(Runnable::run);
            throw new RefusedException(Refusal.TOO_MANY_FAILURES, wait);
        }
        giveBack.add(() -> allowance.giveBack(key));
    }

    /** Hashing keeps a core busy, so that only so many are made at once. */
    private boolean matches(Passwords.Hash hash, String password) throws RefusedException, InterruptedException {
        if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RefusedException(Refusal.BUSY, PATIENCE.toSeconds());
        }
        try {
            return hash.matches(password.length() > Passwords.LONGEST ? "" : password);
        } finally {
            hashing.release();
        }
    }

    /** Whose session a request belongs to. */
    Optional<Principal> session(AccessRequest request) {
        Optional<UsersFile> file = users.now();
        Optional<String> cookie = sent(request, SESSION_COOKIE);
        if (file.isEmpty() || cookie.isEmpty()) {
            return Optional.empty();
        }
        byte[] key = Base64.getDecoder().decode(file.get().sessionKey());
        return Signed.verify(key, SESSION_COOKIE, cookie.get())
                .map(text -> text.split(SEPARATOR, -1))
                .filter(parts -> parts.length == 4 && isAhead(parts[1]))
                .flatMap(parts -> file.get()
                        .find(parts[0])
                        .filter(user -> MessageDigest.isEqual(
                                stamp(key, user).getBytes(StandardCharsets.US_ASCII),
                                parts[2].getBytes(StandardCharsets.UTF_8))))
                .map(User::principal);
    }

    /** Values of {@code Set-Cookie} that end the session in the browser. */
    List<String> logout() {
        return List.of(cookie(SESSION_COOKIE, "", Duration.ZERO));
    }

    private Optional<String> device(byte[] key, AccessRequest request, String folded) {
        return sent(request, DEVICE_COOKIE)
                .flatMap(cookie -> Signed.verify(key, DEVICE_COOKIE, cookie))
                .map(text -> text.split(SEPARATOR, -1))
                .filter(parts -> parts.length == 3 && parts[0].equals(folded) && isAhead(parts[1]))
                .map(parts -> parts[2]);
    }

    private boolean isAhead(String epochSecond) {
        return clock.instant().getEpochSecond() < Long.parseLong(epochSecond);
    }

    /** Another one with each password. */
    private static String stamp(byte[] key, User user) {
        Passwords.Hash hash = user.password();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Signed.mac(key, "stamp", hash.salt() + SEPARATOR + hash.hash()));
    }

    private String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    private String cookie(String name, String value, Duration age) {
        return (secure ? HOST_PREFIX : "") + name + "=" + value + "; Path=/; Max-Age=" + age.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    /** The value of a cookie; none when it stands there twice, since one of them is not ours. */
    private Optional<String> sent(AccessRequest request, String name) {
        String begin = (secure ? HOST_PREFIX : "") + name + "=";
        List<String> values = request.headers("Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(begin))
                .map(pair -> pair.substring(begin.length()))
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** Whoever has one address of IPv6 has the whole /64. */
    static String network(String address) {
        String bare = address.replaceAll("[\\[\\]]|%.*", "");
        if (bare.contains(":") && IP_ADDRESS.matcher(bare).matches()) {
            try {
                // A literal address, for which nothing is looked up.
                byte[] bytes = InetAddress.getByName(bare).getAddress();
                return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
            } catch (UnknownHostException e) {
                return "";
            }
        }
        return IP_ADDRESS.matcher(bare).matches() ? bare : "";
    }
}
