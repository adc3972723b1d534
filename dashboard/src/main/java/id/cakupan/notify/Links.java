package id.cakupan.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses of pages of the dashboard; none while nobody said where it is. */
final class Links {
    private final @Nullable String base;

    Links(Optional<URI> dashboard) {
        base = dashboard
                .map(URI::toString)
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .orElse(null);
    }

    /** The page of a project. */
    Optional<String> project(String id) {
        return Optional.ofNullable(base).map(b -> b + "/group/project/" + encoded(id));
    }

    /**
     * The list of open alerts.
     *
     * @param contractor only those of this contractor; null = all
     * @param language id or en
     */
    Optional<String> hires(@Nullable String contractor, String language) {
        String filter = contractor == null ? "" : "&contractor=" + encoded(contractor);
        return Optional.ofNullable(base).map(b -> b + "/hires?lang=" + language + filter);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
