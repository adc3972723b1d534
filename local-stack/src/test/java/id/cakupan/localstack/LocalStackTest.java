package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.localstack.LocalStack.Options;
import id.cakupan.runtime.FailedException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {
    private static final AvroSchema SCHEMA = new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");

    @TempDir
    Path folder;

    @Test
    void shouldKeepRecordsAndSchemaIdsTogether() throws Exception {
        int id;
        try (LocalStack stack = LocalStack.start(Options.keep(folder))) {
            Clients.createTopic(stack.bootstrap(), "kept");
            Clients.send(stack.bootstrap(), "kept", "a");
            try (SchemaRegistryClient client = Clients.registry(stack.registryUrl())) {
                id = client.register("kept-value", SCHEMA);
            }
            assertThatThrownBy(() -> LocalStack.start(Options.keep(folder)))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("another running stack");
        }
        try (LocalStack stack = LocalStack.start(Options.keep(folder))) {
            assertThat(Clients.read(stack.bootstrap(), "kept", 1)).containsExactly("a");
            try (SchemaRegistryClient client = Clients.registry(stack.registryUrl())) {
                assertThat(client.getSchemaById(id)).isEqualTo(SCHEMA);
            }
        }
        DataDirectory.delete(folder.resolve("registry"));
        assertThatThrownBy(() -> LocalStack.start(Options.keep(folder)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("kept or wiped together");
    }

    @Test
    void shouldLeaveNothingBehindWhenThrownAway() {
        Path data;
        long registry;
        try (LocalStack stack = LocalStack.start(Options.throwAway())) {
            data = stack.data();
            registry = stack.registry().pid();
            assertThat(data).isNotEmptyDirectory();
            assertThat(stack.registryUrl()).endsWith("/apis/ccompat/v7");
        }
        assertThat(data).doesNotExist();
        assertThat(ProcessHandle.of(registry)).isEmpty();
    }

    @Test
    void shouldLeaveForeignFoldersAlone() throws Exception {
        Path precious = Files.createDirectories(folder.resolve("registry")).resolve("precious");
        Files.writeString(precious, "mine");
        assertThatThrownBy(() -> LocalStack.start(Options.keep(folder)))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("not of this program");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void shouldSayThatAFolderCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LocalStack.start(Options.keep(file.resolve("data"))))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining(file.toString());
    }
}
