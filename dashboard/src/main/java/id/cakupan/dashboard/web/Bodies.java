package id.cakupan.dashboard.web;

import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads short JSON bodies of requests. No thread waits for the client. */
final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

    private Bodies() {}

    /**
     * Reads a body and does the work, whose refusals are answered.
     *
     * @param most bytes
     * @param workers where the work is done
     * @throws RefusedException if it is too long, or no JSON
     */
    static void read(
            Request request, int most, Executor workers, Response response, Callback callback, Consumer<byte[]> work) {
        String type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new RefusedException(ProblemKind.BAD_REQUEST);
        }
        if (request.getLength() > most) {
            throw new RefusedException(ProblemKind.BODY_TOO_LARGE);
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, most, new Promise.Invocable<byte[]>() {
            @Override
            public void succeeded(byte[] bytes) {
                body.complete(bytes);
            }

            @Override
            public void failed(Throwable failure) {
                body.completeExceptionally(failure);
            }
        });
        var unused = body.whenCompleteAsync(
                (bytes, failure) -> {
                    if (failure != null) {
                        Replies.problem(request, response, callback, ProblemKind.BODY_TOO_LARGE);
                        return;
                    }
                    try {
                        work.accept(bytes);
                    } catch (RefusedException e) {
                        Replies.problem(request, response, callback, e);
                    } catch (RuntimeException e) {
                        // Its message may quote a value.
                        LOG.error(
                                "A request failed: {} {}", e.getClass().getName(), Arrays.toString(e.getStackTrace()));
                        Replies.problem(request, response, callback, ProblemKind.INTERNAL);
                    }
                },
                workers);
    }
}
