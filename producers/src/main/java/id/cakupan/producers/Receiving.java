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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Sends what is new, and at the end what is gone; in a dry run it only counts. */
final class Receiving implements TableImport.Receiver {
    private static final int SHOWN_EVENTS = 5;
    private static final double PERCENT = 100;
    private static final int ALL_PERCENT = 100;
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
    private final Map<String, Long> corrected = new TreeMap<>();
    private final LongAdder unmentioned = new LongAdder();
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
        String project = firstOf(made, "projectId");
        String contractor = firstOf(made, "contractorId");
        for (RowEvents.Made one : made) {
            SpecificRecord event = one.event();
            Snapshot.Change change = snapshot == null
                    ? Snapshot.Change.NEW
                    : snapshot.add(event, project, contractor, day, one.vanished());
            switch (change) {
                case SAME -> unchanged.merge(event.getSchema().getName(), 1L, Long::sum);
                case NEW -> send(event, place);
                case BACK -> {
                    send(event, place);
                    SpecificRecord reopened =
                            endings.back(event, one.vanished(), snapshot == null ? recordedAt : snapshot.recordedAt());
                    if (reopened != null) {
                        send(reopened, place);
                    }
                }
            }
        }
    }

    /** The first value of a field in the events of a row; empty where none has it. */
    private static String firstOf(List<RowEvents.Made> made, String field) {
        return made.stream()
                .map(one -> Snapshot.field(one.event(), field))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
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
     * @param known the last snapshot, to which this one was added
     * @param most largest part of what the files are about that may be gone, in percent
     * @return why nothing was ended, in Indonesian and English; null when all is well
     */
    @Nullable
    String sendVanished(Snapshot known, int most) {
        LongAdder before = new LongAdder();
        known.forEachOfLast((entry, isMentioned) -> {
            if (!entry.vanished().equals(Endings.KEEP)) {
                (isMentioned ? before : unmentioned).increment();
            }
        });
        LongAdder gone = new LongAdder();
        known.forEachVanished(one -> {
            if (!one.corrected() && !one.entry().vanished().equals(Endings.KEEP)) {
                gone.increment();
            }
        });
        String doubt = most >= ALL_PERCENT ? null : doubt(known.isEmpty(), gone.sum(), before.sum(), most);
        if (doubt != null) {
            return doubt;
        }
        Sending.Place place = new Sending.Place(0, "snapshot terakhir / the last snapshot", 1);
        known.forEachVanished(one -> {
            (one.corrected() ? corrected : vanished).merge(one.key().type(), 1L, Long::sum);
            SpecificRecord end = endings.gone(one, known.recordedAt());
            if (end != null) {
                send(end, place);
            }
        });
        return null;
    }

    /** Why the files may not be whole, or null. */
    private static @Nullable String doubt(boolean empty, long gone, long before, int most) {
        boolean allGone = gone == before;
        if (gone == 0 || !(allGone || (gone > FEW && gone * PERCENT > before * most))) {
            return null;
        }
        if (empty) {
            return String.format(
                    Locale.ROOT,
                    "Snapshot ini tidak berisi satu baris pun, sedangkan yang terakhir memuat %,d entri, dari semua proyek."
                            + " Tidak ada yang diakhiri. Bila semuanya memang berakhir, impor lagi dengan"
                            + " --most-vanished 100. / This snapshot has no row at all, but the last one has %,d entries, of"
                            + " all projects. Nothing was ended. If all of them have ended, import again with"
                            + " --most-vanished 100.",
                    before,
                    before);
        }
        return String.format(
                Locale.ROOT,
                "%,d dari %,d entri snapshot terakhir tidak ada lagi, lebih dari %d %%: apakah berkas ini lengkap? Tidak ada"
                        + " yang diakhiri. Bila memang benar, impor lagi dengan --most-vanished 100. / %,d of the %,d entries"
                        + " of the last snapshot are gone, more than %d %%: is the file whole? Nothing was ended. If it is"
                        + " right, import again with --most-vanished 100.",
                gone,
                before,
                most,
                gone,
                before,
                most);
    }

    /** Events that were sent, or would be, by type. */
    Map<String, Long> events() {
        return events;
    }

    /** Events that the last snapshot had already, by type. */
    Map<String, Long> unchanged() {
        return unchanged;
    }

    /** Events of the last snapshot that stand in this one with another first day, by type. */
    Map<String, Long> corrected() {
        return corrected;
    }

    /** Number of events of the last snapshot that may have ended, but of whose project and contractor there was no row. */
    long unmentioned() {
        return unmentioned.sum();
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
