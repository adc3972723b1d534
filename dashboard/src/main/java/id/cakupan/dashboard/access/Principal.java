package id.cakupan.dashboard.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and so what is shown.
 *
 * @param name of the account, 1 to 100 of {@code A-Z a-z 0-9 . _ @ + -}
 * @param role what the account may see
 * @param contractorId of a contractor's account; null for all others
 */
public record Principal(String name, Role role, @Nullable String contractorId) {
    // Before the constants, whose names they check.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");
    private static final Pattern CONTRACTOR_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._/-]{0,99}");

    /** Whoever asks in public mode. */
    public static final Principal ANYBODY = new Principal("public", Role.PUBLIC, null);
    /** Whoever asks in open mode. */
    static final Principal LOCAL = new Principal("local", Role.OFFICIAL, null);

    public Principal {
        if (!isName(name)) {
            throw new IllegalArgumentException("Not a name of an account: 1 to 100 of A-Z a-z 0-9 . _ @ + -");
        }
        if ((role == Role.CONTRACTOR) != (contractorId != null)) {
            throw new IllegalArgumentException("A contractor's account, and no other, belongs to a contractor");
        }
        if (contractorId != null && !CONTRACTOR_ID.matcher(contractorId).matches()) {
            throw new IllegalArgumentException("Not a contractor's id, such as npp:15070955");
        }
    }

    /** Whether it may acknowledge alerts; only officials may silence them too. */
    public boolean mayDecide() {
        return role != Role.PUBLIC;
    }

    /** Whether it may silence alerts, and decide about more than one at once. */
    public boolean maySilence() {
        return role == Role.OFFICIAL;
    }

    /** Whether it may end a decision that it knows of. */
    public boolean mayEnd(String decidedBy) {
        return role == Role.OFFICIAL || (role == Role.CONTRACTOR && decidedBy.equals(name));
    }

    /** What all share who see the same: all officials, the public, or one contractor. */
    public String scope() {
        return role + "/" + contractorId;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
