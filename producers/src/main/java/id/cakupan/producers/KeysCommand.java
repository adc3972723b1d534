package id.cakupan.producers;

import id.cakupan.publisher.PseudonymKey;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import id.cakupan.runtime.commands.CommandGroup;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cakupan keys}: the secret keys that pseudonyms are made with. */
@Command(
        name = "keys",
        description = "The secret keys that workers' pseudonyms are made with.",
        subcommands = {KeysCommand.Create.class, KeysCommand.Add.class, KeysCommand.List.class, KeysCommand.Retire.class
        })
public final class KeysCommand extends CommandGroup {
    /** What the subcommands share: the key file, and a fault of it in one line. */
    abstract static class OnKeyFile extends SettingsCommand {
        @Override
        protected final java.util.List<Setting<?>> settings() {
            return java.util.List.of(ProducerSettings.KEY_FILE);
        }

        @Override
        protected final int run(Settings settings) throws IOException {
            try {
                run(UserFolders.expand(settings.get(ProducerSettings.KEY_FILE)));
            } catch (PseudonymKeys.KeyFileException e) {
                throw new FailedException(String.valueOf(e.getMessage()), e);
            }
            return ExitCodes.DONE;
        }

        abstract void run(Path file) throws IOException, PseudonymKeys.KeyFileException;
    }

    /** {@code cakupan keys create}. */
    @Command(
            name = "create",
            description = {
                "Create a key file (mode 0600). The key is never printed and an existing file is never overwritten.",
                "Whoever has the file can find out which worker a pseudonym stands for. Whoever loses it can add nothing"
                        + " to what is known about a worker: keep a copy in a safe place."
            })
    public static final class Create extends OnKeyFile {
        @Override
        void run(Path file) throws IOException {
            try {
                PseudonymKeys keys = PseudonymKeys.create(file, new SecureRandom(), Clock.systemUTC());
                out().println("Key " + keys.inUse().keyId() + " created in " + file
                        + " (mode 0600). Keep a copy in a safe place.");
            } catch (FileAlreadyExistsException e) {
                throw new FailedException("There is a file " + file + " already; it stays as it is", e);
            }
        }
    }

    /** {@code cakupan keys add}. */
    @Command(
            name = "add",
            description = {
                "Begin a rotation: add a new key and put it in use; the one in use so far stays valid as the former key.",
                "Then give the file to every producer. Events then carry both ids of a worker, who keeps one identity in"
                        + " the figures. End it with 'keys retire'."
            })
    public static final class Add extends OnKeyFile {
        @Override
        void run(Path file) throws IOException, PseudonymKeys.KeyFileException {
            PseudonymKeys keys = PseudonymKeys.add(file, new SecureRandom(), Clock.systemUTC());
            String former = keys.all().get(0).keyId();
            out().println("Key " + keys.inUse().keyId() + " is in use now, " + former
                    + " stays valid. Give the file to every producer; when all workers that still work were sent once"
                    + " more, run: cakupan keys retire " + former);
        }
    }

    /** {@code cakupan keys list}. */
    @Command(name = "list", description = "Show the names of the valid keys, and never the keys.")
    public static final class List extends OnKeyFile {
        @Override
        void run(Path file) throws IOException, PseudonymKeys.KeyFileException {
            PseudonymKeys keys = PseudonymKeys.read(file);
            for (PseudonymKey key : keys.all()) {
                out().printf(
                                Locale.ROOT,
                                "%-32s created %s  %s%n",
                                key.keyId(),
                                key.createdAt(),
                                key == keys.inUse() ? "in use" : "former");
            }
        }
    }

    /** {@code cakupan keys retire}. */
    @Command(
            name = "retire",
            description = {
                "End a rotation: take the former key out of the file, for good.",
                "A worker of whom no event was sent while both keys were valid becomes a new one afterwards."
            })
    public static final class Retire extends OnKeyFile {
        @Parameters(paramLabel = "KEY-ID", description = "Name of the former key, as 'keys list' shows it")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String keyId;

        @Override
        void run(Path file) throws IOException, PseudonymKeys.KeyFileException {
            PseudonymKeys keys = PseudonymKeys.retire(file, keyId);
            out().println("Key " + keyId + " is retired; " + keys.inUse().keyId()
                    + " is the only valid one. Give the file to every producer and destroy the copies of the old one.");
        }
    }
}
