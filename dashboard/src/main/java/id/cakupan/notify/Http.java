package id.cakupan.notify;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts JSON and says what came of it. Redirects are not followed, answers not read. */
final class Http {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Bad request, content too large, unprocessable: sent again it is answered alike. */
    private static final Set<Integer> ABOUT_THE_MESSAGE = Set.of(400, 413, 422);

    private static final int LONGEST_PAUSE_SECONDS = 3_600;

    private final HttpClient client;
    private final Duration timeout;

    /**
     * A client.
     *
     * @param timeout how long a receiver may take to answer
     */
    Http(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    Outcome post(URI url, byte[] body, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "cakupan")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Outcome.unreachable("HTTP_TIMEOUT");
        } catch (ExecutionException e) {
            return Outcome.unreachable(error(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private static Outcome outcome(HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return Outcome.TAKEN;
        }
        String error = String.format(Locale.ROOT, "HTTP_%03d", status);
        if (ABOUT_THE_MESSAGE.contains(status)) {
            return Outcome.refused(error);
        }
        if (status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS) {
            return Outcome.turnedAway(error);
        }
        OptionalLong seconds = answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
        return Outcome.failed(
                error,
                seconds.isPresent() ? Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_PAUSE_SECONDS)) : null);
    }

    private static String error(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "HTTP_TIMEOUT";
        } else if (cause instanceof ConnectException) {
            return "HTTP_CONNECT";
        }
        return cause instanceof SSLException ? "HTTP_TLS" : "HTTP_CONNECTION";
    }
}
