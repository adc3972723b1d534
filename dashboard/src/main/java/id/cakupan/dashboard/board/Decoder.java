package id.cakupan.dashboard.board;

import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryUnavailableException;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.UndecodableException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads values. What can never be read is told and passed over; a registry that is away is waited for. */
final class Decoder {
    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

    private final AvroSerdes serdes;
    private final String prefix;
    private final Runnable undecodable;
    private final Map<String, Deserializer<?>> deserializers = new ConcurrentHashMap<>();
    private volatile @Nullable String fault;
    private volatile boolean closing;

    /**
     * @param serdes with little patience
     * @param prefix of the topics
     * @param undecodable called for each value that cannot be read
     */
    Decoder(AvroSerdes serdes, String prefix, Runnable undecodable) {
        this.serdes = serdes;
        this.prefix = prefix;
        this.undecodable = undecodable;
    }

    /** A value of a topic; empty when it can never be read, or when {@link #close} was called while it waited. */
    <V extends SpecificRecord> Optional<V> decode(Topic<V> topic, byte[] bytes) {
        while (true) {
            try {
                Deserializer<?> deserializer =
                        deserializers.computeIfAbsent(topic.suffix(), suffix -> serdes.deserializer(topic.type()));
                Object value = deserializer.deserialize(topic.name(prefix), bytes);
                fault = null;
                return Optional.ofNullable(topic.type().cast(value));
            } catch (UndecodableException e) {
                LOG.warn("A record of {} cannot be read and is passed over: {}", topic.suffix(), e.reason());
                undecodable.run();
                return Optional.empty();
            } catch (RegistryUnavailableException e) {
                if (closing) {
                    return Optional.empty();
                }
                if (fault == null) {
                    LOG.warn("The schema registry does not answer; waiting for it");
                }
                fault = "The schema registry does not answer";
            }
        }
    }

    /** Why nothing can be read, for people; empty while it can. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** Ends all waiting. */
    void close() {
        closing = true;
    }
}
