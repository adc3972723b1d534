package id.cakupan.producers.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox.
 *
 * @param place where it stands
 * @param createdAt when it was written
 * @param event JSON text; null when it is longer than {@link Outbox#LONGEST_EVENT}
 */
record OutboxRow(
        OutboxPosition place, Instant createdAt, @Nullable String event) {
    /** Tells its place only: the event may hold a NIK. */
    @Override
    public String toString() {
        return "OutboxRow[" + place.xid() + "," + place.id() + "]";
    }
}
