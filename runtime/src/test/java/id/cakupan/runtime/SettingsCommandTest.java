package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class SettingsCommandTest {
    private static final Setting<Integer> RATE = Setting.of("rate", Integer.class, "10", "Events a second");
    private static final Setting<Boolean> FAST = Setting.of("fast", Boolean.class, "false", "No pauses");
    private static final Setting<String> TOKEN =
            Setting.optional("token", String.class, "Token").asSecret();

    @Command(name = "root")
    static final class Root {}

    @Command(name = "send", description = "Sends.")
    static final class Send extends SettingsCommand {
        private final Map<String, String> environment;
        private @Nullable Exception failure;
        private @Nullable Settings seen;

        @Parameters(arity = "0..*")
        private List<String> files = new ArrayList<>();

        Send(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        protected List<Setting<?>> settings() {
            return List.of(RATE, FAST, TOKEN);
        }

        @Override
        protected Map<String, String> environment() {
            return environment;
        }

        @Override
        protected int run(Settings settings) throws Exception {
            seen = settings;
            if (failure != null) {
                throw failure;
            }
            out().println("rate " + settings.get(RATE) + " fast " + settings.get(FAST) + " files " + files);
            return ExitCodes.REJECTS;
        }
    }

    @Command(name = "other")
    static final class Other extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return List.of(Setting.of("depth", Integer.class, "1", "Depth"));
        }

        @Override
        protected int run(Settings settings) {
            return ExitCodes.DONE;
        }
    }

    @TempDir
    private Path dir;

    private final Map<String, String> environment = new HashMap<>();
    private final Send send = new Send(environment);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new Root())
                .addSubcommand(send)
                .addSubcommand(new Other())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void shouldRunWithItsSettingsAndReturnItsExitCode() {
        assertThat(execute("send", "--rate", "5", "--fast", "a.jsonl", "b.jsonl"))
                .isEqualTo(ExitCodes.REJECTS);
        assertThat(out.toString().trim()).isEqualTo("rate 5 fast true files [a.jsonl, b.jsonl]");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSwitchOffWithTheNegatedFlag() {
        environment.put("CAKUPAN_FAST", "true");
        execute("send");
        execute("send", "--no-fast");
        assertThat(out.toString().lines()).containsExactly("rate 10 fast true files []", "rate 10 fast false files []");
    }

    @Test
    void shouldPrintSettingsAndStop() throws IOException {
        Path file = Files.writeString(dir.resolve("c.yaml"), "rate: 20\ndepth: 3\n");
        environment.put("CAKUPAN_TOKEN", "s3cret");
        assertThat(execute("send", "--config", file.toString(), "--fast", "--print-settings"))
                .isEqualTo(ExitCodes.DONE);
        assertThat(out.toString().lines())
                .containsExactly(
                        "rate:       20  # file " + file,
                        "fast:       true  # flag",
                        "token:      ******  # environment",
                        "log-level:  info  # default",
                        "log-format: text  # default");
        assertThat(send.seen).isNull();
    }

    @Test
    void shouldTakeTheFileFromTheEnvironmentToo() throws IOException {
        Path file = Files.writeString(dir.resolve("c.yaml"), "rate: 21\n");
        environment.put("CAKUPAN_CONFIG", file.toString());
        execute("send");
        assertThat(out.toString()).startsWith("rate 21");
    }

    @Test
    void shouldTellAllFaultsOnStandardErrorWithExitCodeTwo() {
        environment.put("CAKUPAN_NONSENSE", "1");
        assertThat(execute("send", "--rate=1", "--rate=2", "--log-format=xml")).isEqualTo(ExitCodes.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .contains(
                        "Unknown setting in the environment: CAKUPAN_NONSENSE",
                        "--rate is given 2 times",
                        "Setting 'log-format' (flag): the value 'xml' is not one of text, json");
        assertThat(send.seen).isNull();
    }

    @Test
    void shouldRefuseABooleanFlagGivenTwice() {
        assertThat(execute("send", "--fast", "--fast")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--fast");
    }

    @Test
    void shouldRefuseAnUnknownFlag() {
        assertThat(execute("send", "--raet=1")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--raet");
    }

    @Test
    void shouldTellAFailureInOneLine() {
        send.failure = new FailedException("No Kafka broker answers", new IllegalStateException("deep"));
        assertThat(execute("send")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().lines()).containsExactly("No Kafka broker answers");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldTellAnUnexpectedFailureInOneLineToo() {
        send.failure = new IllegalStateException("oops");
        assertThat(execute("send")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().lines()).containsExactly("IllegalStateException: oops");
    }

    @Test
    void shouldExplainEverySettingInItsHelp() {
        assertThat(execute("send", "--help")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString())
                .contains(
                        "--rate",
                        "Events a second (default: 10)",
                        "--[no-]fast",
                        "--token",
                        "--config",
                        "--print-settings")
                .contains("one of text, json");
    }

    @Test
    void shouldKnowTheSettingsOfAllCommands() {
        CommandLine root = new CommandLine(new Root()).addSubcommand(send).addSubcommand(new Other());
        assertThat(SettingsCommand.known(root.getCommandSpec()))
                .extracting(Setting::key)
                .containsExactlyInAnyOrder("rate", "fast", "token", "depth", "log-level", "log-format");
    }
}
