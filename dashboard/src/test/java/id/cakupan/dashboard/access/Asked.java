package id.cakupan.dashboard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request that tests put together. */
record Asked(String method, String path, String remoteAddress, List<Map.Entry<String, String>> all)
        implements AccessRequest {
    static final String HOST = "127.0.0.1:8090";

    static Asked get(String path) {
        return new Asked("GET", path, "127.0.0.1", List.of(Map.entry("Host", HOST)));
    }

    static Asked post(String path) {
        return new Asked("POST", path, "127.0.0.1", List.of(Map.entry("Host", HOST))).with("X-Cakupan-Request", "page");
    }

    Asked with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(all);
        more.add(Map.entry(name, value));
        return new Asked(method, path, remoteAddress, more);
    }

    Asked without(String name) {
        return new Asked(
                method,
                path,
                remoteAddress,
                all.stream()
                        .filter(header -> !header.getKey().equalsIgnoreCase(name))
                        .toList());
    }

    Asked from(String address) {
        return new Asked(method, path, address, all);
    }

    @Override
    public List<String> headers(String name) {
        return all.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
