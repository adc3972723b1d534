package id.cakupan.localstack;

/** Another process listens on a port that the local stack needs. */
public final class PortTakenException extends StackException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port, String flag) {
        super("Port " + port + " on 127.0.0.1 is in use by another program: stop that one, or choose another port with "
                + flag + ".");
        this.port = port;
    }

    /**
     * The port that is taken.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }
}
