package id.cakupan.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * Clients that mean harm, at addresses of their own: requests that never end, wrong keys, zip bombs, deep JSON, bodies that are
 * too large, the name of another source.
 */
final class GatewayAttackers implements AutoCloseable {
    private static final int SLOW_ONES = 40;
    private static final int BOMB_BYTES = 32 * 1024 * 1024;
    private static final byte[] SLOW_ADDRESS = {127, 0, 0, 2};
    private static final byte[] LOUD_ADDRESS = {127, 0, 0, 3};

    private final InetSocketAddress gateway;
    private final List<Socket> slow = new ArrayList<>();
    private final Map<String, Map<Integer, Integer>> answers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    /** @param key of a source that may send and does not behave */
    GatewayAttackers(URI gateway, String key) throws IOException {
        this.gateway = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        byte[] bomb = gzip(new byte[BOMB_BYTES]);
        Map<String, byte[]> attacks = new TreeMap<>(Map.of(
                "wrong key",
                request("no", "", "{}".getBytes(StandardCharsets.UTF_8)),
                "zip bomb",
                request(key, "Content-Encoding: gzip\r\n", bomb),
                "deep",
                request(key, "", "[".repeat(500_000).getBytes(StandardCharsets.UTF_8)),
                "oversized",
                request(key, "", new byte[0], 1 << 30),
                "foreign source",
                request(
                        key,
                        "",
                        ("{\"type\":\"WorkerHired\",\"source\":\"good\",\"recordedAt\":\"2025-07-01T08:30:00Z\",\"workerId\":"
                                        + "\"k1.5mTDyC8hKeCeUjp86slaNg\",\"hireId\":\"h\",\"projectId\":\"p\",\"contractorId\":\"c\","
                                        + "\"startsOn\":\"2025-07-01\"}")
                                .getBytes(StandardCharsets.UTF_8))));
        var dripping = threads.scheduleWithFixedDelay(this::drip, 0, 500, TimeUnit.MILLISECONDS);
        var attacking =
                threads.scheduleWithFixedDelay(() -> attacks.forEach(this::attack), 0, 50, TimeUnit.MILLISECONDS);
        if (dripping.isDone() || attacking.isDone()) {
            throw new IOException("The attack did not begin");
        }
    }

    /** Statuses by attack; 0 = the connection was closed without an answer. */
    Map<String, Map<Integer, Integer>> answers() {
        return Map.copyOf(answers);
    }

    private void drip() {
        slow.removeIf(socket -> {
            try {
                socket.getOutputStream().write('x');
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        while (slow.size() < SLOW_ONES) {
            try {
                Socket socket = connect(SLOW_ADDRESS);
                slow.add(socket);
                socket.getOutputStream().write("POST /v1/events HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void attack(String name, byte[] request) {
        int status = 0;
        try (Socket socket = connect(LOUD_ADDRESS)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            status = line.isEmpty() ? 0 : Integer.parseInt(line.substring(9));
        } catch (IOException e) {
            // Counted as 0.
        }
        answers.computeIfAbsent(name, n -> new ConcurrentHashMap<>()).merge(status, 1, Integer::sum);
    }

    private Socket connect(byte[] from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
        socket.connect(gateway);
        return socket;
    }

    private static byte[] request(String key, String headers, byte[] body) throws IOException {
        return request(key, headers, body, body.length);
    }

    private static byte[] request(String key, String headers, byte[] body, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + headers + "Authorization: Bearer " + key + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IOException("The attackers do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : slow) {
            socket.close();
        }
    }
}
