package id.cakupan.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings the schemas of all topics into the registry, one subject per topic, and tells what differs there. */
public final class SchemaRegistration {
    /** Compatibility level of each of our subjects: every version reads every other. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final SchemaRegistryClient registry;
    private final String prefix;

    /**
     * @param registry client; the caller closes it
     * @param prefix prefix of the topics, as in {@link Topic#subject(String)}
     */
    public SchemaRegistration(SchemaRegistryClient registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    /**
     * One schema as the registry has it.
     *
     * @param subject its subject
     * @param id id under which the registry knows the schema
     * @param isNew false when it was there before
     */
    public record Registered(String subject, int id, boolean isNew) {}

    /**
     * Registers the schema of every topic and sets each subject to {@link #COMPATIBILITY}. Doing it again changes
     * nothing.
     *
     * @throws RestClientException when the registry refuses, with status 409 for an incompatible schema
     * @throws IOException when the registry does not answer
     */
    public List<Registered> register() throws IOException, RestClientException {
        Set<String> before = new HashSet<>(registry.getAllSubjects());
        List<Registered> done = new ArrayList<>();
        for (Topic<?> topic : Topics.ALL) {
            String subject = topic.subject(prefix);
            AvroSchema schema = AvroSerdes.registered(topic.type());
            // Some registries have no settings for a subject that has no schema yet.
            boolean known = before.contains(subject);
            if (known) {
                registry.updateConfig(subject, new Config(COMPATIBILITY));
            }
            boolean present = known && isRegistered(subject, schema);
            int id = registry.register(subject, schema);
            if (!known) {
                registry.updateConfig(subject, new Config(COMPATIBILITY));
            }
            done.add(new Registered(subject, id, !present));
        }
        return done;
    }

    /**
     * Compares the registry with what this program reads and writes.
     *
     * @return one line for people per difference, empty when there is none
     * @throws RestClientException when the registry refuses to answer
     * @throws IOException when the registry does not answer
     */
    public List<String> check() throws IOException, RestClientException {
        Set<String> subjects = new HashSet<>(registry.getAllSubjects());
        List<String> differences = new ArrayList<>();
        for (Topic<?> topic : Topics.ALL) {
            String subject = topic.subject(prefix);
            if (!subjects.contains(subject)) {
                differences.add(subject + ": no such subject");
                continue;
            }
            if (!isRegistered(subject, AvroSerdes.registered(topic.type()))) {
                differences.add(
                        subject + ": the schema of " + topic.type().getSimpleName() + " is not among its versions");
            }
            String level = compatibility(subject).orElse("not set");
            if (!level.equals(COMPATIBILITY)) {
                differences.add(subject + ": compatibility is " + level + " instead of " + COMPATIBILITY);
            }
        }
        return differences;
    }

    private boolean isRegistered(String subject, AvroSchema schema) throws IOException, RestClientException {
        try {
            registry.getVersion(subject, schema);
            return true;
        } catch (RestClientException e) {
            if (AvroSerdes.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    private Optional<String> compatibility(String subject) throws IOException, RestClientException {
        try {
            return Optional.ofNullable(registry.getConfig(subject).getCompatibilityLevel());
        } catch (RestClientException e) {
            if (e.getStatus() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
