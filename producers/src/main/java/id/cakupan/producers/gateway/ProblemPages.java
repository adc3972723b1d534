package id.cakupan.producers.gateway;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that Jetty finds by itself, in the form of all others. They quote nothing of the request. Jetty ends the connection
 * after a request that it could not read, so the answer says so.
 */
final class ProblemPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        GatewayHandler.write(response, Answer.problem(ProblemKind.of(response.getStatus())), callback);
        return true;
    }
}
