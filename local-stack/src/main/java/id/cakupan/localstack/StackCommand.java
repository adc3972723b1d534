package id.cakupan.localstack;

import id.cakupan.localstack.LocalStack.Options;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code cakupan stack}: broker and registry in the foreground, until Ctrl-C or SIGTERM. Prints two lines on standard output
 * when both are ready, nothing else ever.
 */
@Command(name = "stack", description = "Runs a Kafka broker and a schema registry on this machine, until Ctrl-C")
public final class StackCommand extends SettingsCommand {
    /** Port of the broker. */
    public static final Setting<Integer> KAFKA_PORT = port("kafka-port", "9092", "Port of the broker");

    /** Port of the schema registry. */
    public static final Setting<Integer> REGISTRY_PORT = port("registry-port", "8081", "Port of the schema registry");

    /** Folder that keeps records and schemas. */
    public static final Setting<Path> DATA = Setting.optional(
            "data",
            Path.class,
            "Folder that keeps records and schemas; when not set, cakupan in $XDG_DATA_HOME or in ~/.local/share");

    /** Keep nothing. */
    public static final Setting<Boolean> THROW_AWAY = Setting.of(
            "throw-away",
            Boolean.class,
            "false",
            "Use a temporary folder and delete it at the end; not together with data");

    /** Folder of the registry program. */
    public static final Setting<Path> REGISTRY_HOME = Setting.optional(
            "registry-home", Path.class, "Folder of the schema registry program; when not set, the one that was built");

    private static final long STOP_SECONDS = 8;

    private static Setting<Integer> port(String key, String preset, String doc) {
        return Setting.of(key, Integer.class, preset, doc + " on 127.0.0.1, 0 to 65535; 0 = any free one")
                .where(port -> port >= 0 && port <= 65_535);
    }

    /** A command to be filled in and run by picocli. */
    public StackCommand() {}

    @Override
    protected List<Setting<?>> settings() {
        return List.of(KAFKA_PORT, REGISTRY_PORT, DATA, THROW_AWAY, REGISTRY_HOME);
    }

    @Override
    protected int run(Settings settings) throws InterruptedException {
        boolean throwAway = settings.get(THROW_AWAY);
        if (throwAway && settings.find(DATA).isPresent()) {
            err().println("--throw-away keeps nothing and --data keeps everything: give one of them, not both.");
            return ExitCodes.USAGE;
        }
        Path data = throwAway ? null : settings.find(DATA).orElseGet(() -> UserFolders.data(environment()));
        // The broker warns at every orderly end that a connection is closed twice; no other client lives in this
        // process.
        Configurator.setLevel("org.apache.kafka.clients.NetworkClient", Level.ERROR);

        CompletableFuture<LocalStack> starting = new CompletableFuture<>();
        AtomicBoolean stopping = new AtomicBoolean();
        Thread stopper = new Thread(
                () -> {
                    stopping.set(true);
                    stop(starting);
                },
                "stack-stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        try (LocalStack stack = LocalStack.start(options(settings, data))) {
            starting.complete(stack);
            runUntilStopped(stack);
            return ExitCodes.DONE;
        } catch (RuntimeException | Error e) {
            if (stopping.get()) {
                // Parts of Kafka cannot be loaded any more once the process is stopping: told to stop, not failed.
                return ExitCodes.DONE;
            }
            throw e;
        } finally {
            starting.cancel(false);
        }
    }

    private static Options options(Settings settings, @Nullable Path data) {
        return new Options(
                settings.get(KAFKA_PORT),
                settings.get(REGISTRY_PORT),
                data,
                settings.find(REGISTRY_HOME).orElse(null),
                Map.of());
    }

    private void runUntilStopped(LocalStack stack) throws InterruptedException {
        Exit.Procedure broken = (code, message) -> endWithBroker(stack.directory(), message);
        Exit.setHaltProcedure(broken);
        Exit.setExitProcedure(broken);
        out().println("CAKUPAN_BOOTSTRAP=" + stack.bootstrap());
        out().println("CAKUPAN_REGISTRY=" + stack.registryUrl());
        out().flush();
        int code = stack.registry().await();
        if (!stack.isClosing()) {
            throw new FailedException("The schema registry ended by itself with code " + code + "; its log: "
                    + stack.registry().log());
        }
    }

    /** Lets a start that is under way finish first, so that nothing of it is left behind. */
    private static void stop(CompletableFuture<LocalStack> starting) {
        try {
            starting.get(STOP_SECONDS, TimeUnit.SECONDS).close();
        } catch (ExecutionException | TimeoutException | RuntimeException neverStarted) {
            // The process ends now, and the registry with it.
            DataDirectory.discardAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A broker that can no longer write wants to end the whole process. */
    private void endWithBroker(DataDirectory directory, @Nullable String message) {
        err().println(directory.brokerFailure(message));
        err().flush();
        directory.discard();
        Runtime.getRuntime().halt(ExitCodes.FAILED);
    }
}
