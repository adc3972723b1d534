package id.cakupan.producers;

import id.cakupan.publisher.EventPublisher;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Sends the events of an import and keeps count of what arrived, and of the first place that did not. */
final class Sending {
    /**
     * A place in an import.
     *
     * @param file place of the file among those imported, from 0
     * @param name name of the file
     * @param line number of the line or row, from 1
     */
    record Place(int file, String name, long line) {
        private boolean isBefore(Place other) {
            return file < other.file || (file == other.file && line < other.line);
        }
    }

    private final EventPublisher publisher;
    private final Map<String, LongAdder> sentByType = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private volatile @Nullable Place firstFailed;
    private @Nullable Throwable failure;

    Sending(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Sends an event that was checked. */
    void send(SpecificRecord event, Place place) {
        LongAdder sent = sentByType.computeIfAbsent(event.getSchema().getName(), type -> new LongAdder());
        var unused = publisher.send(event).whenComplete((done, problem) -> {
            if (problem != null) {
                fail(place, problem);
            } else {
                sent.increment();
            }
        });
    }

    private void fail(Place place, Throwable problem) {
        synchronized (lock) {
            Place first = firstFailed;
            if (first == null || place.isBefore(first)) {
                firstFailed = place;
                failure = problem;
            }
        }
    }

    /**
     * First place of which an event could not be sent, or null. Final once the publisher was flushed or closed: all events
     * before it are then with the broker.
     */
    @Nullable
    Place firstFailed() {
        return firstFailed;
    }

    /** Why {@link #firstFailed} could not be sent, or null. */
    @Nullable
    Throwable failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** Events that the broker has acknowledged, by type. Final once the publisher was flushed or closed. */
    Map<String, Long> sentByType() {
        Map<String, Long> sent = new TreeMap<>();
        sentByType.forEach((type, count) -> sent.put(type, count.sum()));
        return sent;
    }
}
