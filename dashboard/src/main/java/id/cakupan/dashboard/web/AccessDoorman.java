package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Access;
import id.cakupan.dashboard.access.AccessRequest;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Refusal;
import id.cakupan.dashboard.view.ProblemKind.Problem;
import id.cakupan.dashboard.view.RefusedException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.Request;

/** Says who asks by the settings of access. */
public final class AccessDoorman implements Doorman {
    private final Access access;

    /** @param access by the settings */
    public AccessDoorman(Access access) {
        this.access = access;
    }

    private interface Question<T> {
        T ask() throws id.cakupan.dashboard.access.RefusedException, InterruptedException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (id.cakupan.dashboard.access.RefusedException e) {
            Refusal refusal = e.refusal();
            throw new RefusedException(
                    new Problem(
                            "urn:cakupan:problem:"
                                    + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            "Refused",
                            refusal.status(),
                            refusal.detail(),
                            "Ditolak",
                            refusal.detailId()),
                    e.retryAfterSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void check(Request request) {
        ask(() -> {
            access.check(new Asked(request));
            return true;
        });
    }

    @Override
    public Principal principal(Request request) {
        return ask(() -> access.identify(new Asked(request)));
    }

    @Override
    public List<String> login(Request request, String name, String password) {
        return ask(() -> access.login(new Asked(request), name, password));
    }

    @Override
    public List<String> logout() {
        return ask(access::logout);
    }

    private record Asked(Request request) implements AccessRequest {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            String path = request.getHttpURI().getPath();
            return path == null ? "" : path;
        }

        @Override
        public String remoteAddress() {
            return Request.getRemoteAddr(request);
        }

        @Override
        public List<String> headers(String name) {
            return request.getHeaders().getValuesList(name);
        }
    }
}
