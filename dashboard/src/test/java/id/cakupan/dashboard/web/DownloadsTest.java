package id.cakupan.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.dashboard.export.Exports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Never ends by itself; a client that is gone shows as a failure of another kind, as with the writer of CSV. */
    private static void endless(OutputStream out) {
        try {
            for (int i = 0; i >= 0; i++) {
                out.write(i % 100 + 28);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Downloads downloads) throws Exception {
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                downloads.send(
                        new Exports.Download("a.csv", "text/csv", DownloadsTest::endless),
                        null,
                        request,
                        response,
                        Callback.from(callback::succeeded, failure -> {
                            failures.add(failure);
                            callback.failed(failure);
                        }));
                return true;
            }
        });
        server.start();
    }

    private Socket ask() throws IOException {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void shouldGivePlacesBackWhenClientsGo() throws Exception {
        serve(new Downloads());
        for (int i = 1; i <= 6; i++) {
            int gone = i;
            try (Socket socket = ask()) {
                assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> failures.size() == gone);
        }
    }

    @Test
    void shouldEndADownloadThatTakesTooLong() throws Exception {
        serve(new Downloads(Duration.ofMillis(300)));
        byte[] buffer = new byte[1 << 16];
        try (Socket socket = ask();
                InputStream in = socket.getInputStream()) {
            int read = 0;
            while (read >= 0) {
                read = in.read(buffer);
            }
        } catch (SocketException e) {
            // Another way to see that the connection is closed.
            assertThat(e).isNotNull();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> failures.size() == 1);
    }
}
