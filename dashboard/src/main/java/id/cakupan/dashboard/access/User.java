package id.cakupan.dashboard.access;

import java.time.Instant;

/**
 * A local user.
 *
 * @param principal who it is
 * @param password hash of its password
 * @param changedAt when the password was set
 */
record User(Principal principal, Passwords.Hash password, Instant changedAt) {
    String name() {
        return principal.name();
    }
}
