package id.cakupan.producers.relay;

/**
 * A place in the outbox: everything up to and with it was sent.
 *
 * @param xid number of the transaction that wrote the row, as PostgreSQL's xid8; 0 = before the first
 * @param id number of the row
 */
record OutboxPosition(long xid, long id) {
    /** Before the first row. */
    static final OutboxPosition START = new OutboxPosition(0, 0);
}
