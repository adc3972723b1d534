package id.cakupan.producers;

import cakupan.records.ProjectInsured;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The events that end what a snapshot no longer has, and those that take back such an end. */
final class Endings {
    private static final LocalDate LAST_POSSIBLE_DAY = LocalDate.of(2100, 12, 31);
    /** What is gone stays as it was. */
    static final String KEEP = "KEEP";

    private static final String VOID = "VOID";
    private static final String VOIDED = "VOIDED";

    private final EventPublisher checks;
    private final PseudonymSource pseudonyms;
    private final String source;
    private final ZoneId zone;

    /**
     * @param source value of {@code source}
     * @param zone in which a day begins
     */
    Endings(EventPublisher checks, PseudonymSource pseudonyms, String source, ZoneId zone) {
        this.checks = checks;
        this.pseudonyms = pseudonyms;
        this.source = source;
        this.zone = zone;
    }

    /**
     * What is to be sent when an event of the last snapshot is gone: its end on the day before the new snapshot, but not
     * before the last snapshot that had it, nor after its own last day, nor on a day on which it is back; that it never was
     * when the new snapshot has the same stint with another first day. Null when nothing is to be sent.
     */
    @Nullable
    SpecificRecord gone(Snapshot.Vanished gone, Instant recordedAt) {
        Snapshot.Entry entry = gone.entry();
        LocalDate end = recordedAt.atZone(zone).toLocalDate().minusDays(1);
        if (gone.backOn() != null && !gone.backOn().isAfter(end)) {
            end = gone.backOn().minusDays(1);
        }
        if (end.isBefore(entry.seenOn())) {
            end = entry.seenOn();
        }
        if (entry.lastDay() != null && entry.lastDay().isBefore(end)) {
            end = entry.lastDay();
        }
        boolean voided = gone.corrected() || entry.vanished().equals(VOID);
        return ending(gone.key(), entry.vanished(), end, voided, recordedAt);
    }

    /**
     * What is to be sent when an event is back that was gone: its end on the day that it plans itself, far away when it
     * plans none. Null when nothing is to be sent.
     */
    @Nullable
    SpecificRecord back(SpecificRecord event, String vanishedAs, Instant recordedAt) {
        LocalDate planned = Snapshot.lastDay(event);
        return event instanceof ProjectInsured
                ? null
                : ending(
                        Snapshot.Key.of(event),
                        vanishedAs,
                        planned == null ? LAST_POSSIBLE_DAY : planned,
                        false,
                        recordedAt);
    }

    private @Nullable SpecificRecord ending(
            Snapshot.Key key, String vanishedAs, LocalDate last, boolean voided, Instant recordedAt) {
        if (vanishedAs.equals(KEEP)) {
            return null;
        }
        EventDraft draft = new EventDraft(pseudonyms, source);
        draft.defaultRecordedAt(recordedAt);
        draft.begin();
        try {
            switch (key.type()) {
                case "WorkerHired" -> {
                    text(draft, "type", "WorkerReleased");
                    text(draft, "workerId", key.of());
                    text(draft, "hireId", key.id());
                    text(draft, "endedOn", last.toString());
                    text(draft, "reason", voided ? VOIDED : "FINISHED");
                }
                case "WorkerEnrolled" -> {
                    text(draft, "type", "EnrolmentEnded");
                    text(draft, "workerId", key.of());
                    text(draft, "enrolmentId", key.id());
                    text(draft, "endedOn", last.toString());
                    text(draft, "reason", voided ? VOIDED : "WITHDRAWN");
                }
                case "ProjectInsured" -> {
                    text(draft, "type", "ProjectInsured");
                    text(draft, "projectId", key.of());
                    text(draft, "status", "CANCELLED");
                }
                default -> {
                    return null;
                }
            }
            SpecificRecord event = draft.finish();
            checks.check(event);
            return event;
        } catch (BadEvent | IOException | PseudonymKeys.KeyFileException e) {
            throw new IllegalStateException("An event that ends another is always in its form", e);
        }
    }

    private static void text(EventDraft draft, String field, String value) throws BadEvent {
        draft.put(field, EventDraft.Kind.STRING, value);
    }
}
