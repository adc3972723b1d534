package id.cakupan.runtime;

/** Exit codes of every command; part of the contract. */
public final class ExitCodes {
    /** Done as asked. */
    public static final int DONE = 0;

    /** Failed, or a check found a difference. */
    public static final int FAILED = 1;

    /** Wrong usage: arguments or settings. */
    public static final int USAGE = 2;

    /** Done, but some input was rejected. */
    public static final int REJECTS = 3;

    private ExitCodes() {}
}
