package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cakupan.records.WorkerHired;
import id.cakupan.distribution.Cakupan;
import id.cakupan.localstack.LocalStack;
import id.cakupan.producers.relay.TestDatabase;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import id.cakupan.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The docs are true: what they tell to copy works as they say, and what they point at is there. */
class DocsExamplesTest {
    /**
     * Pages whose shell blocks are run, each page from top to bottom in a folder and a home of its own; and docs/relay.md
     * with its SQL, which needs a database.
     */
    private static final List<String> PAGES =
            List.of("docs/import.md", "docs/pseudonyms.md", "docs/publisher.md", "docs/gateway.md");

    private static final Path PROGRAM = Path.of("..", "distribution", "target", "cakupan", "bin", "cakupan");
    private static final Duration LONGEST_PAGE = Duration.ofMinutes(5);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Pattern CALL = Pattern.compile("bin/cakupan ([a-z]+)( [a-z]+)?([^|;]*)");
    private static final Pattern CLASS_NAME = Pattern.compile("public final class (\\w+)");
    private static final String PREFIX = "cakupan.";
    private static final String UNTIL_ALL_IS_SENT = """
            until [ "$(psql -tAc "select count(*) from cakupan_outbox o where not exists (select from \
                cakupan_outbox_position p where (o.xid, o.id) <= (p.xid, p.id))")" = 0 ]; do sleep 0.1; done
            """;

    /** Flags that pages name and the program does not have: the stand-in for all in docs/settings.md, those of oauth2-proxy. */
    private static final Set<String> OTHER_FLAGS =
            Set.of("--key", "--set-xauthrequest", "--reverse-proxy", "--oidc-groups-claim");

    private static LocalStack stack;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTheStack() {
        stack = LocalStack.start(LocalStack.Options.throwAway());
        Commands.succeed(List.of("setup", "--bootstrap", stack.bootstrap(), "--registry", stack.registryUrl()));
    }

    @AfterAll
    static void stopTheStack() {
        stack.close();
    }

    static List<String> pages() {
        return PAGES;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldDoWhatThePageTellsToCopy(String name) throws Exception {
        assertEnded(DocsPage.of(name).statements(), Map.of());
    }

    @Test
    void shouldRelayWhatThePageOfTheRelayTellsToWrite() throws Exception {
        try (TestDatabase database = TestDatabase.start(folder.resolve("postgresql"))) {
            database.execute("postgres", "postgres", "create database projects", "create role my_project_system login");
            List<DocsPage.Statement> statements =
                    new ArrayList<>(DocsPage.of("docs/relay.md").statements());
            statements.add(new DocsPage.Statement(0, UNTIL_ALL_IS_SENT, 0, false));
            Map<String, String> ours = Map.of(
                    "db.example",
                    "127.0.0.1",
                    "PGPORT=5432",
                    "PGPORT=" + database.port(),
                    "sslmode=verify-full",
                    "sslmode=disable",
                    "--http-port 9404",
                    "--http-port 0",
                    "…",
                    "1");

            assertEnded(statements, ours);
        }
        assertThat(hires())
                .extracting(WorkerHired::getSource, WorkerHired::getHireId)
                .contains(tuple("hr-kota", "penempatan-4711"));
    }

    /**
     * Runs commands, each of which has to end as it should.
     *
     * @param ours what stands here for what the page can only give as an example
     */
    private void assertEnded(List<DocsPage.Statement> statements, Map<String, String> ours) throws Exception {
        assertThat(statements).isNotEmpty();

        Path log = run(statements, ours);

        assertThat(Files.readAllLines(folder.resolve("ended")))
                .as("line and exit code of each command: %s", Files.readString(log))
                .containsExactlyElementsOf(statements.stream()
                        .map(statement -> statement.line() + " " + statement.exitCode())
                        .toList());
        assertThat(log).content().doesNotContain("Exception");
    }

    @Test
    void shouldPublishWithTheExampleOfTheLibrary() throws Exception {
        DocsPage page = DocsPage.of("docs/publisher.md");
        run(page.statements(), Map.of());
        String example = page.blocks("java").get(0);
        Matcher className = CLASS_NAME.matcher(example);
        assertThat(className.find()).isTrue();
        Path source = Files.writeString(folder.resolve(className.group(1) + ".java"), example);
        compile(source);

        Process process = start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + ":" + System.getProperty("java.class.path"),
                className.group(1)));
        assertThat(process.waitFor(LONGEST_PAGE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        List<WorkerHired> hires = hires();
        assertThat(hires)
                .extracting(WorkerHired::getSource, WorkerHired::getHireId)
                .contains(tuple("hr.contoh", "h-17"));
        assertThat(hires).extracting(WorkerHired::getWorkerId).doesNotContain("3573014506900001");
    }

    @Test
    void shouldNameTheCoordinatesOfTheLibrary() throws Exception {
        String pom = Files.readString(Path.of("..", "publisher", "pom.xml"));
        String dependency = DocsPage.of("docs/publisher.md").blocks("xml").get(0);

        for (String element : List.of("groupId", "version")) {
            assertThat(element(dependency, element)).isEqualTo(element(pom, element));
        }
        assertThat(element(dependency, "artifactId"))
                .isEqualTo(element(pom.substring(pom.indexOf("</parent>")), "artifactId"));
    }

    @Test
    void shouldLinkToPagesAndHeadingsThatExist() throws Exception {
        for (DocsPage page : DocsPage.all()) {
            for (String link : page.links()) {
                String[] parts = link.split("#", -1);
                Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]);
                assertThat(target).as("link %s of %s", link, page.path()).exists();
                if (parts.length > 1) {
                    assertThat(new DocsPage(target, Files.readAllLines(target)).anchors())
                            .as("link %s of %s", link, page.path())
                            .contains(parts[1]);
                }
            }
        }
    }

    @Test
    void shouldNameOnlyFlagsThatTheProgramHas() throws Exception {
        Map<String, CommandLine> commands = Cakupan.commandLine().getSubcommands();
        Set<String> known = commands.values().stream()
                .flatMap(command -> flags(command).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(OTHER_FLAGS);
        for (DocsPage page : DocsPage.all()) {
            for (String code : page.codeSpans()) {
                assertThat(known).as("%s of %s", code, page.path()).containsAll(flagsIn(code));
            }
            for (String block : page.blocks("sh")) {
                for (MatchResult call :
                        CALL.matcher(block.replace("\\\n", " ")).results().toList()) {
                    CommandLine command = commands.get(call.group(1));
                    assertThat(command)
                            .as("%s of %s", call.group(), page.path())
                            .isNotNull();
                    assertThat(flags(command))
                            .as("%s of %s", call.group(), page.path())
                            .containsAll(
                                    flagsIn(call.group(3).lines().findFirst().orElse("")));
                }
            }
        }
    }

    /** Runs commands one after the other in one shell; what they print goes to the returned file. */
    private Path run(List<DocsPage.Statement> statements, Map<String, String> ours) throws Exception {
        assertThat(PROGRAM).as("the program, which mvn package builds").exists();
        Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/cakupan"), PROGRAM.toRealPath());
        Path script = folder.resolve("script");
        Files.writeString(script, script(statements, ours));
        Process process = start(List.of("bash", script.toString()));
        boolean ended = process.waitFor(LONGEST_PAGE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Path log = folder.resolve("log");
        assertThat(ended).as("ended in time: %s", Files.readString(log)).isTrue();
        return log;
    }

    private static String script(List<DocsPage.Statement> statements, Map<String, String> ours) throws IOException {
        int port = freePort();
        StringBuilder script = new StringBuilder("""
                running=()
                export CAKUPAN_GATEWAY_PORT=%d CAKUPAN_HTTP_PORT=0
                await_ready() {
                    for i in {1..600}; do
                        health=$(grep -so 'Health and metrics: http://.*' running | cut -d' ' -f4)
                        [ -n "$health" ] && curl -fs "$health/health/ready" && return
                        sleep 0.1
                    done
                    cat running
                    return 1
                }
                end() { for pid in "${running[@]}"; do kill "$pid"; wait "$pid"; done; }
                trap end EXIT
                """.formatted(port));
        for (DocsPage.Statement statement : statements) {
            String text = statement.text().replace("127.0.0.1:8080", "127.0.0.1:" + port);
            for (Map.Entry<String, String> example : ours.entrySet()) {
                text = text.replace(example.getKey(), example.getValue());
            }
            if (statement.leftRunning()) {
                script.append(text.replaceFirst("\\s+# .*\\s*$", ""))
                        .append(" >running 2>&1 &\nrunning+=($!)\nawait_ready\n");
            } else {
                script.append(text);
            }
            script.append("echo ").append(statement.line()).append(" $? >>ended\n");
        }
        return script.toString();
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CAKUPAN_") || name.startsWith("XDG_"));
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        environment.put("CAKUPAN_BOOTSTRAP", stack.bootstrap());
        environment.put("CAKUPAN_REGISTRY", stack.registryUrl());
        return builder.start();
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** All hires that are in the topic now. */
    private static List<WorkerHired> hires() throws IOException {
        List<WorkerHired> hires = new ArrayList<>();
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrap());
        try (SchemaRegistryClient registry = RegistryClients.create(stack.registryUrl());
                KafkaConsumer<String, WorkerHired> consumer = new KafkaConsumer<>(
                        config, new StringDeserializer(), new AvroSerdes(registry).deserializer(WorkerHired.class))) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.WORKER_HIRED.name(PREFIX)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long deadline = System.nanoTime() + LONGEST_POLL.toNanos();
            while (hires.size() < all && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(hire -> hires.add(hire.value()));
            }
            assertThat(hires).hasSize((int) all);
        }
        return hires;
    }

    private static Set<String> flags(CommandLine command) {
        Stream<String> own = command.getCommandSpec().optionsMap().keySet().stream();
        Stream<String> below = command.getSubcommands().values().stream().flatMap(each -> flags(each).stream());
        return Stream.concat(own, below).collect(Collectors.toSet());
    }

    private static List<String> flagsIn(String text) {
        return FLAG.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String element(String xml, String name) {
        Matcher element =
                Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        assertThat(element.find()).as(name).isTrue();
        return element.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
