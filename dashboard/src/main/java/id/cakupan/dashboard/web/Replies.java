package id.cakupan.dashboard.web;

import id.cakupan.dashboard.view.ProblemKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers, each with the headers that every answer has. No thread waits for the client. */
final class Replies {
    static final String JSON = "application/json";
    static final String NOT_KEPT = "no-store";
    static final String ASKED_AGAIN = "private, no-cache";
    static final String PUBLIC = "public, max-age=300";
    static final String KEPT = "public, max-age=31536000, immutable";

    private static final String PROBLEM = "application/problem+json";
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";
    private static final HttpField[] ALWAYS = {
        new PreEncodedHttpField("Content-Security-Policy", CSP),
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        new PreEncodedHttpField("X-Frame-Options", "DENY"),
        new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
        new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
        new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
        new PreEncodedHttpField(
                "Permissions-Policy",
                "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()")
    };

    private static final Pattern GZIP = Pattern.compile("gzip(;q=(1(\\.0*)?|0?\\.0*[1-9][0-9]*))?");

    private Replies() {}

    /** Puts the headers that every answer has. */
    static void head(Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        for (HttpField field : ALWAYS) {
            headers.put(field);
        }
    }

    /** Sends a body, or 304 when the client has it, compressed when the client takes that. */
    static void body(Request request, Response response, Callback callback, String type, String caching, Body body) {
        head(response);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, "\"" + body.tag() + "\"");
        headers.put(HttpHeader.CACHE_CONTROL, caching);
        headers.put(HttpHeader.VARY, "Accept-Encoding, Cookie");
        if (hasIt(request, body.tag())) {
            response.setStatus(304);
            response.write(true, ByteBuffer.allocate(0), callback);
            return;
        }
        boolean gzip = body.isLong() && takesGzip(request);
        byte[] bytes = gzip ? body.gzip() : body.plain();
        if (gzip) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        response.setStatus(200);
        headers.put(HttpHeader.CONTENT_TYPE, type);
        send(request, response, callback, bytes);
    }

    private static void send(Request request, Response response, Callback callback, byte[] bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes), callback);
    }

    private static boolean hasIt(Request request, String tag) {
        return request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .map(value -> value.startsWith("W/") ? value.substring(2) : value)
                .anyMatch(value -> value.equals("*") || value.equals("\"" + tag + "\""));
    }

    static boolean takesGzip(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT_ENCODING).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(value -> value.replace(" ", ""))
                .anyMatch(value -> GZIP.matcher(value).matches());
    }

    /** Sends JSON that is not to be kept. */
    static void json(Request request, Response response, Callback callback, int status, byte[] json) {
        head(response);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, NOT_KEPT);
        send(request, response, callback, json);
    }

    /** Sends the page that says that there is nothing. */
    static void missing(Request request, Response response, Callback callback, String type, Body body) {
        head(response);
        response.setStatus(ProblemKind.NOT_FOUND.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, NOT_KEPT);
        send(request, response, callback, body.plain());
    }

    /** Sends nothing but a status. */
    static void empty(Response response, Callback callback, int status) {
        head(response);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, NOT_KEPT);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** Sends why there is no success. */
    static void problem(Request request, Response response, Callback callback, ProblemKind kind) {
        head(response);
        response.setStatus(kind.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, PROBLEM);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, NOT_KEPT);
        if (kind.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        }
        send(request, response, callback, Json.bytes(kind.problem()));
    }
}
