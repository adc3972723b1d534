package id.cakupan.producers.relay;

/** The outbox came from another database cluster, where transactions had other numbers: no order can be told. */
final class ForeignOutboxException extends Exception {
    private static final long serialVersionUID = 1L;

    ForeignOutboxException() {
        super(
                "The outbox was restored from another database cluster, whose transactions had other numbers: new rows would be"
                        + " taken for old ones. Stop all relays, run 'select cakupan_outbox_restart();' as the owner of the tables,"
                        + " and start again. Everything is sent again then, which changes no figure.");
    }
}
