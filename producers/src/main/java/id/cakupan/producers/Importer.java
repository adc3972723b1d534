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
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from JSON Lines and sends them. Bad lines go to a rejects file and do not stop it; an event that cannot
 * be sent does. One importer serves one thread.
 */
final class Importer {
    private final EventPublisher publisher;
    private final EventJson json;
    private final Sending sending;
    private final Map<BadEventReason, Long> rejectedByReason = new TreeMap<>();
    private Sending.@Nullable Place at;
    private int files;
    private long lines;

    Importer(EventPublisher publisher, EventJson json) {
        this.publisher = publisher;
        this.json = json;
        this.sending = new Sending(publisher);
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
        at = new Sending.Place(file, name, 0);
        while (sending.firstFailed() == null && source.next()) {
            Sending.Place here = new Sending.Place(file, name, source.number());
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
                sending.send(event, here);
            } catch (BadEvent e) {
                rejectedByReason.merge(e.reason(), 1L, Long::sum);
                rejects.add(name, source, e);
            }
        }
    }

    /** What became of the events that were sent. */
    Sending sending() {
        return sending;
    }

    /** Last line that was read whole, number 0 at the beginning of a file; null before the first file. */
    Sending.@Nullable Place at() {
        return at;
    }

    /** Lines read that were not blank. */
    long lines() {
        return lines;
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
