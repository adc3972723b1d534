package id.cakupan.runtime;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's files are by default. */
public final class UserFolders {
    private UserFolders() {}

    /** {@code $HOME}; where that is not set, the home folder that the system knows. */
    public static Path home(Map<String, String> environment) {
        String home = environment.get("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    /** A path whose leading {@code ~} is replaced by the home folder. */
    public static Path expand(Path path) {
        return path.startsWith("~") ? home(System.getenv()).resolve(Path.of("~").relativize(path)) : path;
    }

    /** Folder for our data: {@code $XDG_DATA_HOME/cakupan}, else {@code ~/.local/share/cakupan}. */
    public static Path data(Map<String, String> environment) {
        String data = environment.get("XDG_DATA_HOME");
        Path base = data == null || data.isEmpty()
                ? home(environment).resolve(".local").resolve("share")
                : Path.of(data);
        return base.resolve("cakupan");
    }
}
