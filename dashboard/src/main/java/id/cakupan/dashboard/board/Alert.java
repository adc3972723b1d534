package id.cakupan.dashboard.board;

import cakupan.records.AlertState;
import cakupan.records.UncoveredHire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * An alert on a hire.
 *
 * @param key key of the record, {@code workerId/hireId}; never shown
 * @param handle what stands for the key outside: a hash from which no worker can be found
 * @param hire the alert itself
 */
public record Alert(String key, String handle, UncoveredHire hire) {
    private static final int HANDLE_BYTES = 16;
    private static final int LAST_SHOWN = 4;

    static Alert of(String key, UncoveredHire hire) {
        return new Alert(key, handle(key), hire);
    }

    private static String handle(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("cakupan-alert:" + key).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HANDLE_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether somebody has to do something about it. */
    public boolean isOpen() {
        return hire.getState() != AlertState.RESOLVED && hire.getState() != AlertState.UNKNOWN;
    }

    /** The worker's newest id, {@link #masked}. */
    public String maskedWorker() {
        return masked(hire.getCurrentWorkerId() == null ? hire.getWorkerId() : hire.getCurrentWorkerId());
    }

    /** A worker's id with its key and its last characters only, for instance {@code k1·…9f3Q}. */
    public static String masked(String workerId) {
        int dot = workerId.indexOf('.');
        return (dot < 0 ? "" : workerId.substring(0, dot)) + "·…"
                + workerId.substring(Math.max(dot + 1, workerId.length() - LAST_SHOWN));
    }

    AlertCounts counts() {
        return switch (hire.getState()) {
            case DUE_SOON -> new AlertCounts(1, 0, 0);
            case OVERDUE -> new AlertCounts(0, 1, 0);
            case ESCALATED -> new AlertCounts(0, 0, 1);
            case RESOLVED, UNKNOWN -> AlertCounts.NONE;
        };
    }
}
