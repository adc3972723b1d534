package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";

    /*
     * Below the range from which operating systems take the source ports of outgoing connections. From inside that range a
     * client that keeps trying to reach a stopped server can be given the server's own port, connects to itself, and holds
     * the port when the server comes back.
     */
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /** The port itself if nothing listens on it, a free one for 0; a failure that names the flag otherwise. */
    static int reserve(int port, String flag) {
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw taken(port, flag);
        }
        return port;
    }

    static FailedException taken(int port, String flag) {
        return new FailedException(
                "Port " + port + " on 127.0.0.1 is in use by another program: stop that one, or choose"
                        + " another port with " + flag + ".");
    }

    private static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new FailedException("No free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
