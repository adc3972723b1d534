package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointsTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters("test");
    private volatile List<String> notLive = List.of();
    private volatile List<String> notReady = List.of();
    private HttpEndpoints endpoints = start("0");

    private HttpEndpoints start(String port) {
        try {
            Settings settings = Settings.of(HttpEndpoints.SETTINGS, Map.of("http-port", port));
            return HttpEndpoints.start(settings, new Health(() -> notLive, () -> notReady), meters.registry());
        } catch (SettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void count() {
        meters.registry().counter("cakupan.events", "type", "WorkerHired").increment(3);
    }

    @AfterEach
    void close() {
        endpoints.close();
        meters.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoints.port() + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void shouldSayThatAllIsWell() throws Exception {
        for (String path : List.of("/health/live", "/health/ready")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body().trim()).isEqualTo("{\"status\":\"UP\",\"reasons\":[]}");
        }
    }

    @Test
    void shouldSayWhyItIsNotReady() throws Exception {
        notReady = List.of("12 records behind", "says \"no\"\n");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body().trim())
                .isEqualTo("{\"status\":\"DOWN\",\"reasons\":[\"12 records behind\",\"says \\\"no\\\"\\u000a\"]}");
    }

    @Test
    void shouldSayWhyItIsNotAlive() throws Exception {
        notLive = List.of("a thread died");
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).contains("a thread died");
    }

    @Test
    void shouldShowMetersOfTheProcessTheJvmAndItsOwn() throws Exception {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(response.body())
                .contains("cakupan_events_total{process=\"test\",type=\"WorkerHired\"} 3.0")
                .contains("jvm_memory_used_bytes{")
                .contains("process_uptime_seconds{");
    }

    @Test
    void shouldRefuseEverythingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/health").statusCode()).isEqualTo(404);
        HttpRequest post =
                request("/metrics").POST(BodyPublishers.ofString("x")).build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        HttpRequest head =
                request("/metrics").method("HEAD", BodyPublishers.noBody()).build();
        assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerAnErrorWhenAskingFailsAndGoOn() throws Exception {
        List<String> well = notReady;
        endpoints.close();
        endpoints = HttpEndpoints.start(
                Settings.of(HttpEndpoints.SETTINGS, Map.of()),
                new Health(() -> well, () -> {
                    throw new IllegalStateException("secret detail");
                }),
                meters.registry());
        HttpResponse<String> response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEmpty();
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameThePortThatIsTakenAndItsSetting() {
        String port = String.valueOf(endpoints.port());
        assertThatThrownBy(() -> start(port).close())
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("http-port");
    }

    @Test
    void shouldFreeItsPortWhenClosed() {
        String port = String.valueOf(endpoints.port());
        endpoints.close();
        endpoints = start(port);
        assertThat(endpoints.port()).isEqualTo(Integer.parseInt(port));
    }
}
