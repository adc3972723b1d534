package id.cakupan.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String PASSWORD = "kata sandi yang panjang";

    @TempDir
    private Path folder;

    @Test
    void shouldBeOpenOnlyToThisMachine() throws Exception {
        for (String listen : List.of("127.0.0.1", "localhost", "::1", "127.0.0.9")) {
            Access open = access(listen, Map.of());
            assertThat(open.identify(Asked.get("/")).role()).as(listen).isEqualTo(Role.OFFICIAL);
            assertThat(open.isLoginPossible()).isFalse();
        }
        for (String listen : List.of("0.0.0.0", "::", "192.0.2.1")) {
            assertThatThrownBy(() -> access(listen, Map.of()))
                    .as(listen)
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("loopback");
        }
        Access open = access("127.0.0.1", Map.of());
        open.check(Asked.get("/"));
        assertThat(checked(open, Asked.get("/").with("X-Forwarded-For", "203.0.113.9")))
                .isEqualTo("FORWARDED");
        assertThat(checked(open, Asked.get("/").without("Host").with("Host", "evil.example")))
                .isEqualTo("WRONG_HOST");
    }

    @Test
    void shouldLogUsersIn() throws Exception {
        Path file = folder.resolve("users.json");
        Map<String, String> settings = Map.of("access", "users", "users-file", file.toString());
        assertThatThrownBy(() -> access("127.0.0.1", settings)).hasMessageContaining("cakupan users add");
        UsersFile.add(
                file, new Principal("budi", Role.OFFICIAL, null), PASSWORD, new SecureRandom(), Clock.systemUTC());

        Access users = access("127.0.0.1", settings);
        assertThat(users.isLoginPossible()).isTrue();
        assertThat(identified(users, Asked.get("/"))).isEqualTo("NOT_LOGGED_IN");
        assertThat(identified(users, Asked.get("/").with("X-Forwarded-User", "budi")))
                .as("nobody is believed who just says so")
                .isEqualTo("NOT_LOGGED_IN");
        String cookie = users.login(Asked.post("/api/v1/session"), "budi", PASSWORD)
                .get(0)
                .split(";", -1)[0];
        assertThat(identified(users, Asked.get("/").with("Cookie", "a=b; " + cookie)))
                .isEqualTo("budi OFFICIAL null");
        assertThat(users.logout()).singleElement().asString().contains("Max-Age=0");
        UsersFile.remove(file, "budi");
        users.look();
        assertThat(identified(users, Asked.get("/").with("Cookie", cookie))).isEqualTo("NOT_LOGGED_IN");
    }

    @Test
    void shouldCountFailuresByTheCallerThatAProxyOfOursNames() throws Exception {
        Path file = folder.resolve("users.json");
        UsersFile.add(
                file, new Principal("budi", Role.OFFICIAL, null), PASSWORD, new SecureRandom(), Clock.systemUTC());
        Access users = access(
                "127.0.0.1",
                Map.of("access", "users", "users-file", file.toString(), "proxy-addresses", "10.0.0.1, 10.0.0.2"));
        Asked attacker = Asked.post("/api/v1/session").from("10.0.0.1");
        for (int i = 0; i < Logins.FROM_ADDRESS; i++) {
            assertThat(login(
                            users,
                            attacker.with("X-Forwarded-For", "198.51.100." + i + ", 203.0.113.9, 10.0.0.2"),
                            "user" + i))
                    .isEqualTo("WRONG_CREDENTIALS");
        }
        assertThat(login(users, attacker.with("X-Forwarded-For", "203.0.113.9"), "one-more"))
                .isEqualTo("TOO_MANY_FAILURES");
        assertThat(login(users, attacker.with("X-Forwarded-For", "203.0.113.10"), "one-more"))
                .isEqualTo("WRONG_CREDENTIALS");
        assertThat(login(users, attacker.from("203.0.113.9").with("X-Forwarded-For", "192.0.2.7"), "one-more"))
                .as("only a proxy of ours is believed")
                .isEqualTo("TOO_MANY_FAILURES");
    }

    @Test
    void shouldBelieveTheProxyThatHasTheSecret() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("access", "proxy"));
        assertThatThrownBy(() -> access("0.0.0.0", settings)).hasMessageContaining("--proxy-secret-file");
        Path secret = folder.resolve("secret");
        settings.put("proxy-secret-file", secret.toString());
        assertThatThrownBy(() -> access("0.0.0.0", settings)).hasMessageContaining("There is no proxy secret file");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> access("0.0.0.0", settings)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        Access proxy = access("0.0.0.0", settings);
        Asked named = Asked.get("/").with("X-Forwarded-User", "budi").with("X-Forwarded-Groups", "cakupan-officials");
        assertThat(identified(proxy, named)).isEqualTo("FORGED_IDENTITY");
        assertThat(identified(proxy, named.with("X-Cakupan-Proxy-Secret", "0123456789abcdef0123456789abcdef")))
                .isEqualTo("budi OFFICIAL null");
        assertThat(login(proxy, Asked.post("/api/v1/session"), "budi")).isEqualTo("LOGIN_IMPOSSIBLE");
    }

    @Test
    void shouldNameEverybodyPublicInPublicMode() throws Exception {
        Access everybody =
                access("0.0.0.0", Map.of("access", "public", "dashboard-url", "https://cakupan.example.go.id"));
        Asked named = Asked.get("/api/v1/overview")
                .without("Host")
                .with("Host", "cakupan.example.go.id")
                .with("Sec-Fetch-Site", "cross-site")
                .with("X-Forwarded-User", "budi")
                .with("X-Forwarded-Groups", "cakupan-officials");

        everybody.check(named);
        assertThat(everybody.identify(named)).isEqualTo(Principal.ANYBODY);
    }

    @Test
    void shouldWriteAuditLinesThatNobodyCanForge() {
        List<String> lines = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger("audit");
        logger.addAppender(appender);
        logger.setLevel(org.apache.logging.log4j.Level.INFO);
        try {
            Audit.log("budi", "read-hires", "contractor/npwp:0317037091445001", 3);
            Audit.log("local", "silence", "project/spse:tender:1\naccount=x ${jndi:y}", 1);
        } finally {
            logger.removeAppender(appender);
        }
        assertThat(lines)
                .containsExactly(
                        "account=budi action=read-hires scope=contractor/npwp:*5001 count=3",
                        "account=local action=silence scope=project/spse:tender:1?account?x???jndi:y? count=1");
    }

    private static Access access(String listen, Map<String, String> flags) throws Exception {
        return Access.of(Settings.of(AccessSettings.ALL, flags), listen, Clock.systemUTC(), () -> 0);
    }

    private static String checked(Access access, Asked request) {
        try {
            access.check(request);
            return "ok";
        } catch (RefusedException e) {
            return e.refusal().name();
        }
    }

    private static String identified(Access access, Asked request) {
        try {
            Principal principal = access.identify(request);
            return principal.name() + " " + principal.role() + " " + principal.contractorId();
        } catch (RefusedException e) {
            return e.refusal().name();
        }
    }

    private static String login(Access access, Asked request, String name) throws InterruptedException {
        try {
            access.login(request, name, "guess");
            return "ok";
        } catch (RefusedException e) {
            return e.refusal().name();
        }
    }
}
