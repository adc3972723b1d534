package id.cakupan.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.runtime.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** A dashboard and a client, which says in a header who it is and checks every answer against the description. */
final class DashboardUnderTest implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String API = "/api/v1";
    private static final String WHO = "X-Test-Principal";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer. */
    record Reply(int status, HttpResponse<byte[]> response) {
        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Dashboard dashboard;
    private final Description description = new Description();

    DashboardUnderTest(Settings settings, Clock clock) {
        dashboard = new Dashboard(settings, DashboardUnderTest::viewer, clock, meters);
    }

    private static Principal viewer(Request request) {
        String who = request.getHeaders().get(WHO);
        if (who == null) {
            return new Principal("siti", Role.OFFICIAL, null);
        }
        return who.equals("public")
                ? new Principal("public", Role.PUBLIC, null)
                : new Principal("budi", Role.CONTRACTOR, who);
    }

    DashboardUnderTest start() {
        dashboard.start();
        return this;
    }

    DashboardUnderTest awaitReady() {
        await("ready")
                .atMost(Duration.ofSeconds(30))
                .until(() -> dashboard.health().ready().get().isEmpty()
                        && get("/status").json().path("historyReady").asBoolean());
        return this;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + dashboard.port() + path);
    }

    /** Asks as an official. */
    Reply get(String path) {
        return getAs("", path);
    }

    /** Asks as a contractor, or as the {@code public}; empty = an official. */
    Reply getAs(String who, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!who.isEmpty()) {
            all.addAll(List.of(WHO, who));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(API + path));
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        Reply reply = send(request.build());
        if (reply.header("Content-Type").endsWith("json")
                && reply.header("Content-Encoding").isEmpty()) {
            assertThat(description.faults(path, reply.status(), reply.json()))
                    .as("%s: %s", path, reply.json())
                    .isEmpty();
        }
        return reply;
    }

    Reply post(String who, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(API + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(who(request, who, headers));
    }

    Reply delete(String who, String path, String... headers) {
        return send(who(HttpRequest.newBuilder(uri(API + path)).DELETE(), who, headers));
    }

    private static HttpRequest who(HttpRequest.Builder request, String who, String... headers) {
        if (!who.isEmpty()) {
            request.header(WHO, who);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream. */
    EventStream live(String who, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(API + "/live" + path));
        return EventStream.open(HTTP, who(request, who, headers));
    }

    double count(String meter) {
        return meters.get("cakupan.dashboard." + meter).counter().count();
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
