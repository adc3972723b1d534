package id.cakupan.producers.gateway;

import id.cakupan.publisher.EventForm;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import id.cakupan.runtime.commands.CommandGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cakupan sources}: the systems that may post events to the gateway, and their keys. */
@Command(
        name = "sources",
        description = "The systems that may post events to the gateway, and their keys.",
        subcommands = {
            SourcesCommand.Add.class,
            SourcesCommand.Change.class,
            SourcesCommand.Rotate.class,
            SourcesCommand.Revoke.class,
            SourcesCommand.Remove.class,
            SourcesCommand.List.class
        })
public final class SourcesCommand extends CommandGroup {
    /** What the subcommands share: the sources file, and a fault of it in one line. */
    abstract static class OnSourcesFile extends SettingsCommand {
        @Override
        protected final java.util.List<Setting<?>> settings() {
            return java.util.List.of(GatewaySettings.SOURCES_FILE);
        }

        @Override
        protected final int run(Settings settings) throws IOException {
            try {
                run(UserFolders.expand(settings.get(GatewaySettings.SOURCES_FILE)));
            } catch (SourcesFile.SourcesException | IllegalArgumentException e) {
                throw new FailedException(String.valueOf(e.getMessage()), e);
            }
            return ExitCodes.DONE;
        }

        abstract void run(Path file) throws IOException, SourcesFile.SourcesException;

        /** The key alone on standard output, for a pipe into a secret store. */
        final void show(SourcesFile.NewKey made, String name) {
            out().println(made.key());
            err().println("This is key " + made.id() + " of " + name
                    + ". It is shown this once and kept nowhere: the file has only its hash.");
        }
    }

    /** {@code cakupan sources add}. */
    @Command(
            name = "add",
            description = {
                "Add a system and print its first key, once; only a hash of it is kept.",
                "The gateway takes it over within a second, without a restart."
            })
    public static final class Add extends OnSourcesFile {
        @Parameters(paramLabel = "NAME", description = "Value of 'source' in its events, such as hr.arba")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Option(
                names = "--types",
                paramLabel = "TYPE",
                split = ",",
                required = true,
                description = "Events that it may send, with commas: WorkerHired,WorkerReleased; or all")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private java.util.List<String> types;

        @Option(
                names = "--requests-per-second",
                paramLabel = "N",
                description = "Requests that it may send each second (default: ${DEFAULT-VALUE})")
        private int requestsPerSecond = Source.REQUESTS_PER_SECOND;

        @Option(
                names = "--events-per-second",
                paramLabel = "N",
                description = "Events that it may send each second (default: ${DEFAULT-VALUE})")
        private int eventsPerSecond = Source.EVENTS_PER_SECOND;

        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            Source source = new Source(name, allowed(types), requestsPerSecond, eventsPerSecond, java.util.List.of());
            show(SourcesFile.add(file, source, new SecureRandom(), Clock.systemUTC()), name);
        }
    }

    private static Set<String> allowed(java.util.List<String> types) {
        return types.contains("all") ? EventForm.ALL.keySet() : new TreeSet<>(types);
    }

    /** {@code cakupan sources change}. */
    @Command(
            name = "change",
            description = {
                "Change what a system may send; what is not said stays, and so do its keys.",
                "The gateway takes it over within a second, without a restart."
            })
    public static final class Change extends OnSourcesFile {
        @Parameters(paramLabel = "NAME", description = "Name of the system")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Option(
                names = "--types",
                paramLabel = "TYPE",
                split = ",",
                description = "Events that it may send, with commas: WorkerHired,WorkerReleased; or all")
        private java.util.@Nullable List<String> types;

        @Option(
                names = "--requests-per-second",
                paramLabel = "N",
                description = "Requests that it may send each second")
        private @Nullable Integer requestsPerSecond;

        @Option(names = "--events-per-second", paramLabel = "N", description = "Events that it may send each second")
        private @Nullable Integer eventsPerSecond;

        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            SourcesFile.change(
                    file,
                    name,
                    source -> new Source(
                            name,
                            types == null ? source.types() : allowed(types),
                            requestsPerSecond == null ? source.requestsPerSecond() : requestsPerSecond,
                            eventsPerSecond == null ? source.eventsPerSecond() : eventsPerSecond,
                            source.keys()));
        }
    }

    /** {@code cakupan sources remove}. */
    @Command(
            name = "remove",
            description = "Take a system out, with all its keys; the gateway refuses it within a second.")
    public static final class Remove extends OnSourcesFile {
        @Parameters(paramLabel = "NAME", description = "Name of the system")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            SourcesFile.remove(file, name);
            out().println("Source " + name + " is removed, with its keys.");
        }
    }

    /** {@code cakupan sources rotate}. */
    @Command(
            name = "rotate",
            description = {
                "Give a system one more key and print it, once; its other keys stay valid.",
                "When the system uses the new one, end it with 'sources revoke'."
            })
    public static final class Rotate extends OnSourcesFile {
        @Parameters(paramLabel = "NAME", description = "Name of the system")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            show(SourcesFile.rotate(file, name, new SecureRandom(), Clock.systemUTC()), name);
        }
    }

    /** {@code cakupan sources revoke}. */
    @Command(name = "revoke", description = "Take a key away from a system; the gateway refuses it within a second.")
    public static final class Revoke extends OnSourcesFile {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the system")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Parameters(index = "1", paramLabel = "KEY-ID", description = "Name of the key, as 'sources list' shows it")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String keyId;

        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            int left = SourcesFile.revoke(file, name, keyId);
            out().println("Key " + keyId + " of " + name + " is revoked; " + left + " left.");
        }
    }

    /** {@code cakupan sources list}. */
    @Command(name = "list", description = "Show the systems and the names of their keys, and never the keys.")
    public static final class List extends OnSourcesFile {
        @Override
        void run(Path file) throws IOException, SourcesFile.SourcesException {
            for (Source source : SourcesFile.read(file).sources()) {
                out().println(source.name() + "  " + String.join(",", new TreeSet<>(source.types())) + "  "
                        + source.requestsPerSecond() + " requests/s, " + source.eventsPerSecond() + " events/s");
                source.keys().forEach(key -> out().println("  " + key.id() + "  created " + key.createdAt()));
            }
        }
    }
}
