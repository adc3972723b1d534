package id.cakupan.producers;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.commands.CommandGroup;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code cakupan keys}: the secret key that pseudonyms are made with. */
@Command(
        name = "keys",
        description = "The secret key that workers' pseudonyms are made with.",
        subcommands = KeysCommand.Create.class)
public final class KeysCommand extends CommandGroup {
    /** {@code cakupan keys create}. */
    @Command(
            name = "create",
            description = {
                "Create a key file (mode 0600). The key is never printed and an existing file is never overwritten.",
                "Whoever has the file can find out which worker a pseudonym stands for. Whoever loses it can add nothing"
                        + " to what is known about a worker: keep a copy in a safe place."
            })
    public static final class Create extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return List.of(ProducerSettings.KEY_FILE);
        }

        @Override
        protected int run(Settings settings) throws IOException {
            Path file = ProducerSettings.expandHome(settings.get(ProducerSettings.KEY_FILE));
            try {
                PseudonymKey key = PseudonymKey.create(file, new SecureRandom(), Clock.systemUTC());
                out().println("Key " + key.keyId() + " created in " + file
                        + " (mode 0600). Keep a copy in a safe place.");
            } catch (FileAlreadyExistsException e) {
                throw new FailedException("There is a file " + file + " already; it stays as it is", e);
            }
            return ExitCodes.DONE;
        }
    }
}
