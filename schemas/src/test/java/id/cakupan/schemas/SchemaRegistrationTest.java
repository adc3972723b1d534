package id.cakupan.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import org.junit.jupiter.api.Test;

class SchemaRegistrationTest {
    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SchemaRegistration registration = new SchemaRegistration(registry, "test.");

    @Test
    void shouldRegisterEverySubjectOnceWithItsCompatibility() throws Exception {
        assertThat(registration.register())
                .hasSize(Topics.ALL.size())
                .allMatch(SchemaRegistration.Registered::isNew)
                .extracting(SchemaRegistration.Registered::subject)
                .contains("test.worker-hired-value", "test.coverage-by-city-value");
        assertThat(registration.register()).hasSize(Topics.ALL.size()).noneMatch(SchemaRegistration.Registered::isNew);
        assertThat(registry.getConfig("test.worker-hired-value").getCompatibilityLevel())
                .isEqualTo("FULL_TRANSITIVE");
        assertThat(registration.check()).isEmpty();
    }

    @Test
    void shouldTellWhatDiffers() throws Exception {
        registration.register();
        registry.updateConfig("test.worker-hired-value", new Config("NONE"));
        registry.deleteSubject("test.progress-value");

        assertThat(registration.check())
                .containsExactlyInAnyOrder(
                        "test.worker-hired-value: compatibility is NONE instead of FULL_TRANSITIVE",
                        "test.progress-value: no such subject");
    }
}
