package id.cakupan.system;

import cakupan.records.CoverageFigure;
import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.producers.ImportCommand;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine;

/** A set of topics of its own on the shared cluster, and the processes that work on it. */
final class Space implements AutoCloseable {
    private final Cluster cluster;
    private final String name;
    private final Path folder;
    private final List<StreamsProcess> processes = new ArrayList<>();
    private int files;

    private Space(Cluster cluster, String name, Path folder) {
        this.cluster = cluster;
        this.name = name;
        this.folder = folder;
    }

    /** Makes the topics, with so many partitions, and registers the schemas. */
    static Space setUp(Cluster cluster, String name, int partitions) throws IOException {
        Path folder = Path.of(System.getProperty("cakupan.target", "target"), "spaces", name)
                .toAbsolutePath();
        delete(folder);
        Files.createDirectories(folder);
        Space space = new Space(cluster, name, folder);
        Commands.succeed(space.arguments("setup", "--partitions", String.valueOf(partitions)));
        return space;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A command with the flags that say where this space is. */
    List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--bootstrap",
                cluster.bootstrap(),
                "--registry",
                cluster.registryUrl(),
                "--topic-prefix",
                prefix()));
        arguments.addAll(Arrays.asList(more));
        return arguments;
    }

    Cluster cluster() {
        return cluster;
    }

    /** Prefix of its topics. */
    String prefix() {
        return name + ".";
    }

    /** Name of one of its topics. */
    String topic(Topic<?> topic) {
        return topic.name(prefix());
    }

    /** Id of the streams app unless a test chooses another. */
    String applicationId() {
        return name + "-streams";
    }

    /** Folder for the files of this space; logs of its processes are in it. */
    Path folder() {
        return folder;
    }

    /** Starts an instance of the streams app with a state folder of its own. The same name takes the same folder. */
    StreamsProcess start(String instance, String... flags) throws IOException {
        return startAs(applicationId(), instance, flags);
    }

    /** Starts an instance under an application id. */
    StreamsProcess startAs(String applicationId, String instance, String... flags) throws IOException {
        List<String> arguments = arguments(
                "streams",
                "--application-id",
                applicationId,
                "--state-dir",
                folder.resolve("state-" + applicationId + "-" + instance).toString(),
                "--http-port",
                "0");
        arguments.addAll(Arrays.asList(flags));
        StreamsProcess process =
                StreamsProcess.start(arguments, folder.resolve("streams-" + applicationId + "-" + instance + ".log"));
        processes.add(process);
        return process;
    }

    /** Sends events with the import command, gzipped. */
    void send(Collection<OracleEvent> events) throws IOException {
        sendLines(events.stream().map(Wire::line).toList(), Clock.systemUTC());
    }

    /** Sends events with the import command at another time. */
    void send(Collection<OracleEvent> events, Clock clock) throws IOException {
        sendLines(events.stream().map(Wire::line).toList(), clock);
    }

    /** Sends lines with the import command at another time. */
    void sendLines(Collection<String> lines, Clock clock) throws IOException {
        Path file = folder.resolve("events-" + files++ + ".jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> arguments = arguments("import", file.toString());
        Commands.succeed(new CommandLine(new ImportCommand(clock)), arguments.subList(1, arguments.size()));
    }

    /** All records of a topic that are committed. */
    <V extends SpecificRecord> List<Reader.Entry<V>> read(Topic<V> topic) {
        return Reader.read(cluster, topic(topic), topic.type());
    }

    /** All committed figures of all levels, superseded ones included. */
    List<Reader.Entry<CoverageFigure>> readFigures() {
        return Topics.COVERAGE_BY.values().stream()
                .flatMap(topic -> read(topic).stream())
                .toList();
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        processes.forEach(StreamsProcess::close);
    }
}
