package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Sends what is new, and at the end what is gone; in a dry run it only counts. */
final class Receiving implements TableImport.Receiver {
    private static final int SHOWN_EVENTS = 5;
    private static final double PERCENT = 100;
    private static final long FEW = 10;

    private final EventPublisher publisher;
    private final Sending sending;
    private final @Nullable Snapshot snapshot;
    private final Endings endings;
    private final ZoneId zone;
    private final boolean dryRun;

    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> unchanged = new TreeMap<>();
    private final Map<String, Long> vanished = new TreeMap<>();
    private final List<SpecificRecord> shown = new ArrayList<>();

    /**
     * @param snapshot what the source said the last time; null = all is new
     * @param zone in which a day begins
     * @param dryRun whether nothing is sent
     */
    Receiving(
            EventPublisher publisher,
            Sending sending,
            @Nullable Snapshot snapshot,
            Endings endings,
            ZoneId zone,
            boolean dryRun) {
        this.publisher = publisher;
        this.sending = sending;
        this.snapshot = snapshot;
        this.endings = endings;
        this.zone = zone;
        this.dryRun = dryRun;
    }

    @Override
    public void check(SpecificRecord event) throws BadEvent {
        publisher.check(event);
    }

    @Override
    public boolean failed() {
        return sending.firstFailed() != null;
    }

    @Override
    public void take(List<RowEvents.Made> made, Sending.Place place, Instant recordedAt) {
        LocalDate day = recordedAt.atZone(zone).toLocalDate();
        for (RowEvents.Made one : made) {
            SpecificRecord event = one.event();
            Snapshot.Change change = snapshot == null ? Snapshot.Change.NEW : snapshot.add(event, day, one.vanished());
            switch (change) {
                case SAME -> unchanged.merge(event.getSchema().getName(), 1L, Long::sum);
                case NEW -> send(event, place);
                case BACK -> {
                    send(event, place);
                    SpecificRecord reopened = endings.back(event, one.vanished(), recordedAt);
                    if (reopened != null) {
                        send(reopened, place);
                    }
                }
            }
        }
    }

    private void send(SpecificRecord event, Sending.Place place) {
        events.merge(event.getSchema().getName(), 1L, Long::sum);
        if (shown.size() < SHOWN_EVENTS) {
            shown.add(event);
        }
        if (!dryRun) {
            sending.send(event, place);
        }
    }

    /**
     * Sends the ends of what the last snapshot had and this one has not.
     *
     * @param known the last snapshot
     * @param most largest part of it that may be gone, in percent
     * @return why nothing was ended; null when all is well
     */
    @Nullable
    String sendVanished(Snapshot known, Instant recordedAt, int most) {
        long before = known.size();
        List<SpecificRecord> ends = new ArrayList<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        known.forEachVanished((key, entry) -> {
            counts.merge(key.type(), 1L, Long::sum);
            SpecificRecord end = endings.gone(key, entry, recordedAt);
            if (end != null) {
                ends.add(end);
            }
        });
        long gone = Importer.total(counts);
        if (gone > FEW && gone * PERCENT > before * most) {
            return String.format(
                    Locale.ROOT,
                    "%,d of the %,d entries of the last snapshot are gone, more than %d %%: is the file whole? Nothing was"
                            + " ended. If it is right, import again with --most-vanished 100.",
                    gone,
                    before,
                    most);
        }
        vanished.putAll(counts);
        ends.forEach(end -> send(end, new Sending.Place(0, "the last snapshot", 1)));
        return null;
    }

    /** Events that were sent, or would be, by type. */
    Map<String, Long> events() {
        return events;
    }

    /** Events that the last snapshot had already, by type. */
    Map<String, Long> unchanged() {
        return unchanged;
    }

    /** Events of the last snapshot that are gone, by type. */
    Map<String, Long> vanished() {
        return vanished;
    }

    /** The first events as JSON: they hold no NIK, name or wage, as no event does. */
    List<String> firstEvents() {
        return shown.stream().map(Receiving::written).toList();
    }

    private static String written(SpecificRecord event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(line)) {
            EventJson.write(event, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
