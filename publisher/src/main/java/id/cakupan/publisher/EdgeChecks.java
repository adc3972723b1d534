package id.cakupan.publisher;

import id.cakupan.schemas.EventChecks;
import id.cakupan.schemas.Rejection;
import id.cakupan.schemas.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an event must hold before it may leave this process: no personal data, ids in their form ({@link IdForms}), and the
 * rules of {@link EventChecks}.
 */
final class EdgeChecks {
    /**
     * A company's tax number (NPWP) of 16 digits begins with 0 and is no well-formed NIK; the tax number of a person is the
     * NIK, which may not leave.
     */
    private static final String TAX_NUMBER = "npwp:";

    private static final Set<String> WORKER_IDS = Set.of("workerId", "formerWorkerId");

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
                if (!text.isBlank() && !IdForms.fits(fields.get(i).name(), text)) {
                    throw new BadEvent(BadEventReason.ID_FORM, fields.get(i).name(), "string");
                }
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
        if (WORKER_IDS.contains(field)) {
            if (!Pseudonyms.isPseudonym(text)) {
                boolean nik = Nik.mayBeIn(text);
                BadEventReason reason = nik ? BadEventReason.NIK_IN_WRONG_PLACE : BadEventReason.WORKER_ID_FORM;
                throw new BadEvent(reason, field, "string");
            }
        } else if (Nik.mayBeIn(text)) {
            boolean taxNumber = text.startsWith(TAX_NUMBER);
            throw new BadEvent(
                    taxNumber ? BadEventReason.NIK_AS_TAX_NUMBER : BadEventReason.NIK_IN_WRONG_PLACE, field, "string");
        }
    }
}
