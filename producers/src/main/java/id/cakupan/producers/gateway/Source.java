package id.cakupan.producers.gateway;

import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.Nik;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A system that may post events.
 *
 * @param name value of {@code source} in its events
 * @param types events that it may send
 * @param requestsPerSecond requests that it may send each second, twice as many after a rest
 * @param eventsPerSecond events that it may send each second, twice as many after a rest
 * @param keys its keys, from the oldest to the newest; all of them are valid
 */
record Source(String name, Set<String> types, int requestsPerSecond, int eventsPerSecond, List<Key> keys) {
    static final int REQUESTS_PER_SECOND = 200;
    static final int EVENTS_PER_SECOND = 10_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * A key, of which only a hash is kept. The key is 32 random bytes, so nobody can try all of them: a plain SHA-256
     * is enough, and a slow hash, made for passwords, would only help whoever floods the gateway.
     *
     * @param id its public name
     * @param sha256 hash of the key as it is sent, in hexadecimal
     */
    record Key(String id, String sha256, Instant createdAt) {}

    /** @throws IllegalArgumentException if the name, a type or a rate is none */
    Source {
        types = Set.copyOf(types);
        keys = List.copyOf(keys);
        if (!NAME.matcher(name).matches() || Nik.mayBeIn(name)) {
            throw new IllegalArgumentException(
                    "The name of a source is 1 to 64 letters, digits, dots, hyphens or underscores, and no NIK");
        }
        if (types.isEmpty() || !EventForm.ALL.keySet().containsAll(types)) {
            throw new IllegalArgumentException(
                    "The types of a source are some of " + String.join(", ", EventForm.ALL.keySet()));
        }
        if (requestsPerSecond < 1 || eventsPerSecond < 1) {
            throw new IllegalArgumentException("The rates of a source are 1 or more a second");
        }
    }

    Source withKeys(List<Key> others) {
        return new Source(name, types, requestsPerSecond, eventsPerSecond, others);
    }
}
