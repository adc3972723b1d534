package id.cakupan.dashboard.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users now, by the users file, which is looked at again and again. A file that is broken changes nothing: the last good
 * one stays in force, and {@link #fault} says so. Thread-safe.
 */
final class Users {
    private static final Logger LOG = LoggerFactory.getLogger(Users.class);

    private final Path file;
    private volatile @Nullable UsersFile now;
    private volatile Optional<String> fault = Optional.of("The users file was not read yet");
    private byte[] content = {};

    Users(Path file) {
        this.file = file;
    }

    /** Looks whether the file has changed. */
    synchronized void look() {
        try {
            byte[] read = UsersFile.bytes(file);
            if (fault.isPresent() || !Arrays.equals(read, content)) {
                UsersFile parsed = UsersFile.parse(file, read);
                now = parsed;
                content = read;
                fault = Optional.empty();
                LOG.info("{} users may log in", parsed.users().size());
            }
        } catch (UsersFile.UsersException e) {
            broken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            broken("Cannot read " + file);
        }
    }

    private void broken(String message) {
        if (!fault.equals(Optional.of(message))) {
            fault = Optional.of(message);
            LOG.error("{}{}", message, now == null ? "" : "; the users of before stay in force");
        }
    }

    /** What is wrong with the file now. */
    Optional<String> fault() {
        return fault;
    }

    /** The last good file. */
    Optional<UsersFile> now() {
        return Optional.ofNullable(now);
    }
}
