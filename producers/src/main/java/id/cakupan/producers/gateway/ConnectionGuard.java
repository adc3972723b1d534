package id.cakupan.producers.gateway;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Listens, and closes connections that are too many, altogether or from one address, and those whose headers do not
 * arrive in time. Jetty's own limits know neither the address nor a client that sends a byte now and then.
 */
final class ConnectionGuard extends ServerConnector {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;

    private final Limits limits;
    private final GatewayMeters meters;
    private final AtomicInteger open = new AtomicInteger();
    /** Remote addresses, which a closed connection does not tell any more. */
    private final Map<EndPoint, String> addresses = new ConcurrentHashMap<>();

    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionGuard(Server server, HttpConnectionFactory http, Limits limits, GatewayMeters meters) {
        super(server, ACCEPTORS, SELECTORS, http);
        this.limits = limits;
        this.meters = meters;
    }

    int connections() {
        return open.get();
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        int all = open.incrementAndGet();
        String address = address(endPoint);
        addresses.put(endPoint, address);
        int own = byAddress.merge(address, 1, Integer::sum);
        if (own > limits.connectionsPerAddress() || (all > limits.connections() && !closeIdlest(endPoint))) {
            meters.connectionRefused();
            endPoint.close();
        }
    }

    /** Makes room for a connection: closes the one that has waited longest without a request. Says whether there was one. */
    private boolean closeIdlest(EndPoint newcomer) {
        IdleTimeout idlest = null;
        for (EndPoint each : getConnectedEndPoints()) {
            if (each != newcomer
                    && isIdle(each)
                    && each instanceof IdleTimeout idle
                    && (idlest == null || idle.getIdleFor() > idlest.getIdleFor())) {
                idlest = idle;
            }
        }
        if (idlest == null) {
            return false;
        }
        meters.connectionRefused();
        ((EndPoint) idlest).close();
        return true;
    }

    private static boolean isIdle(EndPoint endPoint) {
        return endPoint.getConnection() instanceof HttpConnection http
                && http.getParser().isState(HttpParser.State.START);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        open.decrementAndGet();
        String address = addresses.remove(endPoint);
        if (address != null) {
            byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Closes the connections whose request line and headers are on their way for too long. Called again and again. */
    void closeSlowOnes() {
        long now = System.nanoTime();
        for (EndPoint endPoint : getConnectedEndPoints()) {
            if (endPoint.getConnection() instanceof HttpConnection http) {
                HttpParser parser = http.getParser();
                boolean begun = parser.inHeaderState() && !parser.isState(HttpParser.State.START);
                if (begun && now - parser.getBeginNanoTime() > limits.deadline().toNanos()) {
                    meters.slowConnectionClosed();
                    endPoint.close();
                }
            }
        }
    }

    private static String address(EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }
}
