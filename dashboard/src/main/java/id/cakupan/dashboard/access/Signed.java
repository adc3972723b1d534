package id.cakupan.dashboard.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Texts that nobody can make or change without the key: {@code base64url(text).base64url(HMAC-SHA-256)}. */
final class Signed {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 1000;

    private Signed() {}

    /**
     * Signs a text.
     *
     * @param purpose a text signed for one purpose is none of another
     */
    static String sign(byte[] key, String purpose, String text) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(mac(key, purpose, text));
    }

    /** The text, if the signature is ours; compared in constant time. */
    static Optional<String> verify(byte[] key, String purpose, String signed) {
        int dot = signed.indexOf('.');
        if (dot < 0 || signed.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            String text = new String(base64.decode(signed.substring(0, dot)), StandardCharsets.UTF_8);
            // Made anew and compared whole: there is one spelling of a signed text, not several that decode alike.
            boolean ours = MessageDigest.isEqual(
                    sign(key, purpose, text).getBytes(StandardCharsets.US_ASCII),
                    signed.getBytes(StandardCharsets.UTF_8));
            return ours ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static byte[] mac(byte[] key, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
