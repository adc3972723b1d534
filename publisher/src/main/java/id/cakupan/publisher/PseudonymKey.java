package id.cakupan.publisher;

import java.security.Key;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** One secret that pseudonyms are made with, and its name, which is not secret. */
public final class PseudonymKey {
    static final int BYTES = 32;
    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 6;
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

    private final String keyId;
    private final Instant createdAt;
    private final byte[] bytes;

    /**
     * @param keyId name of the key, the public part of every pseudonym: a letter, then at most 31 letters, digits,
     *     {@code _} or {@code -}
     * @param bytes the secret, 32 bytes
     */
    PseudonymKey(String keyId, Instant createdAt, byte[] bytes) {
        if (!ID.matcher(keyId).matches() || bytes.length != BYTES) {
            throw new IllegalArgumentException("A key id in its form and " + BYTES + " bytes are needed");
        }
        this.keyId = keyId;
        this.createdAt = createdAt;
        this.bytes = bytes.clone();
    }

    /** A new random key with a random id. */
    static PseudonymKey random(SecureRandom random, Instant now) {
        StringBuilder id = new StringBuilder("k");
        for (int i = 1; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new PseudonymKey(id.toString(), now, bytes);
    }

    /** Name of the key; not secret. */
    public String keyId() {
        return keyId;
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    Key secret(String algorithm) {
        return new SecretKeySpec(bytes, algorithm);
    }

    @Override
    public String toString() {
        return "key " + keyId + " (hidden)";
    }
}
