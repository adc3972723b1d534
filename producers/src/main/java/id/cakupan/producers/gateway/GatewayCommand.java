package id.cakupan.producers.gateway;

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

/** {@code cakupan gateway}: takes events over HTTP, in the foreground. */
@Command(
        name = "gateway",
        description = {
            "Take events over HTTP: POST /v1/events, one object, an array or one object a line, as 'import' reads them.",
            "Each system that sends needs a key: see 'cakupan sources'. An event is accepted once the brokers have it."
                    + " The interface is described at GET /openapi.json."
        })
public final class GatewayCommand extends SettingsCommand {
    private final Clock clock;

    /** Runs by the system's clock. */
    public GatewayCommand() {
        this(Clock.systemUTC());
    }

    /** Runs by another clock. */
    public GatewayCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(Gateway.SETTINGS);
        settings.addAll(HttpEndpoints.SETTINGS);
        return settings;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        try (Meters meters = new Meters("gateway");
                Gateway gateway = new Gateway(settings, clock, meters.registry())) {
            return endedBySignal(gateway::close, () -> {
                try (HttpEndpoints http = HttpEndpoints.start(settings, gateway.health(), meters.registry())) {
                    gateway.start();
                    err().println("Gateway: http://127.0.0.1:" + gateway.port());
                    err().println("Health and metrics: http://127.0.0.1:" + http.port());
                    err().flush();
                    gateway.awaitEnd();
                    return ExitCodes.DONE;
                }
            });
        }
    }
}
