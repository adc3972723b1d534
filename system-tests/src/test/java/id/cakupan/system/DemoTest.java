package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoTest {
    /** The line of the city, with at least one worker. */
    private static final Pattern CITY = Pattern.compile("Kota Malang +[1-9][\\d,]* .*");

    private static final int PORTS = 4;

    @Test
    void shouldShowFiguresThatChangeEndInTimeAndStartAgain() throws Exception {
        int port = freePorts();
        for (int run = 1; run <= 2; run++) {
            try (StreamsProcess demo = StreamsProcess.start(
                    List.of("demo", "--fast", "--port", Integer.toString(port)),
                    Path.of("target", "demo-" + run + ".log"))) {
                await("figures of run " + run)
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> !cityLines(demo).isEmpty());
                await("figures that change")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> cityLines(demo).size() > 1);
                assertThat(demo.log()).contains("Open http://127.0.0.1:" + (port + PORTS - 1) + "/ in a browser.");
                assertThat(page(port + PORTS - 1)).contains("<html");
                assertThat(demo.stop()).isLessThan(Duration.ofSeconds(10));
                assertThat(demo.log()).contains("Data simulasi").doesNotContain("Exception");
            }
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws Exception {
        int port = freePorts();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                StreamsProcess demo = StreamsProcess.start(
                        List.of("demo", "--port", Integer.toString(taken.getLocalPort())),
                        Path.of("target", "demo-taken.log"))) {
            await("end").atMost(Duration.ofSeconds(30)).until(() -> !demo.isAlive());
            assertThat(demo.log()).contains(Integer.toString(port)).doesNotContain("Exception");
        }
    }

    private static String page(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Set<String> cityLines(StreamsProcess demo) {
        return CITY.matcher(demo.log()).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** The first of as many free ports in a row as the demo needs. */
    private static int freePorts() {
        Random random = new Random();
        while (true) {
            int first = random.nextInt(21_000, 29_000);
            int free = 0;
            while (free < PORTS && isFree(first + free)) {
                free++;
            }
            if (free == PORTS) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
