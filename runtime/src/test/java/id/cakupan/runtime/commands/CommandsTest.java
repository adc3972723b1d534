package id.cakupan.runtime.commands;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.runtime.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
    @Command(
            name = "cakupan",
            subcommands = {TopicsCommand.class, SchemasCommand.class, SetupCommand.class, SettingsPageCommand.class})
    static final class Root {}

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new Root())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void shouldTellInOneLineThatNoBrokerAnswers() throws Exception {
        String bootstrap = "127.0.0.1:" + freePort();
        assertThat(execute("topics", "check", "--bootstrap", bootstrap)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString().lines())
                .containsExactly("No Kafka broker answers at " + bootstrap + " (setting bootstrap)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldTellInOneLineThatNoRegistryAnswers() throws Exception {
        String registry = "http://127.0.0.1:" + freePort();
        for (String command : new String[] {"register", "check"}) {
            assertThat(execute("schemas", command, "--registry", registry)).isEqualTo(ExitCodes.FAILED);
        }
        assertThat(err.toString().lines())
                .hasSize(2)
                .containsOnly("No schema registry answers at " + registry + " (setting registry)");
    }

    @Test
    void shouldExplainAGroupThatIsCalledAlone() {
        assertThat(execute("topics")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("create", "check");
    }

    @Test
    void shouldTakePartitionsInSetup() {
        assertThat(execute("setup", "--partitions", "6", "--print-settings")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString()).contains("partitions:    6  # flag");
        assertThat(execute("setup", "--partitions", "0")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldPrintTheReferenceOfAllSettings() {
        assertThat(execute("settings")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString().lines())
                .contains("| `bootstrap` | `CAKUPAN_BOOTSTRAP` | Kafka brokers to start from, host:port,… |"
                        + " `127.0.0.1:9092` |");
    }
}
