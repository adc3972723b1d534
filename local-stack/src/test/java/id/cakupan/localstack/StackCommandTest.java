package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command in a process of its own, as a user runs it. */
class StackCommandTest {
    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    /** Main class of the processes that these tests start. */
    static final class Program {
        public static void main(String[] arguments) {
            System.exit(new CommandLine(new StackCommand()).execute(arguments));
        }
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldPrintTwoLinesAndLeaveNothingWhenTerminated() throws Exception {
        Process stack = start("--kafka-port", "0", "--registry-port", "0", "--throw-away");
        String bootstrap = line(stack, "CAKUPAN_BOOTSTRAP=");
        String registry = line(stack, "CAKUPAN_REGISTRY=");
        assertThat(bootstrap).startsWith("127.0.0.1:");
        assertThat(registry).matches("http://127\\.0\\.0\\.1:\\d+/apis/ccompat/v7");
        assertThat(temporaryFolder()).isNotEmptyDirectory();
        List<ProcessHandle> children = stack.children().toList();
        assertThat(children).hasSize(1);

        stack.toHandle().destroy();

        assertThat(stack.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stack.inputReader().readLine()).isNull();
        assertThat(errors()).isEmpty();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(temporaryFolder()).isEmptyDirectory();
    }

    @Test
    void shouldLeaveNothingWhenTerminatedWhileStarting() throws Exception {
        Process stack = start("--kafka-port", "0", "--registry-port", "0", "--throw-away");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> stack.children().findAny().isPresent());
        List<ProcessHandle> children = stack.children().toList();

        stack.destroy();

        assertThat(stack.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(errors()).isEmpty();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(temporaryFolder()).isEmptyDirectory();
    }

    @Test
    void shouldTakeTheRegistryAlongWhenKilledAndStartAgainWithTheSameData() throws Exception {
        Path data = folder.resolve("data");
        Process stack = start("--kafka-port", "0", "--registry-port", "0", "--data", data.toString());
        String bootstrap = line(stack, "CAKUPAN_BOOTSTRAP=");
        line(stack, "CAKUPAN_REGISTRY=");
        Clients.createTopic(bootstrap, "kept");
        Clients.send(bootstrap, "kept", "a");
        ProcessHandle registry = stack.children().findFirst().orElseThrow();

        stack.destroyForcibly();

        await().atMost(Duration.ofSeconds(5)).until(() -> !registry.isAlive());
        assertThat(stack.waitFor(5, TimeUnit.SECONDS)).isTrue();
        Process again = start("--kafka-port", "0", "--registry-port", "0", "--data", data.toString());
        assertThat(Clients.read(line(again, "CAKUPAN_BOOTSTRAP="), "kept", 1)).containsExactly("a");
    }

    @Test
    void shouldFailWithOneLineThatNamesThePortAndTheFlag() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = String.valueOf(other.getLocalPort());
            Process stack = start("--kafka-port", "0", "--registry-port", taken, "--throw-away");
            assertThat(stack.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(stack.exitValue()).isEqualTo(1);
            assertThat(errors()).singleElement().asString().contains(taken).contains("--registry-port");
        }
    }

    @Test
    void shouldRefuseToKeepAndThrowAway() throws Exception {
        Process stack = start("--data", folder.toString(), "--throw-away");
        assertThat(stack.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stack.exitValue()).isEqualTo(2);
        assertThat(errors()).singleElement().asString().contains("--data").contains("--throw-away");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporaryFolder()),
                "-D" + RegistryHome.PROPERTY + "=" + System.getProperty(RegistryHome.PROPERTY),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(errorFile().toFile()).start();
        started.add(process);
        return process;
    }

    private Path temporaryFolder() {
        return folder.resolve("tmp");
    }

    private Path errorFile() {
        return folder.resolve("stderr");
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(errorFile(), StandardCharsets.UTF_8);
    }

    private static String line(Process process, String prefix) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).startsWith(prefix);
        return line.substring(prefix.length());
    }
}
