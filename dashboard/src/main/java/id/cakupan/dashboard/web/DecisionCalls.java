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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

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
    private final Executor workers;

    /** @param workers where records are made */
    DecisionCalls(Views views, DecisionSink sink, Clock clock, Executor workers) {
        this.views = views;
        this.sink = sink;
        this.clock = clock;
        this.workers = workers;
    }

    /** Whether a request is one of these. */
    static boolean isFor(String method, String path) {
        return (method.equals("POST") && path.equals(PATH)) || (method.equals("DELETE") && path.startsWith(ONE));
    }

    void handle(String path, Principal viewer, Request request, Response response, Callback callback) {
        if (request.getHttpURI().getQuery() != null) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        if (request.getMethod().equals("DELETE")) {
            end(Parameters.decode(path.substring(ONE.length())), viewer, request, response, callback);
        } else {
            decide(viewer, request, response, callback);
        }
    }

    private void end(String id, Principal viewer, Request request, Response response, Callback callback) {
        AlertDecision decision = views.endable(id, viewer);
        Audit.log(viewer, "end-decision", scope(decision), 1);
        if (decision.getEndedAt() != null) {
            Replies.empty(response, callback, 204);
            return;
        }
        AlertDecision ended = AlertDecision.newBuilder(decision)
                .setEndedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .build();
        answer(sink.keep(ended), request, response, callback, () -> Replies.empty(response, callback, 204));
    }

    private void decide(Principal viewer, Request request, Response response, Callback callback) {
        Bodies.read(request, MOST_BYTES, workers, response, callback, body -> {
            AlertDecision decision = views.decide(read(body), UUID.randomUUID().toString(), viewer);
            Audit.log(viewer, decision.getKind().name().toLowerCase(Locale.ROOT), scope(decision), 1);
            answer(sink.keep(decision), request, response, callback, () -> {
                byte[] json = Json.bytes(views.decided(decision));
                Replies.json(request, response, callback, 201, json);
            });
        });
    }

    /** The group that a decision concerns; of a decision about one alert nothing more is told. */
    private static String scope(AlertDecision decision) {
        if (decision.getAlertKey() != null) {
            return "alert";
        }
        return Stream.of(decision.getProjectId(), decision.getContractorId(), decision.getDistrictCode())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("/"));
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
