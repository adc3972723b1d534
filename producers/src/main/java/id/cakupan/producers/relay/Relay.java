package id.cakupan.producers.relay;

import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Health;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves rows from the outbox to Kafka, at least once and in their order, until it is closed. The position moves only after the
 * broker has acknowledged all rows up to it; what is away is waited for, for as long as it takes.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOCK_EVERY = Duration.ofSeconds(1);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
    private static final Duration HELD_TOO_LONG = Duration.ofMinutes(1);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(9);

    private static final String CHECK_LOGIN =
            "check database-user, CAKUPAN_DATABASE_PASSWORD and the server's pg_hba.conf";

    /**
     * What to do, by the begin of SQLSTATE, about a wrong set-up: no password, login refused, no such database, no table or
     * no right.
     */
    private static final Map<String, String> WRONG_SET_UP = Map.of(
            "08004",
            CHECK_LOGIN,
            "28",
            CHECK_LOGIN,
            "3D",
            "check database-url",
            "42",
            "run as the owner of the tables: cakupan relay --ddl | psql -1 -v ON_ERROR_STOP=1 -d DATABASE; when they are"
                    + " not in the schema public, add currentSchema=SCHEMA to database-url");

    /**
     * How it works.
     *
     * @param poll pause when the outbox is empty
     * @param batch most rows between two positions
     * @param keep how long sent rows stay
     */
    record Options(Duration poll, int batch, Duration keep) {}

    /** Connects to the outbox. */
    @FunctionalInterface
    interface Opener {
        Outbox open() throws SQLException;
    }

    private final Opener opener;
    private final Delivery delivery;
    private final Options options;
    private final RelayMeters meters;
    private final Backoff databaseBackoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
    private final Backoff kafkaBackoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final HeldBack heldBack = new HeldBack(System::nanoTime);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile long stoppedAt;
    private volatile @Nullable String notReady = "Starting";
    private boolean connectedBefore;
    private long measuredAt = System.nanoTime() - MEASURE_EVERY.toNanos();
    private long purgedAt = System.nanoTime() - PURGE_EVERY.toNanos();
    private long toldHeldAt = System.nanoTime() - HELD_TOO_LONG.toNanos();

    /**
     * @param opener connects to the outbox
     * @param delivery closed when the relay has ended
     */
    Relay(Opener opener, Delivery delivery, Options options, RelayMeters meters) {
        this.opener = opener;
        this.delivery = delivery;
        this.options = options;
        this.meters = meters;
    }

    /**
     * Works until {@link #close} is called.
     *
     * @throws FailedException if the database refuses this role or has no outbox, or the outbox came from elsewhere
     */
    void run() throws InterruptedException {
        running = true;
        try (delivery) {
            while (!isStopping()) {
                try (Outbox outbox = opener.open()) {
                    work(outbox);
                } catch (SQLException e) {
                    retryDatabase(e);
                } catch (ForeignOutboxException e) {
                    throw new FailedException(String.valueOf(e.getMessage()), e);
                } finally {
                    meters.follows();
                }
            }
        } finally {
            notReady = "Ended";
            ended.countDown();
        }
    }

    /** Live until it has ended, ready while it leads and nothing is away. */
    Health health() {
        return new Health(() -> ended.getCount() == 0 ? List.of("Ended") : List.of(), () -> {
            String reason = notReady;
            return reason == null ? List.of() : List.of(reason);
        });
    }

    /** Asks it to end after the batch that it sends, and waits for that, at most nine seconds. Any thread may call it. */
    @Override
    public void close() {
        if (!isStopping()) {
            stoppedAt = System.nanoTime();
            stopping.countDown();
        }
        try {
            if (running && !ended.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Ends in the middle of a batch: it is sent again by the next relay");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Outbox outbox) throws SQLException, ForeignOutboxException, InterruptedException {
        outbox.requireSetUp();
        if (!lead(outbox)) {
            return;
        }
        OutboxPosition position = outbox.position();
        connectedBefore = true;
        databaseBackoff.reset();
        LOG.info("Leads from transaction {}, row {}", position.xid(), position.id());
        measure(outbox, position);
        notReady = null;
        while (!isStopping()) {
            long start = System.nanoTime();
            List<OutboxRow> rows = outbox.read(position, options.batch());
            if (rows.isEmpty()) {
                kafkaBackoff.reset();
                notReady = null;
            } else {
                position = relay(outbox, position, rows, start);
            }
            if (isDue(measuredAt, MEASURE_EVERY)) {
                measure(outbox, position);
            }
            if (isDue(purgedAt, PURGE_EVERY)) {
                purge(outbox);
            }
            if (rows.isEmpty()) {
                pause(options.poll());
            }
        }
    }

    private boolean lead(Outbox outbox) throws SQLException, InterruptedException {
        boolean told = false;
        while (!isStopping()) {
            if (outbox.tryLead()) {
                return true;
            }
            notReady = "Standby: another relay of this name leads";
            if (!told) {
                LOG.info("Stands by: another relay of this name leads");
                told = true;
            }
            pause(LOCK_EVERY);
        }
        return false;
    }

    /** Returns the position after the rows; the same as before when they are to be tried again. */
    private OutboxPosition relay(Outbox outbox, OutboxPosition position, List<OutboxRow> rows, long start)
            throws SQLException, InterruptedException {
        List<OutboxReject> rejects;
        try {
            rejects = delivery.deliver(rows, () -> waitForKafka(outbox, position));
        } catch (UndeliveredException e) {
            retryKafka(e);
            return position;
        }
        OutboxPosition reached = rows.get(rows.size() - 1).place();
        outbox.advance(position, reached, rejects);
        kafkaBackoff.reset();
        notReady = null;
        meters.relayed(rows.size(), rejects.size(), Duration.ofNanos(System.nanoTime() - start));
        if (!rejects.isEmpty()) {
            LOG.warn("Rows rejected: {}; table cakupan_outbox_rejects says why", rejects.size());
        }
        return reached;
    }

    private boolean waitForKafka(Outbox outbox, OutboxPosition position) throws SQLException {
        if (isStopping()) {
            return System.nanoTime() - stoppedAt < FINISH_WITHIN.toNanos();
        }
        if (isDue(measuredAt, MEASURE_EVERY)) {
            measure(outbox, position);
            notReady = "Waiting for Kafka to acknowledge";
        }
        return true;
    }

    private void measure(Outbox outbox, OutboxPosition position) throws SQLException {
        Outbox.Lag lag = outbox.lag(position);
        Duration holding = heldBack.seen(lag.oldestRunning());
        meters.leads(lag, holding);
        measuredAt = System.nanoTime();
        if (lag.rows() > 0 && holding.compareTo(HELD_TOO_LONG) >= 0 && isDue(toldHeldAt, HELD_TOO_LONG)) {
            LOG.warn(
                    "Rows wait for transaction {}, which has been running for {} s or more: {} rows are not yet sent",
                    lag.oldestRunning(),
                    holding.toSeconds(),
                    lag.rows());
            toldHeldAt = System.nanoTime();
        }
    }

    private void purge(Outbox outbox) throws SQLException {
        long purged = outbox.purge(options.keep());
        meters.purged(purged);
        if (!Outbox.isMoreToPurge(purged)) {
            purgedAt = System.nanoTime();
        }
    }

    private void retryDatabase(SQLException failure) throws InterruptedException {
        meters.follows();
        String advice = advice(String.valueOf(failure.getSQLState()));
        String message = failure.getMessage() + (advice.isEmpty() ? "" : " (" + advice + ")");
        if (!connectedBefore && !advice.isEmpty()) {
            throw new FailedException("The database refuses: " + message, failure);
        }
        meters.databaseRetry();
        notReady = "Waiting for the database: " + message;
        LOG.warn("Waiting for the database: {}", message);
        LOG.debug("Database", failure);
        pause(databaseBackoff.next());
    }

    private static String advice(String state) {
        return WRONG_SET_UP.entrySet().stream()
                .filter(each -> state.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse("");
    }

    private void retryKafka(UndeliveredException failure) throws InterruptedException {
        if (isStopping()) {
            return;
        }
        meters.kafkaRetry();
        notReady = "Waiting: rows could not be sent: " + failure.getMessage();
        LOG.warn("Rows could not be sent, they are sent again: {}", failure.getMessage());
        LOG.debug("Kafka", failure);
        pause(kafkaBackoff.next());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration pause) throws InterruptedException {
        // Whether it was stopped is asked at the next turn.
        var unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isDue(long last, Duration every) {
        return System.nanoTime() - last >= every.toNanos();
    }
}
