package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.cakupan.runtime.FailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepRecordsAndAddressesOverARestartAtTheSamePort() throws Exception {
        int port;
        try (LocalBroker broker = LocalBroker.start(0, folder)) {
            port = broker.port();
            Clients.createTopic(broker.bootstrap(), "kept");
            Clients.send(broker.bootstrap(), "kept", "a", "b");
            assertThat(Clients.read(broker.bootstrap(), "kept", 2)).containsExactly("a", "b");
        }
        try (LocalBroker broker = LocalBroker.start(port, folder)) {
            assertThat(broker.bootstrap()).isEqualTo("127.0.0.1:" + port);
            Clients.send(broker.bootstrap(), "kept", "c");
            assertThat(Clients.read(broker.bootstrap(), "kept", 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldShowCommittedTransactionsOnly() throws Exception {
        try (LocalBroker broker = LocalBroker.start(0, folder)) {
            Clients.createTopic(broker.bootstrap(), "transactions");
            try (Producer<String, String> producer =
                    Clients.producer(broker.bootstrap(), Map.of("transactional.id", "writer"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("transactions", "given up")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("transactions", "meant")).get();
                producer.commitTransaction();
            }
            assertThat(Clients.read(broker.bootstrap(), "transactions", 1)).containsExactly("meant");
        }
    }

    @Test
    void shouldTellClientsALoopbackAddressAndCreateNoTopicByUse() throws Exception {
        try (LocalBroker broker = LocalBroker.start(0, folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            assertThat(admin.describeCluster().nodes().get())
                    .extracting(Node::host)
                    .containsExactly("127.0.0.1");
            assertThatThrownBy(() -> admin.describeTopics(List.of("never-made"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of());
        }
    }

    @Test
    void shouldTakeOverBrokerSettings() throws Exception {
        try (LocalBroker broker = LocalBroker.start(0, folder, Map.of("auto.create.topics.enable", "true"))) {
            Clients.send(broker.bootstrap(), "made-by-use", "a");
            assertThat(Clients.read(broker.bootstrap(), "made-by-use", 1)).containsExactly("a");
        }
    }

    @Test
    void shouldNameATakenPortAndItsFlag() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalBroker.start(other.getLocalPort(), folder))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("--kafka-port");
        }
    }
}
