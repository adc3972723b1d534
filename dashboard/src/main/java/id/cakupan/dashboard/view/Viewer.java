package id.cakupan.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Who looks, and so what is shown.
 *
 * @param name account, as it logs in; empty for the public
 * @param contractorId whose figures a contractor sees; null for others
 */
public record Viewer(String name, Role role, @Nullable String contractorId) {
    /** Of whom nothing is known. */
    static final Viewer ANYBODY = new Viewer("public", Role.PUBLIC, null);

    /** What somebody is. */
    public enum Role {
        OFFICIAL,
        CONTRACTOR,
        PUBLIC
    }

    /** Of a role {@code CONTRACTOR}, and only of that, the contractor must be told. */
    public Viewer {
        if ((role == Role.CONTRACTOR) != (contractorId != null)) {
            throw new IllegalArgumentException("a contractor, and nobody else, has a contractor's id");
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
    boolean mayEnd(String decidedBy) {
        return role == Role.OFFICIAL || (role == Role.CONTRACTOR && decidedBy.equals(name));
    }

    /** What two viewers share who see the same: all officials, the public, or one contractor. */
    public String scope() {
        return role + "/" + contractorId;
    }
}
