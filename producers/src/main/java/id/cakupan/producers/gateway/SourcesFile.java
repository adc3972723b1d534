package id.cakupan.producers.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.publisher.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The systems that may post events, and their file: JSON {@code {"version":1,"sources":[{"name":…,"types":[…],
 * "requestsPerSecond":…,"eventsPerSecond":…,"keys":[{"id":…,"sha256":…,"createdAt":…}]}]}}, readable by its owner alone. Changes that
 * are made at the same moment wait for one another.
 *
 * @param sources in the order of the file
 */
record SourcesFile(List<Source> sources) {
    /** The file is missing, readable by others, or not in its form; or a change is not possible. For people. */
    static final class SourcesException extends Exception {
        private static final long serialVersionUID = 1L;

        SourcesException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A key that was just made.
     *
     * @param id its public name
     * @param key the key itself: shown once, kept nowhere
     */
    record NewKey(String id, String key) {}

    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int MOST_KEYS = 8;
    private static final String KEY_PREFIX = "ckp_";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final ObjectMapper JSON = new ObjectMapper();

    SourcesFile {
        sources = List.copyOf(sources);
    }

    /** Hash of a key as the file keeps it. */
    static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * Reads the file.
     *
     * @throws SourcesException if it is missing, open to others or not in its form
     * @throws IOException if it cannot be read
     */
    static SourcesFile read(Path file) throws IOException, SourcesException {
        return parse(file, bytes(file));
    }

    /** Content of the file. Throws as {@link #read}. */
    static byte[] bytes(Path file) throws IOException, SourcesException {
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SourcesException(
                        "The sources file " + file + " is open to other users; run: chmod 600 " + file);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new SourcesException("There is no sources file " + file
                    + "; create one with `cakupan sources add`, or name the one in use with --sources-file");
        }
    }

    /** What the content of the file says. */
    static SourcesFile parse(Path file, byte[] content) throws SourcesException {
        try {
            JsonNode root = JSON.readTree(content);
            if (root.path("version").asInt() != VERSION || !root.path("sources").isArray()) {
                throw new IllegalArgumentException("another version");
            }
            List<Source> sources = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (JsonNode entry : root.path("sources")) {
                Source source = source(entry);
                if (!names.add(source.name())) {
                    throw new IllegalArgumentException("a name twice");
                }
                sources.add(source);
            }
            return new SourcesFile(sources);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new SourcesException("The file " + file + " is not a sources file of this version");
        }
    }

    private static Source source(JsonNode entry) {
        Set<String> types = new TreeSet<>();
        entry.path("types").forEach(type -> types.add(type.asText()));
        List<Source.Key> keys = new ArrayList<>();
        for (JsonNode key : entry.path("keys")) {
            String sha256 = key.path("sha256").asText();
            if (!sha256.matches("[0-9a-f]{64}") || key.path("id").asText().isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
            keys.add(new Source.Key(
                    key.path("id").asText(),
                    sha256,
                    Instant.parse(key.path("createdAt").asText())));
        }
        return new Source(
                entry.path("name").asText(),
                types,
                entry.path("requestsPerSecond").asInt(Source.REQUESTS_PER_SECOND),
                entry.path("eventsPerSecond").asInt(Source.EVENTS_PER_SECOND),
                keys);
    }

    /**
     * Adds a source with its first key; makes the file when there is none.
     *
     * @param keyless what the source is; its keys are replaced
     * @throws SourcesException if there is such a source, or as {@link #read}
     */
    static NewKey add(Path file, Source keyless, SecureRandom random, Clock clock)
            throws IOException, SourcesException {
        OwnerOnlyFiles.createFolder(file);
        return OwnerOnlyFiles.<NewKey, SourcesException>change(file, () -> addNow(file, keyless, random, clock));
    }

    private static NewKey addNow(Path file, Source keyless, SecureRandom random, Clock clock)
            throws IOException, SourcesException {
        SourcesFile before = Files.exists(file) ? read(file) : new SourcesFile(List.of());
        if (before.find(keyless.name()).isPresent()) {
            throw new SourcesException("There is a source " + keyless.name()
                    + " already; `cakupan sources rotate` gives it another key, `cakupan sources change` other rights");
        }
        String key = key(random);
        Source.Key kept = kept(key, random, clock);
        new SourcesFile(Stream.concat(before.sources.stream(), Stream.of(keyless.withKeys(List.of(kept))))
                        .toList())
                .write(file);
        return new NewKey(kept.id(), key);
    }

    /**
     * Gives a source one more key; the others stay valid until they are revoked.
     *
     * @throws SourcesException if there is no such source or it has too many keys, or as {@link #read}
     */
    static NewKey rotate(Path file, String name, SecureRandom random, Clock clock)
            throws IOException, SourcesException {
        return OwnerOnlyFiles.<NewKey, SourcesException>change(file, () -> rotateNow(file, name, random, clock));
    }

    private static NewKey rotateNow(Path file, String name, SecureRandom random, Clock clock)
            throws IOException, SourcesException {
        SourcesFile before = read(file);
        Source source = before.get(name);
        if (source.keys().size() >= MOST_KEYS) {
            throw new SourcesException("The source " + name + " has " + MOST_KEYS + " keys; revoke one first");
        }
        String key = key(random);
        Source.Key kept = kept(key, random, clock);
        before.replace(source.withKeys(
                        Stream.concat(source.keys().stream(), Stream.of(kept)).toList()))
                .write(file);
        return new NewKey(kept.id(), key);
    }

    /**
     * Takes a key away from a source.
     *
     * @return how many keys it has left
     * @throws SourcesException if there is no such source or key, or as {@link #read}
     */
    static int revoke(Path file, String name, String keyId) throws IOException, SourcesException {
        return OwnerOnlyFiles.<Integer, SourcesException>change(file, () -> revokeNow(file, name, keyId));
    }

    private static int revokeNow(Path file, String name, String keyId) throws IOException, SourcesException {
        SourcesFile before = read(file);
        Source source = before.get(name);
        Predicate<Source.Key> revoked = key -> key.id().equals(keyId);
        if (source.keys().stream().noneMatch(revoked)) {
            throw new SourcesException("The source " + name + " has no key " + keyId);
        }
        List<Source.Key> left = source.keys().stream().filter(revoked.negate()).toList();
        before.replace(source.withKeys(left)).write(file);
        return left.size();
    }

    /**
     * Changes what a source may do; its keys stay.
     *
     * @param change from what it was to what it is
     * @throws SourcesException if there is no such source, or as {@link #read}
     */
    static void change(Path file, String name, UnaryOperator<Source> change) throws IOException, SourcesException {
        OwnerOnlyFiles.<Source, SourcesException>change(file, () -> {
            SourcesFile before = read(file);
            Source changed = change.apply(before.get(name));
            before.replace(changed).write(file);
            return changed;
        });
    }

    /**
     * Takes a source out, with its keys.
     *
     * @throws SourcesException if there is no such source, or as {@link #read}
     */
    static void remove(Path file, String name) throws IOException, SourcesException {
        OwnerOnlyFiles.<Source, SourcesException>change(file, () -> {
            SourcesFile before = read(file);
            Source removed = before.get(name);
            new SourcesFile(before.sources.stream()
                            .filter(source -> !source.name().equals(name))
                            .toList())
                    .write(file);
            return removed;
        });
    }

    private Optional<Source> find(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    private Source get(String name) throws SourcesException {
        return find(name).orElseThrow(() -> new SourcesException("There is no source " + name));
    }

    private SourcesFile replace(Source changed) {
        return new SourcesFile(sources.stream()
                .map(source -> source.name().equals(changed.name()) ? changed : source)
                .toList());
    }

    private static String key(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Source.Key kept(String key, SecureRandom random, Clock clock) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new Source.Key("k" + HexFormat.of().formatHex(id), hash(key), clock.instant());
    }

    private void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode entries = root.putArray("sources");
        for (Source source : sources) {
            ObjectNode entry = entries.addObject().put("name", source.name());
            ArrayNode types = entry.putArray("types");
            new TreeSet<>(source.types()).forEach(types::add);
            entry.put("requestsPerSecond", source.requestsPerSecond());
            entry.put("eventsPerSecond", source.eventsPerSecond());
            ArrayNode keys = entry.putArray("keys");
            source.keys()
                    .forEach(key -> keys.addObject()
                            .put("id", key.id())
                            .put("sha256", key.sha256())
                            .put("createdAt", key.createdAt().toString()));
        }
        OwnerOnlyFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
