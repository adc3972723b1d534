package id.cakupan.producers.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events} and {@code GET /openapi.json}. Whatever can be refused is, before the body is read; no thread
 * waits for a client or for a broker.
 */
final class GatewayHandler extends Handler.Abstract {
    /** Where events are posted. */
    static final String EVENTS = "/v1/events";

    /** Where the description of this interface is. */
    static final String OPENAPI = "/openapi.json";

    private static final Logger LOG = LoggerFactory.getLogger(GatewayHandler.class);
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +([!-~]+)");
    private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?utf-8\"?");
    private static final Map<String, Body.Form> FORMS =
            Map.of("application/json", Body.Form.JSON, "application/x-ndjson", Body.Form.LINES);
    private static final int SHORT_BODY = 64 * 1024;
    private static final String NO_SOURCE = "none";

    private final Limits limits;
    private final Sources sources;
    private final Availability availability;
    private final Intake intake;
    private final GatewayMeters meters;
    private final Executor workers;
    private final Answer openApi;
    private final AtomicLong heldBytes = new AtomicLong();

    /** @param workers where events are read and checked; may reject */
    GatewayHandler(
            Limits limits,
            Sources sources,
            Availability availability,
            Intake intake,
            GatewayMeters meters,
            Executor workers) {
        super(InvocationType.NON_BLOCKING);
        this.limits = limits;
        this.sources = sources;
        this.availability = availability;
        this.intake = intake;
        this.meters = meters;
        this.workers = workers;
        openApi = new Answer(200, Answer.JSON_TYPE, Map.of(), "", OpenApi.text());
    }

    long heldBytes() {
        return heldBytes.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Optional<Source> source = Optional.empty();
        try {
            String path = route(request);
            if (path.equals(OPENAPI)) {
                answer(request, response, callback, source, openApi);
                return true;
            }
            source = key(request).flatMap(sources::find);
            if (source.isEmpty()) {
                throw new Refusal(ProblemKind.KEY_REQUIRED);
            }
            post(source.get(), request, response, callback);
        } catch (Refusal e) {
            Answer answer = e.kind() == ProblemKind.METHOD_NOT_ALLOWED
                    ? e.answer().with("Allow", allowed(request.getHttpURI().getPath()))
                    : e.answer();
            refuse(request, response, callback, source, answer);
        }
        return true;
    }

    private static String route(Request request) throws Refusal {
        String path = request.getHttpURI().getPath();
        if (request.getHttpURI().getPathQuery().length() > Limits.URL_CHARACTERS) {
            throw new Refusal(ProblemKind.URL_TOO_LONG);
        }
        if (!EVENTS.equals(path) && !OPENAPI.equals(path)) {
            throw new Refusal(ProblemKind.NOT_FOUND);
        }
        if (!allowed(path).contains(request.getMethod())) {
            throw new Refusal(ProblemKind.METHOD_NOT_ALLOWED);
        }
        if (request.getHttpURI().getQuery() != null) {
            throw new Refusal(ProblemKind.QUERY_NOT_ALLOWED);
        }
        return path;
    }

    private static String allowed(String path) {
        return EVENTS.equals(path) ? "POST" : "GET, HEAD";
    }

    private static Optional<String> key(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return Optional.ofNullable(header)
                .map(BEARER::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1));
    }

    private void post(Source source, Request request, Response response, Callback callback) throws Refusal {
        if (availability.fault().isPresent()) {
            throw new Refusal(ProblemKind.UNAVAILABLE);
        }
        long wait = sources.request(source);
        if (wait > 0) {
            throw new Refusal(ProblemKind.TOO_MANY_REQUESTS, wait);
        }
        Body.Form form = form(request);
        boolean gzip = isGzip(request);
        if (request.getLength() > Limits.BATCH_BYTES) {
            throw new Refusal(ProblemKind.BODY_TOO_LARGE);
        }
        Optional<Source> known = Optional.of(source);
        BodyReader reader = new BodyReader(request, heldBytes, limits.heldBytes());
        var unused = reader.read(scheduler(request), leftNanos(request))
                .thenComposeAsync(body -> intake.take(source, body, gzip, form), workers)
                .whenComplete((answer, failure) -> {
                    reader.release();
                    if (failure == null) {
                        answer(request, response, callback, known, answer);
                    } else {
                        failed(request, response, callback, known, failure);
                    }
                });
    }

    private void failed(
            Request request, Response response, Callback callback, Optional<Source> source, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof Refusal refusal) {
            refuse(request, response, callback, source, refusal.answer());
        } else if (cause instanceof RejectedExecutionException) {
            answer(request, response, callback, source, Answer.problem(ProblemKind.BUSY));
        } else if (cause instanceof IOException) {
            callback.failed(cause);
        } else {
            // Its message may quote a value.
            LOG.error("A request failed: {} {}", cause.getClass().getName(), Arrays.toString(cause.getStackTrace()));
            answer(request, response, callback, source, Answer.problem(ProblemKind.INTERNAL));
        }
    }

    private static Body.Form form(Request request) throws Refusal {
        String header = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String[] parts = header == null ? new String[] {""} : header.split(";", -1);
        Body.Form form = FORMS.get(parts[0].strip().toLowerCase(Locale.ROOT));
        boolean known = parts.length == 1
                || (parts.length == 2 && CHARSET.matcher(parts[1].strip()).matches());
        if (form == null || !known) {
            throw new Refusal(ProblemKind.MEDIA_TYPE);
        }
        return form;
    }

    private static boolean isGzip(Request request) throws Refusal {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw new Refusal(ProblemKind.CONTENT_ENCODING);
    }

    private long leftNanos(Request request) {
        return limits.deadline().toNanos() - (System.nanoTime() - request.getBeginNanoTime());
    }

    private static Scheduler scheduler(Request request) {
        return request.getConnectionMetaData().getConnector().getScheduler();
    }

    /**
     * Answers a request whose body may still be on its way. A short one is read first, and the connection goes on. After a
     * long one the connection ends, but not before the client had a while to stop sending.
     */
    private void refuse(Request request, Response response, Callback callback, Optional<Source> source, Answer answer) {
        boolean waiting = request.getHeaders().contains(HttpHeader.EXPECT);
        boolean bodyless = request.getLength() <= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (bodyless) {
            answer(request, response, callback, source, answer);
        } else if (waiting) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            answer(request, response, callback, source, answer);
        } else if (request.getLength() > 0 && request.getLength() <= SHORT_BODY) {
            BodyReader.discard(request, scheduler(request), leftNanos(request), whole -> {
                if (!whole) {
                    response.getHeaders().put(HttpHeader.CONNECTION, "close");
                }
                answer(request, response, callback, source, answer);
            });
        } else {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            Runnable discard = () ->
                    BodyReader.discard(request, scheduler(request), leftNanos(request), whole -> callback.succeeded());
            answer(request, response, Callback.from(discard, callback::failed), source, answer);
        }
    }

    private void answer(Request request, Response response, Callback callback, Optional<Source> source, Answer answer) {
        meters.answered(
                source.map(Source::name).orElse(NO_SOURCE), answer, System.nanoTime() - request.getBeginNanoTime());
        write(response, answer, callback);
    }

    /** Writes an answer. */
    static void write(Response response, Answer answer, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        answer.headers().forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
        byte[] body = answer.bytes();
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
