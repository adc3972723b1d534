package id.cakupan.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, in a distribution folder and in a checkout, with commands that only tell how they were called. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "bin", "cakupan");

    @TempDir
    private Path temporary;

    private Path home;

    private record Ended(int code, String text) {}

    @BeforeEach
    void makeDistribution() throws IOException {
        home = temporary.resolve("a folder");
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/cakupan.jar"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(SCRIPT, home.resolve("bin/cakupan"));
    }

    @Test
    void shouldStartJavaWithTheCommandAndItsArguments() throws Exception {
        Path java = java("17.0.1");

        assertThat(run(java, home.resolve("bin/cakupan"), "figures", "--level", "city", "two words"))
                .isEqualTo(new Ended(
                        0,
                        "<-Xmx512m> <-XX:+UseSerialGC> <-XX:TieredStopAtLevel=1> <-Dfile.encoding=UTF-8> <-Dcakupan.registry.home="
                                + home.toRealPath() + "/registry> <-jar> <" + home.toRealPath()
                                + "/lib/cakupan.jar> <figures> <--level> <city> <two words>"));
    }

    @Test
    void shouldWorkThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), home.resolve("bin/cakupan"));
        Path second = Files.createSymbolicLink(temporary.resolve("second"), Path.of("link"));

        assertThat(run(java("21"), link, "streams").text()).contains("a folder/lib/cakupan.jar> <streams>");
        assertThat(run(java("21"), second, "streams").text()).contains("a folder/lib/cakupan.jar> <streams>");
    }

    @Test
    void shouldLetTheUserChooseTheCollector() throws Exception {
        Ended ended =
                run(java("17"), Map.of("JAVA_OPTS", "-Xmx3g -XX:+UseG1GC"), home.resolve("bin/cakupan"), "streams");

        assertThat(ended.text())
                .doesNotContain("UseParallelGC")
                .contains("<-Xmx2g>")
                .contains("<-Xmx3g> <-XX:+UseG1GC> <-jar>");
    }

    @Test
    void shouldNameAJavaThatIsTooOld() throws Exception {
        Path java = java("11.0.2");

        assertThat(run(java, home.resolve("bin/cakupan"), "figures"))
                .isEqualTo(new Ended(
                        1,
                        "cakupan: Java 17 or newer is needed, " + java
                                + "/bin/java is 11.0.2: set JAVA_HOME to a JDK 17 or newer."));
    }

    @Test
    void shouldNameAJavaHomeWithoutJava() throws Exception {
        Path nothing = temporary.resolve("nothing");

        assertThat(run(nothing, home.resolve("bin/cakupan"), "figures"))
                .isEqualTo(new Ended(
                        1,
                        "cakupan: there is no bin/java in JAVA_HOME (" + nothing
                                + "): set JAVA_HOME to a JDK 17 or newer."));
    }

    @Test
    void shouldTellThatTheProgramIsNotThere() throws Exception {
        Files.delete(home.resolve("lib/cakupan.jar"));

        assertThat(run(java("17"), home.resolve("bin/cakupan"), "figures").text())
                .startsWith("cakupan: the program is not built");
    }

    @Test
    void shouldBuildACheckoutOnceAndAgainWhenASourceChanged() throws Exception {
        Path source = checkout();
        Map<String, String> path = pathWithMaven();
        Path script = home.resolve("bin/cakupan");

        assertThat(run(java("17"), path, script, "figures").text().lines().toList())
                .hasSize(3)
                .startsWith("Building (first time: downloads about 450 MB) ...", "mvn called")
                .last()
                .asString()
                .endsWith("<figures>");
        assertThat(run(java("17"), path, script, "figures").text()).doesNotContain("mvn called");

        Files.setLastModifiedTime(
                source, java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2100-01-01T00:00:00Z")));
        assertThat(run(java("17"), path, script, "figures").text()).contains("Building what changed", "mvn called");
    }

    @Test
    void shouldTakeOverTheLockOfABuildThatIsGone() throws Exception {
        checkout();
        Path lock = Files.createDirectories(home.resolve("target/cakupan-building"));
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor()).isZero();
        Files.writeString(lock.resolve("pid"), String.valueOf(gone.pid()));

        assertThat(run(java("17"), pathWithMaven(), home.resolve("bin/cakupan"), "figures")
                        .text())
                .contains("mvn called");
        assertThat(lock).doesNotExist();
    }

    private Path checkout() throws IOException {
        Files.createDirectories(home.resolve("distribution/target/cakupan/lib"));
        Files.createFile(home.resolve("distribution/target/cakupan/lib/cakupan.jar"));
        Files.createFile(home.resolve("distribution/pom.xml"));
        Files.createFile(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("coverage/src/main"));
        return Files.createFile(home.resolve("coverage/src/main/Rules.java"));
    }

    private Map<String, String> pathWithMaven() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("tools"));
        executable(folder.resolve("mvn"), "#!/bin/sh\necho mvn called\n");
        return Map.of("PATH", folder + ":" + System.getenv("PATH"));
    }

    /** A Java that tells its version, or its arguments. */
    private Path java(String version) throws IOException {
        Path folder = temporary.resolve("java " + version);
        Files.createDirectories(folder.resolve("bin"));
        executable(folder.resolve("bin/javac"), "#!/bin/sh\n");
        executable(
                folder.resolve("bin/java"),
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\" 2025-01-01' >&2; exit\n"
                        + "fi\nseparator=\nfor argument; do printf '%s<%s>' \"$separator\" \"$argument\"; separator=' '; done\necho\n");
        return folder;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Ended run(Path java, Path script, String... arguments) throws Exception {
        return run(java, Map.of(), script, arguments);
    }

    private static Ended run(Path java, Map<String, String> environment, Path script, String... arguments)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("sh", script.toString()), Stream.of(arguments))
                        .toList());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "CKP_SKIP_BUILD"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text.stripTrailing());
    }
}
