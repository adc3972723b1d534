package id.cakupan.localstack;

import java.io.IOException;

/**
 * Main class of the registry's own process: runs the registry program and ends with the process that started it, however
 * that one ends. The starter holds the other end of this process's standard input; the operating system closes it even
 * after a kill -9.
 */
final class RegistryProcess {
    /** Main class of the registry program. */
    static final String PROGRAM = "io.quarkus.runner.GeneratedMain";

    private RegistryProcess() {}

    /**
     * Runs until the starter is gone or this process is told to terminate.
     *
     * @param arguments passed on to the registry program
     * @throws Exception if the registry program is not on the class path or fails to start
     */
    public static void main(String[] arguments) throws Exception {
        ignoreInterrupts();
        Thread watcher = new Thread(RegistryProcess::haltWithStarter, "starter-watch");
        watcher.setDaemon(true);
        watcher.start();
        Class.forName(PROGRAM).getMethod("main", String[].class).invoke(null, (Object) arguments);
    }

    private static void haltWithStarter() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; only the end of the stream counts.
            }
        } catch (IOException broken) {
            // As good as the end of the stream.
        }
        Runtime.getRuntime().halt(0);
    }

    /**
     * Ctrl-C reaches every process of the terminal. The starter decides when the registry ends, so that what still needs it
     * can stop first. By reflection, because the compiler warns of this class of the JDK without a way to silence it.
     */
    private static void ignoreInterrupts() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ignore = handler.getField("SIG_IGN").get(null);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
    }
}
