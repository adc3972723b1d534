package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker (in this process) and a schema registry (in a child process) with one data folder, on 127.0.0.1. Whoever
 * starts it closes it: the broker's threads keep the process alive until then.
 */
public final class LocalStack implements AutoCloseable {
    private final DataDirectory directory;
    private final LocalBroker broker;
    private final LocalRegistry registry;
    private volatile boolean closing;

    private LocalStack(DataDirectory directory, LocalBroker broker, LocalRegistry registry) {
        this.directory = directory;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * What to start.
     *
     * @param kafkaPort port of the broker, 0 = a free one
     * @param registryPort port of the registry, 0 = a free one
     * @param data folder to keep the data of both in; null = a temporary folder, deleted by {@link LocalStack#close}
     * @param registryHome folder of the registry program; null = looked for as {@link LocalRegistry#start(int, Path)} does
     * @param brokerSettings broker settings by Kafka's names that add to or replace the usual ones
     */
    public record Options(
            int kafkaPort,
            int registryPort,
            @Nullable Path data,
            @Nullable Path registryHome,
            Map<String, String> brokerSettings) {
        /**
         * Checks nothing, copies the map.
         *
         * @param kafkaPort see above
         * @param registryPort see above
         * @param data see above
         * @param registryHome see above
         * @param brokerSettings see above
         */
        public Options {
            brokerSettings = Map.copyOf(brokerSettings);
        }

        /**
         * Free ports and a temporary folder.
         *
         * @return options for a stack that leaves nothing behind
         */
        public static Options throwAway() {
            return new Options(0, 0, null, null, Map.of());
        }

        /**
         * Free ports and a folder that is kept.
         *
         * @param data the folder, created if it is not there
         * @return options for a stack that can be started again with the same data
         */
        public static Options keep(Path data) {
            return new Options(0, 0, data, null, Map.of());
        }
    }

    /**
     * Starts both side by side and returns when both are ready.
     *
     * @param options ports and folder
     * @return the running stack
     * @throws FailedException if something listens on a wanted port, if the folder is in use, not writable, nearly full or half wiped, if the registry program is
     *     missing, or if one of the two does not start; nothing is left running then
     */
    public static LocalStack start(Options options) {
        Path home = RegistryHome.find(options.registryHome());
        int kafkaPort = Ports.reserve(options.kafkaPort(), "--kafka-port");
        int registryPort = Ports.reserve(options.registryPort(), "--registry-port");
        if (kafkaPort == registryPort) {
            throw new FailedException("Broker and registry cannot share port " + kafkaPort
                    + ": choose another one with --kafka-port or --registry-port.");
        }
        Path data = options.data();
        DataDirectory directory = data == null ? DataDirectory.throwAway() : DataDirectory.keep(data);
        CompletableFuture<LocalRegistry> registry = CompletableFuture.supplyAsync(
                () -> LocalRegistry.start(home, registryPort, directory.registry()), LocalStack::inThread);
        LocalBroker broker = null;
        LocalStack stack = null;
        try {
            broker = LocalBroker.start(kafkaPort, directory.broker(), options.brokerSettings());
            LocalRegistry answering = registry.join();
            directory.complete();
            stack = new LocalStack(directory, broker, answering);
            return stack;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            if (stack == null) {
                giveUp(directory, broker, registry);
            }
        }
    }

    private static void giveUp(
            DataDirectory directory, @Nullable LocalBroker broker, CompletableFuture<LocalRegistry> registry) {
        try (directory) {
            if (broker != null) {
                broker.close();
            }
            registry.thenAccept(LocalRegistry::close)
                    .exceptionally(neverStarted -> null)
                    .join();
        }
    }

    private static void inThread(Runnable work) {
        new Thread(work, "registry-start").start();
    }

    /**
     * Where Kafka clients connect.
     *
     * @return host and port, such as {@code 127.0.0.1:9092}
     */
    public String bootstrap() {
        return broker.bootstrap();
    }

    /**
     * The address of the registry's Confluent interface.
     *
     * @return such as {@code http://127.0.0.1:8081/apis/ccompat/v7}
     */
    public String registryUrl() {
        return registry.url();
    }

    /**
     * The broker.
     *
     * @return closed by this stack
     */
    public LocalBroker broker() {
        return broker;
    }

    /**
     * The registry, which can be stopped and started again.
     *
     * @return closed by this stack
     */
    public LocalRegistry registry() {
        return registry;
    }

    /**
     * The folder that holds the data of both.
     *
     * @return an absolute path
     */
    public Path data() {
        return directory.root();
    }

    boolean isClosing() {
        return closing;
    }

    DataDirectory directory() {
        return directory;
    }

    /** Stops both, and deletes the folder if it is a temporary one. May be called more than once, by several threads. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        try (directory) {
            try (broker) {
                registry.close();
            }
        }
    }
}
