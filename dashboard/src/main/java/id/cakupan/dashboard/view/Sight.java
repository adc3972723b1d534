package id.cakupan.dashboard.view;

import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import org.jspecify.annotations.Nullable;

/** What those share who see the same: all officials, the public, or one contractor. */
public record Sight(Role role, @Nullable String contractorId) {
    /** Of somebody. */
    public static Sight of(Principal principal) {
        return new Sight(principal.role(), principal.contractorId());
    }
}
