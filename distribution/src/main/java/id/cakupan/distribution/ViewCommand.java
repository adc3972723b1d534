package id.cakupan.distribution;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Logs;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Option;

/** A command that shows what the streams app published. */
abstract class ViewCommand extends SettingsCommand {
    private static final Duration LONGEST_READ = Duration.ofMinutes(5);

    @Option(names = "--json", description = "Print one JSON object a line, with the field names of the records")
    private boolean json;

    @Option(names = "--wait", description = "First wait until everything produced before the call is counted")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Longest --wait; then exit code 1 (default: ${DEFAULT-VALUE})")
    private int timeout = 600;

    @Override
    protected final List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
        settings.add(CommonSettings.APPLICATION_ID);
        return settings;
    }

    @Override
    protected final Logs.Level libraryLogLevel() {
        return Logs.Level.ERROR;
    }

    @Override
    protected final int run(Settings settings) throws Exception {
        try (Viewer viewer = new Viewer(settings)) {
            if (wait) {
                boolean named = !settings.origin(CommonSettings.APPLICATION_ID).equals("default");
                String applicationId = named ? settings.get(CommonSettings.APPLICATION_ID) : null;
                new FiguresWait(viewer, err(), Duration.ofSeconds(timeout), applicationId).await();
            }
            return show(viewer);
        } catch (TimeoutException e) {
            throw KafkaClients.noBroker(settings, e);
        }
    }

    /** Prints what was asked for and returns the exit code. */
    abstract int show(Viewer viewer) throws Exception;

    final boolean json() {
        return json;
    }

    /** The last records of topics as they stand now; after a wait, with what is being committed. */
    final <V extends SpecificRecord> List<V> read(Viewer viewer, LatestRecords<V> records) throws InterruptedException {
        Map<TopicPartition, Long> ends = wait ? viewer.ends(records.partitions()) : records.ends();
        records.readTo(ends, System.nanoTime() + LONGEST_READ.toNanos());
        return records.values();
    }

    final void printJson(List<? extends SpecificRecord> records) {
        for (SpecificRecord record : records) {
            out().println(JsonLines.line(record));
        }
        out().flush();
    }
}
