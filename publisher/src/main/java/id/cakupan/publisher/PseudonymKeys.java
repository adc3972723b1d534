package id.cakupan.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are valid, and their file: JSON {@code {"version":1,"keys":[{"keyId":…,"createdAt":…,"key":…}]}}, each key
 * in base64, readable by its owner alone. The last key is in use. While there is one before it, events say which id a
 * worker had under that one, so that the worker keeps one identity in the figures: create, {@link #add}, let every producer
 * use the new file, {@link #retire}. Changes that are made at the same moment wait for one another.
 *
 * <p>Whoever has the file can find out which worker id belongs to a NIK; whoever loses it can never add to what is known
 * about a worker.
 *
 * @param inUse the key of new pseudonyms
 * @param former the key before it, while both are valid
 */
public record PseudonymKeys(PseudonymKey inUse, @Nullable PseudonymKey former) {
    /** The key file is missing, readable by others, or not in its form. The message is for people and holds no key. */
    public static final class KeyFileException extends Exception {
        private static final long serialVersionUID = 1L;

        KeyFileException(String message) {
            super(message);
        }
    }

    private static final int VERSION = 1;
    private static final int MOST_VALID = 2;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The keys from the oldest to the one in use. */
    public List<PseudonymKey> all() {
        return former == null ? List.of(inUse) : List.of(former, inUse);
    }

    /**
     * Makes a new key and its file, mode 0600, with folders of mode 0700 where there are none.
     *
     * @throws FileAlreadyExistsException if there is such a file; it stays as it is
     * @throws IOException if the file cannot be written; nothing is left then
     */
    public static PseudonymKeys create(Path file, SecureRandom random, Clock clock) throws IOException {
        PseudonymKeys keys = new PseudonymKeys(PseudonymKey.random(random, clock.instant()), null);
        OwnerOnlyFiles.createFolder(file);
        return OwnerOnlyFiles.<PseudonymKeys, IOException>change(file, () -> {
            OwnerOnlyFiles.create(file);
            try {
                keys.replace(file);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return keys;
        });
    }

    /**
     * Makes a new key and puts it in use; the one in use so far stays valid as the former one.
     *
     * @throws KeyFileException if two keys are valid already, or as {@link #read}
     * @throws IOException if the file cannot be read or written; the old one is whole then
     */
    public static PseudonymKeys add(Path file, SecureRandom random, Clock clock) throws IOException, KeyFileException {
        return OwnerOnlyFiles.<PseudonymKeys, KeyFileException>change(file, () -> addNow(file, random, clock));
    }

    private static PseudonymKeys addNow(Path file, SecureRandom random, Clock clock)
            throws IOException, KeyFileException {
        PseudonymKeys before = read(file);
        if (before.former != null) {
            throw new KeyFileException(
                    "Two keys are valid already; retire " + before.former.keyId() + " before another one is added");
        }
        PseudonymKeys after = new PseudonymKeys(PseudonymKey.random(random, clock.instant()), before.inUse);
        after.replace(file);
        return after;
    }

    /**
     * Takes the former key out of the file for good.
     *
     * @param keyId its name, so that nobody retires another one by mistake
     * @throws KeyFileException if that is not the former key, or as {@link #read}
     * @throws IOException if the file cannot be read or written; the old one is whole then
     */
    public static PseudonymKeys retire(Path file, String keyId) throws IOException, KeyFileException {
        return OwnerOnlyFiles.<PseudonymKeys, KeyFileException>change(file, () -> retireNow(file, keyId));
    }

    private static PseudonymKeys retireNow(Path file, String keyId) throws IOException, KeyFileException {
        PseudonymKeys before = read(file);
        if (before.former == null || !before.former.keyId().equals(keyId)) {
            throw new KeyFileException(
                    before.former == null
                            ? "Only the key " + before.inUse.keyId() + " is valid; the key in use cannot be retired"
                            : "The key that can be retired is " + before.former.keyId());
        }
        PseudonymKeys after = new PseudonymKeys(before.inUse, null);
        after.replace(file);
        return after;
    }

    /**
     * Reads the keys.
     *
     * @throws KeyFileException if there is no such file, if its group or others have any right on it, or if it is not
     *     in its form
     * @throws IOException if it cannot be read
     */
    public static PseudonymKeys read(Path file) throws IOException, KeyFileException {
        byte[] content;
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new KeyFileException("The key file " + file + " is open to other users; run: chmod 600 " + file);
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new KeyFileException("There is no key file " + file
                    + "; create one with `cakupan keys create`, or name the one in use with --key-file");
        }
        try {
            return parse(content);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new KeyFileException("The file " + file + " is not a key file of this version");
        }
    }

    private static PseudonymKeys parse(byte[] content) throws IOException {
        JsonNode root = JSON.readTree(content);
        JsonNode entries = root.path("keys");
        if (root.path("version").asInt() != VERSION || entries.isEmpty() || entries.size() > MOST_VALID) {
            throw new IllegalArgumentException("Another version, or not one or two keys");
        }
        List<PseudonymKey> keys = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (!entry.path("key").isTextual()) {
                throw new IllegalArgumentException("A key that is no text");
            }
            keys.add(new PseudonymKey(
                    entry.path("keyId").asText(),
                    Instant.parse(entry.path("createdAt").asText(Instant.EPOCH.toString())),
                    entry.path("key").binaryValue()));
        }
        PseudonymKey last = keys.get(keys.size() - 1);
        PseudonymKey first = keys.get(0);
        if (keys.size() == MOST_VALID && first.keyId().equals(last.keyId())) {
            throw new IllegalArgumentException("Two keys with one id");
        }
        return new PseudonymKeys(last, keys.size() == MOST_VALID ? first : null);
    }

    private void replace(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode entries = root.putArray("keys");
        for (PseudonymKey key : all()) {
            entries.addObject()
                    .put("keyId", key.keyId())
                    .put("createdAt", key.createdAt().toString())
                    .put("key", key.bytes());
        }
        OwnerOnlyFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
