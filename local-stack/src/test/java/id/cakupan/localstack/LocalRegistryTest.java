package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.runtime.FailedException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryTest {
    private static final AvroSchema FIRST =
            new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
    private static final AvroSchema COMPATIBLE =
            new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                    + "{\"name\":\"b\",\"type\":\"int\",\"default\":0}]}");
    private static final AvroSchema INCOMPATIBLE =
            new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"c\",\"type\":\"string\"}]}");

    @TempDir
    Path folder;

    @Test
    void shouldRegisterAndLookUpSchemasAndRefuseAnIncompatibleOne() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0, folder);
                SchemaRegistryClient client = Clients.registry(registry.url())) {
            int first = client.register("s-value", FIRST);
            client.updateCompatibility("s-value", "FULL_TRANSITIVE");

            assertThat(client.getSchemaById(first)).isEqualTo(FIRST);
            assertThat(client.register("s-value", COMPATIBLE)).isGreaterThan(first);
            assertThatThrownBy(() -> client.register("s-value", INCOMPATIBLE))
                    .isInstanceOfSatisfying(
                            RestClientException.class,
                            refused -> assertThat(refused.getStatus()).isEqualTo(409));
        }
    }

    @Test
    void shouldKeepIdsWhenStoppedKilledAndStartedAgainAtItsPort() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0, folder)) {
            int first = register(registry, "s-value", FIRST);

            registry.stop();
            assertThatThrownBy(() -> register(registry, "t-value", COMPATIBLE)).isInstanceOf(IOException.class);
            registry.start();
            assertThat(register(registry, "s-value", FIRST)).isEqualTo(first);
            int second = register(registry, "t-value", COMPATIBLE);
            assertThat(second).isGreaterThan(first);

            registry.kill();
            registry.start();
            assertThat(register(registry, "t-value", COMPATIBLE)).isEqualTo(second);
            assertThat(register(registry, "u-value", INCOMPATIBLE)).isGreaterThan(second);
        }
    }

    @Test
    void shouldNameATakenPortAndItsFlag() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalRegistry.start(other.getLocalPort(), folder))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("--registry-port");
        }
    }

    @Test
    void shouldSayThatTheProgramIsMissing() {
        String before = System.getProperty(RegistryHome.PROPERTY);
        System.setProperty(RegistryHome.PROPERTY, folder.toString());
        try {
            assertThatThrownBy(() -> LocalRegistry.start(0, folder))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("--registry-home");
        } finally {
            System.setProperty(RegistryHome.PROPERTY, before);
        }
    }

    private static int register(LocalRegistry registry, String subject, AvroSchema schema) throws Exception {
        try (SchemaRegistryClient client = Clients.registry(registry.url())) {
            return client.register(subject, schema);
        }
    }
}
