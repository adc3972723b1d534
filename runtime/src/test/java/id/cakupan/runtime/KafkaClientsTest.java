package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientsTest {
    @TempDir
    private Path dir;

    private static Settings settings(Map<String, String> flags) throws SettingsException {
        return Settings.of(CommonSettings.CLUSTER, flags);
    }

    @Test
    void shouldPassTheFileToEveryKafkaClientButNotTheRegistrysPart() throws Exception {
        Path file = Files.writeString(dir.resolve("client.properties"), """
                security.protocol=SASL_SSL
                acks=1
                bootstrap.servers=elsewhere:1
                basic.auth.user.info=me:pw
                schema.registry.ssl.truststore.location=/x
                """);
        Settings settings = settings(Map.of("client-config", file.toString(), "bootstrap", "b:9"));
        assertThat(KafkaClients.common(settings))
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("acks", "1"),
                        Map.entry("bootstrap.servers", "b:9"));
        assertThat(KafkaClients.producer(settings)).containsEntry("acks", "1");
    }

    @Test
    void shouldLoseAndDoubleNothingByDefault() throws Exception {
        Settings settings = settings(Map.of());
        assertThat(KafkaClients.producer(settings))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("bootstrap.servers", "127.0.0.1:9092");
        assertThat(KafkaClients.consumer(settings))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false);
    }

    @Test
    void shouldTellAFileThatIsMissing() throws Exception {
        Path missing = dir.resolve("missing");
        Settings settings = settings(Map.of("client-config", missing.toString()));
        assertThatThrownBy(() -> KafkaClients.common(settings))
                .isInstanceOf(FailedException.class)
                .hasMessage("There is no file " + missing + " (setting client-config)");
    }

    @Test
    void shouldTellAnAddressThatIsNone() throws Exception {
        Settings settings = settings(Map.of("bootstrap", "nowhere"));
        assertThatThrownBy(() -> KafkaClients.admin(settings).close())
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("setting bootstrap");
    }
}
