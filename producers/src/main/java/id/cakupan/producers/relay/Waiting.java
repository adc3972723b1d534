package id.cakupan.producers.relay;

import java.sql.SQLException;

/** What the relay does while it waits for acknowledgements: called several times a second. */
@FunctionalInterface
interface Waiting {
    /**
     * Looks after the database.
     *
     * @return whether to go on waiting
     * @throws SQLException if the connection is lost
     */
    boolean goOn() throws SQLException;
}
