package id.cakupan.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The command in a process of its own, which never outlives this one. */
final class DashboardProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Dashboard: (http://\\S+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int KILO = 1024;

    private final Process process;
    private final Path log;
    private final Thread guard;

    private DashboardProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        guard = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /** What the process runs. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DashboardCommand()).execute(arguments));
    }

    static DashboardProcess start(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DashboardProcess.class.getName()));
        command.addAll(arguments);
        return new DashboardProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, once it listens. */
    URI awaitAddress() {
        await("address").atMost(START_LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(process.isAlive()).as("alive: %s", log()).isTrue();
            return ADDRESS.matcher(log()).find();
        });
        Matcher address = ADDRESS.matcher(log());
        assertThat(address.find()).isTrue();
        return URI.create(address.group(1));
    }

    /** Time of processors that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Most memory that it has held so far, bytes. */
    long peakMemory() throws IOException {
        Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
        assertThat(peak.find()).isTrue();
        return Long.parseLong(peak.group(1)) * KILO;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(guard);
    }
}
