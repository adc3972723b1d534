package id.cakupan.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's own modules: their types, and their tests in JavaScript. */
class PageModulesTest {
    private static final Path TESTS = Path.of(System.getProperty("cakupan.page.tests", "page-tests"));
    private static final int LIMIT_SECONDS = 180;

    /** Fetches the packages when the lock file is newer than what is there, so that a second build needs no network. */
    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path lock = TESTS.resolve("package-lock.json");
        Path installed = TESTS.resolve("node_modules/.package-lock.json");
        if (Files.notExists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) < 0) {
            run("npm", "ci");
        }
    }

    @Test
    void shouldNameNoRegistryInItsLockFile() throws IOException {
        assertThat(Files.readString(TESTS.resolve("package-lock.json"))).doesNotContain("\"resolved\"");
    }

    @Test
    void shouldHaveSoundTypes() throws IOException, InterruptedException {
        run("node", "node_modules/typescript/bin/tsc", "--project", "tsconfig.json");
    }

    @Test
    void shouldPassTheTestsOfThePage() throws IOException, InterruptedException {
        String printed = run("node", "--test");
        assertThat(printed).contains("# fail 0").contains("# skipped 0").doesNotContain("# pass 0");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("page", ".txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(TESTS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return fail("Cannot run '" + command[0] + "': this test needs Node.js with npm on the PATH", e);
        }
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String printed = Files.readString(output);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", String.join(" ", command), printed)
                    .isTrue();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
