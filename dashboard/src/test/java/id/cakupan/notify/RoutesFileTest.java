package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cakupan.records.AlertState;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Language;
import id.cakupan.notify.Routing.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void secret() throws Exception {
        Files.writeString(folder.resolve("hr.secret"), "0123456789abcdef0123456789abcdef\n");
        Files.setPosixFilePermissions(folder.resolve("hr.secret"), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldReadAWholeFile() throws Exception {
        Routing routing = RoutesFile.parse("""
                version: 1
                receivers:
                  - name: officer
                    email:
                      to: [officer@example.org, deputy@example.org]
                      language: both
                  - name: arba
                    contractor: npwp:0317037091445000
                    most-per-hour: 3
                    email: {to: [hr@arba.example]}
                  - name: hr
                    webhook: {url: "https://hr.example/hook", secret-file: hr.secret}
                  - name: watch
                    alertmanager: {url: "http://127.0.0.1:9093"}
                routes:
                  - name: blimbing
                    receivers: [officer]
                    match: {districts: ["35.73.01"], contractors: [npp:15070955], severities: [critical, warning]}
                    digest: "07:00"
                    escalation: PT15M
                  - {name: own, receivers: contractors, digest: "06:30"}
                  - {name: all, receivers: [hr, watch], match: {districts: ["35.73"]}, window: PT5S}
                sources:
                  - {source: hr.arba, silent-after: PT26H, receivers: [officer, watch]}
                """, folder);
        assertThat(routing.receivers())
                .extracting(Routing.Receiver::name)
                .containsExactly("officer", "arba", "hr", "watch");
        assertThat(((Email) routing.receivers().get(0).target()).language()).isEqualTo(Language.BOTH);
        assertThat(((Email) routing.receivers().get(1).target()).language()).isEqualTo(Language.ID);
        assertThat(routing.receivers().get(1).mostPerHour()).isEqualTo(3);
        assertThat(((Webhook) routing.receivers().get(2).target()).secret())
                .isEqualTo("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        assertThat(routing.routes().get(0).match().states())
                .containsExactlyInAnyOrder(AlertState.ESCALATED, AlertState.OVERDUE);
        assertThat(routing.routes().get(0).digest()).isEqualTo(LocalTime.of(7, 0));
        assertThat(routing.routes().get(1).receivers()).containsExactly("arba");
        assertThat(routing.routes().get(2).window()).isEqualTo(Duration.ofSeconds(5));
        assertThat(routing.sources().get(0).silentAfter()).isEqualTo(Duration.ofHours(26));
        assertThat(routing.toString()).as("no address is ever printed").doesNotContain("@");
    }

    @Test
    void shouldTellAllFaultsWithTheirLinesAndNoAddress() throws Exception {
        Files.writeString(folder.resolve("open.secret"), "0123456789abcdef0123456789abcdef\n");
        Files.setPosixFilePermissions(folder.resolve("open.secret"), PosixFilePermissions.fromString("rw-r--r--"));
        RoutesFile.RoutesException faults = faults("""
                version: 2
                receivers:
                  - name: Officer
                    email: {to: ["boss@example.org\\r\\nBcc: all@example.org"], languages: id}
                  - name: hr
                    webhook: {url: "http://user:pass@host/", secret-file: open.secret}
                  - name: hr
                    contractor: npwp:1
                    alertmanager: {url: "ftp://x"}
                  - name: none
                routes:
                  - name: a
                    receivers: [nobody]
                    digest: 7:00
                  - name: a
                    receivers: [hr]
                    digest: "07:00"
                    match: {districts: [], states: [LATE], colour: red}
                  - {name: b, receivers: [Officer], escalation: 15m}
                sources:
                  - {source: hr, silent-after: PT5S, receivers: [hr], receivers: [hr]}
                surprise: 1
                """);
        assertThat(faults.faults())
                .containsExactlyInAnyOrder(
                        "line 22: the file has no key like this; it has version, receivers, routes, sources",
                        "line 1: version: 1 is needed",
                        "line 3: this is not a name of small letters, digits, '.', '_' and '-', at most 64",
                        "line 4: email has no key like this; it has to, language",
                        "line 4: this is not an e-mail address",
                        "line 6: this is not an address http(s)://host/… without user and password",
                        "line 6: the secret file is open to other users; chmod 600 is needed",
                        "line 9: this is not an address http(s)://host/… without user and password",
                        "line 7: Alertmanager cannot belong to a contractor",
                        "line 7: there are two receivers hr",
                        "line 10: a receiver has one of email, webhook and alertmanager",
                        "line 13: this is not the name of a receiver above",
                        "line 14: this is not a time of day such as \"07:00\"",
                        "line 18: match has no key like this; it has districts, contractors, states, severities",
                        "line 18: this is not one of DUE_SOON, OVERDUE, ESCALATED",
                        "line 18: districts is empty; left out, it takes all",
                        "line 15: 'digest' and 'escalation' are for e-mail, and no receiver of the route has it",
                        "line 15: there are two routes a",
                        "line 19: this is not the name of a receiver above",
                        "line 19: this is not a duration such as PT15M, at most a day",
                        "line 21: receivers stands twice",
                        "line 21: this is not a duration such as PT26H or P3D, 1 min to 366 days",
                        "line 21: the silence of a source is not told to contractors");
        assertThat(faults.getMessage()).doesNotContain("@", ":pass", "boss");
    }

    @Test
    void shouldRefuseWhatIsNoYamlOrNoFile() {
        assertThat(faults("a: [").faults()).containsExactly("line 1: not YAML");
        assertThat(faults("").faults()).contains("line 1: receivers are needed");
        assertThat(faults("- x").faults()).contains("line 1: the file must be 'key: value' lines");
        assertThat(catchThrowableOfType(
                                RoutesFile.RoutesException.class, () -> RoutesFile.read(folder.resolve("none.yml")))
                        .faults())
                .singleElement()
                .asString()
                .startsWith("There is no routing file");
    }

    @Test
    void shouldReadTheExampleOfThePage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "alerts.md"));
        String example = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
        Files.copy(folder.resolve("hr.secret"), folder.resolve("arba.secret"), StandardCopyOption.COPY_ATTRIBUTES);
        Routing routing = RoutesFile.parse(example.substring(0, example.indexOf("```")), folder);
        assertThat(routing.receivers()).hasSize(5);
        assertThat(routing.routes()).hasSize(4);
        assertThat(routing.sources()).hasSize(2);
    }

    @Test
    void shouldSignAsThePageSays() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "alerts.md"));
        assertThat(page)
                .contains("secret `0123456789abcdef0123456789abcdef`, timestamp `1752105600`, body `{\"version\":1}`")
                .contains("`v1="
                        + WebhookChannel.sign(
                                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8),
                                "1752105600",
                                "{\"version\":1}".getBytes(StandardCharsets.UTF_8))
                        + "`");
    }

    private RoutesFile.RoutesException faults(String text) {
        return catchThrowableOfType(RoutesFile.RoutesException.class, () -> RoutesFile.parse(text, folder));
    }

    /** What the mail library does not take must not wait for the day on which something is sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kepala@example..org",
                ".a@b.id",
                "a.@b.id",
                "a..b@b.id",
                "a@b.",
                "a@-",
                "a@.b",
                "a@b-.id",
                "@b.id"
            })
    void shouldTakeNoAddressThatCannotBeMailedTo(String address) {
        assertThatThrownBy(() -> RoutesFile.address(address)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RoutesFile.address("o'neil+cakupan@sub-1.example.org")).isNotEmpty();
    }
}
