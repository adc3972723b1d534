package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Access;
import id.cakupan.dashboard.access.AccessRequest;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Refusal;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Says who looks, by the settings of access. */
public final class AccessDoorman implements Doorman {
    /** A request as access sees it. */
    private record Asked(Request request) implements AccessRequest {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            return Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
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

    private final Access access;
    private final DashboardMeters meters;

    /** Counts whom it refuses. */
    public AccessDoorman(Access access, DashboardMeters meters) {
        this.access = access;
        this.meters = meters;
    }

    @Override
    public void admit(Request request) {
        try {
            access.check(new Asked(request));
        } catch (id.cakupan.dashboard.access.RefusedException e) {
            throw refused(e);
        }
    }

    @Override
    public Principal viewer(Request request) {
        try {
            return access.identify(new Asked(request));
        } catch (id.cakupan.dashboard.access.RefusedException e) {
            throw refused(e);
        }
    }

    @Override
    public Optional<String> network(Request request) {
        return access.network(new Asked(request));
    }

    @Override
    public List<String> login(Request request, String name, String password) throws InterruptedException {
        try {
            return access.login(new Asked(request), name, password);
        } catch (id.cakupan.dashboard.access.RefusedException e) {
            throw refused(e);
        }
    }

    @Override
    public List<String> logout() {
        try {
            return access.logout();
        } catch (id.cakupan.dashboard.access.RefusedException e) {
            throw refused(e);
        }
    }

    private RefusedException refused(id.cakupan.dashboard.access.RefusedException e) {
        meters.refused(e.refusal());
        return new RefusedException(kind(e.refusal()), e.retryAfterSeconds());
    }

    private static ProblemKind kind(Refusal refusal) {
        return switch (refusal) {
            case NOT_LOGGED_IN -> ProblemKind.LOGIN_REQUIRED;
            case WRONG_CREDENTIALS -> ProblemKind.WRONG_CREDENTIALS;
            case TOO_MANY_FAILURES -> ProblemKind.TOO_MANY_FAILURES;
            case BUSY -> ProblemKind.LOGIN_BUSY;
            case LOGIN_IMPOSSIBLE -> ProblemKind.NOT_FOUND;
            case FORGED_IDENTITY -> ProblemKind.FORGED_IDENTITY;
            case AMBIGUOUS_IDENTITY -> ProblemKind.AMBIGUOUS_IDENTITY;
            case NO_ROLE -> ProblemKind.NO_ROLE;
            case WRONG_HOST -> ProblemKind.WRONG_HOST;
            case CROSS_SITE -> ProblemKind.FOREIGN_REQUEST;
            case FORWARDED -> ProblemKind.FORWARDED;
        };
    }
}
