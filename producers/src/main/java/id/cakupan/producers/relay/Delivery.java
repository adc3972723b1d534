package id.cakupan.producers.relay;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows to Kafka in their order. When one fails, nothing later is sent: the producer is thrown away with what it
 * still holds, so that no later row can overtake those that are sent again.
 */
final class Delivery implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;

    private final EventJson json;
    private final Supplier<EventPublisher> opener;
    private @Nullable EventPublisher publisher;

    /**
     * @param json how rows are read
     * @param opener makes a publisher that never gives up on an event by itself
     */
    Delivery(EventJson json, Supplier<EventPublisher> opener) {
        this.json = json;
        this.opener = opener;
    }

    /**
     * Sends rows and waits until the broker has acknowledged all that are acceptable.
     *
     * @return the rows that are not acceptable
     * @throws UndeliveredException if not all could be sent
     * @throws SQLException as {@link Waiting#goOn}
     */
    List<OutboxReject> deliver(List<OutboxRow> rows, Waiting waiting)
            throws UndeliveredException, SQLException, InterruptedException {
        boolean done = false;
        try {
            List<OutboxReject> rejects = new ArrayList<>();
            for (CompletableFuture<RecordMetadata> sent : send(rows, rejects, waiting)) {
                await(sent, waiting);
            }
            done = true;
            return rejects;
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (IOException | PseudonymKeys.KeyFileException | KafkaException e) {
            throw failed(e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private List<CompletableFuture<RecordMetadata>> send(
            List<OutboxRow> rows, List<OutboxReject> rejects, Waiting waiting)
            throws IOException, PseudonymKeys.KeyFileException, SQLException, UndeliveredException {
        EventPublisher open = publisher();
        long lookedAt = System.nanoTime();
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            // Each event may wait for room in the producer.
            if (System.nanoTime() - lookedAt >= TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)) {
                goOn(waiting);
                lookedAt = System.nanoTime();
            }
            try {
                SpecificRecord event = read(row);
                open.check(event);
                sent.add(open.send(event));
            } catch (BadEvent e) {
                rejects.add(new OutboxReject(row, e));
                continue;
            }
            if (sent.get(sent.size() - 1).isCompletedExceptionally()) {
                break;
            }
        }
        return sent;
    }

    private SpecificRecord read(OutboxRow row) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        String event = row.event();
        if (event == null) {
            throw new BadEvent(BadEventReason.EVENT_TOO_LONG, null, null);
        }
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        json.defaultRecordedAt(row.createdAt());
        return json.read(bytes, 0, bytes.length);
    }

    private static void await(CompletableFuture<RecordMetadata> sent, Waiting waiting)
            throws ExecutionException, InterruptedException, SQLException, UndeliveredException {
        while (true) {
            try {
                sent.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                goOn(waiting);
            }
        }
    }

    private static void goOn(Waiting waiting) throws SQLException, UndeliveredException {
        if (!waiting.goOn()) {
            throw new UndeliveredException("Stopped before Kafka had acknowledged everything");
        }
    }

    private EventPublisher publisher() {
        EventPublisher open = publisher;
        if (open == null) {
            open = opener.get();
            publisher = open;
        }
        return open;
    }

    private static UndeliveredException failed(Throwable cause) {
        String message = cause.getMessage();
        return new UndeliveredException(
                cause.getClass().getSimpleName() + (message == null ? "" : ": " + message), cause);
    }

    /** Throws away what has not arrived. Another delivery begins with a new producer. */
    @Override
    public void close() {
        EventPublisher open = publisher;
        publisher = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
