package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Audit;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.export.Exports;
import id.cakupan.dashboard.view.Parameters;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import id.cakupan.dashboard.view.ViewQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All addresses of the dashboard: the page, its files, the API and its streams. */
final class SiteHandler extends Handler.Abstract {
    /** Base path of the API. */
    static final String API = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(SiteHandler.class);
    private static final String LIVE = API + "/live";
    private static final String EXPORT = API + "/export/";
    private static final String OPENAPI = API + "/openapi.json";
    private static final String LETTER = API + "/letter";
    private static final HttpField HSTS = new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern PAGES = Pattern.compile(
            "/(districts|contractors|projects|fundings|hires|decisions|help|kiosk|login)?|/(districts|contractors|projects|fundings|hires|decisions|help|kiosk|login)/|/group/[a-z]+/[^/]+/?");
    /** Slashes, backslashes, dots and control characters that hide behind percent-encoding, and paths that climb. */
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i).*(%2f|%5c|%2e|%00|%25|\\\\|;|//|/\\.).*", Pattern.DOTALL);

    private final Renderer renderer;
    private final LiveHub hub;
    private final PageFiles files;
    private final Doorman doorman;
    private final Exports exports;
    private final Body description = description();
    private final Downloads downloads = new Downloads();
    private final DecisionCalls decisions;
    private final SessionCalls sessions;
    private final DashboardMeters meters;
    private final boolean https;

    /** @param https whether people open the dashboard with https, and should never do so without */
    SiteHandler(
            Renderer renderer,
            LiveHub hub,
            PageFiles files,
            Exports exports,
            DecisionCalls decisions,
            SessionCalls sessions,
            Doorman doorman,
            DashboardMeters meters,
            boolean https) {
        super(InvocationType.BLOCKING);
        this.renderer = renderer;
        this.hub = hub;
        this.files = files;
        this.exports = exports;
        this.decisions = decisions;
        this.sessions = sessions;
        this.doorman = doorman;
        this.meters = meters;
        this.https = https;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Request.addCompletionListener(request, failure -> meters.answered(response.getStatus()));
        try {
            if (https) {
                response.getHeaders().put(HSTS);
            }
            doorman.admit(request);
            String path = path(request);
            if (path.startsWith(API + "/")) {
                api(path, request, response, callback);
            } else {
                page(path, request, response, callback);
            }
        } catch (RefusedException e) {
            refuse(request, response, callback, e.kind());
        } catch (RuntimeException e) {
            // Its message may quote a value.
            LOG.error("A request failed: {} {}", e.getClass().getName(), Arrays.toString(e.getStackTrace()));
            refuse(request, response, callback, ProblemKind.INTERNAL);
        }
        return true;
    }

    private static void refuse(Request request, Response response, Callback callback, ProblemKind kind) {
        if (kind == ProblemKind.METHOD_NOT_ALLOWED) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        }
        if (request.getLength() != 0 && !READING.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        Replies.problem(request, response, callback, kind);
    }

    /** The path as it is sent, if nothing about it is suspicious. */
    private static String path(Request request) {
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        String query = request.getHttpURI().getQuery();
        if (path.length() > Parameters.LONGEST_QUERY) {
            throw new RefusedException(ProblemKind.URL_TOO_LONG);
        }
        if (query != null && query.length() > Parameters.LONGEST_QUERY) {
            throw new RefusedException(ProblemKind.BAD_QUERY);
        }
        if (!path.startsWith("/") || SUSPICIOUS.matcher(path).matches()) {
            throw new RefusedException(ProblemKind.BAD_REQUEST);
        }
        return path;
    }

    private static Body description() {
        try (InputStream in = SiteHandler.class.getResourceAsStream("openapi.json")) {
            return new Body(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireReading(Request request) {
        if (!READING.contains(request.getMethod())) {
            throw new RefusedException(ProblemKind.METHOD_NOT_ALLOWED);
        }
    }

    private void page(String path, Request request, Response response, Callback callback) {
        requireReading(request);
        if (path.startsWith(PageFiles.ASSETS)) {
            PageFiles.PageFile file = files.file(path).orElseThrow(() -> new RefusedException(ProblemKind.NOT_FOUND));
            Replies.body(request, response, callback, file.type(), Replies.KEPT, file.body());
            return;
        }
        PageFiles.PageFile index = files.index();
        if (!PAGES.matcher(path).matches()) {
            if (!takesPages(request)) {
                throw new RefusedException(ProblemKind.NOT_FOUND);
            }
            Replies.missing(request, response, callback, index.type(), index.body());
            return;
        }
        Replies.body(request, response, callback, index.type(), Replies.ASKED_AGAIN, index.body());
    }

    private static boolean takesPages(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
                .anyMatch(value -> value.contains("text/html"));
    }

    private void api(String path, Request request, Response response, Callback callback) {
        if (SessionCalls.isFor(request.getMethod(), path)) {
            sessions.handle(request, response, callback);
            return;
        }
        Principal viewer = doorman.viewer(request);
        boolean live = path.startsWith(LIVE + "/");
        if (DecisionCalls.isFor(request.getMethod(), path)) {
            decisions.handle(path, viewer, request, response, callback);
            return;
        }
        requireReading(request);
        String raw = request.getHttpURI().getQuery();
        if (path.equals(OPENAPI)) {
            Replies.body(request, response, callback, Replies.JSON, Replies.ASKED_AGAIN, description);
            return;
        }
        if (path.startsWith(EXPORT)) {
            Exports.Download download = exports.download(path.substring(EXPORT.length()), raw, viewer);
            downloads.send(download, doorman.network(request).orElse(null), request, response, callback);
            return;
        }
        if (path.equals(LETTER)) {
            String letter = exports.letter(raw, viewer, files.prefix() + "/" + PageFiles.LETTER_STYLE);
            Body body = new Body(letter.getBytes(StandardCharsets.UTF_8));
            Replies.body(request, response, callback, "text/html; charset=utf-8", Replies.NOT_KEPT, body);
            return;
        }
        ViewQuery query = ViewQuery.parse(
                path.substring((live ? LIVE : API).length()),
                request.getHttpURI().getQuery());
        if (live) {
            if (request.getMethod().toUpperCase(Locale.ROOT).equals("HEAD")) {
                throw new RefusedException(ProblemKind.METHOD_NOT_ALLOWED);
            }
            audit("watch", query, viewer, hub.open(query, viewer, request, response, callback));
        } else {
            Body body = renderer.render(query, viewer);
            audit("read", query, viewer, body.singleRows());
            Replies.body(request, response, callback, Replies.JSON, caching(query, viewer), body);
        }
    }

    private static void audit(String how, ViewQuery query, Principal viewer, int rows) {
        if (query instanceof ViewQuery.Hires hires) {
            Audit.log(viewer.name(), how + "-hires", hires.selection().scope(), rows);
        } else if (query instanceof ViewQuery.Decisions) {
            Audit.log(viewer.name(), how + "-decisions", "all", rows);
        }
    }

    /** Rows of single hires and what was decided about them are not to stay on anybody's disk. */
    private static String caching(ViewQuery query, Principal viewer) {
        if (query instanceof ViewQuery.Hires || query instanceof ViewQuery.Decisions) {
            return Replies.NOT_KEPT;
        }
        boolean anybody = viewer.role() == Role.PUBLIC && !(query instanceof ViewQuery.Status);
        return anybody ? Replies.PUBLIC : Replies.ASKED_AGAIN;
    }
}
