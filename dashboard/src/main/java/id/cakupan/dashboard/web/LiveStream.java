package id.cakupan.dashboard.web;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One client that is told of changes. Writing never waits: at most one write is on its way, and what was not written when
 * something newer comes is left out. All but the end of a write is called by one thread.
 */
final class LiveStream {
    private final Request request;
    private final Response response;
    private final Callback end;
    private final Runnable whenOver;
    private final Deque<byte[]> waiting = new ArrayDeque<>(2);
    private boolean writing;
    private boolean over;
    private long writingSince;

    /** What the hub remembers of it. */
    String sentTag = "";

    long sentAt = Long.MIN_VALUE;
    long statusAt = Long.MIN_VALUE;
    String sentState = "";

    /**
     * @param end ends the request
     * @param whenOver called once, from any thread, when the client is gone
     */
    LiveStream(Request request, Response response, Callback end, Runnable whenOver) {
        this.request = request;
        this.response = response;
        this.end = end;
        this.whenOver = whenOver;
    }

    Request request() {
        return request;
    }

    /** Whether all that was given to it is written. */
    synchronized boolean isIdle() {
        return !writing && !over;
    }

    /** Whether the client is gone. */
    synchronized boolean isOver() {
        return over;
    }

    /** Whether a write has been on its way for longer than this. */
    synchronized boolean isStuck(long now, long limitNanos) {
        return writing && now - writingSince > limitNanos;
    }

    /** Writes an event as soon as those before it are written. */
    void write(byte[] event) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (writing) {
                waiting.add(event);
                return;
            }
            writing = true;
            writingSince = System.nanoTime();
        }
        send(event);
    }

    private void send(byte[] event) {
        response.write(false, ByteBuffer.wrap(event), Callback.from(this::written, failure -> end(failure)));
    }

    private void written() {
        byte[] next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                writing = false;
                return;
            }
            writingSince = System.nanoTime();
        }
        send(next);
    }

    /** Ends it in order. */
    void close() {
        if (markOver()) {
            response.write(true, ByteBuffer.allocate(0), end);
        }
    }

    /** Ends it without waiting for its client. */
    void drop() {
        if (markOver()) {
            end.failed(new IllegalStateException("The client is too slow"));
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        }
    }

    private void end(Throwable failure) {
        if (markOver()) {
            end.failed(failure);
        }
    }

    private boolean markOver() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            waiting.clear();
        }
        whenOver.run();
        return true;
    }
}
