package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Says who looks. */
@FunctionalInterface
public interface Doorman {
    /**
     * Who sent a request.
     *
     * @throws RefusedException if nobody who may look
     */
    Principal viewer(Request request);

    /**
     * Looks at each request, those for pages too, before anything else.
     *
     * @throws RefusedException if it was meant for another server or comes from another site
     */
    default void admit(Request request) {}

    /** Network of the caller, which gets no more than its share of the server; empty = this machine. */
    default Optional<String> network(Request request) {
        return Optional.empty();
    }

    /**
     * Begins a session.
     *
     * @return values of {@code Set-Cookie}
     * @throws RefusedException if that is not the password
     */
    default List<String> login(Request request, String name, String password) throws InterruptedException {
        throw new RefusedException(ProblemKind.NOT_FOUND);
    }

    /** Ends a session. Returns values of {@code Set-Cookie}. */
    default List<String> logout() {
        throw new RefusedException(ProblemKind.NOT_FOUND);
    }
}
