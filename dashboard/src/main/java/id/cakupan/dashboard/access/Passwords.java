package id.cakupan.dashboard.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Salted slow hashes of passwords: PBKDF2 with HMAC-SHA-256. */
final class Passwords {
    /** Least length of a new password, in characters. */
    static final int SHORTEST = 12;
    /** Most characters of a password. */
    static final int LONGEST = 128;
    /** Rounds of each hash; the number of the OWASP password storage sheet. */
    static final int ITERATIONS = 600_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /**
     * What is kept of a password.
     *
     * @param iterations rounds, {@link #ITERATIONS} or more
     * @param salt base64 of 16 bytes
     * @param hash base64 of 32 bytes
     */
    record Hash(int iterations, String salt, String hash) {
        Hash {
            if (iterations < ITERATIONS
                    || Base64.getDecoder().decode(salt).length != SALT_BYTES
                    || Base64.getDecoder().decode(hash).length != HASH_BITS / Byte.SIZE) {
                throw new IllegalArgumentException("not a hash");
            }
        }

        /** Whether the password is the one; takes as long when it is not. */
        boolean matches(String password) {
            byte[] made = derive(password, Base64.getDecoder().decode(salt), iterations);
            return MessageDigest.isEqual(made, Base64.getDecoder().decode(hash));
        }
    }

    private Passwords() {}

    /** Whether it is long enough, and not too long, to be somebody's password. */
    static boolean isAcceptable(String password) {
        return password.length() >= SHORTEST
                && password.length() <= LONGEST
                && password.chars().distinct().count() > SHORTEST / 3;
    }

    static Hash hash(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return new Hash(
                ITERATIONS, base64.encodeToString(salt), base64.encodeToString(derive(password, salt, ITERATIONS)));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        // One text, whichever way the keyboard composes its letters.
        char[] letters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(letters, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
            Arrays.fill(letters, ' ');
        }
    }
}
