package id.cakupan.publisher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Turns a NIK into the {@code workerId} under which its worker is known: {@code <keyId>.} and the first 16 bytes of
 * HMAC-SHA-256(key, {@code "nik:" + NIK}) in base64url without padding. The same NIK and key always give the same id;
 * without the key nobody can go from one to the other, nor try all NIKs. Thread-safe.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NIK = "nik:";
    private static final String KPJ = "kpj:";
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,32}\\.[A-Za-z0-9_-]{22}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Codes under one key. */
    private record Coder(String keyId, ThreadLocal<Mac> mac) {
        Coder(PseudonymKey key) {
            this(key.keyId(), ThreadLocal.withInitial(() -> newMac(key)));
        }

        String code(String kind, String digits) {
            byte[] code = mac.get().doFinal((kind + digits).getBytes(StandardCharsets.US_ASCII));
            return keyId + "." + BASE64.encodeToString(Arrays.copyOf(code, BYTES));
        }
    }

    private final Coder inUse;
    private final @Nullable Coder former;

    /** Pseudonyms under these keys. */
    public Pseudonyms(PseudonymKeys keys) {
        inUse = new Coder(keys.inUse());
        former = keys.former() == null ? null : new Coder(keys.former());
    }

    /** The worker id of a NIK. */
    public String of(Nik nik) {
        return inUse.code(NIK, nik.digits());
    }

    /** The worker id that it has under the former key; null when only one key is valid. */
    public @Nullable String formerOf(Nik nik) {
        return former == null ? null : former.code(NIK, nik.digits());
    }

    /**
     * Codes of a KPJ, for looking it up where it was kept: one for each valid key, the one in use first. They are no worker
     * ids: the same digits as a NIK would give another code.
     */
    public List<String> codesOf(Kpj kpj) {
        String code = inUse.code(KPJ, kpj.digits());
        return former == null ? List.of(code) : List.of(code, former.code(KPJ, kpj.digits()));
    }

    /**
     * Whether a worker may be named by this id alone: it is under the key that is valid, or, while two are, under the former one,
     * by which all know the worker.
     */
    public boolean isKnownToAll(String workerId) {
        String keyId = workerId.substring(0, Math.max(0, workerId.indexOf('.')));
        return keyId.equals(former == null ? inUse.keyId() : former.keyId());
    }

    /** Whether a text has the form of a worker id: a key id, a dot and 22 characters. */
    public static boolean isPseudonym(String text) {
        return FORM.matcher(text).matches() && !Nik.mayBeIn(text);
    }

    private static Mac newMac(PseudonymKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret(ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
