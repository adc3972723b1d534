package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.distribution.Cakupan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, mostly as an instance of the streams app. It never outlives this process. */
final class StreamsProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Health and metrics: (http://\\S+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final List<String> QUICK_START = List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final long logStart;
    private final Thread guard;

    private StreamsProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        this.guard = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /**
     * Starts a process. Returns at once.
     *
     * @param arguments arguments of the program
     * @param log file that its output is added to
     */
    static StreamsProcess start(List<String> arguments, Path log) throws IOException {
        return start(QUICK_START, arguments, log);
    }

    /** Starts a process with options of the JVM. */
    static StreamsProcess start(List<String> options, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Dcakupan.registry.home=" + System.getProperty("cakupan.registry.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Cakupan.class.getName()));
        command.addAll(arguments);
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CAKUPAN_"));
        return new StreamsProcess(builder.start(), log, logStart);
    }

    /** What this run has written so far. */
    String log() {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, (int) logStart, all.length - (int) logStart, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready: running and caught up. */
    StreamsProcess awaitReady() {
        await("ready: " + log).atMost(START_LIMIT).until(() -> {
            assertThat(process.isAlive()).as("alive: %s", log()).isTrue();
            return ADDRESS.matcher(log()).find() && get("/health/ready").statusCode() == 200;
        });
        return this;
    }

    /** Answer of its HTTP server. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(log());
        assertThat(address.find()).as("address in %s", log).isTrue();
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address.group(1) + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended by itself. Returns its exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                .as("ended: %s", log)
                .isTrue();
        return process.exitValue();
    }

    /** Ends it at once, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets it hang: it does nothing more, and its connections stay open. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }

    /** Asks it to end and waits for that. Returns how long it took. */
    Duration stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended: %s", log).isTrue();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(guard);
    }
}
