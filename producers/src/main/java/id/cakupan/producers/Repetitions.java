package id.cakupan.producers;

import id.cakupan.producers.profiles.RowEvents;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

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

    private final int most;

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
        for (RowEvents.Made made : events) {
            int place = place(identity(made.event()));
            repeated &= known[place] != 0;
            if (known[place] != 0 && known[place + 1] != content(made.event())) {
                return Kind.CONTRADICTORY;
            }
        }
        for (RowEvents.Made made : events) {
            remember(made.event());
        }
        return repeated ? Kind.REPEATED : Kind.NEW;
    }

    /** Whether there were so many events that not all of them were compared. */
    boolean full() {
        return full;
    }

    private void remember(SpecificRecord event) {
        long identity = identity(event);
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
        known[place + 1] = content(event);
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
        int places = known.length / 2;
        int place = (int) (identity ^ (identity >>> 32)) & (places - 1);
        while (known[place * 2] != 0 && known[place * 2] != identity) {
            place = (place + 1) & (places - 1);
        }
        return place * 2;
    }

    private static long identity(SpecificRecord event) {
        List<Schema.Field> fields = event.getSchema().getFields();
        boolean own = fields.stream().anyMatch(field -> HIRE_OR_ENROLMENT.contains(field.name()));
        long hash = add(OFFSET, event.getSchema().getName());
        for (Schema.Field field : fields) {
            if (IDENTITY.contains(field.name()) && !(own && field.name().equals(PROJECT))) {
                hash = add(hash, String.valueOf(event.get(field.pos())));
            }
        }
        return hash == 0 ? 1 : hash;
    }

    private static long content(SpecificRecord event) {
        long hash = OFFSET;
        for (Schema.Field field : event.getSchema().getFields()) {
            if (!field.name().equals(EVENT_ID)) {
                hash = add(hash, String.valueOf(event.get(field.pos())));
            }
        }
        return hash;
    }

    /** FNV-1a, with what parts one text from the next. */
    private static long add(long hash, String text) {
        long next = hash;
        for (int i = 0; i < text.length(); i++) {
            next = (next ^ text.charAt(i)) * PRIME;
        }
        return (next ^ '\n') * PRIME;
    }
}
