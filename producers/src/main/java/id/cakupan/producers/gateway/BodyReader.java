package id.cakupan.producers.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Reads the body of one request as it comes, without holding a thread. */
final class BodyReader implements Runnable {
    private static final int FIRST_BYTES = 8 * 1024;
    private static final long MOST_DISCARDED = 16L * 1024 * 1024;

    private final Request request;
    private final AtomicLong heldBytes;
    private final long mostHeldBytes;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private byte[] bytes = {};
    private int length;
    private long reserved;
    private boolean released;

    /**
     * @param heldBytes bytes that the bodies of all requests take now
     * @param mostHeldBytes most that they may take
     */
    BodyReader(Request request, AtomicLong heldBytes, long mostHeldBytes) {
        this.request = request;
        this.heldBytes = heldBytes;
        this.mostHeldBytes = mostHeldBytes;
    }

    /**
     * Reads. Whoever calls it calls {@link #release} when the body is no longer needed.
     *
     * @param leftNanos time that is left for it
     * @return the body; or failed with {@link Refusal} when it is too long, too late or there is no room, with anything else
     *     when the client is gone
     */
    CompletableFuture<byte[]> read(Scheduler scheduler, long leftNanos) {
        Scheduler.Task deadline = scheduler.schedule(
                () -> result.completeExceptionally(new Refusal(ProblemKind.TOO_SLOW)),
                Math.max(0, leftNanos),
                TimeUnit.NANOSECONDS);
        run();
        return result.whenComplete((body, failure) -> deadline.cancel());
    }

    /** The room of the body is free for others. */
    synchronized void release() {
        released = true;
        heldBytes.addAndGet(-reserved);
        reserved = 0;
    }

    /** Reads on, each time there is more. */
    @Override
    public void run() {
        while (!result.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = add(chunk.getByteBuffer());
            chunk.release();
            if (fits && last) {
                result.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
            }
        }
    }

    private void fail(Throwable failure) {
        if (failure instanceof TimeoutException) {
            result.completeExceptionally(new Refusal(ProblemKind.TOO_SLOW));
        } else if (failure instanceof HttpException) {
            result.completeExceptionally(new Refusal(ProblemKind.BAD_REQUEST));
        } else {
            result.completeExceptionally(failure);
        }
    }

    private synchronized boolean add(ByteBuffer more) {
        if (released) {
            return false;
        }
        if (length + more.remaining() > Limits.BATCH_BYTES) {
            result.completeExceptionally(new Refusal(ProblemKind.BODY_TOO_LARGE));
            return false;
        }
        int needed = length + more.remaining();
        if (needed > bytes.length) {
            int size = Math.max(needed, Math.min(Limits.BATCH_BYTES, Math.max(FIRST_BYTES, 2 * bytes.length)));
            int growth = size - bytes.length;
            reserved += growth;
            if (heldBytes.addAndGet(growth) > mostHeldBytes) {
                result.completeExceptionally(new Refusal(ProblemKind.BUSY));
                return false;
            }
            bytes = Arrays.copyOf(bytes, size);
        }
        int added = more.remaining();
        more.get(bytes, length, added);
        length += added;
        return true;
    }

    /**
     * Reads what is left of a body that is of no interest, so that a client that is still sending sees the answer instead
     * of a broken connection. Calls {@code done} at the end of it, after a while and some bytes at the latest, and says whether
     * that was all of it.
     */
    static void discard(Request request, Scheduler scheduler, long leftNanos, Consumer<Boolean> done) {
        if (leftNanos <= 0) {
            done.accept(false);
            return;
        }
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Scheduler.Task deadline = scheduler.schedule(() -> end.complete(false), leftNanos, TimeUnit.NANOSECONDS);
        AtomicLong discarded = new AtomicLong();
        Runnable next = new Runnable() {
            @Override
            public void run() {
                while (!end.isDone()) {
                    Content.Chunk chunk = request.read();
                    if (chunk == null) {
                        request.demand(this);
                        return;
                    }
                    if (Content.Chunk.isFailure(chunk)) {
                        end.complete(false);
                        return;
                    }
                    boolean last = chunk.isLast();
                    boolean enough = discarded.addAndGet(chunk.remaining()) > MOST_DISCARDED;
                    chunk.release();
                    if (last || enough) {
                        end.complete(last);
                    }
                }
            }
        };
        next.run();
        var unused = end.whenComplete((ended, failure) -> {
            deadline.cancel();
            done.accept(Boolean.TRUE.equals(ended));
        });
    }
}
