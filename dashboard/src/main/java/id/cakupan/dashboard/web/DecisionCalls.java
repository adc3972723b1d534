package id.cakupan.dashboard.web;

import cakupan.records.AlertDecision;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import id.cakupan.dashboard.access.Audit;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.view.DecisionRequest;
import id.cakupan.dashboard.view.Parameters;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import id.cakupan.dashboard.view.Views;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** {@code POST /decisions} and {@code DELETE /decisions/ID}. No thread waits for the client or for a broker. */
final class DecisionCalls {
    private static final String PATH = SiteHandler.API + "/decisions";
    private static final String ONE = PATH + "/";
    private static final int MOST_BYTES = 4_096;
    private static final ObjectReader READER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build()
            .readerFor(DecisionRequest.class);

    private final Views views;
    private final DecisionSink sink;
    private final Clock clock;

    DecisionCalls(Views views, DecisionSink sink, Clock clock) {
        this.views = views;
        this.sink = sink;
        this.clock = clock;
    }

    /** Whether a request is one of these. */
    static boolean isFor(String method, String path) {
        return (method.equals("POST") && path.equals(PATH)) || (method.equals("DELETE") && path.startsWith(ONE));
    }

    void handle(String path, Principal viewer, Request request, Response response, Callback callback) {
        requireFromPage(request);
        if (request.getHttpURI().getQuery() != null) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        if (request.getMethod().equals("DELETE")) {
            end(Parameters.decode(path.substring(ONE.length())), viewer, request, response, callback);
        } else {
            decide(viewer, request, response, callback);
        }
    }

    /** Another site can neither send the header nor hide where it is. */
    static void requireFromPage(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host =
                Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST)).orElse("");
        boolean fromPage = "page".equals(request.getHeaders().get("X-Cakupan-Request"))
                && (site == null || site.equals("same-origin"))
                && (origin == null || origin.toLowerCase(Locale.ROOT).endsWith("://" + host.toLowerCase(Locale.ROOT)));
        if (!fromPage) {
            throw new RefusedException(ProblemKind.FOREIGN_REQUEST);
        }
    }

    private void end(String id, Principal viewer, Request request, Response response, Callback callback) {
        AlertDecision decision = views.endable(id, viewer);
        if (decision.getEndedAt() != null) {
            Replies.empty(response, callback, 204);
            return;
        }
        AlertDecision ended = AlertDecision.newBuilder(decision)
                .setEndedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .build();
        answer(sink.keep(ended), request, response, callback, () -> {
            audit(viewer, "end-decision", decision);
            Replies.empty(response, callback, 204);
        });
    }

    private static void audit(Principal viewer, String action, AlertDecision decision) {
        String project = decision.getProjectId();
        String contractor = decision.getContractorId();
        String district = decision.getDistrictCode();
        String scope = project != null
                ? "project/" + project
                : contractor != null ? "contractor/" + contractor : district != null ? "district/" + district : "hire";
        Audit.log(viewer.name(), action, scope, 1);
    }

    private void decide(Principal viewer, Request request, Response response, Callback callback) {
        String type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json") || request.getLength() > MOST_BYTES) {
            throw new RefusedException(
                    request.getLength() > MOST_BYTES ? ProblemKind.BODY_TOO_LARGE : ProblemKind.BAD_DECISION);
        }
        var unused = body(request).whenComplete((body, failure) -> {
            if (failure != null) {
                Replies.problem(request, response, callback, ProblemKind.BODY_TOO_LARGE);
                return;
            }
            try {
                AlertDecision decision =
                        views.decide(read(body), UUID.randomUUID().toString(), viewer);
                answer(sink.keep(decision), request, response, callback, () -> {
                    byte[] json = Json.bytes(views.decided(decision, viewer));
                    audit(viewer, Parameters.small(decision.getKind()), decision);
                    Replies.json(request, response, callback, 201, json);
                });
            } catch (RefusedException e) {
                Replies.problem(request, response, callback, e.kind());
            }
        });
    }

    static CompletableFuture<byte[]> body(Request request) {
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, MOST_BYTES, new Promise.Invocable<byte[]>() {
            @Override
            public void succeeded(byte[] bytes) {
                body.complete(bytes);
            }

            @Override
            public void failed(Throwable failure) {
                body.completeExceptionally(failure);
            }
        });
        return body;
    }

    private static DecisionRequest read(byte[] body) {
        try {
            DecisionRequest request = READER.readValue(body);
            if (request == null) {
                throw new RefusedException(ProblemKind.BAD_DECISION);
            }
            return request;
        } catch (IOException e) {
            throw new RefusedException(ProblemKind.BAD_DECISION);
        }
    }

    private static void answer(
            CompletableFuture<Void> kept, Request request, Response response, Callback callback, Runnable success) {
        var unused = kept.whenComplete((nothing, failure) -> {
            if (failure == null) {
                success.run();
            } else {
                Replies.problem(request, response, callback, ProblemKind.UNAVAILABLE);
            }
        });
    }
}
