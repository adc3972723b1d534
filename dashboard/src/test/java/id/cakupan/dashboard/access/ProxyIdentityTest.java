package id.cakupan.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyIdentityTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final ProxyIdentity.Names NAMES = new ProxyIdentity.Names(
            "X-Cakupan-Proxy-Secret",
            "X-Forwarded-User",
            "X-Forwarded-Groups",
            "X-Forwarded-Contractor",
            "cakupan-officials",
            "cakupan-contractor/");

    private final ProxyIdentity proxy = new ProxyIdentity(SECRET.getBytes(StandardCharsets.UTF_8), NAMES);
    private final Asked plain = Asked.get("/api/v1/hires");
    private final Asked proven = plain.with("X-Cakupan-Proxy-Secret", SECRET);
    private final Asked budi = proven.with("x-forwarded-user", "budi@example.go.id");

    @Test
    void shouldBelieveTheProxy() throws Exception {
        assertThat(proxy.identify(budi.with("X-Forwarded-Groups", "staff, cakupan-officials")))
                .isEqualTo(new Principal("budi@example.go.id", Role.OFFICIAL, null));
        assertThat(proxy.identify(budi.with("X-Forwarded-Groups", "cakupan-contractor/npp:15070955,staff")))
                .isEqualTo(new Principal("budi@example.go.id", Role.CONTRACTOR, "npp:15070955"));
        assertThat(proxy.identify(budi.with("X-Forwarded-Contractor", "npp:15070955")))
                .isEqualTo(new Principal("budi@example.go.id", Role.CONTRACTOR, "npp:15070955"));
        assertThat(proxy.identify(budi.with("X-Forwarded-Contractor", "npp:15070955")
                                .with("X-Forwarded-Groups", "cakupan-contractor/npp:15070955"))
                        .contractorId())
                .isEqualTo("npp:15070955");
    }

    @Test
    void shouldRefuseForgedHeaders() {
        for (Asked forged : List.of(
                plain.with("X-Forwarded-User", "budi"),
                plain.with("X-Forwarded-Groups", "cakupan-officials"),
                plain.with("X-Forwarded-Contractor", "npp:1"),
                plain.with("X-Forwarded-User", "budi").with("X-Cakupan-Proxy-Secret", ""),
                plain.with("X-Forwarded-User", "budi").with("X-Cakupan-Proxy-Secret", SECRET + "0"),
                plain.with("X-Forwarded-User", "budi").with("X-Cakupan-Proxy-Secret", SECRET.substring(1)),
                plain.with("X-Cakupan-Proxy-Secret", "guess"),
                budi.with("X-Cakupan-Proxy-Secret", SECRET),
                budi.with("X-Cakupan-Proxy-Secret", "guess"))) {
            assertThat(fault(forged)).as("%s", forged).isEqualTo("FORGED_IDENTITY");
        }
        assertThat(fault(plain)).isEqualTo("NOT_LOGGED_IN");
        assertThat(fault(proven)).isEqualTo("NOT_LOGGED_IN");
        assertThat(fault(proven.with("X-Forwarded-Groups", "cakupan-officials")))
                .isEqualTo("NOT_LOGGED_IN");
    }

    @Test
    void shouldRefuseWhatHasTwoMeanings() {
        for (Asked ambiguous : List.of(
                budi.with("X-Forwarded-User", "siti"),
                budi.with("X-Forwarded-Groups", "staff").with("x-forwarded-groups", "cakupan-officials"),
                budi.with("X-Forwarded-Contractor", "npp:1").with("X-Forwarded-Contractor", "npp:1"),
                budi.with("X-Forwarded-Contractor", "npp:1").with("X-Forwarded-Groups", "cakupan-contractor/npp:2"),
                budi.with("X-Forwarded-Contractor", "npp:1").with("X-Forwarded-Groups", "cakupan-officials"),
                budi.with("X-Forwarded-Contractor", "npp:1, npp:2"),
                budi.with("X-Forwarded-Groups", "cakupan-contractor/"),
                proven.with("X-Forwarded-User", "budi, siti").with("X-Forwarded-Groups", "cakupan-officials"),
                proven.with("X-Forwarded-User", "budi\nadmin").with("X-Forwarded-Groups", "cakupan-officials"))) {
            assertThat(fault(ambiguous)).as("%s", ambiguous).isEqualTo("AMBIGUOUS_IDENTITY");
        }
        assertThat(fault(budi)).isEqualTo("NO_ROLE");
        assertThat(fault(budi.with("X-Forwarded-Groups", "not-cakupan-officials,cakupan-officials-not")))
                .isEqualTo("NO_ROLE");
    }

    @Test
    void shouldReadASecretOnlyOfItsOwner(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> ProxyIdentity.secret(file)).hasMessageContaining("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ProxyIdentity.secret(file)).asString(StandardCharsets.UTF_8).isEqualTo(SECRET);
        assertThatThrownBy(() -> new ProxyIdentity("short".getBytes(StandardCharsets.UTF_8), NAMES))
                .hasMessageContaining("32 characters");
    }

    private String fault(AccessRequest request) {
        try {
            return proxy.identify(request).toString();
        } catch (RefusedException e) {
            return e.refusal().name();
        }
    }
}
