package id.cakupan.coverage;

/**
 * What decides between two facts about one id: the later recording wins, and the greater event id among equals.
 *
 * @param recordedAt microseconds since 1970-01-01T00:00Z at which the source recorded the event
 * @param eventId unique id of the event
 */
public record Stamp(long recordedAt, String eventId) implements Comparable<Stamp> {
    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(recordedAt, other.recordedAt);
        return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
    }
}
