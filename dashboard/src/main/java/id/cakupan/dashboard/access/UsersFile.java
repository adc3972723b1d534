package id.cakupan.dashboard.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The users of the dashboard, and their file: JSON {@code {"version":1,"sessionKey":…,"users":[{"name":…,"role":…,
 * "contractorId":…,"iterations":…,"salt":…,"hash":…,"changedAt":…}]}}, readable by its owner alone. Changes that are made at
 * the same moment wait for one another.
 *
 * @param sessionKey base64 of the 32 bytes that sessions are signed with; dashboards with one file share sessions
 * @param users in the order of the file
 */
record UsersFile(String sessionKey, List<User> users) {
    /** The file is missing, readable by others, or not in its form; or a change is not possible. For people. */
    static final class UsersException extends Exception {
        private static final long serialVersionUID = 1L;

        UsersException(String message) {
            super(message, null, false, false);
        }
    }

    /** From the users before to the users after. */
    private interface Change {
        List<User> of(UsersFile before) throws UsersException;
    }

    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final ObjectMapper JSON = new ObjectMapper();

    UsersFile {
        users = List.copyOf(users);
        if (Base64.getDecoder().decode(sessionKey).length != KEY_BYTES) {
            throw new IllegalArgumentException("not a key");
        }
    }

    /**
     * Reads the file.
     *
     * @throws UsersException if it is missing, open to others or not in its form
     * @throws IOException if it cannot be read
     */
    static UsersFile read(Path file) throws IOException, UsersException {
        return parse(file, bytes(file));
    }

    /** Content of the file. Throws as {@link #read}. */
    static byte[] bytes(Path file) throws IOException, UsersException {
        try {
            if (!isOwnerOnly(file)) {
                throw new UsersException("The users file " + file + " is open to other users; run: chmod 600 " + file);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UsersException("There is no users file " + file
                    + "; create one with `cakupan users add`, or name the one in use with --users-file");
        }
    }

    /** Whether nobody but its owner can read or write a file. */
    static boolean isOwnerOnly(Path file) throws IOException {
        return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    }

    /** What the content of the file says. */
    static UsersFile parse(Path file, byte[] content) throws UsersException {
        try {
            JsonNode root = JSON.readTree(content);
            if (root.path("version").asInt() != VERSION || !root.path("users").isArray()) {
                throw new IllegalArgumentException("another version");
            }
            List<User> users = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (JsonNode entry : root.path("users")) {
                User user = user(entry);
                if (!names.add(folded(user.name()))) {
                    throw new IllegalArgumentException("a name twice");
                }
                users.add(user);
            }
            return new UsersFile(root.path("sessionKey").asText(), users);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UsersException("The file " + file + " is not a users file of this version");
        }
    }

    private static User user(JsonNode entry) {
        Role role = Role.valueOf(entry.path("role").asText().toUpperCase(Locale.ROOT));
        if (role == Role.PUBLIC) {
            throw new IllegalArgumentException("no role");
        }
        String contractor =
                entry.hasNonNull("contractorId") ? entry.path("contractorId").asText() : null;
        return new User(
                new Principal(entry.path("name").asText(), role, contractor),
                new Passwords.Hash(
                        entry.path("iterations").asInt(),
                        entry.path("salt").asText(),
                        entry.path("hash").asText()),
                Instant.parse(entry.path("changedAt").asText()));
    }

    /** Names that differ only in capitals are one. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Optional<User> find(String name) {
        return users.stream()
                .filter(user -> folded(user.name()).equals(folded(name)))
                .findFirst();
    }

    /**
     * Adds a user; makes the file, with a new session key, when there is none.
     *
     * @throws UsersException if there is such a user, or as {@link #read}
     */
    static void add(Path file, Principal principal, String password, SecureRandom random, Clock clock)
            throws IOException, UsersException {
        Passwords.Hash hash = hash(password, random);
        change(file, random, before -> {
            if (before.find(principal.name()).isPresent()) {
                throw new UsersException("There is a user " + principal.name()
                        + " already; `cakupan users password` gives it another password");
            }
            return Stream.concat(before.users.stream(), Stream.of(new User(principal, hash, clock.instant())))
                    .toList();
        });
    }

    /**
     * Gives a user another password; its sessions end.
     *
     * @throws UsersException if there is no such user, or as {@link #read}
     */
    static void password(Path file, String name, String password, SecureRandom random, Clock clock)
            throws IOException, UsersException {
        Passwords.Hash hash = hash(password, random);
        change(file, null, before -> {
            User known = before.get(name);
            return before.users.stream()
                    .map(user -> user.equals(known) ? new User(user.principal(), hash, clock.instant()) : user)
                    .toList();
        });
    }

    /**
     * Takes a user out; its sessions end.
     *
     * @throws UsersException if there is no such user, or as {@link #read}
     */
    static void remove(Path file, String name) throws IOException, UsersException {
        change(file, null, before -> {
            User known = before.get(name);
            return before.users.stream().filter(user -> !user.equals(known)).toList();
        });
    }

    private static Passwords.Hash hash(String password, SecureRandom random) throws UsersException {
        if (!Passwords.isAcceptable(password)) {
            throw new UsersException("A password has " + Passwords.SHORTEST + " to " + Passwords.LONGEST
                    + " characters, and not the same few again and again");
        }
        return Passwords.hash(password, random);
    }

    private User get(String name) throws UsersException {
        return find(name).orElseThrow(() -> new UsersException("There is no such user"));
    }

    /**
     * Makes a change while nobody else makes one, be it a thread or another process. Leaves an empty {@code .<name>.lock} beside
     * the file, since the file itself is replaced.
     *
     * @param random makes the session key of a new file; null = there must be a file
     */
    private static void change(Path file, @Nullable SecureRandom random, Change change)
            throws IOException, UsersException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (random != null && folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsersException("There is no users file " + file + "; create one with `cakupan users add`");
        }
        // A lock is held by the whole process.
        synchronized (UsersFile.class) {
            Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
            try (FileChannel channel =
                    FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), MODE)) {
                // Let go with the channel.
                var unused = channel.lock();
                UsersFile before =
                        random != null && !Files.exists(target) ? new UsersFile(key(random), List.of()) : read(target);
                new UsersFile(before.sessionKey, change.of(before)).write(target);
            }
        }
    }

    private static String key(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Whoever opens the file sees the old content or the new one, whole, also after a crash. */
    private void write(Path target) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json()));
        Path next = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new", MODE);
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION).put("sessionKey", sessionKey);
        ArrayNode entries = root.putArray("users");
        for (User user : users) {
            entries.addObject()
                    .put("name", user.name())
                    .put("role", user.principal().role().name().toLowerCase(Locale.ROOT))
                    .put("contractorId", user.principal().contractorId())
                    .put("iterations", user.password().iterations())
                    .put("salt", user.password().salt())
                    .put("hash", user.password().hash())
                    .put("changedAt", user.changedAt().toString());
        }
        return root;
    }

    @Override
    public String toString() {
        return "UsersFile[" + users.size() + " users]";
    }
}
