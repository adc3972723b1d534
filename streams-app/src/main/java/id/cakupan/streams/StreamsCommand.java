package id.cakupan.streams;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.HttpEndpoints;
import id.cakupan.runtime.Logs;
import id.cakupan.runtime.Meters;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code cakupan streams}: runs one instance of the streams app in the foreground. */
@Command(
        name = "streams",
        description = "Run the streams app: events in, figures, timelines and alerts out. "
                + "Several instances with one --application-id share the work.")
public final class StreamsCommand extends SettingsCommand {
    private final Clock clock;

    /** On the system's clock. */
    public StreamsCommand() {
        this(Clock.systemUTC());
    }

    /** On another clock. */
    public StreamsCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected List<Setting<?>> settings() {
        return StreamsSettings.ALL;
    }

    @Override
    protected Logs.Level libraryLogLevel() {
        return Logs.Level.WARN;
    }

    @Override
    protected int run(Settings settings) throws Exception {
        try (Meters meters = new Meters("streams");
                StreamsService service = new StreamsService(settings, clock, meters.registry(), environment())) {
            return endedBySignal(service::close, () -> {
                try (HttpEndpoints http = HttpEndpoints.start(settings, service.health(), meters.registry())) {
                    err().println("Health and metrics: http://127.0.0.1:" + http.port());
                    err().flush();
                    service.start();
                    return service.awaitEnd() ? ExitCodes.DONE : ExitCodes.FAILED;
                }
            });
        }
    }
}
