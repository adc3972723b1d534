package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of a web server mean. */
class HttpTest {
    private final Http http = new Http(Duration.ofSeconds(1));
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            paths.add(path);
            exchange.getResponseHeaders().set("Retry-After", "77");
            exchange.getResponseHeaders().set("Location", "/200");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Outcome post(String path) throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return http.post(url, new byte[] {'{', '}'}, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "200,TAKEN",
        "204,TAKEN",
        "400,REFUSED",
        "401,TURNED_AWAY",
        "403,TURNED_AWAY",
        "404,TURNED_AWAY",
        "405,TURNED_AWAY",
        "410,TURNED_AWAY",
        "413,REFUSED",
        "422,REFUSED",
        "408,FAILED",
        "429,FAILED",
        "500,FAILED",
        "502,FAILED",
        "503,FAILED",
        "302,FAILED",
        "307,FAILED"
    })
    void shouldKnowWhatIsTakenRefusedAndToBeTriedAgain(int status, Outcome.Kind kind) throws Exception {
        Outcome outcome = post("/" + status);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.error()).isEqualTo(kind == Outcome.Kind.TAKEN ? null : "HTTP_" + status);
        assertThat(outcome.pause()).isEqualTo(kind == Outcome.Kind.FAILED ? Duration.ofSeconds(77) : null);
        assertThat(paths).as("redirects are not followed").containsExactly("/" + status);
    }

    @Test
    void shouldWaitForNobody() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThat(http.post(url, new byte[0], Map.of())).isEqualTo(Outcome.unreachable("HTTP_TIMEOUT"));
        }
        server.stop(0);
        assertThat(post("/200")).isEqualTo(Outcome.unreachable("HTTP_CONNECT"));
    }
}
