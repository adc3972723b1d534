package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Setting<Integer> RATE = Setting.of(
                    "send-rate", Integer.class, "10", "Events a second, 1 to 1000")
            .where(n -> n >= 1 && n <= 1000);
    private static final Setting<String> PASSWORD =
            Setting.optional("password", String.class, "Password").asSecret();
    private static final Setting<Path> KEY_FILE = Setting.required("key-file", Path.class, "File with the key");
    private static final Setting<Boolean> FAST = Setting.of("fast", Boolean.class, "false", "No pauses");
    private static final Setting<String> OTHERS = Setting.of("others", String.class, "", "Of another command");

    @TempDir
    private Path dir;

    private Settings read(Map<String, List<String>> flags, Map<String, String> environment, @Nullable String yaml)
            throws SettingsException, IOException {
        Path file = yaml == null ? null : Files.writeString(dir.resolve("cakupan.yaml"), yaml);
        return Settings.read(
                List.of(RATE, PASSWORD, FAST),
                List.of(RATE, PASSWORD, FAST, OTHERS),
                new Settings.Sources(flags, environment, file));
    }

    @Test
    void shouldPreferFlagToEnvironmentToFileToDefault() throws Exception {
        Map<String, List<String>> flag = Map.of("send-rate", List.of("40"));
        Map<String, String> environment = Map.of("CAKUPAN_SEND_RATE", "30");
        String file = "send-rate: 20\n";

        assertRate(read(Map.of(), Map.of(), null), 10, "default");
        assertRate(read(Map.of(), Map.of(), file), 20, "file " + dir.resolve("cakupan.yaml"));
        assertRate(read(Map.of(), environment, file), 30, "environment");
        assertRate(read(flag, environment, file), 40, "flag");
    }

    private static void assertRate(Settings settings, int value, String origin) {
        assertThat(settings.get(RATE)).isEqualTo(value);
        assertThat(settings.origin(RATE)).isEqualTo(origin);
    }

    @Test
    void shouldAcceptTheSettingsOfOtherCommandsInFileAndEnvironment() throws Exception {
        Settings settings = read(Map.of(), Map.of("CAKUPAN_OTHERS", "x", "PATH", "/bin"), "others: y\n");
        assertThat(settings.get(RATE)).isEqualTo(10);
        assertThatThrownBy(() -> settings.get(OTHERS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellAllFaultsTogether() {
        assertThatThrownBy(() -> Settings.read(
                        List.of(RATE, FAST, KEY_FILE),
                        List.of(RATE, FAST, KEY_FILE),
                        new Settings.Sources(
                                Map.of("fast", List.of("true", "false")),
                                Map.of("CAKUPAN_SEND_RAET", "1"),
                                Files.writeString(dir.resolve("c.yaml"), "send-rate: many\nkeyFile: a\n"))))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.faults())
                                .containsExactlyInAnyOrder(
                                        "Unknown setting 'keyFile' in file " + dir.resolve("c.yaml")
                                                + "; did you mean 'key-file'?",
                                        "Unknown setting in the environment: CAKUPAN_SEND_RAET",
                                        "--fast is given 2 times",
                                        "Setting 'send-rate' (file " + dir.resolve("c.yaml")
                                                + "): the value 'many' is not a whole number",
                                        "Setting 'key-file' is missing (--key-file, CAKUPAN_KEY_FILE): File with the key"));
    }

    @Test
    void shouldTellAValueOutOfRange() {
        assertThatThrownBy(() -> read(Map.of("send-rate", List.of("1001")), Map.of(), null))
                .hasMessage("Setting 'send-rate' (flag): the value '1001' is out of range: Events a second, 1 to 1000");
    }

    @Test
    void shouldTellAFileThatIsMissingOrNoYaml() {
        Path missing = dir.resolve("missing.yaml");
        assertThatThrownBy(() -> Settings.read(List.of(), List.of(), new Settings.Sources(Map.of(), Map.of(), missing)))
                .hasMessage("There is no file " + missing);
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "send-rate: [1, 2\n"))
                .hasMessageStartingWith("Not YAML of 'key: value' lines");
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "send-rate:\n  a: 1\n"))
                .hasMessageStartingWith("Not YAML of 'key: value' lines");
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "just words"))
                .hasMessageStartingWith("Not YAML of 'key: value' lines");
    }

    @Test
    void shouldAcceptAnEmptyFile() throws Exception {
        assertRate(read(Map.of(), Map.of(), ""), 10, "default");
        assertRate(read(Map.of(), Map.of(), "# nothing\n"), 10, "default");
    }

    @Test
    void shouldRefuseAKeyThatIsTwiceInTheFile() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "send-rate: 1\nsend-rate: 2\n"))
                .hasMessage("Setting 'send-rate' stands twice in file " + dir.resolve("cakupan.yaml"));
    }

    @Test
    void shouldTakeValuesAsTheyAre() throws Exception {
        Settings settings = read(Map.of("password", List.of("a,b${HOME}\\c")), Map.of(), null);
        assertThat(settings.get(PASSWORD)).isEqualTo("a,b${HOME}\\c");
        assertThat(read(Map.of(), Map.of(), "password: 'x${send-rate},y'\n").get(PASSWORD))
                .isEqualTo("x${send-rate},y");
    }

    @Test
    void shouldNeverShowASecret() throws Exception {
        StringWriter out = new StringWriter();
        read(Map.of("password", List.of("s3cret")), Map.of("CAKUPAN_FAST", "true"), "send-rate: 20\n")
                .print(new PrintWriter(out));
        assertThat(out.toString().lines())
                .containsExactly(
                        "send-rate: 20  # file " + dir.resolve("cakupan.yaml"),
                        "password:  ******  # flag",
                        "fast:      true  # environment");
        Setting<Integer> secretNumber =
                Setting.of("pin", Integer.class, "1", "Pin").asSecret();
        assertThatThrownBy(() -> Settings.of(List.of(secretNumber), Map.of("pin", "s3cret")))
                .hasMessage("Setting 'pin' (flag): the value is not a whole number");
    }

    @Test
    void shouldLeaveOutWhatIsOptional() throws Exception {
        Settings settings = read(Map.of(), Map.of(), null);
        assertThat(settings.find(PASSWORD)).isEmpty();
        assertThatThrownBy(() -> settings.get(PASSWORD)).isInstanceOf(IllegalArgumentException.class);
        assertThat(settings.origin(PASSWORD)).isEqualTo("not set");
    }

    @Test
    void shouldConvertEveryType() throws Exception {
        assertThat(value(URI.class, "http://x/y")).isEqualTo(URI.create("http://x/y"));
        assertThat(value(ZoneId.class, "Asia/Jakarta")).isEqualTo(ZoneId.of("Asia/Jakarta"));
        assertThat(value(LocalDate.class, "2026-01-31")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(value(Instant.class, "2026-01-31T17:00:00Z")).isEqualTo(Instant.parse("2026-01-31T17:00:00Z"));
        assertThat(value(Long.class, "5000000000")).isEqualTo(5_000_000_000L);
        assertThat(value(Double.class, "0.5")).isEqualTo(0.5);
        assertThat(value(Boolean.class, "true")).isTrue();
        assertThat(value(Logs.Format.class, "json")).isEqualTo(Logs.Format.JSON);
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "1d2h3m4s,PT26H3M4S", "PT10S,PT10S"})
    void shouldConvertDurations(String text, Duration expected) throws Exception {
        assertThat(value(Duration.class, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10 s", "s", "-5s", "1h1d"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> value(Duration.class, text)).hasMessageContaining("is not a duration");
    }

    @Test
    void shouldRefuseWhatDoesNotConvert() {
        assertThatThrownBy(() -> value(Boolean.class, "yes")).hasMessageContaining("is not true or false");
        assertThatThrownBy(() -> value(ZoneId.class, "Asia/Malang")).hasMessageContaining("is not a time zone");
        assertThatThrownBy(() -> value(Logs.Format.class, "xml")).hasMessageContaining("is not one of text, json");
        assertThatThrownBy(() -> value(LocalDate.class, "31-01-2026")).hasMessageContaining("is not a day");
        assertThatThrownBy(() -> value(Integer.class, "")).hasMessageContaining("is not a whole number");
    }

    private static <T> T value(Class<T> type, String text) throws SettingsException {
        Setting<T> setting = Setting.required("thing", type, "A thing");
        return Settings.of(List.of(setting), Map.of("thing", text)).get(setting);
    }
}
