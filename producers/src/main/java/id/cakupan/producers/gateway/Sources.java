package id.cakupan.producers.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may post events now, by the sources file, which is looked at again and again. A file that is broken changes nothing:
 * the last good one stays in force, and {@link #fault} says so. Thread-safe.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final int LONGEST_KEY = 256;
    private static final double REST = 2;

    /** How fast a source may send, and what is left of that. */
    private record Pace(int requestsPerSecond, int eventsPerSecond, TokenBucket requests, TokenBucket events) {}

    private final Path file;
    private final LongSupplier nanoTime;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private volatile List<Source> all = List.of();
    private volatile Optional<String> fault = Optional.of("The sources file was not read yet");
    private volatile boolean loaded;
    private byte[] content = {};

    /** Of a file that need not be there yet. */
    Sources(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
    }

    /** Looks whether the file has changed. Called by one thread, about twice a second. */
    void look() {
        try {
            byte[] now = SourcesFile.bytes(file);
            if (fault.isPresent() || !Arrays.equals(now, content)) {
                all = SourcesFile.parse(file, now).sources();
                content = now;
                loaded = true;
                fault = Optional.empty();
                LOG.info("{} sources may post events", all.size());
            }
        } catch (SourcesFile.SourcesException e) {
            broken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            broken("Cannot read " + file);
        }
    }

    private void broken(String message) {
        if (!fault.equals(Optional.of(message))) {
            fault = Optional.of(message);
            LOG.error("{}{}", message, loaded ? "; the sources of before stay in force" : "");
        }
    }

    /** What is wrong with the file now. */
    Optional<String> fault() {
        return fault;
    }

    /** Whether there was a good file, be it an earlier one. */
    boolean isLoaded() {
        return loaded;
    }

    /**
     * The source that a key belongs to. All keys are compared, each in constant time, whatever is found.
     *
     * @param key as it was sent
     */
    Optional<Source> find(String key) {
        byte[] hash = SourcesFile.hash(key.length() > LONGEST_KEY ? "" : key).getBytes(StandardCharsets.US_ASCII);
        Optional<Source> found = Optional.empty();
        for (Source source : all) {
            for (Source.Key known : source.keys()) {
                if (MessageDigest.isEqual(hash, known.sha256().getBytes(StandardCharsets.US_ASCII))) {
                    found = Optional.of(source);
                }
            }
        }
        return found;
    }

    /** Counts a request. Returns 0, or the seconds to wait when it is one too many. */
    long request(Source source) {
        return pace(source).requests().take(1);
    }

    /** Counts events. Returns 0, or the seconds to wait when they are too many. */
    long events(Source source, int count) {
        return pace(source).events().take(count);
    }

    private Pace pace(Source source) {
        Pace pace = paces.computeIfAbsent(source.name(), name -> newPace(source));
        if (pace.requestsPerSecond() == source.requestsPerSecond()
                && pace.eventsPerSecond() == source.eventsPerSecond()) {
            return pace;
        }
        Pace changed = newPace(source);
        paces.put(source.name(), changed);
        return changed;
    }

    private Pace newPace(Source source) {
        return new Pace(
                source.requestsPerSecond(),
                source.eventsPerSecond(),
                new TokenBucket(source.requestsPerSecond(), source.requestsPerSecond() * REST, nanoTime),
                new TokenBucket(
                        source.eventsPerSecond(), Math.max(Limits.EVENTS, source.eventsPerSecond() * REST), nanoTime));
    }
}
