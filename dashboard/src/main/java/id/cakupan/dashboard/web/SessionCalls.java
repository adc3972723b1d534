package id.cakupan.dashboard.web;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /session} and {@code DELETE /session}. Passwords are slow to check, which happens in threads of its own, so that
 * nobody else waits. Close it at the end.
 */
final class SessionCalls implements AutoCloseable {
    /** Who logs in. */
    record Credentials(@Nullable String name, @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);
    private static final String PATH = SiteHandler.API + "/session";
    private static final int MOST_BYTES = 4_096;
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 32;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Credentials.class);

    private final Doorman doorman;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "dashboard-login");
                thread.setDaemon(true);
                return thread;
            });

    SessionCalls(Doorman doorman) {
        this.doorman = doorman;
    }

    /** Whether a request is one of these. */
    static boolean isFor(String method, String path) {
        return path.equals(PATH) && (method.equals("POST") || method.equals("DELETE"));
    }

    void handle(Request request, Response response, Callback callback) {
        DecisionCalls.requireFromPage(request);
        if (request.getHttpURI().getQuery() != null) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        if (request.getMethod().equals("DELETE")) {
            set(response, doorman.logout());
            Replies.empty(response, callback, 204);
            return;
        }
        String type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .orElse("");
        if (request.getLength() > MOST_BYTES) {
            throw new RefusedException(ProblemKind.BODY_TOO_LARGE);
        }
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new RefusedException(ProblemKind.BAD_REQUEST);
        }
        var unused = DecisionCalls.body(request).whenComplete((body, failure) -> {
            if (failure != null) {
                Replies.problem(request, response, callback, ProblemKind.BODY_TOO_LARGE);
                return;
            }
            try {
                threads.execute(() -> login(body, request, response, callback));
            } catch (RejectedExecutionException e) {
                Replies.problem(request, response, callback, ProblemKind.LOGIN_BUSY);
            }
        });
    }

    private void login(byte[] body, Request request, Response response, Callback callback) {
        try {
            Credentials credentials = READER.readValue(body);
            if (credentials == null || credentials.name() == null || credentials.password() == null) {
                throw new RefusedException(ProblemKind.BAD_REQUEST);
            }
            set(response, doorman.login(request, credentials.name(), credentials.password()));
            Replies.empty(response, callback, 204);
        } catch (RefusedException e) {
            if (e.retryAfterSeconds() > 0) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, e.retryAfterSeconds());
            }
            Replies.problem(request, response, callback, e.kind());
        } catch (IOException e) {
            Replies.problem(request, response, callback, ProblemKind.BAD_REQUEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Replies.problem(request, response, callback, ProblemKind.LOGIN_BUSY);
        } catch (RuntimeException e) {
            LOG.error("A login failed: {}", e.getClass().getName());
            Replies.problem(request, response, callback, ProblemKind.INTERNAL);
        }
    }

    private static void set(Response response, List<String> cookies) {
        cookies.forEach(cookie -> response.getHeaders().add(HttpHeader.SET_COOKIE, cookie));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
