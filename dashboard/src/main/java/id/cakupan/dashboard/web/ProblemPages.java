package id.cakupan.dashboard.web;

import id.cakupan.dashboard.view.ProblemKind;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that the HTTP server finds by itself, in the form of all others. They quote nothing of the request. The connection
 * ends after a request that could not be read.
 */
final class ProblemPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Replies.problem(request, response, callback, ProblemKind.of(response.getStatus()));
        return true;
    }
}
