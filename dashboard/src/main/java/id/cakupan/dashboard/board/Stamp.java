package id.cakupan.dashboard.board;

import java.time.Instant;

/** By what facts about one thing are merged: the last writer wins. */
record Stamp(Instant recordedAt, String eventId) implements Comparable<Stamp> {
    @Override
    public int compareTo(Stamp other) {
        int byTime = recordedAt.compareTo(other.recordedAt);
        return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
    }
}
