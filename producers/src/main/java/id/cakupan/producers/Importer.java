package id.cakupan.producers;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from JSON Lines and sends them. Bad lines go to a rejects file and do not stop it; an event that cannot
 * be sent does. One importer serves one thread.
 */
final class Importer {
    /**
     * A line of a file.
     *
     * @param file place of the file among those imported, from 0
     * @param name name of the file
     * @param line number of the line, from 1
     */
    record Place(int file, String name, long line) {
        private boolean isBefore(Place other) {
            return file < other.file || (file == other.file && line < other.line);
        }
    }

    private final EventPublisher publisher;
    private final EventJson json;
    private final Map<String, LongAdder> sentByType = new TreeMap<>();
    private final Map<BadEventReason, Long> rejectedByReason = new TreeMap<>();
    private @Nullable Place at;
    private int files;
    private long lines;

    private final Object failureLock = new Object();
    private @Nullable Place firstFailed;
    private @Nullable Throwable failure;
    private volatile boolean failed;

    Importer(EventPublisher publisher, EventJson json) {
        this.publisher = publisher;
        this.json = json;
    }

    /**
     * Reads one file to its end or to the first failure to send. Acknowledgements may be outstanding when it returns.
     *
     * @param name what messages call the file
     * @throws IOException if the file cannot be read or the rejects file not be written
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    void read(String name, InputStream in, RejectsFile rejects) throws IOException, PseudonymKeys.KeyFileException {
        int file = files++;
        Lines source = new Lines(in);
        at = new Place(file, name, 0);
        while (!failed && source.next()) {
            Place here = new Place(file, name, source.number());
            at = here;
            if (source.isBlank()) {
                continue;
            }
            lines++;
            try {
                if (source.isCut()) {
                    throw new BadEvent(BadEventReason.LINE_TOO_LONG, null, null);
                }
                SpecificRecord event = json.read(source.bytes(), 0, source.length());
                publisher.check(event);
                send(event, here);
            } catch (BadEvent e) {
                rejectedByReason.merge(e.reason(), 1L, Long::sum);
                rejects.add(name, source, e);
            }
        }
    }

    private void send(SpecificRecord event, Place place) {
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
        synchronized (failureLock) {
            if (firstFailed == null || place.isBefore(firstFailed)) {
                firstFailed = place;
                failure = problem;
            }
        }
        failed = true;
    }

    /**
     * First line that could not be sent, or null. Final once the publisher was flushed or closed: all lines before it are
     * then with the broker.
     */
    @Nullable
    Place firstFailed() {
        synchronized (failureLock) {
            return firstFailed;
        }
    }

    /** Why {@link #firstFailed} could not be sent, or null. */
    @Nullable
    Throwable failure() {
        synchronized (failureLock) {
            return failure;
        }
    }

    /** Last line that was read whole, number 0 at the beginning of a file; null before the first file. */
    @Nullable
    Place at() {
        return at;
    }

    /** Lines read that were not blank. */
    long lines() {
        return lines;
    }

    /** Events that the broker has acknowledged, by type. Final once the publisher was flushed or closed. */
    Map<String, Long> sentByType() {
        Map<String, Long> sent = new TreeMap<>();
        sentByType.forEach((type, count) -> sent.put(type, count.sum()));
        return sent;
    }

    /** Lines rejected, by reason. */
    Map<BadEventReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /** Sum of counts. */
    static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
