package id.cakupan.runtime.commands;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.SchemaRegistration;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/** Registers and checks schemas on behalf of several commands. */
final class Registering {
    @FunctionalInterface
    private interface Work<T> {
        T with(SchemaRegistration registration) throws IOException, RestClientException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Registering() {}

    /** Registers all schemas and prints what was new. */
    static void register(Settings settings, PrintWriter out) {
        List<SchemaRegistration.Registered> all = registration(settings, SchemaRegistration::register);
        all.stream()
                .filter(SchemaRegistration.Registered::isNew)
                .forEach(schema -> out.println("registered " + schema.subject() + " as schema " + schema.id()));
        long fresh = all.stream().filter(SchemaRegistration.Registered::isNew).count();
        out.println("schemas: " + fresh + " registered, " + (all.size() - fresh) + " were there");
    }

    /** Lines for people about what differs. */
    static List<String> check(Settings settings) {
        return registration(settings, SchemaRegistration::check);
    }

    private static <T> T registration(Settings settings, Work<T> work) {
        try (SchemaRegistryClient client = KafkaClients.registry(settings)) {
            SchemaRegistration registration = new SchemaRegistration(client, settings.get(CommonSettings.TOPIC_PREFIX));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    return work.with(registration);
                } catch (SocketTimeoutException e) {
                    // A registry that has just started is slow at first; all that is asked of it may be asked again.
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                }
            }
        } catch (RestClientException e) {
            throw new FailedException(
                    "The schema registry at " + settings.get(CommonSettings.REGISTRY) + " refuses: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw KafkaClients.noRegistry(settings, e);
        }
    }
}
