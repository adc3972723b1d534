package id.cakupan.producers.relay;

import id.cakupan.publisher.BadEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The outbox table over one connection, which also holds the lock of the relay that leads: whoever loses the connection
 * leads no longer. A connection that hangs is given up after half a minute, by either side.
 */
final class Outbox implements AutoCloseable {
    /** Longest text of an event, in bytes. */
    static final int LONGEST_EVENT = 64 * 1024;

    /** Rows are counted up to here when the lag is measured. */
    static final int MOST_COUNTED = 100_000;

    /** Settings of the server's side of the connection: it notices a relay whose machine is gone, and lets its lock go. */
    private static final String SERVER_OPTIONS = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
            + " -c tcp_keepalives_count=4 -c statement_timeout=25s -c idle_in_transaction_session_timeout=30s";

    /** The lock of a name: 64 bits of hash, so that two names do not get in each other's way. */
    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended('cakupan relay ' || ?, 0))";

    /**
     * The server ends a session that says nothing for so long, and with it the lead of a relay that hangs. What is shorter
     * already, by the address or for the role, stays. Before PostgreSQL 14 there is no such setting, and nothing happens.
     */
    private static final String LIMIT_SILENCE = "select set_config(name, ?, false) from pg_settings"
            + " where name = 'idle_session_timeout' and (setting = '0' or setting::int > ?)";

    private static final int MOST_PURGED = 5_000;

    /**
     * {@code pg_snapshot_xmin} is the oldest transaction that still runs: below it nothing can appear any more. The order is
     * that of the table's columns, not of the texts that are selected.
     */
    private static final String READ = "select o.xid::text, o.id, o.created_at,"
            + " case when octet_length(o.event::text) <= " + LONGEST_EVENT + " then o.event::text end"
            + " from cakupan_outbox o"
            + " where (o.xid, o.id) > (?::xid8, ?) and o.xid < pg_snapshot_xmin(pg_current_snapshot())"
            + " order by o.xid, o.id limit ?";

    private static final String LAG = "select pg_snapshot_xmin(pg_current_snapshot())::text,"
            + " pg_snapshot_xmax(pg_current_snapshot())::text, count(*),"
            + " coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8"
            + " from (select created_at from cakupan_outbox where (xid, id) > (?::xid8, ?)"
            + " order by xid, id limit " + MOST_COUNTED + ") waiting";
    private static final String FOREIGN = "select s.system_identifier::text,"
            + " exists (select from cakupan_outbox where xid >= pg_snapshot_xmax(pg_current_snapshot())),"
            + " (select cluster from cakupan_outbox_position where relay = ?)"
            + " from pg_control_system() s";

    /** Rights that this role lacks, and whether what they are on is not there at all, or in no schema that it searches. */
    private static final String LACKING =
            "select needed.what || ' on ' || needed.thing, to_regclass(needed.thing) is null"
                    + " from (values ('select', 'cakupan_outbox'),"
                    + " ('select', 'cakupan_outbox_position'), ('insert', 'cakupan_outbox_position'),"
                    + " ('update', 'cakupan_outbox_position'),"
                    + " ('select', 'cakupan_outbox_rejects'), ('insert', 'cakupan_outbox_rejects')) needed (what, thing)"
                    + " where has_table_privilege(to_regclass(needed.thing)::oid, needed.what) is not true"
                    + " union all select 'execute on cakupan_outbox_purge', function.oid is null"
                    + " from (select to_regprocedure('cakupan_outbox_purge(interval, integer)')::oid) function (oid)"
                    + " where has_function_privilege(function.oid, 'execute') is not true";

    private static final String WRONG_SET_UP = "42000";

    private static final String REJECT = "insert into cakupan_outbox_rejects"
            + " (outbox_id, xid, relay, reason, field, kind, pesan, message) values (?, ?::xid8, ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing";
    private static final String ADVANCE = "update cakupan_outbox_position set xid = ?::xid8, id = ?, updated_at = now()"
            + " where relay = ? and (xid, id) = (?::xid8, ?)";

    /**
     * How far the relay is behind.
     *
     * @param oldestRunning number of the oldest transaction in the cluster that has written and still runs; null = none
     * @param rows rows after the position, at most {@link #MOST_COUNTED}
     * @param age age of the oldest of them; zero when there is none
     */
    record Lag(@Nullable Long oldestRunning, long rows, Duration age) {}

    private final Connection connection;
    private final String relay;

    private Outbox(Connection connection, String relay) {
        this.connection = connection;
        this.relay = relay;
    }

    /**
     * Connects.
     *
     * @param url JDBC address without a password; what it says wins over what is set here
     * @param password null = none, or the one of the user's password file
     * @param relay name of the relay
     * @param silence the server ends the connection when it hears nothing for so long, at least 1 ms, from PostgreSQL 14 on
     */
    static Outbox open(String url, String user, @Nullable String password, String relay, Duration silence)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "cakupan relay " + relay);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", SERVER_OPTIONS);
        // Details of errors may quote rows.
        properties.setProperty("logServerErrorDetail", "false");
        Connection connection = DriverManager.getConnection(url, properties);
        try {
            limitSilence(connection, Math.toIntExact(silence.toMillis()));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Outbox(connection, relay);
    }

    private static void limitSilence(Connection connection, int millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIMIT_SILENCE)) {
            statement.setString(1, String.valueOf(millis));
            statement.setInt(2, millis);
            statement.execute();
        }
    }

    /** Whether it is a JDBC address of PostgreSQL. */
    static boolean isAddress(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Makes sure that the tables are there and that the role may do all that it has to, so that nothing fails in the middle.
     *
     * @throws SQLException also, with a message for people, if something is missing
     */
    void requireSetUp() throws SQLException {
        List<String> lacking = new ArrayList<>();
        boolean absent = false;
        try (PreparedStatement statement = connection.prepareStatement(LACKING);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                lacking.add(result.getString(1));
                absent |= result.getBoolean(2);
            }
        }
        if (!lacking.isEmpty()) {
            throw new SQLException(
                    "The role " + connection.getMetaData().getUserName() + " lacks "
                            + (absent
                                    ? "tables or functions, which are not in this database or in a schema that it does not search: "
                                    : "rights: ")
                            + String.join(", ", lacking),
                    WRONG_SET_UP);
        }
    }

    /** Whether this relay leads from now on, until the connection ends. */
    boolean tryLead() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, relay);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    /**
     * Where the relay is; the first time {@link OutboxPosition#START}.
     *
     * @throws ForeignOutboxException if the numbers of transactions in the tables are those of another cluster
     */
    OutboxPosition position() throws SQLException, ForeignOutboxException {
        String cluster = requireOwnCluster();
        try (PreparedStatement insert = connection.prepareStatement("insert into cakupan_outbox_position"
                        + " (relay, xid, id, cluster) values (?, ?::xid8, ?, ?) on conflict do nothing");
                PreparedStatement select = connection.prepareStatement(
                        "select xid::text, id from cakupan_outbox_position where relay = ?")) {
            insert.setString(1, relay);
            insert.setString(2, String.valueOf(OutboxPosition.START.xid()));
            insert.setLong(3, OutboxPosition.START.id());
            insert.setString(4, cluster);
            insert.executeUpdate();
            select.setString(1, relay);
            try (ResultSet result = select.executeQuery()) {
                result.next();
                return new OutboxPosition(Long.parseLong(result.getString(1)), result.getLong(2));
            }
        }
    }

    private String requireOwnCluster() throws SQLException, ForeignOutboxException {
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN)) {
            statement.setString(1, relay);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                String cluster = result.getString(1);
                String kept = result.getString(3);
                if (result.getBoolean(2) || (kept != null && !kept.equals(cluster))) {
                    throw new ForeignOutboxException();
                }
                return cluster;
            }
        }
    }

    /**
     * The next rows that nothing can come before any more.
     *
     * @param most how many at most
     */
    List<OutboxRow> read(OutboxPosition after, int most) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, String.valueOf(after.xid()));
            statement.setLong(2, after.id());
            statement.setInt(3, most);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new OutboxRow(
                            new OutboxPosition(Long.parseLong(result.getString(1)), result.getLong(2)),
                            result.getObject(3, OffsetDateTime.class).toInstant(),
                            result.getString(4)));
                }
            }
        }
        return rows;
    }

    /**
     * Keeps the rejects and the new position, both or neither.
     *
     * @throws SQLException also if somebody else has moved the position
     */
    void advance(OutboxPosition from, OutboxPosition to, List<OutboxReject> rejects) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (OutboxReject reject : rejects) {
                insert(reject);
            }
            try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
                statement.setString(1, String.valueOf(to.xid()));
                statement.setLong(2, to.id());
                statement.setString(3, relay);
                statement.setString(4, String.valueOf(from.xid()));
                statement.setLong(5, from.id());
                if (statement.executeUpdate() != 1) {
                    throw new SQLException("The position of the relay was changed by somebody else; it is read again");
                }
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private void insert(OutboxReject reject) throws SQLException {
        BadEvent fault = reject.fault();
        try (PreparedStatement statement = connection.prepareStatement(REJECT)) {
            statement.setLong(1, reject.row().place().id());
            statement.setString(2, String.valueOf(reject.row().place().xid()));
            statement.setString(3, relay);
            statement.setString(4, fault.reason().name());
            statement.setString(5, fault.field());
            statement.setString(6, fault.kind());
            statement.setString(7, fault.reason().indonesian(fault.field()));
            statement.setString(8, fault.reason().english(fault.field()));
            statement.executeUpdate();
        }
    }

    /** How far the relay is behind. */
    Lag lag(OutboxPosition position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAG)) {
            statement.setString(1, String.valueOf(position.xid()));
            statement.setLong(2, position.id());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                long oldest = Long.parseLong(result.getString(1));
                boolean running = oldest < Long.parseLong(result.getString(2));
                long millis = Math.max(0, Math.round(result.getDouble(4) * 1000));
                return new Lag(running ? oldest : null, result.getLong(3), Duration.ofMillis(millis));
            }
        }
    }

    /**
     * Deletes rows that need not be kept, in one bounded step.
     *
     * @param keep how long rows stay after they were written
     * @return how many were deleted; {@link #isMoreToPurge} says whether another step is due
     */
    long purge(Duration keep) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select cakupan_outbox_purge(make_interval(secs => ?), ?)")) {
            statement.setDouble(1, keep.toMillis() / 1000.0);
            statement.setInt(2, MOST_PURGED);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Whether a step that deleted so many rows may have left some. */
    static boolean isMoreToPurge(long purged) {
        return purged >= MOST_PURGED;
    }

    /** Ends the connection, and with it the lead. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
