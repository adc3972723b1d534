package id.cakupan.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final String PASSWORD = "tiga rumah di tepi Brantas";
    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;
    private Users users;
    private Logins logins;
    private Instant now = START;
    private long nanos;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };

    @BeforeEach
    void addUsers() throws Exception {
        file = folder.resolve("users.json");
        UsersFile.add(file, new Principal("budi", Role.OFFICIAL, null), PASSWORD, RANDOM, clock);
        UsersFile.add(file, new Principal("arba", Role.CONTRACTOR, "npp:15070955"), PASSWORD + "!", RANDOM, clock);
        users = new Users(file);
        users.look();
        logins = logins(false);
    }

    private Logins logins(boolean secure) {
        return new Logins(users, secure, clock, () -> nanos, RANDOM);
    }

    @Test
    void shouldKeepASessionUntilItEnds() throws Exception {
        List<String> cookies = login("BUDI", PASSWORD);

        assertThat(cookies)
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("; Path=/; ", "; HttpOnly", "; SameSite=Strict")
                        .doesNotContain("Secure", "Domain", PASSWORD));
        assertThat(cookies.get(0)).contains("Max-Age=43200");
        assertThat(session(cookies)).contains(new Principal("budi", Role.OFFICIAL, null));
        assertThat(session(login("arba", PASSWORD + "!")))
                .contains(new Principal("arba", Role.CONTRACTOR, "npp:15070955"));
        assertThat(logins(false).session(sending(cookies)))
                .as("another dashboard with the same file")
                .isPresent();
        now = START.plus(Duration.ofHours(12)).minusSeconds(1);
        assertThat(session(cookies)).isPresent();
        now = START.plus(Duration.ofHours(12));
        assertThat(session(cookies)).isEmpty();
    }

    @Test
    void shouldBindCookiesToTheHostAndToTls() throws Exception {
        Logins secure = logins(true);
        List<String> cookies = secure.login(Asked.post("/"), "10.0.0.1", "budi", PASSWORD);

        assertThat(cookies)
                .allSatisfy(cookie ->
                        assertThat(cookie).startsWith("__Host-cakupan-").endsWith("; Secure"));
        assertThat(secure.session(sending(cookies))).isPresent();
        assertThat(secure.session(
                        Asked.get("/").with("Cookie", value(cookies.get(0)).replace("__Host-", ""))))
                .as("a cookie that a neighbouring host could set")
                .isEmpty();
        assertThat(secure.logout())
                .singleElement()
                .asString()
                .startsWith("__Host-cakupan-session=;")
                .contains("Max-Age=0;");
    }

    @Test
    void shouldRefuseTamperedCookies() throws Exception {
        List<String> cookies = login("arba", PASSWORD + "!");
        String cookie = value(cookies.get(0));
        String name = "cakupan-session=";
        String signed = cookie.substring(name.length());
        String text = new String(
                Base64.getUrlDecoder().decode(signed.substring(0, signed.indexOf('.'))), StandardCharsets.UTF_8);
        String asBudi = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.replace("arba", "budi").getBytes(StandardCharsets.UTF_8));

        assertThat(logins.session(Asked.get("/").with("Cookie", cookie))).isPresent();
        List<String> tampered = new ArrayList<>(List.of(
                "",
                ".",
                "a.b",
                signed.substring(0, signed.indexOf('.')),
                signed + "=",
                asBudi + signed.substring(signed.indexOf('.')),
                "x".repeat(5000) + ".x",
                "\u00e9." + signed,
                value(cookies.get(1)).substring("cakupan-device=".length())));
        for (int i = 0; i < signed.length(); i++) {
            char other = signed.charAt(i) == 'A' ? 'B' : 'A';
            tampered.add(signed.substring(0, i) + other + signed.substring(i + 1));
        }
        assertThat(tampered)
                .allSatisfy(value -> assertThat(logins.session(Asked.get("/").with("Cookie", name + value)))
                        .isEmpty());
        assertThat(logins.session(Asked.get("/").with("Cookie", cookie + "; " + cookie)))
                .as("twice: one of them is not ours")
                .isEmpty();
    }

    @Test
    void shouldNeverTakeOverASessionThatTheCallerBrings() throws Exception {
        List<String> attackers = login("arba", PASSWORD + "!");
        List<String> victims = logins.login(sending(attackers), "10.0.0.1", "budi", PASSWORD);

        assertThat(victims.get(0)).isNotEqualTo(attackers.get(0));
        assertThat(session(victims).map(Principal::name)).contains("budi");
        assertThat(session(attackers).map(Principal::name)).contains("arba");
        assertThat(login("budi", PASSWORD).get(0)).isNotEqualTo(victims.get(0));
    }

    @Test
    void shouldEndSessionsWithThePasswordAndWithTheUser() throws Exception {
        List<String> budi = login("budi", PASSWORD);
        List<String> arba = login("arba", PASSWORD + "!");
        String next = PASSWORD + " 2";
        UsersFile.password(file, "budi", next, RANDOM, clock);
        assertThat(session(budi)).as("before the file is looked at").isPresent();
        users.look();
        assertThat(session(budi)).isEmpty();
        assertThat(session(arba)).isPresent();
        assertThat(fault("10.0.0.1", "budi", PASSWORD)).isEqualTo("WRONG_CREDENTIALS");
        assertThat(session(login("budi", next))).isPresent();

        UsersFile.remove(file, "arba");
        users.look();
        assertThat(session(arba)).isEmpty();
        UsersFile.add(file, new Principal("arba", Role.OFFICIAL, null), PASSWORD + "!", RANDOM, clock);
        users.look();
        assertThat(session(arba)).as("another user of that name").isEmpty();
    }

    @Test
    void shouldKeepTheUsersOfBeforeWhileTheFileIsBroken() throws Exception {
        List<String> cookies = login("budi", PASSWORD);
        Files.writeString(file, "{");
        users.look();

        assertThat(users.fault()).get().asString().contains("is not a users file");
        assertThat(session(cookies)).isPresent();
    }

    @Test
    void shouldSayTheSameOfUnknownNamesAndWrongPasswords() throws Exception {
        long known = nanosOf("budi");
        long unknown = nanosOf("siapa");

        assertThat(unknown)
                .as("the slow hash is made for names that nobody has")
                .isGreaterThan(known / 3);
        assertThat(known).isGreaterThan(unknown / 3);
        assertThat(fault("10.0.0.1", "siapa", PASSWORD)).isEqualTo("WRONG_CREDENTIALS");
        assertThat(fault("10.0.0.1", "budi", "")).isEqualTo("WRONG_CREDENTIALS");
        assertThat(fault("10.0.0.1", "budi\n", PASSWORD)).isEqualTo("WRONG_CREDENTIALS");
        assertThat(fault("10.0.0.1", "budi", "x".repeat(100_000))).isEqualTo("WRONG_CREDENTIALS");
    }

    /** The quickest of three, so that a busy machine does not matter. */
    private long nanosOf(String name) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            assertThat(fault("10.0.0.2", name, "wrong")).isEqualTo("WRONG_CREDENTIALS");
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    @Test
    void shouldSlowDownGuessingWithoutLockingTheUserOut() throws Exception {
        List<String> known = login("budi", PASSWORD);
        for (int i = 0; i < Logins.ON_NAME; i++) {
            assertThat(fault("10.0.1." + i, "budi", "guess")).isEqualTo("WRONG_CREDENTIALS");
        }
        assertThat(fault("10.0.2.1", "Budi", "guess")).isEqualTo("TOO_MANY_FAILURES 60");
        assertThat(fault("10.0.2.1", "budi", PASSWORD))
                .as("a new browser waits")
                .isEqualTo("TOO_MANY_FAILURES 60");
        assertThat(logins.login(sending(known), "10.0.2.1", "budi", PASSWORD))
                .as("a browser of the user does not")
                .isNotEmpty();
        assertThat(fault("10.0.2.1", "arba", PASSWORD + "!")).isEqualTo("ok");

        nanos += Logins.ON_NAME_EACH.toNanos();
        assertThat(fault("10.0.2.1", "budi", PASSWORD)).isEqualTo("ok");
        assertThat(fault("10.0.2.1", "budi", PASSWORD))
                .as("success costs nothing")
                .isEqualTo("ok");
    }

    @Test
    void shouldSlowDownTheBrowserOfTheUserToo() throws Exception {
        Asked known = sending(login("budi", PASSWORD));
        for (int i = 0; i < Logins.ON_NAME; i++) {
            assertThat(fault(known, "10.0.0.1", "budi", "guess")).isEqualTo("WRONG_CREDENTIALS");
        }
        assertThat(fault(known, "10.0.0.1", "budi", PASSWORD)).startsWith("TOO_MANY_FAILURES");
        assertThat(fault(known, "10.0.0.1", "arba", "guess"))
                .as("it is the browser of budi alone")
                .isEqualTo("WRONG_CREDENTIALS");
    }

    @Test
    void shouldSlowDownAnAddressThatTriesManyNames() {
        for (int i = 0; i < Logins.FROM_ADDRESS; i++) {
            assertThat(fault("2001:db8:0:1::" + i, "user" + i, "guess")).isEqualTo("WRONG_CREDENTIALS");
        }
        assertThat(fault("[2001:db8:0:1:ffff::1]", "another", "guess"))
                .as("one network")
                .isEqualTo("TOO_MANY_FAILURES 10");
        assertThat(fault("2001:db8:0:2::1", "another", "guess")).isEqualTo("WRONG_CREDENTIALS");
    }

    @Test
    void shouldCountAttemptsThatComeAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<String>> attempts = new ArrayList<>();
            for (int i = 0; i < 3 * Logins.ON_NAME; i++) {
                String address = "10.0.3." + i;
                attempts.add(() -> fault(address, "budi", "guess"));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().filter("WRONG_CREDENTIALS"::equals).count())
                    .isLessThanOrEqualTo(Logins.ON_NAME)
                    .isPositive();
            assertThat(answers)
                    .allMatch(answer -> answer.equals("WRONG_CREDENTIALS")
                            || answer.startsWith("TOO_MANY_FAILURES")
                            || answer.startsWith("BUSY"));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> login(String name, String password) throws RefusedException, InterruptedException {
        return logins.login(Asked.post("/api/v1/session"), "10.0.0.1", name, password);
    }

    private String fault(String address, String name, String password) {
        return fault(Asked.post("/api/v1/session"), address, name, password);
    }

    private String fault(Asked request, String address, String name, String password) {
        try {
            logins.login(request, address, name, password);
            return "ok";
        } catch (RefusedException e) {
            return e.refusal().name() + (e.retryAfterSeconds() == 0 ? "" : " " + e.retryAfterSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private Optional<Principal> session(List<String> cookies) {
        return logins.session(sending(cookies));
    }

    private static Asked sending(List<String> cookies) {
        return Asked.get("/")
                .with(
                        "Cookie",
                        String.join(
                                "; ", cookies.stream().map(LoginsTest::value).toList()));
    }

    private static String value(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }
}
