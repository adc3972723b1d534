package id.cakupan.dashboard.access;

import java.util.List;

/** What is to be known of a request to decide who asks. */
public interface AccessRequest {
    /** GET, POST, … */
    String method();

    /** Path without the query. */
    String path();

    /** IP address that the connection comes from. */
    String remoteAddress();

    /**
     * All values of a header, in their order, one for each time that it stands in the request.
     *
     * @param name in any case
     */
    List<String> headers(String name);
}
