package id.cakupan.notify;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Id of a digest, {@code digest/receiver/yyyy-mm-dd/hh:mm}: there can be only one.
 *
 * @param time time of day at which it is due, hh:mm
 */
record DigestId(String receiver, LocalDate day, String time) {
    private static final String FIRST = "digest";
    private static final int PARTS = 4;

    static Optional<DigestId> parse(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != PARTS || !parts[0].equals(FIRST)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DigestId(parts[1], LocalDate.parse(parts[2]), parts[3]));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return String.join("/", FIRST, receiver, day.toString(), time);
    }
}
