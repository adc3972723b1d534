package id.cakupan.runtime.commands;

import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code setup}: {@code topics create} and {@code schemas register}. */
@Command(name = "setup", description = "Creates the topics and registers the schemas; doing it again changes nothing.")
public final class SetupCommand extends SettingsCommand {
    @Override
    protected List<Setting<?>> settings() {
        return Provisioning.SETTINGS;
    }

    @Override
    protected int run(Settings settings) throws InterruptedException {
        List<String> differences = new ArrayList<>(Provisioning.create(settings, out()));
        Registering.register(settings, out());
        differences.addAll(Registering.check(settings));
        return Differences.tell(differences, err());
    }
}
