package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private List<String> log(Logs.Level level, Logs.Level libraries, Logs.Format format) {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Logs.configure(level, libraries, format);
        LoggerFactory.getLogger("id.cakupan.X").info("ours");
        LoggerFactory.getLogger("org.apache.kafka.X").info("theirs");
        LoggerFactory.getLogger("org.apache.kafka.X").error("their error", new IllegalStateException("cause"));
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @AfterEach
    void restore() {
        System.setOut(stdout);
        System.setErr(stderr);
        Logs.configure(Logs.Level.INFO, Logs.Level.WARN, Logs.Format.TEXT);
    }

    @Test
    void shouldWriteTextToStandardErrorAloneAndKeepLibrariesQuiet() {
        List<String> lines = log(Logs.Level.INFO, Logs.Level.WARN, Logs.Format.TEXT);
        assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  X - ours");
        assertThat(lines).noneMatch(line -> line.contains("theirs"));
        assertThat(lines).anyMatch(line -> line.contains("their error"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldWriteAuditLinesAtEveryLevel() {
        log(Logs.Level.ERROR, Logs.Level.ERROR, Logs.Format.TEXT);
        LoggerFactory.getLogger("audit").info("who did what");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("audit - who did what");
    }

    @Test
    void shouldLetLibrariesSpeakWhenAsked() {
        assertThat(log(Logs.Level.INFO, Logs.Level.INFO, Logs.Format.TEXT)).anyMatch(line -> line.contains("theirs"));
    }

    @Test
    void shouldNotLetLibrariesSpeakLouderThanUs() {
        assertThat(log(Logs.Level.ERROR, Logs.Level.INFO, Logs.Format.TEXT))
                .noneMatch(line -> line.contains("ours") || line.contains("theirs"));
    }

    @Test
    void shouldWriteOneJsonObjectALine() {
        List<String> lines = log(Logs.Level.INFO, Logs.Level.WARN, Logs.Format.JSON);
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("{\"@timestamp\":\"") && line.endsWith("}"));
        assertThat(lines.get(0)).contains("\"message\":\"ours\"", "\"log.level\":\"INFO\"");
        assertThat(lines.get(1)).contains("\"message\":\"their error\"", "IllegalStateException");
    }
}
