package id.cakupan.runtime.commands;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code schemas register|check}. */
@Command(
        name = "schemas",
        description = "Registers the schemas, or tells in what the registry differs from what it should have.",
        subcommands = {SchemasCommand.Register.class, SchemasCommand.Check.class})
public final class SchemasCommand extends CommandGroup {

    /** {@code schemas register}: registers every schema under its subject. */
    @Command(name = "register", description = "Registers every schema and sets each subject to FULL_TRANSITIVE.")
    public static final class Register extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return CommonSettings.CLUSTER;
        }

        @Override
        protected int run(Settings settings) {
            Registering.register(settings, out());
            return Differences.tell(Registering.check(settings), err());
        }
    }

    /** {@code schemas check}: exit code 1 when a subject is missing or differs. */
    @Command(name = "check", description = "Tells which subjects are missing or differ; exit code 1 if any.")
    public static final class Check extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return CommonSettings.CLUSTER;
        }

        @Override
        protected int run(Settings settings) {
            int exitCode = Differences.tell(Registering.check(settings), err());
            if (exitCode == ExitCodes.DONE) {
                out().println("schemas: all as they should be");
            }
            return exitCode;
        }
    }
}
