package id.cakupan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command refuses before it does anything. */
class NotifyCommandTest {
    private static final String ROUTES = """
            version: 1
            receivers: [{name: officer, email: {to: [officer@example.org]}}]
            routes: [{name: city, receivers: [officer], digest: "07:00"}]
            """;

    @TempDir
    Path folder;

    private List<String> refused(String... flags) throws Exception {
        Path routes = folder.resolve("routes.yml");
        if (!Files.exists(routes)) {
            Files.writeString(routes, ROUTES);
        }
        List<String> arguments = new ArrayList<>(List.of("--routes", routes.toString()));
        arguments.addAll(List.of(flags));
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new NotifyCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(exitCode).isEqualTo(2);
        return err.toString().lines().toList();
    }

    @Test
    void shouldRefuseSettingsThatDoNotFitTogether() throws Exception {
        assertThat(refused()).singleElement().asString().startsWith("Setting 'mail-from'");
        assertThat(refused("--mail-from", "x@example.org\r\nBcc: y@example.org"))
                .singleElement()
                .asString()
                .contains("'mail-from' is not an e-mail address");
        assertThat(refused("--mail-from", "c@example.org", "--smtp-user", "u"))
                .singleElement()
                .asString()
                .contains("belong together");
        assertThat(refused(
                        "--mail-from",
                        "c@example.org",
                        "--smtp-host",
                        "mail.example.org",
                        "--smtp-user",
                        "u",
                        "--smtp-password",
                        "very-secret",
                        "--smtp-security",
                        "none"))
                .hasSize(2)
                .anyMatch(line -> line.contains("not taken as a flag"))
                .anyMatch(line -> line.contains("in the clear"))
                .noneMatch(line -> line.contains("very-secret"));
    }

    @Test
    void shouldTellTheFaultsOfTheRoutingFile() throws Exception {
        Files.writeString(folder.resolve("routes.yml"), ROUTES.replace("07:00", "7 o'clock"));
        assertThat(refused("--mail-from", "c@example.org"))
                .containsExactly("line 3: this is not a time of day such as \"07:00\"");
    }
}
