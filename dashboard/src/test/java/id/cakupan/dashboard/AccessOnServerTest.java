package id.cakupan.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.dashboard.access.UsersCommand;
import id.cakupan.runtime.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Who is let in by the real server; figures are not needed for that. */
class AccessOnServerTest {
    private static final String PASSWORD = "kata sandi yang panjang";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String[] PAGE = {"X-Cakupan-Request", "page", "Content-Type", "application/json"};
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Dashboard> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Dashboard::close);
    }

    @Test
    void shouldLetUsersIn() throws Exception {
        Path file = folder.resolve("users.json");
        users(PASSWORD, "add", "budi", "--official");
        users(PASSWORD + "!", "add", "arba", "--contractor", "npp:15070955");
        Dashboard dashboard = start(Map.of("access", "users", "users-file", file.toString()));
        Dashboard another = start(Map.of("access", "users", "users-file", file.toString()));

        for (String path : List.of(
                "/status",
                "/overview",
                "/groups?level=project",
                "/hires",
                "/decisions",
                "/live/status",
                "/export/hires.csv",
                "/export/groups.xlsx",
                "/letter?contractor=npp:15070955",
                "/openapi.json")) {
            assertThat(get(dashboard, path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(post(dashboard, "/decisions", "{}", PAGE).statusCode()).isEqualTo(401);
        assertThat(get(dashboard, "/status", "X-Forwarded-User", "budi").statusCode())
                .isEqualTo(401);

        HttpResponse<String> wrong = login(dashboard, "budi", "guess", PAGE);
        HttpResponse<String> unknown = login(dashboard, "siapa", PASSWORD, PAGE);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body()).doesNotContain("siapa");
        assertThat(login(dashboard, "budi", PASSWORD, "Content-Type", "application/json")
                        .statusCode())
                .as("a form of another site")
                .isEqualTo(403);
        assertThat(login(dashboard, "budi", PASSWORD, with(PAGE, "Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        for (String broken :
                List.of("", "[]", "{}", "null", "{\"name\":\"budi\"}", "{\"name\":\"a\",\"name\":\"b\"}")) {
            assertThat(post(dashboard, "/session", broken, PAGE).statusCode())
                    .as(broken)
                    .isEqualTo(400);
        }
        assertThat(post(dashboard, "/session", "x".repeat(5000), PAGE).statusCode())
                .isEqualTo(413);

        HttpResponse<String> budi = login(dashboard, "budi", PASSWORD, PAGE);
        assertThat(budi.statusCode()).isEqualTo(204);
        assertThat(budi.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        String cookie = cookie(budi);
        assertThat(get(dashboard, "/status", "Cookie", cookie).body())
                .contains("\"name\":\"budi\",\"role\":\"official\"", "\"loginPossible\":true");
        assertThat(get(another, "/status", "Cookie", cookie).statusCode()).isEqualTo(200);
        String arba = cookie(login(dashboard, "arba", PASSWORD + "!", PAGE));
        assertThat(get(dashboard, "/status", "Cookie", arba).body())
                .contains("\"role\":\"contractor\",\"contractorId\":\"npp:15070955\"");

        HttpRequest logout = request(dashboard, "/session", PAGE).DELETE().build();
        HttpResponse<String> out = HTTP.send(logout, HttpResponse.BodyHandlers.ofString());
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie")).get().asString().contains("Max-Age=0");

        users("", "remove", "budi");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get(dashboard, "/status", "Cookie", cookie).statusCode() == 401);
        assertThat(get(dashboard, "/status", "Cookie", arba).statusCode()).isEqualTo(200);
        assertThat(meters.get("cakupan.dashboard.refused")
                        .tag("reason", "not-logged-in")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void shouldEndTheStreamOfAUserWhoIsRemoved() throws Exception {
        users(PASSWORD, "add", "budi", "--official");
        Dashboard dashboard = start(Map.of(
                "access", "users", "users-file", folder.resolve("users.json").toString()));
        String cookie = cookie(login(dashboard, "budi", PASSWORD, PAGE));

        HttpResponse<InputStream> stream = HTTP.send(
                request(dashboard, "/live/status", "Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("event: ");
            users("", "remove", "budi");
            while (lines.readLine() != null) {
                // Until the server ends it.
                assertThat(stream.statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldLeaveStreamsToOthersAndAskForHttps() throws Exception {
        Dashboard dashboard = start(Map.of(
                "access", "public",
                "proxy-addresses", "127.0.0.1",
                "most-streams-per-address", "2",
                "dashboard-url", "https://cakupan.example.go.id"));
        List<InputStream> open = new ArrayList<>();
        for (String caller : List.of("203.0.113.9", "203.0.113.9", "203.0.113.9", "2001:db8::1", "127.0.0.1")) {
            HttpResponse<InputStream> stream = HTTP.send(
                    request(dashboard, "/live/status", "X-Forwarded-For", caller)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(open.size() == 2 && caller.startsWith("203") ? 503 : 200);
            assertThat(stream.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            open.add(stream.body());
        }
        open.get(0).close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> HTTP.send(
                                        request(dashboard, "/live/status", "X-Forwarded-For", "203.0.113.9")
                                                .build(),
                                        HttpResponse.BodyHandlers.ofInputStream())
                                .statusCode()
                        == 200);
    }

    @Test
    void shouldSlowDownGuessing() throws Exception {
        users(PASSWORD, "add", "budi", "--official");
        Dashboard dashboard = start(Map.of(
                "access", "users", "users-file", folder.resolve("users.json").toString()));
        HttpResponse<String> answer = login(dashboard, "budi", "guess", PAGE);
        for (int i = 0; i < 30 && answer.statusCode() != 429; i++) {
            answer = login(dashboard, "budi", "guess" + i, PAGE);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    @Test
    void shouldBelieveOnlyTheLoginProxy() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Dashboard dashboard = start(Map.of("access", "proxy", "proxy-secret-file", secret.toString()));
        String[] budi = {"X-Forwarded-User", "budi", "X-Forwarded-Groups", "cakupan-officials"};

        assertThat(get(dashboard, "/status").statusCode()).isEqualTo(401);
        assertThat(get(dashboard, "/status", budi).statusCode()).isEqualTo(403);
        assertThat(get(dashboard, "/status", with(budi, "X-Cakupan-Proxy-Secret", SECRET.replace('0', '1')))
                        .statusCode())
                .isEqualTo(403);
        assertThat(meters.get("cakupan.dashboard.refused")
                        .tag("reason", "forged-identity")
                        .counter()
                        .count())
                .isEqualTo(2);
        String[] proven = with(budi, "X-Cakupan-Proxy-Secret", SECRET);
        assertThat(get(dashboard, "/status", proven).body()).contains("\"name\":\"budi\",\"role\":\"official\"");
        assertThat(get(dashboard, "/status", with(proven, "X-Forwarded-User", "siti"))
                        .statusCode())
                .as("a header that stands twice")
                .isEqualTo(403);
        assertThat(login(dashboard, "budi", PASSWORD, PAGE).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAnswerOnlyUnderItsOwnName() throws Exception {
        Dashboard dashboard = start(Map.of());
        for (String path : List.of("/", "/projects", "/api/v1/status", "/assets/x")) {
            assertThat(raw(dashboard, path, "Host: evil.example")).as(path).startsWith("HTTP/1.1 421");
        }
        assertThat(raw(dashboard, "/api/v1/status", "Host: localhost")).startsWith("HTTP/1.1 200");
        assertThat(raw(
                        dashboard,
                        "/api/v1/status",
                        "Host: localhost",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Mode: no-cors"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(dashboard, "/api/v1/status", "Host: localhost", "X-Forwarded-For: 203.0.113.9"))
                .startsWith("HTTP/1.1 403");
    }

    private Dashboard start(Map<String, String> more) throws Exception {
        Map<String, String> flags = new HashMap<>(Map.of("dashboard-port", "0", "bootstrap", "127.0.0.1:1"));
        flags.putAll(more);
        Dashboard dashboard = new Dashboard(Settings.of(DashboardSettings.ALL, flags), Clock.systemUTC(), meters);
        started.add(dashboard);
        dashboard.start();
        return dashboard;
    }

    private void users(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            int code = new CommandLine(new UsersCommand())
                    .execute(with(
                            arguments,
                            "--users-file",
                            folder.resolve("users.json").toString()));
            assertThat(code).isZero();
        } finally {
            System.setIn(before);
        }
    }

    private static String[] with(String[] texts, String... more) {
        String[] all = Arrays.copyOf(texts, texts.length + more.length);
        System.arraycopy(more, 0, all, texts.length, more.length);
        return all;
    }

    private static HttpRequest.Builder request(Dashboard dashboard, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dashboard.port() + "/api/v1" + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> get(Dashboard dashboard, String path, String... headers) throws Exception {
        return HTTP.send(request(dashboard, path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Dashboard dashboard, String path, String body, String... headers)
            throws Exception {
        return HTTP.send(
                request(dashboard, path, headers)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> login(Dashboard dashboard, String name, String password, String... headers)
            throws Exception {
        String body = new ObjectMapper().writeValueAsString(Map.of("name", name, "password", password));
        return post(dashboard, "/session", body, headers);
    }

    private static String cookie(HttpResponse<String> login) {
        String cookie = login.headers().allValues("Set-Cookie").get(0);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String raw(Dashboard dashboard, String path, String... headers) throws Exception {
        String request =
                "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
