package id.cakupan.dashboard.access;

/** How the dashboard finds out who asks. */
public enum AccessMode {
    /** Everybody who can connect is an official; only on a loopback address. */
    OPEN,
    /** Users of the users file, with a password. */
    USERS,
    /** A reverse proxy says who asks. */
    PROXY,
    /** Nobody logs in; only disclosed daily figures. */
    PUBLIC
}
