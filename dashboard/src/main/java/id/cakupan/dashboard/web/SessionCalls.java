package id.cakupan.dashboard.web;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** {@code POST /session} and {@code DELETE /session}: logging in and out. */
final class SessionCalls {
    private static final String PATH = SiteHandler.API + "/session";
    private static final int MOST_BYTES = 2_048;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Credentials.class);

    /** What is sent to log in. */
    private record Credentials(
            @Nullable String name, @Nullable String password) {
        /** Without what it holds. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    private final Doorman doorman;
    private final Executor workers;

    /** @param workers where passwords are compared, which takes a while */
    SessionCalls(Doorman doorman, Executor workers) {
        this.doorman = doorman;
        this.workers = workers;
    }

    /** Whether a request is one of these. */
    static boolean isFor(String method, String path) {
        return path.equals(PATH) && (method.equals("POST") || method.equals("DELETE"));
    }

    void handle(Request request, Response response, Callback callback) {
        if (request.getHttpURI().getQuery() != null) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        if (request.getMethod().equals("DELETE")) {
            doorman.logout().forEach(cookie -> response.getHeaders().add("Set-Cookie", cookie));
            Replies.empty(response, callback, 204);
            return;
        }
        Bodies.read(request, MOST_BYTES, workers, response, callback, body -> {
            Credentials credentials = read(body);
            if (credentials.name() == null || credentials.password() == null) {
                throw new RefusedException(ProblemKind.BAD_REQUEST);
            }
            doorman.login(request, credentials.name(), credentials.password())
                    .forEach(cookie -> response.getHeaders().add("Set-Cookie", cookie));
            Replies.empty(response, callback, 204);
        });
    }

    private static Credentials read(byte[] body) {
        try {
            Credentials credentials = READER.readValue(body);
            if (credentials == null) {
                throw new RefusedException(ProblemKind.BAD_REQUEST);
            }
            return credentials;
        } catch (IOException e) {
            throw new RefusedException(ProblemKind.BAD_REQUEST);
        }
    }
}
