package id.cakupan.producers.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import id.cakupan.publisher.BadEvent;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a request. It never holds a value of the event but its id.
 *
 * @param index place in the request, from 0
 * @param eventId id of an accepted event, else empty
 * @param fault why it is refused; null = accepted
 */
record Result(int index, String eventId, @Nullable BadEvent fault) {
    boolean isAccepted() {
        return fault == null;
    }

    void write(ObjectNode node) {
        node.put("index", index);
        if (fault == null) {
            node.put("status", "accepted").put("eventId", eventId);
            return;
        }
        node.put("status", "rejected").put("reason", fault.reason().name());
        if (fault.field() != null) {
            node.put("field", fault.field());
        }
        if (fault.kind() != null) {
            node.put("kind", fault.kind());
        }
        node.put("pesan", fault.reason().indonesian(fault.field()))
                .put("message", fault.reason().english(fault.field()));
    }
}
