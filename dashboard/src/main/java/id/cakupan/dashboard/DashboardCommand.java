package id.cakupan.dashboard;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.Meters;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code cakupan dashboard}: serves the page and the API, in the foreground. */
@Command(
        name = "dashboard",
        description = {
            "Serve the page for officials and the API beneath it, in the foreground.",
            "It reads the figures from the topics and keeps nothing but memory, so any number may run side by side."
        })
public final class DashboardCommand extends SettingsCommand {
    private final Clock clock;

    /** Runs by the system's clock. */
    public DashboardCommand() {
        this(Clock.systemUTC());
    }

    /** Runs by another clock. */
    public DashboardCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(DashboardSettings.ALL);
        settings.addAll(HttpEndpoints.SETTINGS);
        return settings;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        try (Meters meters = new Meters("dashboard");
                Dashboard dashboard = new Dashboard(settings, clock, meters.registry())) {
            return endedBySignal(dashboard::close, () -> {
                try (HttpEndpoints http = HttpEndpoints.start(settings, dashboard.health(), meters.registry())) {
                    dashboard.start();
                    err().println("Dashboard: http://127.0.0.1:" + dashboard.port());
                    err().println("Health and metrics: http://127.0.0.1:" + http.port());
                    err().flush();
                    dashboard.awaitEnd();
                    return ExitCodes.DONE;
                }
            });
        }
    }
}
