package id.cakupan.producers;

import id.cakupan.producers.profiles.RowEvents;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows say again what others of the same import have said, or something else of the same hire, enrolment or project,
 * recorded at the same time, so that nothing tells which of them holds. It keeps hashes of 64 bits of up to a million events, in
 * 32 MB; what comes after that is not looked for.
 */
final class Repetitions {
    /** What a row says beside those before it. */
    enum Kind {
        NEW,
        REPEATED,
        CONTRADICTORY
    }

    /** The most events that are remembered. */
    static final int MOST = 1_000_000;

    private static final int FIRST_SIZE = 1 << 10;
    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    /** What tells which event it is: what is said of it later with the same of these is a correction, or a contradiction. */
    private static final Set<String> IDENTITY = Set.of(
            "workerId",
            "hireId",
            "enrolmentId",
            "projectId",
            "level",
            "id",
            "dueOn",
            "area",
            "concept",
            "validOn",
            "source",
            "recordedAt");

    private static final Set<String> HIRE_OR_ENROLMENT = Set.of("hireId", "enrolmentId");
    private static final String PROJECT = "projectId";
    private static final String EVENT_ID = "eventId";

    private static final int SHIFT = 29;

    private final int most;
    private final Map<String, int[]> places = new HashMap<>();

    /** Hashes of identities and contents, one after the other; 0 = free. */
    private long[] known = new long[FIRST_SIZE * 2];

    private int count;
    private boolean full;

    Repetitions() {
        this(MOST);
    }

    Repetitions(int most) {
        this.most = most;
    }

    /** What the events of a row are; they are remembered, unless they are contradictory. */
    Kind add(List<RowEvents.Made> events) {
        boolean repeated = !events.isEmpty();
        long[] identities = new long[events.size()];
        long[] contents = new long[events.size()];
        for (int i = 0; i < identities.length; i++) {
            identities[i] = identity(events.get(i).event());
            contents[i] = content(events.get(i).event());
            int place = place(identities[i]);
            repeated &= known[place] != 0;
            if (known[place] != 0 && known[place + 1] != contents[i]) {
                return Kind.CONTRADICTORY;
            }
        }
        for (int i = 0; i < identities.length && !repeated; i++) {
            remember(identities[i], contents[i]);
        }
        return repeated ? Kind.REPEATED : Kind.NEW;
    }

    /** Whether there were so many events that not all of them were compared. */
    boolean full() {
        return full;
    }

    private void remember(long identity, long content) {
        int place = place(identity);
        if (known[place] != 0) {
            return;
        }
        if (count == most) {
            full = true;
            return;
        }
        if (count * 4 >= known.length) {
            grow();
            place = place(identity);
        }
        known[place] = identity;
        known[place + 1] = content;
        count++;
    }

    private void grow() {
        long[] old = known;
        known = new long[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int place = place(old[i]);
                known[place] = old[i];
                known[place + 1] = old[i + 1];
            }
        }
    }

    /** Where a hash stands, or where there is room for it. */
    private int place(long identity) {
        int slots = known.length / 2;
        int place = (int) (identity ^ (identity >>> 32)) & (slots - 1);
        while (known[place * 2] != 0 && known[place * 2] != identity) {
            place = (place + 1) & (slots - 1);
        }
        return place * 2;
    }

    private long identity(SpecificRecord event) {
        long hash = add(OFFSET, event.getSchema().getName());
        for (int place : places.computeIfAbsent(event.getSchema().getName(), name -> identityOf(event.getSchema()))) {
            hash = add(hash, event.get(place));
        }
        return hash == 0 ? 1 : hash;
    }

    /** Places of the fields that tell which event it is. */
    private static int[] identityOf(Schema schema) {
        boolean own = schema.getFields().stream().anyMatch(field -> HIRE_OR_ENROLMENT.contains(field.name()));
        return schema.getFields().stream()
                .filter(field ->
                        IDENTITY.contains(field.name()) && !(own && field.name().equals(PROJECT)))
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    private static long content(SpecificRecord event) {
        long hash = OFFSET;
        for (Schema.Field field : event.getSchema().getFields()) {
            if (!field.name().equals(EVENT_ID)) {
                hash = add(hash, event.get(field.pos()));
            }
        }
        return hash;
    }

    /** FNV-1a, with what parts one value from the next. */
    private static long add(long hash, @Nullable Object value) {
        long next = hash;
        if (value instanceof LocalDate day) {
            next = (next ^ day.toEpochDay()) * PRIME;
        } else if (value instanceof Instant instant) {
            next = (next ^ instant.getEpochSecond()) * PRIME;
            next = (next ^ instant.getNano()) * PRIME;
        } else {
            String text = String.valueOf(value);
            for (int i = 0; i < text.length(); i++) {
                next = (next ^ text.charAt(i)) * PRIME;
            }
        }
        return (next ^ (next >>> SHIFT) ^ '\n') * PRIME;
    }
}
