package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.runtime.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CakupanTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)([^`]*)` \\|.*$", Pattern.MULTILINE);
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldHaveTheCommandsOfTheContract() {
        assertThat(Cakupan.commandLine().getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "stack",
                        "setup",
                        "topics",
                        "schemas",
                        "streams",
                        "keys",
                        "pseudonym",
                        "import",
                        "relay",
                        "gateway",
                        "sources",
                        "simulate",
                        "demo",
                        "figures",
                        "alerts",
                        "dashboard",
                        "users",
                        "notify",
                        "decisions",
                        "settings");
    }

    @Test
    void shouldExplainEveryCommand() {
        for (Map.Entry<String, CommandLine> command :
                Cakupan.commandLine().getSubcommands().entrySet()) {
            assertThat(execute(command.getKey(), "--help")).as(command.getKey()).isEqualTo(ExitCodes.DONE);
            assertThat(out.toString()).contains("Usage: cakupan " + command.getKey());
        }
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(execute("--version")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString()).startsWith("cakupan ");
    }

    @Test
    void shouldTakeNoCommandForWrongUsage() {
        assertThat(execute()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Usage: cakupan");
    }

    @Test
    void shouldTellWrongUsageInShort() {
        assertThat(execute("figures", "--level", "village")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString().lines().toList())
                .containsExactly(
                        "Invalid value for option '--level' (LEVEL): 'village' is none of city, district, funding,"
                                + " contractor, project",
                        "Try 'cakupan figures --help' for what it takes.");
    }

    @Test
    void shouldNotWatchASeries() {
        assertThat(execute("figures", "--bootstrap", "127.0.0.1:1", "--daily")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--daily and --timeline go with --json");
    }

    @Test
    void shouldFailInOneLineWhenAPortOfTheDemoIsTaken() throws IOException {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(execute("demo", "--port", String.valueOf(port - 2))).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString().lines().toList())
                    .containsExactly("Port " + port + " on 127.0.0.1 is in use by another program: choose another"
                            + " --port; the demo takes it and the three after it.");
        }
    }

    @Test
    void shouldHaveAllSettingsOnTheirPage() throws IOException {
        assertThat(execute("settings")).isEqualTo(ExitCodes.DONE);
        assertThat(Files.readString(TOP.resolve("docs/settings.md")))
                .as("docs/settings.md is written by 'bin/cakupan settings'")
                .isEqualTo(out.toString());
    }

    @Test
    void shouldHaveTheDocumentedFlags() throws IOException {
        Map<String, CommandLine> commands = Cakupan.commandLine().getSubcommands();
        List<MatchResult> rows = ROW.matcher(Files.readString(TOP.resolve("docs/commands.md")))
                .results()
                .toList();

        assertThat(rows.stream().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(commands.keySet());
        for (MatchResult row : rows) {
            CommandLine command = commands.get(row.group(1));
            assertThat(command).isNotNull();
            assertThat(command.getCommandSpec().optionsMap().keySet())
                    .as(row.group(1))
                    .containsAll(FLAG.matcher(row.group(2))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    @Test
    void shouldLinkToPagesThatExist() throws IOException {
        try (Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
            for (Path page : Stream.concat(Stream.of(TOP.resolve("README.md")), docs.filter(Files::isRegularFile))
                    .toList()) {
                LINK.matcher(Files.readString(page))
                        .results()
                        .forEach(link -> assertThat(page.resolveSibling(link.group(1)))
                                .as("link in " + page)
                                .exists());
            }
        }
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Cakupan.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
