package id.cakupan.producers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that pseudonyms are made with, and its file: JSON {@code {"version":1,"keys":[{"keyId":…,"key":…}]}}, the
 * key in base64, readable by its owner alone. With several keys the last one is in use. Whoever has the file can find
 * out which worker id belongs to a NIK; whoever loses it can never add to what is known about a worker.
 */
public final class PseudonymKey {
    /** The key file is missing, readable by others, or not in its form. The message is for people and holds no key. */
    public static final class KeyFileException extends Exception {
        private static final long serialVersionUID = 1L;

        KeyFileException(String message) {
            super(message);
        }
    }

    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 6;
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String keyId;
    private final byte[] bytes;

    /**
     * @param keyId name of the key, the public part of every pseudonym: a letter, then at most 31 letters, digits,
     *     {@code _} or {@code -}
     * @param bytes the secret, 32 bytes
     */
    PseudonymKey(String keyId, byte[] bytes) {
        if (!ID.matcher(keyId).matches() || bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key id in its form and " + KEY_BYTES + " bytes are needed");
        }
        this.keyId = keyId;
        this.bytes = bytes.clone();
    }

    /** Name of the key; not secret. */
    public String keyId() {
        return keyId;
    }

    Key secret(String algorithm) {
        return new SecretKeySpec(bytes, algorithm);
    }

    @Override
    public String toString() {
        return "key " + keyId + " (hidden)";
    }

    /** A new random key with a random id. */
    static PseudonymKey random(SecureRandom random) {
        StringBuilder id = new StringBuilder("k");
        for (int i = 1; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new PseudonymKey(id.toString(), bytes);
    }

    /**
     * Makes a new key and its file, mode 0600, with folders of mode 0700 where there are none.
     *
     * @throws FileAlreadyExistsException if there is such a file; it stays as it is
     * @throws IOException if the file cannot be written; nothing is left then
     */
    public static PseudonymKey create(Path file, SecureRandom random, Clock clock) throws IOException {
        PseudonymKey key = random(random);
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        root.putArray("keys")
                .addObject()
                .put("keyId", key.keyId)
                .put("createdAt", clock.instant().toString())
                .put("key", Base64.getEncoder().encodeToString(key.bytes));
        byte[] content = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        OwnerOnlyFiles.create(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        return key;
    }

    /**
     * Reads the key in use.
     *
     * @throws KeyFileException if there is no such file, if its group or others have any right on it, or if it is not
     *     in its form
     * @throws IOException if it cannot be read
     */
    public static PseudonymKey read(Path file) throws IOException, KeyFileException {
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
            JsonNode root = JSON.readTree(content);
            JsonNode keys = root.path("keys");
            JsonNode last = keys.path(keys.size() - 1);
            if (root.path("version").asInt() != VERSION || !last.path("key").isTextual()) {
                throw malformed(file);
            }
            return new PseudonymKey(
                    last.path("keyId").asText(), last.path("key").binaryValue());
        } catch (IOException | IllegalArgumentException e) {
            throw malformed(file);
        }
    }

    private static KeyFileException malformed(Path file) {
        return new KeyFileException("The file " + file + " is not a key file of this version");
    }
}
