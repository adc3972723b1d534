package id.cakupan.runtime.commands;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code topics create|check}. */
@Command(
        name = "topics",
        description = "Creates the topics, or tells in what they differ from what they should be.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class})
public final class TopicsCommand extends CommandGroup {

    /** {@code topics create}: creates what is missing; exit code 1 when a topic that was there differs. */
    @Command(
            name = "create",
            description =
                    "Creates the topics that are missing. Topics that exist are not changed; differences are told.")
    public static final class Create extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return Provisioning.SETTINGS;
        }

        @Override
        protected int run(Settings settings) throws InterruptedException {
            return Differences.tell(Provisioning.create(settings, out()), err());
        }
    }

    /** {@code topics check}: exit code 1 when a topic is missing or differs. */
    @Command(name = "check", description = "Tells which topics are missing or differ; exit code 1 if any.")
    public static final class Check extends SettingsCommand {
        @Override
        protected List<Setting<?>> settings() {
            return Provisioning.SETTINGS;
        }

        @Override
        protected int run(Settings settings) throws InterruptedException {
            int exitCode = Differences.tell(Provisioning.check(settings), err());
            if (exitCode == ExitCodes.DONE) {
                out().println("topics: all as they should be");
            }
            return exitCode;
        }
    }
}
