package id.cakupan.dashboard.web;

import id.cakupan.dashboard.export.Exports;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends downloads while they are written. Only a few at once, because a thread waits for each client, and for none for ever. */
final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final int AT_ONCE = 4;
    private static final int OF_ONE = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Duration longest;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Shares shares = new Shares(OF_ONE);

    Downloads() {
        this(LONGEST);
    }

    /** @param longest after which a download is ended, however far it is */
    Downloads(Duration longest) {
        this.longest = longest;
    }

    /** @param network of the caller; null = this machine */
    void send(
            Exports.Download download,
            @Nullable String network,
            Request request,
            Response response,
            Callback callback) {
        if (!shares.take(network)) {
            throw new RefusedException(ProblemKind.TOO_MANY_STREAMS);
        }
        if (!places.tryAcquire()) {
            shares.giveBack(network);
            throw new RefusedException(ProblemKind.TOO_MANY_STREAMS);
        }
        Scheduler.Task ending = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .close(),
                        longest.toNanos(),
                        TimeUnit.NANOSECONDS);
        try {
            Replies.head(response);
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, download.contentType());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, Replies.NOT_KEPT);
            response.getHeaders().put("Content-Disposition", "attachment; filename=\"" + download.fileName() + "\"");
            if (request.getMethod().equals("HEAD")) {
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
                return;
            }
            ResponseStream out = new ResponseStream(response);
            download.writer().write(out);
            out.end();
            callback.succeeded();
        } catch (IOException | UncheckedIOException e) {
            // The client is gone: there is nobody to answer.
            callback.failed(e);
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            // Its message may quote a value.
            LOG.error("A download failed: {} {}", e.getClass().getName(), Arrays.toString(e.getStackTrace()));
            callback.failed(e);
        } finally {
            ending.cancel();
            places.release();
            shares.giveBack(network);
        }
    }

    /** Writes to an answer, waiting for the client. */
    private static final class ResponseStream extends OutputStream {
        private final Response response;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int used;

        ResponseStream(Response response) {
            this.response = response;
        }

        @Override
        public void write(int value) throws IOException {
            if (used == buffer.length) {
                send(false);
            }
            buffer[used++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            int at = start;
            int left = length;
            while (left > 0) {
                if (used == buffer.length) {
                    send(false);
                }
                int part = Math.min(left, buffer.length - used);
                System.arraycopy(bytes, at, buffer, used, part);
                used += part;
                at += part;
                left -= part;
            }
        }

        /** Ends the answer. What is never ended is seen to be incomplete. */
        void end() throws IOException {
            send(true);
        }

        private void send(boolean last) throws IOException {
            try (Blocker.Callback blocker = Blocker.callback()) {
                response.write(last, ByteBuffer.wrap(buffer, 0, used), blocker);
                blocker.block();
            }
            used = 0;
        }
    }
}
