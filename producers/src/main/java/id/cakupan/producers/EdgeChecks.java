package id.cakupan.producers;

import id.cakupan.schemas.EventChecks;
import id.cakupan.schemas.Rejection;
import id.cakupan.schemas.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What an event must hold before it may leave this process: no personal data, and the rules of {@link EventChecks}. */
final class EdgeChecks {
    private static final String TAX_NUMBER = "npwp:";
    private static final String WORKER_ID = "workerId";

    private EdgeChecks() {}

    /**
     * Refuses an event that the streams app would reject, or that may hold a NIK.
     *
     * @param key key of its record
     * @param timestampMillis timestamp of its record, milliseconds since 1970
     */
    static void check(EventForm form, SpecificRecord event, String key, long timestampMillis) throws BadEvent {
        List<EventForm.Field> fields = form.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind() == EventForm.Kind.TEXT && event.get(i) instanceof String text) {
                checkText(fields.get(i).name(), text);
            }
        }
        Optional<Rejection> rejection = EventChecks.check(key, event, timestampMillis);
        if (rejection.isPresent()) {
            String field = rejection.get().field();
            throw new BadEvent(BadEventReason.of(rejection.get().reason()), field, null);
        }
    }

    /** Key of an event's record. */
    static <V extends SpecificRecord> String key(Topic<V> topic, SpecificRecord event) {
        return topic.key().apply(topic.type().cast(event));
    }

    private static void checkText(String field, String text) throws BadEvent {
        if (field.equals(WORKER_ID)) {
            if (!Pseudonyms.isPseudonym(text)) {
                boolean nik = Nik.mayBeIn(text);
                BadEventReason reason = nik ? BadEventReason.NIK_IN_WRONG_PLACE : BadEventReason.WORKER_ID_FORM;
                throw new BadEvent(reason, field, "string");
            }
        } else if (Nik.mayBeIn(text) && !isCode(field, text)) {
            throw new BadEvent(BadEventReason.NIK_IN_WRONG_PLACE, field, "string");
        }
    }

    /** A tax number (NPWP) of 16 digits may look like a NIK; it belongs into the id of a contractor. */
    private static boolean isCode(String field, String text) {
        return switch (field) {
            case "contractorId", "id" -> text.startsWith(TAX_NUMBER);
            default -> false;
        };
    }
}
