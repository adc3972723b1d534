package id.cakupan.dashboard.web;

import id.cakupan.dashboard.view.Viewer;
import org.eclipse.jetty.server.Request;

/** Says who looks. */
@FunctionalInterface
public interface Doorman {
    /**
     * Who sent a request.
     *
     * @throws id.cakupan.dashboard.view.RefusedException if nobody who may look
     */
    Viewer viewer(Request request);
}
