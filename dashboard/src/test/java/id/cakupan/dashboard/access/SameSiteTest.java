package id.cakupan.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SameSiteTest {
    private final SameSite local = new SameSite(List.of("localhost", "127.0.0.1", "[::1]"), false, false, false);
    private final SameSite behindTls =
            new SameSite(List.of("cakupan.example.go.id", "10.0.0.5:8090"), false, true, false);

    @Test
    void shouldAnswerOnlyByItsOwnNames() {
        for (String host : List.of("127.0.0.1:8090", "localhost", "LOCALHOST:1", "[::1]:8090")) {
            assertThat(fault(local, Asked.get("/").without("Host").with("Host", host)))
                    .as(host)
                    .isEqualTo("ok");
        }
        for (String host : List.of(
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.",
                "localhost:8090@evil.example",
                "evil.example/localhost",
                "127.0.0.2",
                "[::2]",
                "",
                "localhost, evil.example",
                "localhost:999999")) {
            assertThat(fault(local, Asked.get("/").without("Host").with("Host", host)))
                    .as(host)
                    .isEqualTo("WRONG_HOST");
        }
        assertThat(fault(local, Asked.get("/").without("Host"))).isEqualTo("WRONG_HOST");
        assertThat(fault(local, Asked.get("/").with("Host", "localhost"))).isEqualTo("WRONG_HOST");
        assertThat(fault(behindTls, Asked.get("/").without("Host").with("Host", "10.0.0.5:8090")))
                .isEqualTo("ok");
        assertThat(fault(behindTls, Asked.get("/").without("Host").with("Host", "10.0.0.5")))
                .isEqualTo("WRONG_HOST");
    }

    @Test
    void shouldAnswerByAnyAddressButNoNameWhenItListensOnAll() {
        SameSite all = new SameSite(List.of("localhost"), true, false, false);

        for (String host : List.of("10.1.2.3:8090", "[fe80::1]:8090", "localhost")) {
            assertThat(fault(all, Asked.get("/").without("Host").with("Host", host)))
                    .as(host)
                    .isEqualTo("ok");
        }
        for (String host : List.of("evil.example", "10.1.2.3.evil.example", "1.2.3")) {
            assertThat(fault(all, Asked.get("/").without("Host").with("Host", host)))
                    .as(host)
                    .isEqualTo("WRONG_HOST");
        }
    }

    @Test
    void shouldRefuseChangesFromOtherSites() {
        assertThat(fault(local, Asked.post("/api/v1/decisions"))).isEqualTo("ok");
        assertThat(fault(
                        local,
                        Asked.post("/api/v1/decisions")
                                .with("Origin", "http://127.0.0.1:8090")
                                .with("Sec-Fetch-Site", "same-origin")))
                .isEqualTo("ok");
        assertThat(fault(local, Asked.post("/api/v1/decisions").without("X-Cakupan-Request")))
                .isEqualTo("CROSS_SITE");
        for (String site : List.of("cross-site", "same-site", "SAME-ORIGIN", "")) {
            assertThat(fault(local, Asked.post("/api/v1/decisions").with("Sec-Fetch-Site", site)))
                    .as(site)
                    .isEqualTo("CROSS_SITE");
        }
        for (String origin : List.of(
                "null",
                "",
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:8091",
                "https://127.0.0.1",
                "http://127.0.0.1:8090@evil.example",
                "http://localhost:8090",
                "127.0.0.1:8090",
                "http://[",
                "file://")) {
            assertThat(fault(local, Asked.post("/api/v1/decisions").with("Origin", origin)))
                    .as(origin)
                    .isEqualTo("CROSS_SITE");
        }
        assertThat(fault(
                        local,
                        Asked.post("/api/v1/decisions")
                                .with("Origin", "http://127.0.0.1:8090")
                                .with("Origin", "http://evil.example")))
                .isEqualTo("CROSS_SITE");
    }

    @Test
    void shouldKnowItsOriginBehindTls() {
        Asked post = Asked.post("/session").without("Host").with("Host", "cakupan.example.go.id");

        assertThat(fault(behindTls, post.with("Origin", "https://cakupan.example.go.id")))
                .isEqualTo("ok");
        assertThat(fault(behindTls, post.with("Origin", "https://cakupan.example.go.id:443")))
                .isEqualTo("ok");
        assertThat(fault(behindTls, post.with("Origin", "http://cakupan.example.go.id")))
                .isEqualTo("CROSS_SITE");
        assertThat(fault(behindTls, post.with("Origin", "https://cakupan.example.go.id:8443")))
                .isEqualTo("CROSS_SITE");
    }

    @Test
    void shouldLetOtherSitesLinkButNotReadFigures() {
        Asked figures = Asked.get("/api/v1/overview").with("Sec-Fetch-Site", "cross-site");

        assertThat(fault(local, figures.with("Sec-Fetch-Mode", "no-cors"))).isEqualTo("CROSS_SITE");
        assertThat(fault(local, figures.with("Sec-Fetch-Mode", "navigate"))).isEqualTo("ok");
        assertThat(fault(local, Asked.get("/projects").with("Sec-Fetch-Site", "cross-site")))
                .isEqualTo("ok");
        assertThat(fault(new SameSite(List.of("127.0.0.1"), false, false, true), figures))
                .isEqualTo("ok");
    }

    private static String fault(SameSite sameSite, AccessRequest request) {
        try {
            sameSite.check(request);
            return "ok";
        } catch (RefusedException e) {
            return e.refusal().name();
        }
    }
}
