package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An Apicurio schema registry in a process of its own, on 127.0.0.1, with its schemas in a file database. It speaks
 * Confluent's REST interface. It never outlives this process. It can be stopped and started again at the same address.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final String API = "/apis/ccompat/v7";
    private static final String FLAG = "--registry-port";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration RECORDING_STOP_LIMIT = Duration.ofSeconds(90);
    private static final int POLL_MILLIS = 50;
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT");

    private final Path directory;
    private final int port;
    private final List<String> options;
    private final List<String> program;
    private final Duration stopLimit;
    private @Nullable Process process;

    private LocalRegistry(Path directory, int port, List<String> options, List<String> program, Duration stopLimit) {
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.program = program;
        this.stopLimit = stopLimit;
    }

    /**
     * Starts a registry and waits until it answers. The registry program is where the system property
     * {@code cakupan.registry.home} or the layout of the checkout or the distribution says.
     *
     * @param port port to listen on, 0 = a free one
     * @param directory the registry's own folder; schemas and their ids in it are taken over
     * @return a registry that answers
     * @throws FailedException if something listens on the port, if the program is missing, the folder cannot be used or the registry does not start
     */
    public static LocalRegistry start(int port, Path directory) {
        return start(RegistryHome.find(null), port, directory);
    }

    static LocalRegistry start(Path home, int port, Path directory) {
        // The registry comes first on the class path: an archive made of it alone is valid whatever follows.
        String classPath =
                RegistryHome.requireRunner(home) + System.getProperty("path.separator") + RegistryHome.ownClasses();
        LocalRegistry registry = new LocalRegistry(
                directory.toAbsolutePath(),
                Ports.reserve(port, FLAG),
                ClassArchive.options(home),
                List.of(classPath, RegistryProcess.class.getName()),
                STOP_LIMIT);
        registry.start();
        return registry;
    }

    /** A registry that, when it is stopped, writes the classes it loaded to an archive for faster starts. */
    static LocalRegistry recording(Path home, Path directory, Path archive) {
        LocalRegistry registry = new LocalRegistry(
                directory,
                Ports.reserve(0, FLAG),
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                List.of(RegistryHome.requireRunner(home).toString(), RegistryProcess.PROGRAM),
                RECORDING_STOP_LIMIT);
        registry.start();
        return registry;
    }

    /**
     * Starts the registry again at its port and waits until it answers. Does nothing while it runs.
     *
     * @throws FailedException if something else listens on the port by now, or if it does not start
     */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        if (!Ports.isFree(port)) {
            throw Ports.taken(port, FLAG);
        }
        Process started;
        try {
            Files.createDirectories(directory.resolve("tmp"));
            started = launch();
        } catch (IOException e) {
            throw DataDirectory.failure(directory, e);
        }
        process = started;
        try {
            awaitReady(started);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("-Dquarkus.http.host=" + Ports.LOOPBACK);
        command.add("-Dquarkus.http.port=" + port);
        // Every change is on disk before it is answered: ids that records carry must survive a kill.
        command.add("-Dquarkus.datasource.jdbc.url=jdbc:h2:file:./registry;WRITE_DELAY=0");
        command.add("-Dquarkus.datasource.jdbc.initial-size=1");
        command.add("-Dquarkus.datasource.jdbc.min-size=1");
        command.add("-Dquarkus.datasource.jdbc.max-size=8");
        command.add("-cp");
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
        // The program reads many variables with common names (HTTP_PORT, LOG_LEVEL); none may reach it by accident.
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("DISABLE_SIGNAL_HANDLERS", "true");
        return builder.start();
    }

    private void awaitReady(Process started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (ended(started, POLL_MILLIS)) {
                throw new FailedException("The schema registry ended with code " + started.exitValue()
                        + " while starting: " + lastComplaint() + " (its log: " + log() + ")");
            }
            if (answers()) {
                return;
            }
        }
        throw new FailedException("The schema registry does not answer at " + url() + " after "
                + START_LIMIT.toSeconds() + " s (its log: " + log() + ")");
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(10_000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private String lastComplaint() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            for (int i = lines.size() - 1; i >= 0; i--) {
                String line = lines.get(i);
                if (line.contains("Caused by") || line.contains("ERROR") || line.startsWith("Error")) {
                    return line.strip();
                }
            }
            return lines.isEmpty() ? "it wrote nothing" : lines.get(lines.size() - 1);
        } catch (IOException unreadable) {
            return "no log";
        }
    }

    private static boolean ended(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted while waiting for the schema registry.", e);
        }
    }

    /** Stops the registry in order and waits for its end. What it holds is kept; {@link #start()} brings it back. */
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!ended(process, stopLimit.toMillis())) {
            kill();
        }
        process = null;
    }

    /** Ends the registry at once, as kill -9 does, and waits for its end. */
    public synchronized void kill() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        ended(process, STOP_LIMIT.toMillis());
        process = null;
    }

    /**
     * Waits until the present process of the registry ends, for whatever reason.
     *
     * @return its exit code, 0 if it does not run
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public int await() throws InterruptedException {
        Process current;
        synchronized (this) {
            current = process;
        }
        return current == null ? 0 : current.waitFor();
    }

    /**
     * The address to use as {@code schema.registry.url}.
     *
     * @return such as {@code http://127.0.0.1:8081/apis/ccompat/v7}
     */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port + API;
    }

    /**
     * The port the registry listens on.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * The process id of the running registry.
     *
     * @return a process id
     * @throws IllegalStateException if it does not run
     */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException("the registry does not run");
        }
        return process.pid();
    }

    /**
     * The log of the registry's present or last run.
     *
     * @return a file in the registry's folder
     */
    public Path log() {
        return directory.resolve("registry.log");
    }

    /** Same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
