package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.view.RefusedException;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** Says who asks. Each method throws {@link RefusedException} for nobody who may ask. */
public interface Doorman {
    /** To be called for each request, before all else: refuses those that come from another site. */
    void check(Request request);

    /** Who sent a request. */
    Principal principal(Request request);

    /** Begins a session. Returns values of {@code Set-Cookie}. */
    List<String> login(Request request, String name, String password);

    /** Ends a session. Returns values of {@code Set-Cookie}. */
    List<String> logout();
}
