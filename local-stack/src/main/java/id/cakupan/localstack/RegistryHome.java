package id.cakupan.localstack;

import id.cakupan.runtime.FailedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The unpacked schema registry program: a runner jar and its libraries. */
final class RegistryHome {
    static final String PROPERTY = "cakupan.registry.home";

    private RegistryHome() {}

    /**
     * Finds the program: where it is said to be, else where the system property says, else beside this module's classes (in
     * a checkout) or beside the folder of its jar (in a distribution).
     *
     * @throws FailedException if it is not there
     */
    static Path find(@Nullable Path named) {
        String property = System.getProperty(PROPERTY);
        List<Path> candidates = new ArrayList<>();
        if (named != null) {
            candidates.add(named);
        } else if (property != null && !property.isBlank()) {
            candidates.add(Path.of(property));
        } else {
            Path classes = ownClasses();
            Path parent = classes == null ? null : classes.getParent();
            if (parent != null) {
                candidates.add(parent.resolve("registry"));
                candidates.add(parent.resolveSibling("registry"));
            }
        }
        for (Path candidate : candidates) {
            if (runner(candidate) != null) {
                return candidate.toAbsolutePath().normalize();
            }
        }
        throw new FailedException("The schema registry program is not in " + candidates
                + ": build the project once, or name its folder with --registry-home.");
    }

    /** The jar to run. */
    static Path requireRunner(Path home) {
        Path runner = runner(home);
        if (runner == null) {
            throw new FailedException("No *-runner.jar of the schema registry in " + home + ".");
        }
        return runner;
    }

    private static @Nullable Path runner(Path home) {
        if (!Files.isDirectory(home)) {
            return null;
        }
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** The jar or folder that this module's classes were loaded from. */
    static @Nullable Path ownClasses() {
        CodeSource source = RegistryHome.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
